//! The purchase order's page: draft, confirm, receive, cancel.
//!
//! What is particular to the order is here; its header's inputs, its refusals and its audit trail are those of every form.

mod act;
mod facts;
mod lines;
mod page;
mod receive;
mod save;

use kontor_access::{Permission, Verb};
use kontor_command::RecordAction;
use kontor_http::{Endpoint, Incoming, print_record};
use kontor_kernel::{Fault, Result};
use kontor_purchasing::{CancelOrder, ConfirmOrder, ReceiveGoods};
use kontor_store::Origin;
use poem::Response;

use super::Target;
use crate::Web;

const CONFIRM: Permission = ConfirmOrder::PERMISSION;
const CANCEL: Permission = CancelOrder::PERMISSION;
const RECEIVE: Permission = ReceiveGoods::PERMISSION;

pub(super) fn endpoints(web: &Web, target: Target) -> Vec<Endpoint> {
    let url = target.meta().list_url();
    let order = Order { target };
    vec![
        web.get(format!("{url}/new"), move |web, incoming| order.blank(web, incoming)),
        web.post(url.clone(), move |web, incoming| order.create(web, incoming)),
        web.get(format!("{url}/{{id}}"), move |web, incoming| order.open(web, incoming)),
        web.post(format!("{url}/{{id}}"), move |web, incoming| order.update(web, incoming)),
        web.post(format!("{url}/{{id}}/confirm"), move |web, incoming| order.confirm(web, incoming)),
        web.post(format!("{url}/{{id}}/cancel"), move |web, incoming| order.cancel(web, incoming)),
        web.post(format!("{url}/{{id}}/receipts"), move |web, incoming| order.receive(web, incoming)),
        web.get(format!("{url}/{{id}}/pdf"), move |web, incoming| order.pdf(web, incoming)),
    ]
}

/// The order's pages.
#[derive(Clone, Copy)]
struct Order {
    target: Target,
}

impl Order {
    async fn pdf(self, web: Web, incoming: Incoming) -> Result<Response> {
        let call = incoming.call(Origin::Web)?;
        if !self.target.allows(incoming.caller()?, Verb::Read) {
            return Err(Fault::Forbidden.error());
        }
        print_record(&web.app, &call, self.target.feature, self.target.entity, incoming.id("id")?).await
    }
}
