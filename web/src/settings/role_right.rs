//! The boxes of a role: every permission of the product, by area and kind of record, and the patterns above them.

use std::collections::BTreeMap;

use kontor_access::Permissions;
use kontor_command::Registry;

use crate::view::{Right, RightArea, RightSubject};

/// What the boxes are made from.
pub(super) struct Boxes<'b> {
    /// Every permission there is, sorted.
    pub known: &'b [String],
    pub registry: &'b Registry,
    /// What the person on screen may do.
    pub own: &'b Permissions,
    /// The role's entries.
    pub entries: &'b [String],
}

/// A permission in its parts: area, kind of record, verb. The kind is empty where the permission is about the whole area.
#[derive(Clone, Copy)]
struct Parts<'p> {
    whole: &'p str,
    area: &'p str,
    subject: &'p str,
    verb: &'p str,
}

impl<'p> Parts<'p> {
    fn of(permission: &'p str) -> Self {
        let (area, rest) = permission.split_once('.').unwrap_or((permission, ""));
        let (subject, verb) = rest.rsplit_once('.').unwrap_or(("", rest));
        Self { whole: permission, area, subject, verb }
    }
}

impl Boxes<'_> {
    /// The boxes above all areas; last what the role has and no other box stands for.
    pub fn general(&self) -> Vec<Right> {
        let mut rights =
            vec![self.right("*".to_owned(), "Everything"), self.right("*.read".to_owned(), "See everything")];
        let offered: Vec<String> = self.areas().iter().flat_map(values).chain(rights.iter().map(value)).collect();
        let others = self.entries.iter().filter(|entry| !offered.contains(entry));
        rights.extend(others.map(|entry| self.right(entry.clone(), entry)));
        rights
    }

    pub fn areas(&self) -> Vec<RightArea> {
        let mut areas: BTreeMap<&str, Vec<Parts<'_>>> = BTreeMap::new();
        for parts in self.known.iter().map(|permission| Parts::of(permission)) {
            areas.entry(parts.area).or_default().push(parts);
        }
        areas.into_iter().map(|(area, permissions)| self.area(area, &permissions)).collect()
    }

    fn area(&self, area: &str, permissions: &[Parts<'_>]) -> RightArea {
        let mut whole = vec![self.right(format!("{area}.*"), "Everything")];
        if permissions.iter().any(|parts| !parts.subject.is_empty() && parts.verb == "read") {
            whole.push(self.right(format!("{area}.*.read"), "See everything"));
        }
        let mut by_subject: BTreeMap<&str, Vec<Parts<'_>>> = BTreeMap::new();
        for parts in permissions {
            by_subject.entry(parts.subject).or_default().push(*parts);
        }
        let subjects: Vec<RightSubject> =
            by_subject.into_iter().map(|(subject, permissions)| self.subject(area, subject, &permissions)).collect();
        let open = whole.iter().chain(subjects.iter().flat_map(|subject| &subject.rights)).any(|right| right.checked);
        RightArea { label: titled(area), text: self.told(permissions), open, whole, subjects }
    }

    fn subject(&self, area: &str, subject: &str, permissions: &[Parts<'_>]) -> RightSubject {
        let mut rights = Vec::with_capacity(permissions.len() + 1);
        let name = format!("{area}.{subject}");
        if !subject.is_empty() && permissions.len() > 1 {
            rights.push(self.right(format!("{name}.*"), "Everything"));
        }
        let mut permissions = permissions.to_vec();
        permissions.sort_by_key(|parts| (place(parts.verb), parts.verb));
        rights.extend(permissions.iter().map(|parts| self.right(parts.whole.to_owned(), &verb(parts.verb))));
        let entity = self.registry.entities().map(|(_, entity)| entity.meta).find(|meta| meta.permission == name);
        let label = entity.map_or_else(|| titled(subject), |meta| meta.plural.to_owned());
        RightSubject { label, rights }
    }

    fn right(&self, value: String, label: &str) -> Right {
        Right {
            checked: self.entries.contains(&value),
            offered: self.own.cover(&value),
            label: label.to_owned(),
            value,
        }
    }

    /// How much of these permissions the role allows.
    fn told(&self, permissions: &[Parts<'_>]) -> String {
        let role = Permissions::new(self.entries.to_vec());
        match permissions.iter().filter(|parts| role.allow_named(parts.whole)).count() {
            0 => "nothing".to_owned(),
            allowed if allowed == permissions.len() => "everything".to_owned(),
            allowed => format!("{allowed} of {}", permissions.len()),
        }
    }
}

fn value(right: &Right) -> String {
    right.value.clone()
}

fn values(area: &RightArea) -> Vec<String> {
    area.whole.iter().chain(area.subjects.iter().flat_map(|subject| &subject.rights)).map(value).collect()
}

/// Looking comes first, what is particular last.
fn place(verb: &str) -> usize {
    ["read", "create", "update", "archive"].iter().position(|known| *known == verb).unwrap_or(usize::MAX)
}

fn verb(verb: &str) -> String {
    match verb {
        "read" => "See".to_owned(),
        "update" => "Change".to_owned(),
        other => titled(other),
    }
}

fn titled(name: &str) -> String {
    let name = name.replace(['_', '-', '.'], " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn texts(entries: &[&str]) -> Vec<String> {
        entries.iter().map(|entry| (*entry).to_owned()).collect()
    }

    const KNOWN: &[&str] = &[
        "assistant.use",
        "purchasing.order.confirm",
        "purchasing.order.create",
        "purchasing.order.read",
        "sales.quote.read",
    ];

    #[test]
    fn every_permission_has_one_box_and_every_entry_stays() {
        let (known, registry) = (texts(KNOWN), Registry::new(Vec::new()));
        let entries = texts(&["purchasing.order.*", "payroll.run.post", "*.read", "purchasing.order.confirm"]);
        let own = Permissions::new(texts(&["*"]));
        let boxes = Boxes { known: &known, registry: &registry, own: &own, entries: &entries };
        let all: Vec<Right> = {
            let areas = boxes.areas();
            let rights =
                areas.iter().flat_map(|area| area.whole.iter().chain(area.subjects.iter().flat_map(|s| &s.rights)));
            boxes.general().into_iter().chain(rights.cloned()).collect()
        };
        for permission in known.iter().chain(&entries) {
            assert_eq!(all.iter().filter(|right| right.value == *permission).count(), 1, "{permission}");
        }
        let checked: Vec<&str> = all.iter().filter(|right| right.checked).map(|right| right.value.as_str()).collect();
        assert_eq!(checked, ["*.read", "payroll.run.post", "purchasing.order.*", "purchasing.order.confirm"]);
    }

    #[test]
    fn an_area_tells_what_the_role_allows_of_it_and_offers_what_the_person_has() {
        let (known, registry) = (texts(KNOWN), Registry::new(Vec::new()));
        let entries = texts(&["purchasing.*.read", "sales.*"]);
        let own = Permissions::new(texts(&["purchasing.*"]));
        let areas = Boxes { known: &known, registry: &registry, own: &own, entries: &entries }.areas();
        let told: Vec<_> = areas.iter().map(|area| (area.label.as_str(), area.text.as_str(), area.open)).collect();
        assert_eq!(
            told,
            [("Assistant", "nothing", false), ("Purchasing", "1 of 3", true), ("Sales", "everything", true)]
        );
        let purchasing = areas.get(1).unwrap();
        let order = purchasing.subjects.first().unwrap();
        let labels: Vec<_> = order.rights.iter().map(|right| right.label.as_str()).collect();
        assert_eq!((order.label.as_str(), labels), ("Order", vec!["Everything", "See", "Create", "Confirm"]));
        assert!(values(purchasing).iter().all(|value| own.cover(value)));
        assert!(
            areas
                .iter()
                .filter(|area| area.label != "Purchasing")
                .all(|area| !area.whole.iter().any(|right| right.offered))
        );
    }
}
