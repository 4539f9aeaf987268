//! An order as sent becomes an order as stored: what was left out is filled, links are checked, amounts computed.

use std::collections::HashMap;

use kontor_accounting::{NetLine, Settings, TaxRate, settings, tax_rates};
use kontor_catalog::{PurchaseFacts, purchase_facts};
use kontor_command::{Document, Locked};
use kontor_inventory::{ChosenWarehouse, choose_warehouse};
use kontor_kernel::{Currency, Fault, FxRate, Percent, Result, Violations};
use kontor_partners::{SupplierTerms, supplier_terms};
use kontor_store::Tx;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    LineFacts, OrderFacts, OrderState, PurchaseOrder, PurchaseOrderLine,
    total::{line_amount, order_totals},
};
use crate::Code;

impl Document for PurchaseOrder {
    type Facts = OrderFacts;
    type Line = PurchaseOrderLine;
    type LineFacts = LineFacts;

    fn may_change(facts: &OrderFacts) -> Result<()> {
        if facts.state == OrderState::Draft { Ok(()) } else { Err(Code::OrderNotDraft.error()) }
    }

    async fn complete(order: &mut Locked<Self>, tx: &mut Tx, violations: &mut Violations) -> Result<()> {
        let products = order.lines.iter().map(|line| line.fields.product_id.id()).collect();
        let (supplier, settings, warehouse, products) = tx
            .ask((
                supplier_terms(order.fields.supplier_id),
                settings(tx.currency()),
                choose_warehouse(order.fields.warehouse_id),
                purchase_facts(products),
            ))
            .await?;
        check_supplier(order, supplier.as_ref(), violations);
        name_links(order, supplier.as_ref(), &products);
        choose(order, warehouse, violations);
        let currency = complete_header(order, tx, supplier.as_ref(), &settings, violations);
        complete_lines(order, tx, &products, violations).await?;
        if !violations.is_empty() {
            return Ok(());
        }
        compute(order, currency)
    }
}

fn check_supplier(order: &Locked<PurchaseOrder>, terms: Option<&SupplierTerms>, violations: &mut Violations) {
    let stays = order.fields_before().is_some_and(|before| before.supplier_id == order.fields.supplier_id);
    match terms {
        None => violations.add(Fault::UnknownLink, "supplier_id"),
        Some(terms) if terms.archived && !stays => violations.add(Fault::ArchivedLink, "supplier_id"),
        Some(_) => {}
    }
}

fn name_links(
    order: &mut Locked<PurchaseOrder>,
    supplier: Option<&SupplierTerms>,
    products: &HashMap<Uuid, PurchaseFacts>,
) {
    if let Some(supplier) = supplier {
        order.names.add(order.fields.supplier_id.id(), supplier.code.as_str(), supplier.name.as_str());
    }
    for (id, product) in products {
        order.names.add(*id, product.code.as_str(), product.name.as_str());
    }
}

/// A warehouse that was chosen before stays, also when it was archived since.
fn choose(order: &mut Locked<PurchaseOrder>, chosen: Option<ChosenWarehouse>, violations: &mut Violations) {
    let stays = order.fields_before().is_some_and(|before| before.warehouse_id == order.fields.warehouse_id);
    match chosen {
        _ if stays && order.fields.warehouse_id.is_some() => {}
        None => violations.add(Fault::UnknownLink, "warehouse_id"),
        Some(warehouse) if warehouse.archived => violations.add(Fault::ArchivedLink, "warehouse_id"),
        Some(warehouse) => {
            order.names.add(warehouse.id.id(), warehouse.code, warehouse.name);
            order.fields.warehouse_id = Some(warehouse.id);
        }
    }
}

fn complete_header(
    order: &mut Locked<PurchaseOrder>,
    tx: &Tx,
    supplier: Option<&SupplierTerms>,
    settings: &Settings,
    violations: &mut Violations,
) -> Currency {
    if order.is_new() {
        order.facts.tax_method = settings.tax_method;
    }
    order.fields.order_date.get_or_insert(tx.today());
    let of_supplier = supplier.and_then(|terms| terms.currency).unwrap_or(settings.currency);
    let currency = *order.fields.currency.get_or_insert(of_supplier);
    if currency == settings.currency && order.fields.exchange_rate.is_some_and(|rate| rate != FxRate::new(Decimal::ONE))
    {
        violations.add(Code::RateNotOne, "exchange_rate");
    }
    currency
}

async fn complete_lines(
    order: &mut Locked<PurchaseOrder>,
    tx: &mut Tx,
    products: &HashMap<Uuid, PurchaseFacts>,
    violations: &mut Violations,
) -> Result<()> {
    for line in &mut order.lines {
        if let Some(product) = products.get(&line.fields.product_id.id()) {
            fill_line(&mut line.fields, product);
        }
    }
    let taxes: Vec<_> = order.lines.iter().filter_map(|line| line.fields.tax_id).collect();
    let taxes = if taxes.is_empty() { HashMap::new() } else { tx.ask(tax_rates(&taxes)).await? };
    for (tax, rate) in &taxes {
        order.names.add(tax.id(), rate.code.as_str(), rate.name.as_str());
    }
    for (number, line) in order.lines.iter_mut().enumerate() {
        let mut inner = Violations::new();
        let known = products.get(&line.fields.product_id.id());
        check_line(&line.fields, known, &taxes, line.facts == LineFacts::default(), &mut inner);
        violations.nest(&format!("lines[{number}]."), inner);
        let rate = line.fields.tax_id.and_then(|tax| taxes.get(&tax));
        line.facts.tax_percent = rate.map_or(Percent::ZERO, |rate| rate.percent);
    }
    Ok(())
}

fn fill_line(line: &mut PurchaseOrderLine, product: &PurchaseFacts) {
    line.description.get_or_insert_with(|| product.name.clone());
    if line.unit_price.is_none() {
        line.unit_price = product.purchase_price;
    }
    if line.tax_id.is_none() {
        line.tax_id = product.purchase_tax;
    }
}

fn check_line(
    line: &PurchaseOrderLine,
    product: Option<&PurchaseFacts>,
    taxes: &HashMap<kontor_entity::Ref<kontor_accounting::Tax>, TaxRate>,
    is_new: bool,
    violations: &mut Violations,
) {
    match product {
        None => violations.add(Fault::UnknownLink, "product_id"),
        Some(product) => {
            if product.archived && is_new {
                violations.add(Fault::ArchivedLink, "product_id");
            }
            if !product.divides(line.quantity) {
                violations.add(kontor_catalog::Code::TooFine, "quantity");
            }
            if line.unit_price.is_none() {
                violations.add_text(Fault::Required, "unit_price", "the product has no purchase price; give one");
            }
        }
    }
    match line.tax_id.map(|tax| taxes.get(&tax)) {
        Some(None) => violations.add(Fault::UnknownLink, "tax_id"),
        Some(Some(rate)) if rate.archived && is_new => violations.add(Fault::ArchivedLink, "tax_id"),
        _ => {}
    }
}

/// Amounts of the lines and totals of the order, from its own fields alone.
fn compute(order: &mut Locked<PurchaseOrder>, currency: Currency) -> Result<()> {
    let mut nets = Vec::with_capacity(order.lines.len());
    for line in &mut order.lines {
        let price = line.fields.unit_price.unwrap_or_default();
        let net = line_amount(price, line.fields.quantity, line.fields.discount_percent, currency)?;
        line.facts.amount = net.amount();
        nets.push(NetLine { net, percent: line.facts.tax_percent });
    }
    let totals = order_totals(currency, order.facts.tax_method, &nets)?;
    order.facts.untaxed = totals.untaxed.amount();
    order.facts.tax = totals.tax.amount();
    order.facts.total = totals.total.amount();
    Ok(())
}
