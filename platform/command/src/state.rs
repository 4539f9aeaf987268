use kontor_entity::Choices;
use kontor_kernel::{Result, codes};

codes! {
    pub(crate) enum StateFault {
        IllegalMove = "illegal_state" => Conflict, "the document's present state does not allow this";
    }
}

/// The states of a document and the moves between them. A trigger in the database holds the same table.
pub trait States: Choices {
    /// The table whose rows have these states.
    const DOCUMENT: &'static str;
    const MOVES: &'static [(Self, Self)];

    fn may_become(self, to: Self) -> bool {
        Self::MOVES.iter().any(|(from, target)| *from == self && *target == to)
    }

    /// The next state, or `illegal_state`.
    fn become_state(self, to: Self) -> Result<Self> {
        if self.may_become(to) {
            return Ok(to);
        }
        let (from, to) = (self.label().to_lowercase(), to.label().to_lowercase());
        Err(StateFault::IllegalMove.error().with_detail(format!("a document that is {from} cannot become {to}")))
    }
}

pub(crate) const CATALOGUE: &[&kontor_kernel::CodeInfo] = StateFault::CATALOGUE;
