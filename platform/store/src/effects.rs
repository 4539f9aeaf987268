//! What a write leaves behind: audit row, event, meter row and the stored answer, in one statement.

use std::sync::{Arc, LazyLock};

use kontor_kernel::{Fault, Result, new_id};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use crate::{constraint::OnConstraint as _, tx::TxContext, value::PgQuery};

/// What a command counts as, for the company's usage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meter {
    /// Not counted.
    Free,
    /// One record written.
    Write,
    /// One page or call served.
    ApiCall,
    /// One token of a language model, in or out.
    AssistantToken,
}

impl Meter {
    pub const ALL: &'static [Self] = &[Self::Write, Self::ApiCall, Self::AssistantToken];

    /// The name in `meter_events`, in the plans' limits and in the usage report.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Write => "writes",
            Self::ApiCall => "api_calls",
            Self::AssistantToken => "assistant_tokens",
        }
    }
}

/// The answer kept beside an idempotency key, so that a retry gets the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotentAnswer {
    pub status: u16,
    pub location: Option<String>,
    pub etag: Option<String>,
    pub body: String,
}

/// A request under its idempotency key, and what it is answered.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    pub key: &'a str,
    /// What the key stands for: a retry sends the same bytes.
    pub request: &'a [u8],
    pub answer: &'a IdempotentAnswer,
}

/// How much had been gathered at a savepoint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EffectsMark {
    audit: usize,
    events: usize,
    meters: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Effects {
    audit: Audit,
    events: Events,
    meters: Meters,
    /// Somebody gets a seat, and the plan's limit was not held against it yet.
    seat_claimed: bool,
}

#[derive(Debug, Default)]
struct Audit {
    ids: Vec<Uuid>,
    actions: Vec<String>,
    entities: Vec<String>,
    entity_ids: Vec<Uuid>,
    changes: Vec<String>,
}

#[derive(Debug, Default)]
struct Events {
    ids: Vec<Uuid>,
    topics: Vec<String>,
    entities: Vec<String>,
    entity_ids: Vec<Uuid>,
    payloads: Vec<String>,
}

#[derive(Debug, Default)]
struct Meters {
    ids: Vec<Uuid>,
    meters: Vec<String>,
    quantities: Vec<i64>,
}

impl Audit {
    fn truncate(&mut self, rows: usize) {
        self.ids.truncate(rows);
        self.actions.truncate(rows);
        self.entities.truncate(rows);
        self.entity_ids.truncate(rows);
        self.changes.truncate(rows);
    }
}

impl Events {
    fn truncate(&mut self, rows: usize) {
        self.ids.truncate(rows);
        self.topics.truncate(rows);
        self.entities.truncate(rows);
        self.entity_ids.truncate(rows);
        self.payloads.truncate(rows);
    }
}

impl Meters {
    fn truncate(&mut self, rows: usize) {
        self.ids.truncate(rows);
        self.meters.truncate(rows);
        self.quantities.truncate(rows);
    }
}

pub(crate) const KEY_CONSTRAINT: &str = "idempotency_keys_pkey";

/// What writes the effects, as members of a `with`. Parameters: 1 the tenant, `now`, `user`, and all others from `first`.
/// The text never changes, so PostgreSQL keeps its plan.
pub(crate) fn effects_sql(now: usize, user: usize, first: usize) -> String {
    let [
        via,
        request,
        address,
        a1,
        a2,
        a3,
        a4,
        a5,
        e1,
        e2,
        e3,
        e4,
        e5,
        m1,
        m2,
        m3,
        key,
        hash,
        status,
        location,
        etag,
        body,
    ] = std::array::from_fn(|place| first + place);
    format!(
        "audit as (
             insert into audit_log (tenant_id, id, at, actor_id, via, action, entity, entity_id, changes, request_id, address)
             select $1, unnest(${a1}::uuid[]), ${now}, ${user}, ${via}, unnest(${a2}::text[]), unnest(${a3}::text[]),
                 unnest(${a4}::uuid[]), unnest(${a5}::text[])::jsonb, ${request}, ${address}
         ), event as (
             insert into outbox (tenant_id, id, at, topic, entity, entity_id, payload)
             select $1, unnest(${e1}::uuid[]), ${now}, unnest(${e2}::text[]), unnest(${e3}::text[]), unnest(${e4}::uuid[]),
                 unnest(${e5}::text[])::jsonb
         ), meter as (
             insert into meter_events (tenant_id, id, meter, quantity, at)
             select $1, unnest(${m1}::uuid[]), unnest(${m2}::text[]), unnest(${m3}::int8[]), ${now}
         ), kept as (
             insert into idempotency_keys (tenant_id, key, request_hash, status, location, etag, answer, created_at)
             select $1, ${key}, ${hash}, ${status}, ${location}, ${etag}, ${body}, ${now} where ${key}::text is not null
         )"
    )
}

static FLUSH: LazyLock<Arc<str>> = LazyLock::new(|| format!("with {} select true", effects_sql(2, 3, 4)).into());

/// Binds what [`effects_sql`] counts from `first`.
pub(crate) fn bind_effects<'q>(
    query: PgQuery<'q>,
    effects: Effects,
    context: &'q TxContext,
    answered: Option<Answered<'q>>,
) -> PgQuery<'q> {
    let answer = answered.map(|it| it.answer);
    query
        .bind(context.origin.name())
        .bind(context.request_id.as_str())
        .bind(context.address.as_deref())
        .bind(effects.audit.ids)
        .bind(effects.audit.actions)
        .bind(effects.audit.entities)
        .bind(effects.audit.entity_ids)
        .bind(effects.audit.changes)
        .bind(effects.events.ids)
        .bind(effects.events.topics)
        .bind(effects.events.entities)
        .bind(effects.events.entity_ids)
        .bind(effects.events.payloads)
        .bind(effects.meters.ids)
        .bind(effects.meters.meters)
        .bind(effects.meters.quantities)
        .bind(answered.map(|it| it.key))
        .bind(answered.map(|it| Sha256::digest(it.request).to_vec()))
        .bind(answer.map(|it| i16::try_from(it.status).unwrap_or(200)))
        .bind(answer.and_then(|it| it.location.as_deref()))
        .bind(answer.and_then(|it| it.etag.as_deref()))
        .bind(answer.map(|it| it.body.as_str()))
}

impl Effects {
    pub fn audit(&mut self, action: &str, entity: &str, id: Uuid, changes: String) {
        self.audit.ids.push(new_id());
        self.audit.actions.push(action.to_owned());
        self.audit.entities.push(entity.to_owned());
        self.audit.entity_ids.push(id);
        self.audit.changes.push(changes);
    }

    pub fn event(&mut self, topic: &str, entity: &str, id: Uuid, payload: String) {
        self.events.ids.push(new_id());
        self.events.topics.push(topic.to_owned());
        self.events.entities.push(entity.to_owned());
        self.events.entity_ids.push(id);
        self.events.payloads.push(payload);
    }

    pub fn meter(&mut self, meter: Meter, quantity: i64) {
        if meter == Meter::Free || quantity <= 0 {
            return;
        }
        self.meters.ids.push(new_id());
        self.meters.meters.push(meter.name().to_owned());
        self.meters.quantities.push(quantity);
    }

    pub fn claim_seat(&mut self) {
        self.seat_claimed = true;
    }

    pub fn seat_claimed(&self) -> bool {
        self.seat_claimed
    }

    pub fn grant_seats(&mut self) {
        self.seat_claimed = false;
    }

    pub fn mark(&self) -> EffectsMark {
        EffectsMark { audit: self.audit.ids.len(), events: self.events.ids.len(), meters: self.meters.ids.len() }
    }

    /// Forgets what was gathered since.
    pub fn back_to(&mut self, mark: EffectsMark) {
        self.audit.truncate(mark.audit);
        self.events.truncate(mark.events);
        self.meters.truncate(mark.meters);
    }

    pub fn is_empty(&self) -> bool {
        self.audit.ids.is_empty() && self.events.ids.is_empty() && self.meters.ids.is_empty()
    }

    /// Writes everything gathered.
    pub async fn flush(
        self,
        connection: &mut PgConnection,
        context: &TxContext,
        answered: Option<Answered<'_>>,
    ) -> Result<()> {
        if self.is_empty() && answered.is_none() {
            return Ok(());
        }
        let user = context.user.map(|user| user.0);
        let query = sqlx::query(AssertSqlSafe(Arc::clone(&FLUSH))).bind(context.tenant.0).bind(context.now).bind(user);
        bind_effects(query, self, context, answered)
            .execute(connection)
            .await
            .on_constraint(KEY_CONSTRAINT, || Fault::ConcurrentChange.error())?;
        Ok(())
    }
}
