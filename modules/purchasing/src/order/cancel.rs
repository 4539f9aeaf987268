use kontor_access::{Feature, Permission};
use kontor_command::{Command, Locked, RecordAction, States};
use kontor_kernel::Result;
use kontor_store::{Meter, Tx, Written};
use uuid::Uuid;

use super::{OrderState, Progress, PurchaseOrder, confirm::NoInput};
use crate::{Code, FEATURE};

/// Ends an order of which nothing was received. It stays, with its number, as cancelled.
#[derive(Debug, Clone, Copy)]
pub struct CancelOrder {
    pub order: Uuid,
    pub version: Option<i64>,
}

impl Command for CancelOrder {
    const NAME: &'static str = "purchasing.order.cancel";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("purchasing.order.cancel");
    const METER: Meter = Meter::Write;

    type Output = Written;

    async fn run(self, tx: &mut Tx) -> Result<Written> {
        let mut order = Locked::<PurchaseOrder>::load(tx, self.order, self.version).await?;
        let cancelled = order.facts.state.become_state(OrderState::Cancelled)?;
        if order.facts.receipt != Progress::None {
            return Err(Code::OrderReceived.error());
        }
        order.facts.state = cancelled;
        order.facts.cancelled_at = Some(tx.now());
        order.save(tx, "cancelled").await
    }
}

impl RecordAction for CancelOrder {
    const PATH: &'static str = "cancel";
    const SUMMARY: &'static str = "Cancel a purchase order of which nothing was received";
    const CREATES: bool = false;

    type On = PurchaseOrder;
    type Input = NoInput;
    type Answer = PurchaseOrder;

    fn of(order: Uuid, version: Option<i64>, _input: NoInput) -> Self {
        Self { order, version }
    }
}
