//! What a write leaves behind: audit row, event, meter row and the stored answer, in one statement.

use std::{borrow::Cow, sync::LazyLock};

use kontor_kernel::{Error, Result, new_id};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{tx::TxContext, value::PgQuery};

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

const AUDIT_INTO: &str = "audit as (
    insert into audit_log (tenant_id, id, at, actor_id, via, action, entity, entity_id, changes, request_id, address)";

const OTHERS: &str = "event as (
    insert into outbox (tenant_id, id, at, topic, entity, entity_id, payload)
    select $1, unnest($12::uuid[]), $2, unnest($13::text[]), unnest($14::text[]), unnest($15::uuid[]),
        unnest($16::text[])::jsonb
), meter as (
    insert into meter_events (tenant_id, id, meter, quantity, at)
    select $1, unnest($17::uuid[]), unnest($18::text[]), unnest($19::int8[]), $2
), kept as (
    insert into idempotency_keys (tenant_id, key, request_hash, status, location, etag, answer, created_at)
    select $1, $20, $21, $22, $23, $24, $25, $2 where $20::text is not null
)";

static PLAIN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "{AUDIT_INTO}
    select $1, unnest($7::uuid[]), $2, $3, $4, unnest($8::text[]), unnest($9::text[]), unnest($10::uuid[]),
        unnest($11::text[])::jsonb, $5, $6
), {OTHERS}"
    )
});

/// What writes the effects, as members of a `with`. `$1` is the tenant, `$2` now, `$3` the user; what [`bind_effects`] binds
/// follows. The text is the same for the same `facts`, so PostgreSQL keeps its plan.
///
/// `facts` are selects of `id` and `facts`, which are added to the audited changes of the record `id`.
pub(crate) fn effects_sql(facts: &[&str]) -> Cow<'static, str> {
    if facts.is_empty() {
        return Cow::Borrowed(PLAIN.as_str());
    }
    let facts = facts.join(" union all ");
    Cow::Owned(format!(
        "{AUDIT_INTO}
    select $1, a.id, $2, $3, $4, a.action, a.entity, a.entity_id,
        a.changes::jsonb || coalesce(f.facts, '{{}}'::jsonb), $5, $6
    from (select unnest($7::uuid[]) as id, unnest($8::text[]) as action, unnest($9::text[]) as entity,
                 unnest($10::uuid[]) as entity_id, unnest($11::text[]) as changes) a
    left join ({facts}) f (id, facts) on f.id = a.entity_id
), {OTHERS}"
    ))
}

/// Binds what [`effects_sql`] counts from `$4`.
pub(crate) fn bind_effects<'q>(
    query: PgQuery<'q>,
    effects: Effects,
    context: &TxContext,
    answered: Option<Answered<'q>>,
) -> PgQuery<'q> {
    let answer = answered.map(|it| it.answer);
    query
        .bind(context.origin.name())
        .bind(context.request_id.clone())
        .bind(context.address.clone())
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

    /// Adds the fields of an object to the audited changes of a record.
    pub fn add_facts(&mut self, id: Uuid, facts: &str) -> Result<()> {
        let object = |text: &str| serde_json::from_str::<Map<String, Value>>(text).map_err(Error::internal);
        for (entity_id, changes) in self.audit.entity_ids.iter().zip(&mut self.audit.changes) {
            if *entity_id == id {
                let mut merged = object(changes)?;
                merged.extend(object(facts)?);
                *changes = serde_json::to_string(&merged).map_err(Error::internal)?;
            }
        }
        Ok(())
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
}
