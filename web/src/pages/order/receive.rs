//! Goods of an order arrive.

use kontor_command::RecordAction as _;
use kontor_http::Incoming;
use kontor_kernel::{Error, Fault, Quantity, Result, Violations};
use kontor_purchasing::{ReceiveGoods, ReceiveLine};
use kontor_store::Origin;
use poem::Response;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Order, facts::OrderFacts, page::Outcome};
use crate::{
    Web, answer,
    pages::{
        display::{Display, StoredJson},
        form::line_field,
    },
    refusal::is_refusal,
    view::{self, ErrorItem, ErrorSummary, ReceiveDialog, input},
};

/// The dialog as typed: order line and quantity, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct TypedReceipt(Vec<(String, String)>);

impl TypedReceipt {
    fn of_form(form: &[(String, String)]) -> Self {
        let column = |name: &str| -> Vec<String> {
            form.iter().filter(|(known, _)| known == name).map(|(_, text)| text.trim().to_owned()).collect()
        };
        Self(column("line_id").into_iter().zip(column("quantity")).collect())
    }

    /// The lines with something typed; what is empty or zero stays outstanding.
    fn lines(&self, display: &Display) -> Result<Vec<ReceiveLine>> {
        let (mut lines, mut violations) = (Vec::new(), Violations::new());
        for (number, (id, text)) in self.0.iter().enumerate().filter(|(_, (_, text))| !text.is_empty()) {
            let figure = input::decimal(text, display.locale);
            match (Uuid::try_parse(id), figure) {
                (Ok(_), Some(figure)) if figure.is_zero() => {}
                (Ok(line_id), Some(figure)) if figure > Decimal::ZERO => {
                    lines.push(ReceiveLine { line_id, quantity: Quantity::new(figure) });
                }
                _ => violations.add_text(
                    Fault::WrongType,
                    format!("lines[{number}].quantity"),
                    "must be a quantity such as 12",
                ),
            }
        }
        if lines.is_empty() && violations.is_empty() {
            violations.add_text(Fault::Required, "lines", "enter how much arrived");
        }
        violations.into_result()?;
        Ok(lines)
    }

    fn quantity_of(&self, line: &str) -> Option<&str> {
        self.0.iter().find(|(id, _)| id == line).map(|(_, text)| text.as_str())
    }

    /// The order line that a violation is about. The command counts the lines it was given, so empty ones are skipped.
    fn line_at(&self, error: &Error, number: usize, display: &Display) -> Option<&str> {
        let counts_all = error.violations().iter().any(|violation| violation.code == Fault::WrongType.info().id);
        let mut given = self.0.iter().filter(|(_, text)| {
            counts_all || input::decimal(text, display.locale).is_some_and(|figure| figure > Decimal::ZERO)
        });
        given.nth(number).map(|(id, _)| id.as_str())
    }
}

impl Order {
    pub(super) async fn receive(self, web: Web, incoming: Incoming) -> Result<Response> {
        let (call, id) = (incoming.call(Origin::Web)?, incoming.id("id")?);
        let typed = TypedReceipt::of_form(&incoming.form());
        let display = Display::of(incoming.caller()?, web.today(incoming.caller()?));
        let outcome = match typed.lines(&display) {
            Ok(lines) => web.app.runner.run(&call, ReceiveGoods { date: None, lines }.on(id, None)).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(written) => {
                let receipt = StoredJson::read(&written.json)?;
                let notice = format!("Goods received as {}", receipt.text("number"));
                Ok(answer::done(&self.target.meta().url(id), &notice))
            }
            Err(error) if is_refusal(&error) => {
                let loaded = self.load(&web, &incoming, Some(id), None).await?;
                let outcome = Outcome { receipt: Some(&typed), refusal: Some(&error), typed: None };
                self.render(&web, &incoming, &loaded, outcome).await
            }
            Err(error) => Err(error),
        }
    }
}

/// The lines with something outstanding, as they were typed where something was refused.
pub(super) fn dialog(
    record: &StoredJson,
    display: &Display,
    facts: &OrderFacts,
    url: String,
    typed: Option<&TypedReceipt>,
    refusal: Option<&Error>,
) -> Option<ReceiveDialog> {
    let errors = line_errors(typed, refusal, display);
    let lines: Vec<view::ReceiveLine> = record
        .lines()
        .iter()
        .filter_map(|line| {
            let outstanding = line.decimal("quantity") - line.decimal("received");
            let id = line.text("id");
            (outstanding > Decimal::ZERO).then(|| view::ReceiveLine {
                id: id.to_owned(),
                product: line.text("description").to_owned(),
                unit: facts.unit_of(line.text("product_id")),
                outstanding: display.locale.quantity(outstanding),
                quantity: typed.and_then(|typed| typed.quantity_of(id)).map(str::to_owned),
                error: errors.iter().find(|(known, _)| known == id).map(|(_, text)| answer::sentence(text)),
            })
        })
        .collect();
    let warehouse = record.0.get("warehouse").map(|warehouse| StoredJson(warehouse.clone()));
    (!lines.is_empty()).then(|| ReceiveDialog {
        action: format!("{url}/receipts"),
        warehouse: warehouse.map(|warehouse| warehouse.text("name").to_owned()).unwrap_or_default(),
        lines,
        open: refusal.is_some(),
        errors: refusal.map(|error| summary(error, &errors, record)),
    })
}

/// Order line → what is wrong with its quantity.
fn line_errors(typed: Option<&TypedReceipt>, refusal: Option<&Error>, display: &Display) -> Vec<(String, String)> {
    let (Some(typed), Some(error)) = (typed, refusal) else { return Vec::new() };
    let errors = error.violations().iter().filter_map(|violation| {
        let (number, _) = line_field(&violation.field)?;
        let line = typed.line_at(error, number, display)?;
        Some((line.to_owned(), violation.message.to_string()))
    });
    errors.collect()
}

fn summary(error: &Error, errors: &[(String, String)], record: &StoredJson) -> ErrorSummary {
    if errors.is_empty() {
        let text = error.violations().first().map_or_else(|| error.text(), |violation| &violation.message);
        let item = ErrorItem { text: answer::sentence(text), field: None };
        return ErrorSummary { title: "Nothing was received".to_owned(), items: vec![item] };
    }
    let lines = record.lines();
    let items = errors.iter().map(|(id, text)| {
        let product = lines.iter().find(|line| line.text("id") == id).map_or("", |line| line.text("description"));
        ErrorItem { text: format!("Quantity of {product} {text}"), field: Some(format!("quantity-{id}")) }
    });
    ErrorSummary::before("these goods can be received", items.collect())
}
