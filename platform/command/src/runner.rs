use std::sync::Arc;

use futures_util::future::BoxFuture;
use kontor_access::{Caller, Feature, Gate, Permission, Verb, grant_seats};
use kontor_kernel::{Clock, Error, Fault, Result};
use kontor_store::{Answered, Databases, IdempotentAnswer, Meter, Origin, Sequences, Tx, TxContext, Written};
use tracing::warn;

/// One thing that can be done, and all that the runner must know before it is.
///
/// The consts have no defaults: to forget one does not compile. What is free says [`Meter::Free`].
pub trait Command: Send + Sized + 'static {
    /// For logs and the audit trail: `purchasing.order.confirm`.
    const NAME: &'static str;
    const FEATURE: Feature;
    const PERMISSION: Permission;
    const METER: Meter;

    type Output: Send;

    fn run(self, tx: &mut Tx) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// What a command needs, as values: commands of the entity kit have it from their description.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub name: &'static str,
    pub feature: Feature,
    pub need: Need,
    pub meter: Meter,
}

/// The right an operation asks for.
#[derive(Debug, Clone, Copy)]
pub enum Need {
    Permission(Permission),
    /// A verb on an entity's permission name.
    Verb(&'static str, Verb),
}

impl Operation {
    pub const fn of<C: Command>() -> Self {
        Self { name: C::NAME, feature: C::FEATURE, need: Need::Permission(C::PERMISSION), meter: C::METER }
    }

    /// What the entity kit does with records under a permission name. Reading is free.
    pub const fn on_records(permission: &'static str, feature: Feature, verb: Verb) -> Self {
        let meter = if matches!(verb, Verb::Read) { Meter::Free } else { Meter::Write };
        Self { name: permission, feature, need: Need::Verb(permission, verb), meter }
    }

    fn require(&self, caller: &Caller) -> Result<()> {
        match self.need {
            Need::Permission(permission) => caller.require(permission),
            Need::Verb(entity, verb) => caller.require_verb(entity, verb),
        }
    }
}

/// Who calls, by which way, as which request.
#[derive(Debug, Clone)]
pub struct Call {
    pub caller: Arc<Caller>,
    pub origin: Origin,
    pub request_id: String,
    pub address: Option<String>,
    /// The client's key, and the request it stands for.
    pub idempotency: Option<(String, Vec<u8>)>,
}

/// What goes back to the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub etag: Option<String>,
    /// JSON.
    pub body: String,
}

impl Reply {
    pub fn ok(written: Written) -> Self {
        Self { status: 200, location: None, etag: Some(etag(written.version)), body: written.json }
    }

    pub fn created(written: Written, collection: &str) -> Self {
        let location = Some(format!("/api/v1/{collection}/{}", written.id));
        Self { status: 201, location, etag: Some(etag(written.version)), body: written.json }
    }

    pub fn json(status: u16, body: String) -> Self {
        Self { status, location: None, etag: None, body }
    }

    pub const fn empty() -> Self {
        Self { status: 204, location: None, etag: None, body: String::new() }
    }
}

fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

impl From<IdempotentAnswer> for Reply {
    fn from(answer: IdempotentAnswer) -> Self {
        Self { status: answer.status, location: answer.location, etag: answer.etag, body: answer.body }
    }
}

impl From<Reply> for IdempotentAnswer {
    fn from(reply: Reply) -> Self {
        Self { status: reply.status, location: reply.location, etag: reply.etag, body: reply.body }
    }
}

/// Work inside a transaction. It may be done again when the transaction collided with another, so it is a function that
/// makes the future anew.
pub type Work<'w, T> = &'w (dyn for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + Sync);

/// Runs everything that reads or writes a company's data.
#[derive(Clone)]
pub struct Runner {
    databases: Databases,
    sequences: Arc<Sequences>,
    gate: Arc<dyn Gate>,
    clock: Arc<dyn Clock>,
}

const COLLISION_RETRIES: u32 = 4;
/// A number from a sequence may be taken by a record that was imported with it; each try takes the next one.
const NUMBER_RETRIES: u32 = 200;

impl Runner {
    pub fn new(databases: Databases, gate: Arc<dyn Gate>, clock: Arc<dyn Clock>) -> Self {
        let sequences = Arc::new(Sequences::new(databases.clone()));
        Self { databases, sequences, gate, clock }
    }

    pub fn databases(&self) -> &Databases {
        &self.databases
    }

    pub fn sequences(&self) -> Arc<Sequences> {
        Arc::clone(&self.sequences)
    }

    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    pub fn gate(&self) -> &dyn Gate {
        &*self.gate
    }

    /// Runs a command for its result, without an idempotency key.
    pub async fn run<C: Command + Clone + Sync>(&self, call: &Call, command: C) -> Result<C::Output> {
        self.write(call, Operation::of::<C>(), &move |tx| {
            let command = command.clone();
            Box::pin(command.run(tx))
        })
        .await
    }

    /// Runs a write that answers a client: under the call's idempotency key, if it has one.
    ///
    /// The key is written with what it stands for, so that a new request pays nothing for it. A retry does its work again,
    /// stumbles over the key or over what its first try has changed, is rolled back, and gets the first answer.
    pub async fn reply(&self, call: &Call, operation: Operation, work: Work<'_, Reply>) -> Result<Reply> {
        self.admit(call, operation).await?;
        let mut tries = 0;
        loop {
            let error = match self.reply_once(call, operation, work).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            if let Some(reply) = self.earlier_reply(call).await? {
                return Ok(reply);
            }
            if !may_retry(&error, &mut tries) {
                return Err(error);
            }
            warn!(command = operation.name, tries, "{} collided with another request, tried again", operation.name);
        }
    }

    async fn reply_once(&self, call: &Call, operation: Operation, work: Work<'_, Reply>) -> Result<Reply> {
        let mut tx = self.begin(call).await?;
        let answer = IdempotentAnswer::from(self.done(&mut tx, work).await?);
        tx.meter(operation.meter, 1);
        let answered = call.idempotency.as_ref().map(|(key, request)| Answered { key, request, answer: &answer });
        tx.commit_answered(answered).await?;
        Ok(answer.into())
    }

    /// What an earlier request under the call's idempotency key was answered.
    async fn earlier_reply(&self, call: &Call) -> Result<Option<Reply>> {
        let Some((key, request)) = &call.idempotency else { return Ok(None) };
        let mut tx = Tx::begin_read(&self.databases, self.sequences(), self.context(call)).await?;
        let answer = tx.earlier_answer(key, request).await?;
        tx.end_read()?;
        Ok(answer.map(Reply::from))
    }

    /// Runs a write for a caller inside the system: import, assistant, page.
    pub async fn write<T: Send>(&self, call: &Call, operation: Operation, work: Work<'_, T>) -> Result<T> {
        self.admit(call, operation).await?;
        let mut tries = 0;
        loop {
            let mut tx = self.begin(call).await?;
            let outcome = match self.done(&mut tx, work).await {
                Ok(value) => {
                    tx.meter(operation.meter, 1);
                    tx.commit().await.map(|()| value)
                }
                Err(error) => Err(error),
            };
            match outcome {
                Err(error) if may_retry(&error, &mut tries) => {}
                result => return result,
            }
        }
    }

    /// Tries a write for what would come of it: behind the same checks, in a transaction that is rolled back.
    ///
    /// No number is taken, nothing is metered, written or told. A number in what comes back is a stand-in.
    pub async fn rehearse<T: Send>(&self, call: &Call, operation: Operation, work: Work<'_, T>) -> Result<T> {
        self.admit(call, operation).await?;
        let mut tries = 0;
        loop {
            let mut tx = Tx::begin_rehearsal(&self.databases, self.context(call)).await?;
            let outcome = match self.done(&mut tx, work).await {
                Ok(value) => match tx.settle().await {
                    Ok(()) => tx.rollback().await.map(|()| value),
                    Err(error) => Err(error),
                },
                Err(error) => Err(error),
            };
            match outcome {
                Err(error) if may_retry(&error, &mut tries) => {}
                result => return result,
            }
        }
    }

    /// The work, and then the plan's limit held against what it took of the company's seats.
    async fn done<T: Send>(&self, tx: &mut Tx, work: Work<'_, T>) -> Result<T> {
        let value = work(tx).await?;
        grant_seats(tx, &*self.gate).await?;
        Ok(value)
    }

    /// Runs a read: in a read-only transaction, behind the same checks. What it counts is counted by the caller.
    pub async fn read<T: Send>(&self, call: &Call, operation: Operation, work: Work<'_, T>) -> Result<T> {
        self.admit(call, operation).await?;
        let mut tx = Tx::begin_read(&self.databases, self.sequences(), self.context(call)).await?;
        let value = work(&mut tx).await?;
        tx.end_read()?;
        Ok(value)
    }

    /// The checks before a transaction: permission, then the plan.
    pub async fn admit(&self, call: &Call, operation: Operation) -> Result<()> {
        operation.require(&call.caller)?;
        self.gate.check(call.caller.tenant(), operation.feature, operation.meter).await
    }

    async fn begin(&self, call: &Call) -> Result<Tx> {
        Tx::begin(&self.databases, self.sequences(), self.context(call)).await
    }

    fn context(&self, call: &Call) -> TxContext {
        let now = self.clock.now();
        TxContext {
            tenant: call.caller.tenant(),
            user: Some(call.caller.user),
            origin: call.origin,
            request_id: call.request_id.clone(),
            address: call.address.clone(),
            now,
            today: call.caller.company.today(now),
            currency: call.caller.company.currency,
        }
    }
}

/// Whether the same work may succeed at another try. Serialization failures and deadlocks are retried here and nowhere
/// else.
fn may_retry(error: &Error, tries: &mut u32) -> bool {
    *tries += 1;
    if error.is(crate::record::RecordFault::NumberTaken) {
        return *tries < NUMBER_RETRIES;
    }
    error.is(Fault::ConcurrentChange) && *tries < COLLISION_RETRIES && std::error::Error::source(error).is_some()
}
