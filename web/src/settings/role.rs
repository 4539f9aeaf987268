//! Roles in words: what one allows, and which a person may give.

use kontor_access::{Caller, Permissions};
use kontor_company::Role;
use uuid::Uuid;

use crate::view::{Choice, RoleView};

/// The roles that the caller may give: nobody passes on more than they have.
pub(super) fn given_by(caller: &Caller, roles: &[Role]) -> Vec<Choice> {
    let given = roles.iter().filter(|role| caller.permissions.lacking(&role.permissions).is_empty());
    given.map(|role| Choice::new(&role.code, &role.name)).collect()
}

/// A role that nobody has rights by any more.
pub(super) fn archived(id: Uuid, role: &Role) -> RoleView {
    RoleView { text: "Archived.".to_owned(), ..view(id, role, 0) }
}

/// What people call these roles.
pub(super) fn names(codes: &[String], roles: &[Role]) -> String {
    let names = codes.iter().map(|code| {
        let role = roles.iter().find(|role| role.code == *code);
        role.map_or(code.as_str(), |role| role.name.as_str())
    });
    names.collect::<Vec<_>>().join(", ")
}

/// Whether the caller has everything that these roles allow. What is not known is not covered.
pub(super) fn covers(caller: &Caller, codes: &[String], roles: &[Role]) -> bool {
    codes.iter().all(|code| {
        let role = roles.iter().find(|role| role.code == *code);
        role.is_some_and(|role| caller.permissions.lacking(&role.permissions).is_empty())
    })
}

pub(super) fn view(id: Uuid, role: &Role, members: usize) -> RoleView {
    RoleView {
        name: role.name.clone(),
        url: format!("/settings/roles/{id}"),
        text: summary(&role.permissions),
        members: u32::try_from(members).unwrap_or(u32::MAX),
    }
}

/// `Sees everything. Changes partners and catalog.`
fn summary(patterns: &[String]) -> String {
    if Permissions::new(patterns.to_vec()).cover("*") {
        return "Everything.".to_owned();
    }
    let all = patterns.iter().any(|pattern| pattern == "*.read");
    let mut sees: Vec<&str> = Vec::new();
    let mut changes: Vec<&str> = Vec::new();
    let mut single = 0_usize;
    for pattern in patterns.iter().filter(|pattern| *pattern != "*.read") {
        match pattern.split('.').collect::<Vec<_>>().as_slice() {
            [area, "*"] => changes.push(area),
            [area, "*", "read"] if !all => sees.push(area),
            [_, _, "read"] if all => {}
            _ => single += 1,
        }
    }
    let mut sentences = Vec::new();
    if all {
        sentences.push("Sees everything.".to_owned());
    } else if !sees.is_empty() {
        sentences.push(format!("Sees {}.", listed(&sees)));
    }
    if !changes.is_empty() {
        sentences.push(format!("Works with {}.", listed(&changes)));
    }
    match single {
        0 => {}
        1 => sentences.push("One more right.".to_owned()),
        more => sentences.push(format!("{more} more rights.")),
    }
    sentences.join(" ")
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_told_in_a_sentence_or_two() {
        let told =
            |patterns: &[&str]| summary(&patterns.iter().map(|pattern| (*pattern).to_owned()).collect::<Vec<_>>());
        assert_eq!(told(&["*"]), "Everything.");
        assert_eq!(told(&["*.read"]), "Sees everything.");
        assert_eq!(
            told(&["*.read", "accounting.*", "partners.*"]),
            "Sees everything. Works with accounting and partners."
        );
        assert_eq!(
            told(&["partners.*.read", "catalog.*.read", "sales.*", "purchasing.order.confirm"]),
            "Sees partners and catalog. Works with sales. One more right."
        );
    }
}
