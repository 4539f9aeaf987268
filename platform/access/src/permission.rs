use std::fmt;

/// One thing that a role may allow, such as `purchasing.order.confirm`. Declared by modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Permission(&'static str);

impl Permission {
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    pub const fn name(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What may be done with the records of an entity, after the entity's own permission name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    Read,
    Create,
    Update,
    Archive,
}

impl Verb {
    pub const ALL: [Self; 4] = [Self::Read, Self::Create, Self::Update, Self::Archive];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Update => "update",
            Self::Archive => "archive",
        }
    }
}

/// Everything a person's roles allow together.
///
/// An entry is a permission, or a pattern whose parts may be `*`: `*` allows all, `purchasing.*` a whole area,
/// `*.read` looking at everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions(Vec<String>);

impl Permissions {
    pub fn new(mut patterns: Vec<String>) -> Self {
        patterns.sort();
        patterns.dedup();
        Self(patterns)
    }

    pub fn patterns(&self) -> &[String] {
        &self.0
    }

    pub fn allow(&self, permission: Permission) -> bool {
        self.allow_name(permission.name(), "")
    }

    /// Whether `entity.verb` is allowed.
    pub fn allow_verb(&self, entity: &str, verb: Verb) -> bool {
        self.allow_name(entity, verb.name())
    }

    /// Whether a permission is allowed that is known by its name only.
    pub fn allow_named(&self, permission: &str) -> bool {
        self.allow_name(permission, "")
    }

    /// Whether everything that `pattern` allows is allowed here too, by one of the entries alone: nobody may pass on more
    /// than they have. A `*` in it is only covered by a `*`.
    pub fn cover(&self, pattern: &str) -> bool {
        self.allow_name(pattern, "")
    }

    /// The entries of `others` that are not covered.
    pub fn lacking<'p>(&self, others: &'p [String]) -> Vec<&'p str> {
        others.iter().map(String::as_str).filter(|pattern| !self.cover(pattern)).collect()
    }

    fn allow_name(&self, name: &str, verb: &str) -> bool {
        self.0.iter().any(|pattern| matches_pattern(pattern, name, verb))
    }
}

/// A leading `*` stands for any parts, a trailing one too: `*.read` ends in it, `purchasing.*` begins with it.
fn matches_pattern(pattern: &str, name: &str, verb: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    if let Some(end) = pattern.strip_prefix("*.") {
        let last = if verb.is_empty() { name.rsplit('.').next().unwrap_or_default() } else { verb };
        return end == last;
    }
    let mut parts = name.split('.').chain((!verb.is_empty()).then_some(verb));
    let mut wanted = pattern.split('.');
    loop {
        match (wanted.next(), parts.next()) {
            (Some("*"), Some(_)) if wanted.clone().next().is_none() => return true,
            (Some(a), Some(b)) if a == b || a == "*" => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(pattern: &str, name: &str, verb: &str) -> bool {
        matches_pattern(pattern, name, verb)
    }

    #[test]
    fn a_pattern_covers_an_area_a_verb_or_all() {
        assert!(allows("*", "purchasing.order", "confirm"));
        assert!(allows("purchasing.*", "purchasing.order.confirm", ""));
        assert!(allows("purchasing.order.*", "purchasing.order", "read"));
        assert!(allows("*.read", "accounting.entry", "read"));
        assert!(allows("purchasing.*.read", "purchasing.order", "read"));
        assert!(allows("purchasing.order.confirm", "purchasing.order.confirm", ""));
    }

    #[test]
    fn nobody_passes_on_more_than_they_have() {
        let buyer = Permissions::new(vec!["purchasing.*".to_owned(), "*.read".to_owned()]);
        for covered in ["purchasing.*", "purchasing.order.confirm", "purchasing.*.read", "*.read", "sales.*.read"] {
            assert!(buyer.cover(covered), "{covered}");
        }
        for beyond in ["*", "*.create", "sales.*", "sales.order.create", "*.*"] {
            assert!(!buyer.cover(beyond), "{beyond}");
        }
        let clerk = Permissions::new(vec!["purchasing.*.read".to_owned(), "sales.order.read".to_owned()]);
        assert!(!clerk.cover("purchasing.*"));
        assert!(!clerk.cover("purchasing.order.*"));
        assert!(!clerk.cover("sales.*.read"));
        assert!(Permissions::new(vec!["*".to_owned()]).cover("*"));
    }

    #[test]
    fn a_pattern_covers_nothing_else() {
        assert!(!allows("purchasing.*", "purchasing_plus.order", "read"));
        assert!(!allows("*.read", "accounting.entry", "create"));
        assert!(!allows("purchasing.order", "purchasing.order", "read"));
        assert!(!allows("purchasing.order.read", "purchasing.order", "readall"));
        assert!(!allows("", "purchasing.order", "read"));
    }
}
