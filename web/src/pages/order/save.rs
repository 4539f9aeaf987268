//! A draft is written, opened and changed.

use kontor_access::Verb;
use kontor_command::Saved;
use kontor_entity::{Draft, Mode, document_from_texts};
use kontor_http::Incoming;
use kontor_kernel::{Error, Fault, Result, Violations};
use kontor_store::Origin;
use poem::Response;
use uuid::Uuid;

use super::{
    Order,
    lines::{TypedLine, renew_changed, resolve_products},
    page::{Outcome, TypedOrder},
};
use crate::{
    Web, answer,
    pages::{
        display::{Display, StoredJson},
        form::{Typed, line_field, version_of},
    },
    refusal::is_refusal,
};

impl Order {
    /// An empty order, or one filled by the address: with `?from=` by the goods of another one, else field by field.
    pub(super) async fn blank(self, web: Web, incoming: Incoming) -> Result<Response> {
        let call = incoming.call(Origin::Web)?;
        web.app.runner.admit(&call, self.target.operation(Verb::Create)).await?;
        let typed = match incoming.query_value("from") {
            Some(from) => {
                Some(self.copied(&web, &incoming, Uuid::try_parse(from).map_err(|_| Fault::NotFound.error())?).await?)
            }
            None => {
                let header = Typed::of_query(self.target.meta(), &incoming);
                let filled = self.target.meta().fields.iter().any(|field| header.get(field.name).is_some());
                let mut lines = TypedLine::of_form(&incoming.query);
                if lines.is_empty() {
                    lines.push(TypedLine::default());
                }
                filled.then_some(TypedOrder { header, lines })
            }
        };
        let loaded = self.load(&web, &incoming, None, typed.as_ref()).await?;
        self.render(&web, &incoming, &loaded, Outcome { typed: typed.as_ref(), ..Outcome::default() }).await
    }

    /// Supplier, goods and prices of an order; its dates and references stay with it.
    async fn copied(self, web: &Web, incoming: &Incoming, from: Uuid) -> Result<TypedOrder> {
        let loaded = self.load(web, incoming, Some(from), None).await?;
        let record = loaded.record.ok_or_else(|| Fault::NotFound.error())?;
        let caller = incoming.caller()?;
        let display = Display::of(caller, web.today(caller));
        let form: Vec<(String, String)> = ["supplier_id", "warehouse_id", "currency", "note"]
            .map(|name| (name.to_owned(), record.text(name).to_owned()))
            .to_vec();
        let lines = record.lines().iter().map(|line| copied_line(line, record.text("currency"), &display)).collect();
        Ok(TypedOrder { header: Typed::of_form(self.target.meta(), &form), lines })
    }

    pub(super) async fn open(self, web: Web, incoming: Incoming) -> Result<Response> {
        let loaded = self.load(&web, &incoming, Some(incoming.id("id")?), None).await?;
        self.render(&web, &incoming, &loaded, Outcome::default()).await
    }

    pub(super) async fn create(self, web: Web, incoming: Incoming) -> Result<Response> {
        let call = incoming.call(Origin::Web)?;
        web.app.runner.admit(&call, self.target.operation(Verb::Create)).await?;
        let (typed, draft) = self.read(&web, &incoming, Mode::Create).await?;
        match web.create(&call, self.target, draft).await {
            Ok(written) => {
                let record = StoredJson::read(&written.json)?;
                let notice = format!("{} created as a draft", record.text("number"));
                Ok(answer::done(&self.target.meta().url(written.id), &notice))
            }
            Err(error) => self.refused(&web, &incoming, None, &typed, error).await,
        }
    }

    pub(super) async fn update(self, web: Web, incoming: Incoming) -> Result<Response> {
        let (call, id) = (incoming.call(Origin::Web)?, incoming.id("id")?);
        web.app.runner.admit(&call, self.target.operation(Verb::Update)).await?;
        let version = version_of(&incoming.form());
        let (typed, draft) = self.read(&web, &incoming, Mode::Patch).await?;
        let url = self.target.meta().url(id);
        match web.update(&call, self.target, id, version, draft).await {
            Ok(Saved::Written(_)) => Ok(answer::done(&url, "Changes saved")),
            Ok(Saved::Unchanged(_)) => Ok(answer::done(&url, "Nothing was changed")),
            Err(error) => self.refused(&web, &incoming, Some(id), &typed, error).await,
        }
    }

    /// What was sent, products found by their code or name, and the draft that it reads as.
    async fn read(self, web: &Web, incoming: &Incoming, mode: Mode) -> Result<(TypedOrder, Result<Draft>)> {
        let (meta, form) = (self.target.meta(), incoming.form());
        let caller = incoming.caller()?;
        let display = Display::of(caller, web.today(caller));
        let mut typed = TypedOrder { header: Typed::of_form(meta, &form), lines: TypedLine::of_form(&form) };
        let order = if mode == Mode::Patch { Some(incoming.id("id")?) } else { None };
        if order.is_some() || typed.lines.iter().any(|line| line.product_id.is_empty()) {
            let lines = typed.lines.clone();
            typed.lines = web
                .read(incoming, self.target, &|tx| {
                    let mut lines = lines.clone();
                    Box::pin(async move {
                        resolve_products(tx, &mut lines).await?;
                        if let Some(order) = order {
                            renew_changed(tx, order, &mut lines).await?;
                        }
                        Ok(lines)
                    })
                })
                .await?;
        }
        let Some(of) = meta.lines.map(|lines| (lines.meta)()) else {
            return Err(Error::internal("an order without lines"));
        };
        let lines: Vec<_> = typed.lines.iter().map(|line| line.canonical(&display, of)).collect();
        let draft = document_from_texts(meta, &typed.header.canonical(meta, &display), Some(&lines), mode);
        let draft = draft.map_err(|error| named(error, &typed.lines));
        Ok((typed, draft))
    }

    async fn refused(
        self,
        web: &Web,
        incoming: &Incoming,
        id: Option<Uuid>,
        typed: &TypedOrder,
        error: Error,
    ) -> Result<Response> {
        if !is_refusal(&error) {
            return Err(error);
        }
        let loaded = self.load(web, incoming, id, Some(typed)).await?;
        let outcome = Outcome { typed: Some(typed), refusal: Some(&error), receipt: None };
        self.render(web, incoming, &loaded, outcome).await
    }
}

/// Says of a product that was not found what people call it, rather than that it is no id.
fn named(error: Error, lines: &[TypedLine]) -> Error {
    let mut violations = Violations::new();
    for violation in error.violations() {
        let line = line_field(&violation.field).filter(|(_, field)| *field == "product_id");
        let unknown = line.and_then(|(number, _)| lines.get(number)).filter(|line| !line.product.is_empty());
        let message = match unknown {
            Some(line) => format!("is not known: there is no “{}”", line.product),
            None => violation.message.to_string(),
        };
        let fault = if unknown.is_some() { Fault::UnknownLink } else { Fault::NotAllowed };
        violations.add_text(fault, violation.field.clone(), message);
    }
    if violations.is_empty() { error } else { violations.into() }
}

fn copied_line(line: &StoredJson, currency: &str, display: &Display) -> TypedLine {
    let discount = line.decimal("discount_percent");
    TypedLine {
        id: String::new(),
        product_id: line.text("product_id").to_owned(),
        product: line.text("description").to_owned(),
        quantity: display.locale.quantity(line.decimal("quantity")),
        unit_price: display.locale.unit_price(line.decimal("unit_price"), currency),
        discount: if discount.is_zero() { String::new() } else { display.locale.quantity(discount) },
        tax_id: line.text("tax_id").to_owned(),
    }
}
