//! The first steps of a new company.

use super::figures::Setup;
use crate::view::{Checklist, ChecklistStep};

/// The steps; nothing once all are done.
pub(super) fn checklist(setup: &Setup) -> Option<Checklist> {
    let step = |label: &str, text: &str, url: &str, done| ChecklistStep {
        label: label.to_owned(),
        text: text.to_owned(),
        url: url.to_owned(),
        done,
    };
    let steps = vec![
        step("Complete your company", "Its address stands on every order.", "/settings", setup.company),
        step("Import your suppliers", "From a file, in two minutes.", "/import?entity=suppliers", setup.suppliers),
        step("Import your products", "With their suppliers and prices.", "/import?entity=products", setup.products),
        step("Order something", "Or let the assistant draft it.", "/purchasing/orders/new", setup.ordered),
        step("Receive the goods", "Stock and ledger follow.", "/purchasing/orders?view=open", setup.received),
    ];
    let checklist = Checklist::new(steps);
    (checklist.done < checklist.steps.len()).then_some(checklist)
}
