use futures_util::future::BoxFuture;
use kontor_access::{Feature, Permission};
use kontor_entity::{Entity, EntityMeta, FieldMeta, Record, Shape, meta_of};
use kontor_kernel::{Error, Result};
use kontor_store::{Tx, Written};
use uuid::Uuid;

use crate::runner::{Command, Operation, Reply};

/// A command on one record: `POST /purchase-orders/{id}/confirm`.
pub trait RecordAction: Command<Output = Written> {
    /// The last part of its address.
    const PATH: &'static str;
    /// What it does, in a line, for the API's document and for the assistant.
    const SUMMARY: &'static str;
    /// Whether it makes a new record, answered with 201 and its address.
    const CREATES: bool;

    type On: Entity;
    type Input: Shape;
    type Answer: Entity;

    /// The command for a record, at the version the client read if it says so.
    fn of(id: Uuid, version: Option<i64>, input: Self::Input) -> Self;
}

/// The arguments of an action as they come in.
#[derive(Debug, Clone)]
pub struct ActionCall {
    pub id: Uuid,
    pub version: Option<i64>,
    pub input: Record,
}

/// A [`RecordAction`], its types erased.
#[derive(Clone, Copy)]
pub struct Action {
    pub path: &'static str,
    pub summary: &'static str,
    pub creates: bool,
    pub on: fn() -> &'static EntityMeta,
    pub answer: fn() -> &'static EntityMeta,
    pub input: &'static [FieldMeta],
    pub operation: Operation,
    run: for<'t> fn(&'t mut Tx, ActionCall) -> BoxFuture<'t, Result<Reply>>,
}

impl Action {
    pub fn run<'t>(&self, tx: &'t mut Tx, call: ActionCall) -> BoxFuture<'t, Result<Reply>> {
        (self.run)(tx, call)
    }
}

pub const fn action<A: RecordAction>() -> Action {
    Action {
        path: A::PATH,
        summary: A::SUMMARY,
        creates: A::CREATES,
        on: meta_of::<A::On>,
        answer: meta_of::<A::Answer>,
        input: <A::Input as Shape>::FIELDS,
        operation: Operation::of::<A>(),
        run: |tx, call| Box::pin(run_action::<A>(tx, call)),
    }
}

async fn run_action<A: RecordAction>(tx: &mut Tx, call: ActionCall) -> Result<Reply> {
    let input = A::Input::from_record(&call.input).ok_or_else(|| Error::internal("an action's input does not fit"))?;
    let written = A::of(call.id, call.version, input).run(tx).await?;
    Ok(if A::CREATES { Reply::created(written, A::Answer::META.collection) } else { Reply::ok(written) })
}

/// A question over many records that is no list: `GET /reports/trial-balance`.
#[derive(Clone, Copy)]
pub struct Report {
    /// The last part of its address: `trial-balance`.
    pub path: &'static str,
    pub name: &'static str,
    pub summary: &'static str,
    pub feature: Feature,
    pub permission: Permission,
    /// Its query parameters.
    pub parameters: &'static [FieldMeta],
    pub answer: &'static [FieldMeta],
    /// JSON of the answer.
    pub run: for<'t> fn(&'t mut Tx, Record) -> BoxFuture<'t, Result<String>>,
}
