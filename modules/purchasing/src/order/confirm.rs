use kontor_access::{Feature, Permission};
use kontor_command::{Locked, OnRecord, RecordAction, States};
use kontor_entity::Shape;
use kontor_kernel::{FxRate, Result};
use kontor_store::{Meter, Tx, Written};
use rust_decimal::Decimal;

use super::{OrderState, PurchaseOrder};
use crate::{Code, FEATURE};

/// Commits us to an order: from here on goods can be received, and the order no longer changes.
#[derive(Debug, Clone, Copy, Shape)]
pub struct ConfirmOrder;

impl RecordAction for ConfirmOrder {
    const NAME: &'static str = "purchasing.order.confirm";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("purchasing.order.confirm");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "confirm";
    const SUMMARY: &'static str = "Confirm a purchase order";
    const CREATES: bool = false;

    type On = PurchaseOrder;
    type Answer = PurchaseOrder;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let mut order = Locked::<PurchaseOrder>::load(tx, call.id, call.version).await?;
        let confirmed = order.facts.state.become_state(OrderState::Confirmed)?;
        if order.lines.is_empty() {
            return Err(Code::OrderEmpty.on("lines"));
        }
        if order.fields.currency == Some(tx.currency()) {
            order.fields.exchange_rate = Some(FxRate::new(Decimal::ONE));
        } else if order.fields.exchange_rate.is_none() {
            return Err(Code::RateMissing.on("exchange_rate"));
        }
        order.facts.state = confirmed;
        order.facts.confirmed_at = Some(tx.now());
        order.facts.confirmed_by = tx.user();
        order.save(tx, "confirmed").await
    }
}
