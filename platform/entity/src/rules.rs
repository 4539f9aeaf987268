use kontor_kernel::Violations;

/// What must hold within one record, beyond what its fields say. Pure: it sees nothing but the record.
///
/// Plain master data writes `impl Rules for Unit {}`.
pub trait Rules {
    fn check(&self, violations: &mut Violations) {
        let _ = violations;
    }
}
