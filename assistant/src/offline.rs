//! The brain without a language model: the planner reads the request, the records answer.

mod answer;
mod records;
mod wording;

use futures_util::future::BoxFuture;
use kontor_kernel::{Error, ErrorKind, Locale, Result};
use kontor_planner::{Context, OrderDraft, Pending, Plan, language_of, plan};
use kontor_store::Meter;
use serde_json::{Map, Value, json};

use crate::{Brain, Citation, Desk, Request, Thought, row::Row};

use self::{answer::answer_query, records::DeskRecords, wording::Wording};

const ORDERS: &str = "purchase-orders";
const PRODUCTS: &str = "products";
const SUPPLIERS: &str = "suppliers";
const STOCK: &str = "stock-levels";

/// Drafts purchase orders and answers simple questions, in English and German, by the planner.
#[derive(Debug, Clone, Copy, Default)]
pub struct Offline;

impl Brain for Offline {
    fn meter(&self) -> Meter {
        Meter::Free
    }

    fn think<'a>(&'a self, request: &'a Request, desk: &'a mut Desk) -> BoxFuture<'a, Result<Thought>> {
        Box::pin(async move {
            let thought = think(request, desk).await?;
            say(desk, &thought.text);
            Ok(thought)
        })
    }
}

async fn think(request: &Request, desk: &mut Desk) -> Result<Thought> {
    let pending: Option<Pending> = request.pending.clone().and_then(|open| serde_json::from_value(open).ok());
    let preferred = pending.as_ref().map_or(request.language, |pending| pending.language);
    let words = Wording::new(language_of(&request.text, preferred), &desk.caller().company);
    desk.step(words.looking());
    desk.catch_up().await;
    let records = DeskRecords::new(desk);
    let locale = Locale::from_tag(&desk.caller().company.locale);
    let context = Context { today: request.today, language: request.language, locale, pending: pending.as_ref() };
    let planned = match Box::pin(plan(&request.text, &context, &records)).await {
        Ok(planned) => planned,
        Err(error) => return refused(words, error, pending.as_ref()),
    };
    let open = planned.pending().map(serde_json::to_value).transpose().map_err(Error::internal)?;
    match planned {
        Plan::Ask(question) => Ok(Thought { text: question.text, pending: open, ..Thought::default() }),
        Plan::Decline(refusal) => Ok(Thought { text: refusal.text, pending: open, ..Thought::default() }),
        Plan::Query(query) => match answer_query(desk, &query, words, request.today).await {
            Ok(text) => Ok(Thought { text, pending: open, ..Thought::default() }),
            Err(error) => refused(words, error, None),
        },
        Plan::Draft(draft) => {
            let words = Wording::new(draft.language, &desk.caller().company);
            let mut thought = match propose(desk, &draft, words).await {
                Ok(text) => Thought { text, ..Thought::default() },
                Err(error) => refused(words, error, None)?,
            };
            thought.supersedes = pending.as_ref().is_some_and(|before| corrects(before, &draft));
            thought.pending = open;
            Ok(thought)
        }
    }
}

/// A refusal as an answer; a failure stays one.
fn refused(words: Wording, error: Error, pending: Option<&Pending>) -> Result<Thought> {
    let text = match error.kind() {
        ErrorKind::Forbidden => words.forbidden(error.text()),
        ErrorKind::Plan => words.not_in_plan(error.text()),
        ErrorKind::Violation | ErrorKind::Conflict => words.violations(&error),
        _ => return Err(error),
    };
    let pending = pending.map(serde_json::to_value).transpose().map_err(Error::internal)?;
    Ok(Thought { text, pending, ..Thought::default() })
}

/// Whether a draft is the one before, changed: it still has one of its products.
fn corrects(before: &Pending, draft: &OrderDraft) -> bool {
    let had = |id| before.lines.iter().filter_map(|line| line.product.as_ref()).any(|product| product.id == id);
    draft.lines.iter().any(|line| had(line.product.id))
}

/// Rehearses the order and says what it comes to.
async fn propose(desk: &mut Desk, draft: &OrderDraft, words: Wording) -> Result<String> {
    desk.step(words.drafting());
    let record = desk.propose(ORDERS, &body_of(draft)).await?;
    let order = Row(&record);
    let currency = order.text("currency").unwrap_or_default().to_owned();
    let said = draft.lines.iter().filter(|line| line.unit_price.is_some()).find_map(|line| line.currency.as_deref());
    if let Some(said) = said.filter(|said| *said != currency) {
        desk.withdraw();
        return Ok(words.other_currency(said, &currency));
    }
    for (collection, candidate) in
        std::iter::once((SUPPLIERS, &draft.supplier)).chain(draft.lines.iter().map(|line| (PRODUCTS, &line.product)))
    {
        let meta = desk.entity(collection)?.1.meta;
        desk.cite(Citation::named(meta, candidate.id, &candidate.name));
    }
    let total = order.decimal("total").unwrap_or_default();
    Ok(words.order(&draft.supplier.name, draft.lines.len(), total, &currency, draft.expected_date, &draft.remarks))
}

fn body_of(draft: &OrderDraft) -> Value {
    let lines = draft.lines.iter().map(|line| {
        let mut object = Map::new();
        object.insert("product_id".to_owned(), json!(line.product.id));
        object.insert("quantity".to_owned(), json!(line.quantity.normalize().to_string()));
        if let Some(price) = line.unit_price {
            object.insert("unit_price".to_owned(), json!(price.normalize().to_string()));
        }
        Value::Object(object)
    });
    let lines: Vec<Value> = lines.collect();
    let mut body = json!({ "supplier_id": draft.supplier.id, "lines": lines });
    if let (Some(date), Some(object)) = (draft.expected_date, body.as_object_mut()) {
        object.insert("expected_date".to_owned(), json!(date));
    }
    if let (Some(note), Some(object)) = (&draft.note, body.as_object_mut()) {
        object.insert("note".to_owned(), json!(note));
    }
    body
}

/// Tells a finished text word by word, as a model's would come.
fn say(desk: &Desk, text: &str) {
    for part in text.split_inclusive(' ') {
        desk.token(part);
    }
}

/// The language that the request is written in, for other brains' own sentences.
pub(crate) fn wording_of(request: &Request, desk: &Desk) -> Wording {
    Wording::new(language_of(&request.text, request.language), &desk.caller().company)
}
