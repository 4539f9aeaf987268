use kontor_access::{Feature, Permission};
use kontor_command::{Command, Locked, RecordAction, States};
use kontor_entity::Shape;
use kontor_kernel::{FxRate, Result};
use kontor_store::{Meter, Tx, Written};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{OrderState, PurchaseOrder};
use crate::{Code, FEATURE};

/// Commits us to an order: from here on goods can be received, and the order no longer changes.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmOrder {
    pub order: Uuid,
    pub version: Option<i64>,
}

/// The body of a confirm or a cancel: nothing.
#[derive(Debug, Clone, Copy, Shape)]
pub struct NoInput {}

impl Command for ConfirmOrder {
    const NAME: &'static str = "purchasing.order.confirm";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("purchasing.order.confirm");
    const METER: Meter = Meter::Write;

    type Output = Written;

    async fn run(self, tx: &mut Tx) -> Result<Written> {
        let mut order = Locked::<PurchaseOrder>::load(tx, self.order, self.version).await?;
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

impl RecordAction for ConfirmOrder {
    const PATH: &'static str = "confirm";
    const SUMMARY: &'static str = "Confirm a purchase order";
    const CREATES: bool = false;

    type On = PurchaseOrder;
    type Input = NoInput;
    type Answer = PurchaseOrder;

    fn of(order: Uuid, version: Option<i64>, _input: NoInput) -> Self {
        Self { order, version }
    }
}
