//! From a draft to an answer: refuse, ask, or show it complete.

use std::collections::HashSet;

use rust_decimal::Decimal;
use uuid::Uuid;

use crate::draft::Draft;
use crate::plan::{About, DraftLine, OrderDraft, PendingLine, Plan, Question, Refusal};
use crate::prices::Basis;
use crate::records::{Candidate, RecordKind, Records};

/// Decimal places of a unit price that comes from a total.
const PRICE_SCALE: u32 = 6;

/// How far from the known price, as a factor, a price may be and still be taken for the same kind of price.
const PRICE_FACTOR: Decimal = Decimal::from_parts(25, 0, 0, false, 1);

/// Decides what a draft comes to.
pub(crate) async fn verdict<R: Records>(mut draft: Draft<'_>, records: &R) -> Result<Plan, R::Error> {
    draft.check_figures();
    narrow(&mut draft);
    if let Some(refusal) = draft.refusal.take() {
        return Ok(decline(draft, refusal));
    }
    if let Some(question) = missing(&mut draft) {
        return Ok(Plan::Ask(question));
    }
    if draft.unclear {
        return Ok(Plan::Ask(confirm(&mut draft)));
    }
    let rejected = |id: Uuid| draft.rejected.iter().any(|one| one.id == id);
    let supplier = match supplier(&draft) {
        // "… but not from Exotic Liquids", who alone sell it.
        Supplier::Is(Candidate { id, .. }) | Supplier::Called(id, _) if rejected(id) => {
            let text = draft.wording().which_supplier(&[]);
            return Ok(Plan::Ask(ask(&mut draft, About::Supplier, text, Vec::new())));
        }
        Supplier::Is(candidate) => candidate,
        Supplier::Called(id, name) => called(id, name, records).await?,
        Supplier::OneOf(options) => {
            let mut found = Vec::new();
            for (id, name) in options {
                found.push(match draft.pool.supplier(id) {
                    Some(candidate) => candidate.clone(),
                    None => called(id, name, records).await?,
                });
            }
            let text = draft.wording().which_supplier(&found);
            return Ok(Plan::Ask(ask(&mut draft, About::Supplier, text, found)));
        }
    };
    Ok(complete(draft, supplier))
}

/// A refusal keeps the lines that were fine, so that the next message can go on from there.
fn decline(mut draft: Draft<'_>, mut refusal: Refusal) -> Plan {
    let usable = |line: &PendingLine| line.product.is_some() || !line.said.is_empty();
    draft.pending.lines.retain(usable);
    draft.pending.asked =
        draft.pending.lines.iter().position(|line| line.product.is_none()).map(|line| About::Product { line });
    draft.pending.options.clone_from(&refusal.suggestions);
    if !draft.pending.lines.is_empty() {
        refusal.pending = Some(draft.pending);
    }
    Plan::Decline(refusal)
}

fn ask(draft: &mut Draft<'_>, about: About, text: String, options: Vec<Candidate>) -> Question {
    draft.pending.asked = Some(about);
    draft.pending.options.clone_from(&options);
    Question { about, text, options, pending: draft.pending.clone() }
}

/// Something said is in no line: the last line is asked for anew.
fn confirm(draft: &mut Draft<'_>) -> Question {
    let line = draft.pending.lines.len().saturating_sub(1);
    let label = draft.pending.lines.get(line).map(|line| line.label().to_owned()).unwrap_or_default();
    let text = draft.wording().how_many_then(&label);
    ask(draft, About::Quantity { line }, text, Vec::new())
}

/// Lets the supplier decide between products that fit equally, and products between suppliers.
fn narrow(draft: &mut Draft<'_>) {
    if let Some(supplier) = &draft.pending.supplier {
        for line in &mut draft.pending.lines {
            let theirs: Vec<Candidate> = line
                .options
                .iter()
                .filter(|option| option.supplier.as_ref().is_some_and(|(id, _)| *id == supplier.id))
                .cloned()
                .collect();
            if let ([one], None) = (theirs.as_slice(), &line.product) {
                line.product = Some(one.clone());
                line.options.clear();
            }
        }
        // "Tofu from Tokyo Traders" is their own tofu, unless they are to send what others sell as well.
        let own = |line: &PendingLine| match &line.product {
            Some(product) if product.supplier.as_ref().is_none_or(|(id, _)| *id != supplier.id) => {
                match draft.pool.sold_by(supplier.id, &line.said).as_slice() {
                    [one] => Some(one.clone()),
                    _ => None,
                }
            }
            product => product.clone(),
        };
        if let Some(products) = draft.pending.lines.iter().map(own).collect::<Option<Vec<Candidate>>>() {
            for (line, product) in draft.pending.lines.iter_mut().zip(products) {
                line.product = Some(product);
            }
        }
    }
    if draft.suppliers.len() > 1 {
        let of_lines: HashSet<Uuid> = draft
            .pending
            .lines
            .iter()
            .filter_map(|line| line.product.as_ref()?.supplier.as_ref())
            .map(|(id, _)| *id)
            .collect();
        let fitting: Vec<Candidate> =
            draft.suppliers.iter().filter(|supplier| of_lines.contains(&supplier.id)).cloned().collect();
        if let ([one], true) = (fitting.as_slice(), of_lines.len() == 1) {
            // Only a misty name may be cleared so; two names said in full stay a choice.
            draft.pending.supplier = Some(one.clone()).filter(|_| !draft.chose_suppliers());
        }
    }
}

/// The first thing that is missing.
fn missing(draft: &mut Draft<'_>) -> Option<Question> {
    let wording = draft.wording();
    if draft.pending.lines.is_empty() {
        draft.pending.lines.push(PendingLine::default());
    }
    for index in 0..draft.pending.lines.len() {
        let line = draft.pending.lines.get(index)?.clone();
        if line.product.is_none() {
            let text = if line.options.is_empty() && !line.said.is_empty() {
                wording.which_product_of(&line.said)
            } else {
                wording.which_product(&line.said, &line.options)
            };
            return Some(ask(draft, About::Product { line: index }, text, line.options));
        }
    }
    for index in 0..draft.pending.lines.len() {
        let line = draft.pending.lines.get(index)?.clone();
        if line.quantity.is_none() {
            let choice =
                draft.amounts.iter().find(|(at, _)| *at == index).map(|(_, values)| values.clone()).unwrap_or_default();
            let text = wording.how_many(line.label(), &choice);
            return Some(ask(draft, About::Quantity { line: index }, text, Vec::new()));
        }
        if let Err(price) = unit_price(&line) {
            let text = wording.unit_or_total(line.label(), price);
            return Some(ask(draft, About::UnitPrice { line: index }, text, Vec::new()));
        }
    }
    if draft.unclear_day {
        return Some(ask(draft, About::ExpectedDate, wording.no_such_day().to_owned(), Vec::new()));
    }
    if draft.days.len() > 1 {
        let text = wording.which_day(&draft.days);
        return Some(ask(draft, About::ExpectedDate, text, Vec::new()));
    }
    if draft.suppliers.len() > 1 && draft.pending.supplier.is_none() {
        let options = draft.suppliers.clone();
        let text = wording.which_supplier(&options);
        return Some(ask(draft, About::Supplier, text, options));
    }
    None
}

/// The price of one unit, if any; the price itself when it may be of one or of all.
fn unit_price(line: &PendingLine) -> Result<Option<Decimal>, Decimal> {
    let Some(price) = &line.price else { return Ok(None) };
    let quantity = line.quantity.unwrap_or(Decimal::ONE);
    let of_total = || price.amount.checked_div(quantity).map(|unit| unit.round_dp(PRICE_SCALE).normalize());
    match price.basis {
        Basis::Unit => Ok(Some(price.amount)),
        Basis::Total => Ok(of_total()),
        Basis::Unsaid if quantity == Decimal::ONE => Ok(Some(price.amount)),
        Basis::Unsaid => {
            let known = line
                .product
                .as_ref()
                .and_then(|product| product.price)
                .filter(|known| *known > Decimal::ZERO)
                .ok_or(price.amount)?;
            let near = |price: Decimal| {
                price <= known.saturating_mul(PRICE_FACTOR) && known <= price.saturating_mul(PRICE_FACTOR)
            };
            match (near(price.amount), of_total().filter(|unit| near(*unit))) {
                (true, None) => Ok(Some(price.amount)),
                (false, Some(unit)) => Ok(Some(unit)),
                _ => Err(price.amount),
            }
        }
    }
}

enum Supplier {
    Is(Candidate),
    /// Known by a product only.
    Called(Uuid, String),
    /// The products' own, several or none.
    OneOf(Vec<(Uuid, String)>),
}

fn supplier(draft: &Draft<'_>) -> Supplier {
    if let Some(named) = &draft.pending.supplier {
        return Supplier::Is(named.clone());
    }
    let mut own: Vec<(Uuid, String)> = Vec::new();
    let mut all = true;
    for product in draft.pending.lines.iter().filter_map(|line| line.product.as_ref()) {
        match &product.supplier {
            Some((id, name)) if own.iter().all(|(known, _)| known != id) => own.push((*id, name.clone())),
            Some(_) => {}
            None => all = false,
        }
    }
    match own.as_slice() {
        [(id, name)] if all => match draft.pool.supplier(*id) {
            Some(candidate) => Supplier::Is(candidate.clone()),
            None => Supplier::Called(*id, name.clone()),
        },
        _ => Supplier::OneOf(own),
    }
}

/// The supplier a product names; what the records don't return by its name is known by id and name all the same.
async fn called<R: Records>(id: Uuid, name: String, records: &R) -> Result<Candidate, R::Error> {
    let found = records.find(RecordKind::Supplier, &name).await?;
    Ok(found.into_iter().find(|candidate| candidate.id == id).unwrap_or(Candidate {
        id,
        kind: RecordKind::Supplier,
        code: String::new(),
        name,
        unit: None,
        supplier: None,
        price: None,
    }))
}

fn complete(mut draft: Draft<'_>, supplier: Candidate) -> Plan {
    let wording = draft.wording();
    draft.pending.asked = None;
    draft.pending.options.clear();
    let mut remarks = Vec::new();
    let mut lines = Vec::new();
    for line in &draft.pending.lines {
        let (Some(product), Some(quantity)) = (&line.product, line.quantity) else { continue };
        if let Some((id, own)) = &product.supplier
            && *id != supplier.id
        {
            remarks.push(wording.other_supplier(&product.name, own, &supplier.name));
        }
        lines.push(DraftLine {
            product: product.clone(),
            quantity,
            unit_price: unit_price(line).ok().flatten(),
            currency: line.price.as_ref().and_then(|price| price.currency.clone()),
        });
    }
    Plan::Draft(OrderDraft {
        supplier,
        lines,
        expected_date: draft.pending.expected_date,
        note: draft.pending.note.clone(),
        remarks,
        language: draft.pending.language,
        pending: draft.pending,
    })
}
