//! An order's lines as a form sends them and as the page shows them.

use kontor_accounting::{NetLine, TaxMethod, TaxTotals, tax_on_net};
use kontor_entity::{EntityMeta, TextLine};
use kontor_kernel::{Currency, Error, Locale, Percent, Quantity, Result, Rounding, UnitPrice};
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use sqlx::Row as _;
use uuid::Uuid;

use super::facts::OrderFacts;
use crate::{
    pages::{
        Target,
        display::{Display, StoredJson},
        form::line_field,
    },
    view::{self, DocumentLine, LineEditor, TotalLine, format::minor_places, input},
};

/// One line as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct TypedLine {
    pub id: String,
    pub product_id: String,
    /// Code or name, where no product was chosen.
    pub product: String,
    pub quantity: String,
    pub unit_price: String,
    pub discount: String,
    pub tax_id: String,
}

impl TypedLine {
    /// The lines of a form: the n-th inputs of each name belong together. Lines without anything in them are left out.
    pub fn of_form(form: &[(String, String)]) -> Vec<Self> {
        let column = |name: &str| -> Vec<String> {
            form.iter().filter(|(known, _)| known == name).map(|(_, text)| text.trim().to_owned()).collect()
        };
        let columns = [
            "line_id",
            "line_product_id",
            "line_product",
            "line_quantity",
            "line_unit_price",
            "line_discount_percent",
            "line_tax_id",
        ]
        .map(column);
        let count = columns.iter().map(Vec::len).max().unwrap_or(0);
        let [ids, product_ids, products, quantities, prices, discounts, taxes] = columns;
        let at = |column: &[String], index: usize| column.get(index).cloned().unwrap_or_default();
        let lines = (0..count).map(|index| Self {
            id: at(&ids, index),
            product_id: at(&product_ids, index),
            product: at(&products, index),
            quantity: at(&quantities, index),
            unit_price: at(&prices, index),
            discount: at(&discounts, index),
            tax_id: at(&taxes, index),
        });
        lines.filter(|line| !line.is_blank()).collect()
    }

    fn is_blank(&self) -> bool {
        self.product.is_empty() && self.product_id.is_empty() && self.quantity.is_empty() && self.unit_price.is_empty()
    }

    /// The line as the description reads it.
    pub fn canonical(&self, display: &Display, of: &'static EntityMeta) -> TextLine {
        let text = |name: &str, typed: &str| {
            let canonical = of.field(name).map_or_else(|| typed.to_owned(), |field| display.canonical(field, typed));
            (name.to_owned(), canonical)
        };
        let product = if self.product_id.is_empty() { &self.product } else { &self.product_id };
        TextLine {
            id: Uuid::try_parse(&self.id).ok(),
            fields: vec![
                text("product_id", product),
                text("quantity", &self.quantity),
                text("unit_price", &self.unit_price),
                text("discount_percent", if self.discount.is_empty() { "0" } else { &self.discount }),
                text("tax_id", &self.tax_id),
            ],
        }
    }
}

/// Gives lines without a chosen product the one with that code, or with exactly that name. One statement, only if needed.
pub(super) async fn resolve_products(tx: &mut Tx, lines: &mut [TypedLine]) -> Result<()> {
    let wanted: Vec<String> =
        lines.iter().filter(|line| line.product_id.is_empty()).map(|line| line.product.to_lowercase()).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let rows = sqlx::query(
        "select id, lower(code), lower(name) from products
         where tenant_id = $1 and archived_at is null and (lower(code) = any ($2) or lower(name) = any ($2))
         order by code",
    )
    .bind(tx.tenant())
    .bind(wanted)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let known: Vec<(Uuid, String, String)> = rows
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
        .collect::<sqlx::Result<_>>()
        .map_err(sql_error)?;
    for line in lines.iter_mut().filter(|line| line.product_id.is_empty()) {
        let text = line.product.to_lowercase();
        let by_code = known.iter().find(|(_, code, _)| *code == text);
        let mut by_name = known.iter().filter(|(.., name)| *name == text);
        // Two products of one name are for the person to tell apart.
        let only = by_name.next().filter(|_| by_name.next().is_none());
        if let Some((id, ..)) = by_code.or(only) {
            line.product_id = id.to_string();
        }
    }
    Ok(())
}

/// A stored line that names another product now is a new line: nothing of the old product's stays on it.
pub(super) async fn renew_changed(tx: &mut Tx, order: Uuid, lines: &mut [TypedLine]) -> Result<()> {
    let rows: Vec<(Uuid, Uuid)> =
        sqlx::query_as("select id, product_id from purchase_order_lines where tenant_id = $1 and order_id = $2")
            .bind(tx.tenant())
            .bind(order)
            .fetch_all(tx.connection().await?)
            .await
            .map_err(sql_error)?;
    for line in lines {
        let (id, product) = (Uuid::try_parse(&line.id).ok(), Uuid::try_parse(&line.product_id).ok());
        let stored = rows.iter().find(|(known, _)| Some(*known) == id).map(|(_, product)| *product);
        if stored.is_some() && product.is_some() && stored != product {
            line.id.clear();
        }
    }
    Ok(())
}

/// The page's lines, their editor and their totals.
pub(super) struct LinesView<'l> {
    pub display: &'l Display,
    pub products: Option<Target>,
    pub facts: &'l OrderFacts,
    pub currency: String,
    pub editable: bool,
    pub refusal: Option<&'l Error>,
}

impl LinesView<'_> {
    /// The lines as stored.
    pub fn stored(&self, record: &StoredJson) -> Vec<DocumentLine> {
        record.lines().iter().map(|line| self.stored_line(line)).collect()
    }

    fn stored_line(&self, line: &StoredJson) -> DocumentLine {
        let locale = self.display.locale;
        let of = |name: &str| line.0.get(name).map(|linked| StoredJson(linked.clone()));
        let (product, tax) = (of("product"), of("tax"));
        let discount = line.decimal("discount_percent");
        let (received, quantity) = (line.decimal("received"), line.decimal("quantity"));
        let product_id = line.text("product_id").to_owned();
        let page = self.products.map(|products| products.meta().url(&product_id));
        DocumentLine {
            id: line.text("id").to_owned(),
            product: match line.text("description") {
                "" => product.as_ref().map(|product| product.text("name").to_owned()).unwrap_or_default(),
                description => description.to_owned(),
            },
            product_url: page.filter(|_| !self.editable),
            quantity: locale.quantity(quantity),
            unit: self.facts.unit_of(&product_id),
            unit_price: locale.unit_price(line.decimal("unit_price"), &self.currency),
            discount_percent: if discount.is_zero() { String::new() } else { locale.quantity(discount) },
            tax_id: line.text("tax_id").to_owned(),
            tax: tax.map(|tax| tax.text("name").to_owned()).unwrap_or_default(),
            amount: locale.amount(line.decimal("amount"), &self.currency),
            received: Some(if received == quantity {
                locale.quantity(received)
            } else {
                format!("{} of {}", locale.quantity(received), locale.quantity(quantity))
            }),
            product_id,
            ..DocumentLine::default()
        }
    }

    /// The lines as typed, each with the first thing that is wrong with it.
    pub fn typed(&self, lines: &[TypedLine]) -> Vec<DocumentLine> {
        let rows = lines.iter().enumerate().map(|(number, line)| {
            let (error_field, error) = self.error(number).unzip();
            DocumentLine {
                id: line.id.clone(),
                product_id: line.product_id.clone(),
                product: line.product.clone(),
                quantity: line.quantity.clone(),
                unit: self.facts.unit_of(&line.product_id),
                unit_price: line.unit_price.clone(),
                discount_percent: line.discount.clone(),
                tax_id: line.tax_id.clone(),
                amount: self.display.locale.amount(self.net(line).unwrap_or_default(), &self.currency),
                error_field,
                error,
                ..DocumentLine::default()
            }
        });
        rows.collect()
    }

    /// The input that is wrong in a line, by its name in the form.
    fn error(&self, number: usize) -> Option<(String, String)> {
        let mut violations = self.refusal?.violations().iter();
        violations.find_map(|violation| {
            let (at, field) = line_field(&violation.field).filter(|(at, _)| *at == number)?;
            debug_assert_eq!(at, number);
            let input = match field {
                "product_id" => "line_product",
                "quantity" => "line_quantity",
                "unit_price" => "line_unit_price",
                "discount_percent" => "line_discount_percent",
                "tax_id" => "line_tax_id",
                _ => "line_product",
            };
            Some((input.to_owned(), violation.message.to_string()))
        })
    }

    fn net(&self, line: &TypedLine) -> Option<Decimal> {
        let figure = |text: &str| input::decimal(text, self.display.locale);
        let currency = Currency::parse(&self.currency)?;
        let discount = Percent::new(figure(&line.discount).unwrap_or_default());
        let price = UnitPrice::new(figure(&line.unit_price)?);
        let net = price.times(Quantity::new(figure(&line.quantity)?), currency).ok()?;
        Some(net.times(discount.remainder()).ok()?.round(Rounding::HalfUp).ok()?.amount().value())
    }

    pub fn editor(&self, rows: Vec<DocumentLine>, method: TaxMethod, show_received: bool) -> LineEditor {
        LineEditor {
            rows,
            blank: DocumentLine {
                amount: self.display.locale.amount(Decimal::ZERO, &self.currency),
                ..DocumentLine::default()
            },
            taxes: self.facts.tax_choices(),
            lookup: "/lookup/products".to_owned(),
            tax_method: match method {
                TaxMethod::PerLine => view::TaxMethod::Line,
                TaxMethod::PerDocument => view::TaxMethod::Document,
            },
            minor_places: minor_places(&self.currency),
            money_pattern: self.display.locale.money_pattern(&self.currency),
            show_received,
        }
    }

    /// The totals of a stored order: its own figures, with its tax by rate.
    pub fn stored_totals(&self, record: &StoredJson, method: TaxMethod) -> Vec<TotalLine> {
        let nets = record.lines();
        let nets = nets.iter().map(|line| (line.decimal("amount"), line.decimal("tax_percent")));
        let parts = self.totals(nets, method);
        let mut totals = self.tax_lines(record.decimal("untaxed"), parts.as_ref());
        totals.push(self.total(record.decimal("total")));
        totals
    }

    /// The totals of what is typed, as the order would have them.
    pub fn typed_totals(&self, lines: &[TypedLine], method: TaxMethod) -> Vec<TotalLine> {
        let nets = lines.iter().filter_map(|line| Some((self.net(line)?, self.facts.rate_of(&line.tax_id))));
        match self.totals(nets, method) {
            Some(parts) => {
                let mut totals = self.tax_lines(parts.untaxed.amount().value(), Some(&parts));
                totals.push(self.total(parts.total.amount().value()));
                totals
            }
            None => vec![self.total(Decimal::ZERO)],
        }
    }

    fn totals(&self, nets: impl Iterator<Item = (Decimal, Decimal)>, method: TaxMethod) -> Option<TaxTotals> {
        let currency = Currency::parse(&self.currency)?;
        let lines: Option<Vec<NetLine>> = nets
            .map(|(net, percent)| {
                let net = kontor_kernel::Unrounded::new(net, currency).round(Rounding::HalfUp).ok()?;
                Some(NetLine { net, percent: Percent::new(percent) })
            })
            .collect();
        tax_on_net(currency, method, Rounding::HalfUp, &lines?).ok()
    }

    fn tax_lines(&self, untaxed: Decimal, parts: Option<&TaxTotals>) -> Vec<TotalLine> {
        let locale: Locale = self.display.locale;
        let line = |label: String, amount: Decimal| TotalLine { label, amount: locale.amount(amount, &self.currency) };
        let mut lines = vec![line("Untaxed".to_owned(), untaxed)];
        let taxed = parts.into_iter().flat_map(|parts| &parts.parts).filter(|part| !part.percent.is_zero());
        lines.extend(
            taxed.map(|part| line(format!("Tax {}", locale.percent(part.percent.value())), part.tax.amount().value())),
        );
        lines
    }

    fn total(&self, total: Decimal) -> TotalLine {
        TotalLine { label: "Total".to_owned(), amount: self.display.locale.money(total, &self.currency) }
    }
}
