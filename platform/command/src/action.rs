use futures_util::future::BoxFuture;
use kontor_access::{Feature, Permission};
use kontor_entity::{Entity, EntityMeta, FieldMeta, Record, Shape, meta_of};
use kontor_kernel::{Error, Result};
use kontor_store::{Meter, Tx, Written};
use uuid::Uuid;

use crate::runner::{Command, Need, Operation, Reply};

/// A command on one record: `POST /purchase-orders/{id}/confirm`. The type is the body that a client sends.
///
/// The consts have no defaults, as those of a [`Command`].
pub trait RecordAction: Shape {
    const NAME: &'static str;
    const FEATURE: Feature;
    const PERMISSION: Permission;
    const METER: Meter;
    /// The last part of its address.
    const PATH: &'static str;
    /// What it does, in a line, for the API's document and for the assistant.
    const SUMMARY: &'static str;
    /// Whether it makes a new record, answered with 201 and its address.
    const CREATES: bool;

    type On: Entity;
    type Answer: Entity;

    fn run(call: OnRecord<Self>, tx: &mut Tx) -> impl Future<Output = Result<Written>> + Send;

    /// The command for a record, at the version the client read if it says so.
    fn on(self, id: Uuid, version: Option<i64>) -> OnRecord<Self> {
        OnRecord { id, version, body: self }
    }
}

/// A [`RecordAction`] with its record: a command like any other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnRecord<A> {
    pub id: Uuid,
    /// What the client read; without it the present version is taken.
    pub version: Option<i64>,
    pub body: A,
}

impl<A: RecordAction> Command for OnRecord<A> {
    const NAME: &'static str = A::NAME;
    const FEATURE: Feature = A::FEATURE;
    const PERMISSION: Permission = A::PERMISSION;
    const METER: Meter = A::METER;

    type Output = Written;

    fn run(self, tx: &mut Tx) -> impl Future<Output = Result<Written>> + Send {
        A::run(self, tx)
    }
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
        input: A::FIELDS,
        operation: Operation::of::<OnRecord<A>>(),
        run: |tx, call| Box::pin(run_action::<A>(tx, call)),
    }
}

async fn run_action<A: RecordAction>(tx: &mut Tx, call: ActionCall) -> Result<Reply> {
    let body = A::from_record(&call.input).ok_or_else(|| Error::internal("an action's input does not fit"))?;
    let written = A::run(body.on(call.id, call.version), tx).await?;
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

impl Report {
    /// What the runner must know before it is asked. Reports are free, as reading is.
    pub const fn operation(&self) -> Operation {
        Operation {
            name: self.name,
            feature: self.feature,
            need: Need::Permission(self.permission),
            meter: Meter::Free,
        }
    }
}
