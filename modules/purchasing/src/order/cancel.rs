use kontor_access::{Feature, Permission};
use kontor_command::{Locked, OnRecord, RecordAction, States};
use kontor_entity::Shape;
use kontor_kernel::Result;
use kontor_store::{Meter, Tx, Written};

use super::{OrderState, Progress, PurchaseOrder};
use crate::{Code, FEATURE};

/// Ends an order of which nothing was received. It stays, with its number, as cancelled.
#[derive(Debug, Clone, Copy, Shape)]
pub struct CancelOrder;

impl RecordAction for CancelOrder {
    const NAME: &'static str = "purchasing.order.cancel";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("purchasing.order.cancel");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "cancel";
    const SUMMARY: &'static str = "Cancel a purchase order of which nothing was received";
    const CREATES: bool = false;

    type On = PurchaseOrder;
    type Answer = PurchaseOrder;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let mut order = Locked::<PurchaseOrder>::load(tx, call.id, call.version).await?;
        let cancelled = order.facts.state.become_state(OrderState::Cancelled)?;
        if order.facts.receipt != Progress::None {
            return Err(Code::OrderReceived.error());
        }
        order.facts.state = cancelled;
        order.facts.cancelled_at = Some(tx.now());
        order.save(tx, "cancelled").await
    }
}
