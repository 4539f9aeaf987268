//! What the assistant offers to do. It is done only by the person's confirmation of exactly what was shown.

use chrono::{DateTime, Duration, Utc};
use kontor_access::{Feature, Verb};
use kontor_command::{Need, Operation, Registered, Registry, Reply};
use kontor_entity::{EntityMeta, Mode, parse_draft};
use kontor_kernel::{Error, Fault, Result, new_id};
use kontor_store::{Meter, Tx, sql_error};
use serde::{Serialize, Serializer, ser::SerializeStruct};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{
    Code, Preview, Style,
    conversation::{conversation_keep, person},
};

/// What the audit trail calls them.
const PROPOSALS: &str = "proposals";
/// How long what was shown can be confirmed.
const LASTS: Duration = Duration::minutes(15);

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProposalState {
    Open,
    Confirmed,
    Dismissed,
}

/// A record that the assistant offers to create.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub id: Uuid,
    /// What will be created.
    pub meta: &'static EntityMeta,
    pub title: String,
    pub state: ProposalState,
    pub expires_at: DateTime<Utc>,
    /// The record that came of it.
    pub result: Option<Uuid>,
    /// The record as it will be, in the API's JSON.
    record: Value,
}

impl Proposal {
    /// The command it runs: `purchase-orders.create`.
    pub fn command(&self) -> String {
        command_of(self.meta)
    }

    /// Exactly what a confirmation writes.
    pub fn preview(&self, style: Style) -> Preview {
        Preview::of(self.meta, &self.record, style)
    }
}

/// As the API shows it.
impl Serialize for Proposal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Proposal", 6)?;
        object.serialize_field("id", &self.id)?;
        object.serialize_field("command", &self.command())?;
        object.serialize_field("title", &self.title)?;
        object.serialize_field("state", &self.state)?;
        object.serialize_field("preview", &self.preview(Style::Plain))?;
        object.serialize_field("expires_at", &self.expires_at)?;
        object.end()
    }
}

fn command_of(meta: &EntityMeta) -> String {
    format!("{}.create", meta.collection)
}

/// Creating records of an entity, as the runner admits it.
pub(crate) const fn create_operation(feature: Feature, entity: &Registered) -> Operation {
    let permission = entity.meta.permission;
    Operation { name: permission, feature, need: Need::Verb(permission, Verb::Create), meter: Meter::Write }
}

/// A proposal before it is stored: the input complete as the rehearsal left it, and the record that came of it.
#[derive(Debug, Clone)]
pub(crate) struct NewProposal {
    pub meta: &'static EntityMeta,
    pub title: String,
    input: String,
    record: String,
}

/// Fields of a record that say when it was rehearsed, not what it is.
const SYSTEM: [&str; 7] = ["id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at"];

impl NewProposal {
    /// From what was asked for and the record that a rehearsal made of it.
    ///
    /// What the rehearsal filled in (prices, dates, the warehouse) becomes part of the input: it was shown, so it is what
    /// will be written. A number of a series is left out; the next one is taken when the record is made.
    pub fn new(meta: &'static EntityMeta, asked: &Value, rehearsed: &str) -> Result<Self> {
        let mut record: Value = serde_json::from_str(rehearsed).map_err(Error::internal)?;
        let mut input = fields_of(meta, Some(asked), &record);
        if let Some(lines) = meta.lines {
            let rows = record.get("lines").and_then(Value::as_array);
            let rows = rows.into_iter().flatten().map(|row| Value::Object(fields_of((lines.meta)(), None, row)));
            input.insert("lines".to_owned(), Value::Array(rows.collect()));
        }
        if let Some(object) = record.as_object_mut() {
            let numbered = meta.sequence.map(|_| meta.code).filter(|code| !input.contains_key(*code));
            for name in SYSTEM.into_iter().chain(numbered) {
                object.shift_remove(name);
            }
        }
        let title = format!("Create {}", meta.label.to_lowercase());
        Ok(Self { meta, title, input: Value::Object(input).to_string(), record: record.to_string() })
    }
}

/// The writable fields of a record with a value.
fn fields_of(meta: &EntityMeta, asked: Option<&Value>, record: &Value) -> Map<String, Value> {
    let numbered = |name: &str| {
        name == meta.code
            && meta.sequence.is_some()
            && asked.is_none_or(|asked| asked.get(name).is_none_or(Value::is_null))
    };
    let written = meta.fields.iter().filter(|field| !field.read_only && !numbered(field.name));
    let values = written.filter_map(|field| Some((field.name.to_owned(), record.get(field.name)?.clone())));
    values.filter(|(_, value)| !value.is_null()).collect()
}

/// Binds what is confirmed to what was shown.
fn hash_of(command: &str, input: &str, record: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in [command, input, record] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

const COLUMNS: &str = "id, message_id, command, title, input::text, preview::text, hash, state, result_id, expires_at";

pub(crate) async fn proposal_insert(
    tx: &mut Tx,
    conversation: Uuid,
    message: Uuid,
    new: NewProposal,
) -> Result<Proposal> {
    let record = serde_json::from_str(&new.record).map_err(Error::internal)?;
    let proposal = Proposal {
        id: new_id(),
        meta: new.meta,
        title: new.title,
        state: ProposalState::Open,
        expires_at: tx.now() + LASTS,
        result: None,
        record,
    };
    let (tenant, user, now) = (tx.tenant(), person(tx)?, tx.now());
    sqlx::query(
        "insert into proposals
             (tenant_id, id, conversation_id, message_id, user_id, command, title, input, preview, hash, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8::json, $9::json, $10, $11, $12)",
    )
    .bind(tenant)
    .bind(proposal.id)
    .bind(conversation)
    .bind(message)
    .bind(user)
    .bind(proposal.command())
    .bind(&proposal.title)
    .bind(&new.input)
    .bind(&new.record)
    .bind(hash_of(&proposal.command(), &new.input, &new.record))
    .bind(now)
    .bind(proposal.expires_at)
    .execute(tx.connection())
    .await
    .map_err(sql_error)?;
    tx.audit("proposed", PROPOSALS, proposal.id, &json!({ "command": proposal.command() }));
    Ok(proposal)
}

pub(crate) async fn proposals_of_message(tx: &mut Tx, registry: &Registry, message: Uuid) -> Result<Vec<Proposal>> {
    let tenant = tx.tenant();
    let sql = format!("select {COLUMNS} from proposals where tenant_id = $1 and message_id = $2 order by id");
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(tenant)
        .bind(message)
        .fetch_all(tx.connection())
        .await
        .map_err(sql_error)?;
    rows.iter().map(|row| Ok(Kept::read(row, registry)?.proposal)).collect()
}

/// The proposals of a conversation, each with its message.
pub(crate) async fn proposals_of_conversation(
    tx: &mut Tx,
    registry: &Registry,
    conversation: Uuid,
) -> Result<Vec<(Uuid, Proposal)>> {
    let tenant = tx.tenant();
    let sql = format!("select {COLUMNS} from proposals where tenant_id = $1 and conversation_id = $2 order by id");
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(tenant)
        .bind(conversation)
        .fetch_all(tx.connection())
        .await
        .map_err(sql_error)?;
    rows.iter().map(|row| Kept::read(row, registry).map(|kept| (kept.message, kept.proposal))).collect()
}

/// Closes the conversation's latest open proposal: a corrected one takes its place.
pub(crate) async fn proposal_supersede(tx: &mut Tx, conversation: Uuid) -> Result<()> {
    let tenant = tx.tenant();
    let closed: Option<Uuid> = sqlx::query_scalar(
        "update proposals set state = 'dismissed'
         where tenant_id = $1 and state = 'open' and id = (
             select id from proposals where tenant_id = $1 and conversation_id = $2 order by id desc limit 1)
         returning id",
    )
    .bind(tenant)
    .bind(conversation)
    .fetch_optional(tx.connection())
    .await
    .map_err(sql_error)?;
    if let Some(id) = closed {
        tx.audit("dismissed", PROPOSALS, id, &json!({ "state": ["open", "dismissed"] }));
    }
    Ok(())
}

/// The entity that a person's proposal is about; `not_found` for anybody else's.
pub(crate) async fn proposal_entity(
    tx: &mut Tx,
    registry: &Registry,
    id: Uuid,
) -> Result<(Feature, &'static Registered)> {
    let (tenant, user) = (tx.tenant(), person(tx)?);
    let command: Option<String> =
        sqlx::query_scalar("select command from proposals where tenant_id = $1 and id = $2 and user_id = $3")
            .bind(tenant)
            .bind(id)
            .bind(user)
            .fetch_optional(tx.connection())
            .await
            .map_err(sql_error)?;
    entity_of(registry, &command.ok_or_else(|| Fault::NotFound.error())?)
}

fn entity_of(registry: &Registry, command: &str) -> Result<(Feature, &'static Registered)> {
    let collection = command.strip_suffix(".create").unwrap_or(command);
    registry.entity(collection).ok_or_else(|| Error::internal(format!("no entity for the command {command}")))
}

/// Writes what was shown, once. The runner has checked the person's right to create it.
///
/// Errors with `proposal_closed`, `proposal_expired`, or `proposal_outdated` when the same input would give another record
/// than the one shown; nothing is written then.
pub(crate) async fn proposal_confirm(tx: &mut Tx, registry: &Registry, id: Uuid) -> Result<Reply> {
    let kept = Kept::lock(tx, registry, id).await?;
    if kept.proposal.state != ProposalState::Open {
        return Err(Code::ProposalClosed.error());
    }
    if kept.proposal.expires_at <= tx.now() {
        return Err(Code::ProposalExpired.error());
    }
    let meta = kept.proposal.meta;
    let (_, entity) = entity_of(registry, &kept.proposal.command())?;
    if kept.hash != hash_of(&kept.proposal.command(), &kept.input, &kept.shown) {
        return Err(Error::internal(format!("proposal {id} is not what was shown")));
    }
    let draft = parse_draft(meta, kept.input.as_bytes(), Mode::Create)?;
    let written = entity.create(tx, draft).await?;
    let mut record: Value = serde_json::from_str(&written.json).map_err(Error::internal)?;
    strip_number(meta, &kept.proposal.record, &mut record);
    if Preview::of(meta, &record, Style::Plain) != kept.proposal.preview(Style::Plain) {
        return Err(Code::ProposalOutdated.error());
    }
    close(tx, &kept, ProposalState::Confirmed, Some(written.id)).await?;
    let body = json!({ "type": meta.collection, "id": written.id, "url": meta.url(written.id) });
    let location = Some(format!("/api/v1/{}/{}", meta.collection, written.id));
    Ok(Reply { location, ..Reply::json(201, body.to_string()) })
}

/// A number of a series was not there yet when the record was shown.
fn strip_number(meta: &EntityMeta, shown: &Value, record: &mut Value) {
    if shown.get(meta.code).is_none()
        && let Some(object) = record.as_object_mut()
    {
        object.shift_remove(meta.code);
    }
}

/// Closes a proposal without writing what it offers. A second time changes nothing.
pub(crate) async fn proposal_dismiss(tx: &mut Tx, registry: &Registry, id: Uuid) -> Result<Reply> {
    let kept = Kept::lock(tx, registry, id).await?;
    match kept.proposal.state {
        ProposalState::Confirmed => return Err(Code::ProposalClosed.error()),
        ProposalState::Dismissed => {}
        ProposalState::Open => close(tx, &kept, ProposalState::Dismissed, None).await?,
    }
    Ok(Reply::json(200, json!({ "id": id, "state": ProposalState::Dismissed }).to_string()))
}

async fn close(tx: &mut Tx, kept: &Kept, state: ProposalState, result: Option<Uuid>) -> Result<()> {
    let (tenant, id) = (tx.tenant(), kept.proposal.id);
    let name = if state == ProposalState::Confirmed { "confirmed" } else { "dismissed" };
    sqlx::query("update proposals set state = $3, result_type = $4, result_id = $5 where tenant_id = $1 and id = $2")
        .bind(tenant)
        .bind(id)
        .bind(name)
        .bind(result.map(|_| kept.proposal.meta.collection))
        .bind(result)
        .execute(tx.connection())
        .await
        .map_err(sql_error)?;
    // What comes next in the conversation is a new request, no longer a change to this one.
    conversation_keep(tx, kept.conversation, None).await?;
    tx.audit(name, PROPOSALS, id, &json!({ "state": ["open", name], "result_id": result }));
    Ok(())
}

/// A stored proposal with what it is bound to.
struct Kept {
    proposal: Proposal,
    message: Uuid,
    conversation: Uuid,
    input: String,
    shown: String,
    hash: Vec<u8>,
}

impl Kept {
    /// Locks the person's proposal until the transaction ends.
    async fn lock(tx: &mut Tx, registry: &Registry, id: Uuid) -> Result<Self> {
        let (tenant, user) = (tx.tenant(), person(tx)?);
        let sql = format!(
            "select {COLUMNS}, conversation_id from proposals where tenant_id = $1 and id = $2 and user_id = $3 for update"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(tenant)
            .bind(id)
            .bind(user)
            .fetch_optional(tx.connection())
            .await
            .map_err(sql_error)?
            .ok_or_else(|| Fault::NotFound.error())?;
        let conversation = row.try_get("conversation_id").map_err(sql_error)?;
        Ok(Self { conversation, ..Self::read(&row, registry)? })
    }

    fn read(row: &PgRow, registry: &Registry) -> Result<Self> {
        let command: String = row.try_get("command").map_err(sql_error)?;
        let state: String = row.try_get("state").map_err(sql_error)?;
        let shown: String = row.try_get("preview").map_err(sql_error)?;
        let proposal = Proposal {
            id: row.try_get("id").map_err(sql_error)?,
            meta: entity_of(registry, &command)?.1.meta,
            title: row.try_get("title").map_err(sql_error)?,
            state: match state.as_str() {
                "open" => ProposalState::Open,
                "confirmed" => ProposalState::Confirmed,
                _ => ProposalState::Dismissed,
            },
            expires_at: row.try_get("expires_at").map_err(sql_error)?,
            result: row.try_get("result_id").map_err(sql_error)?,
            record: serde_json::from_str(&shown).map_err(Error::internal)?,
        };
        Ok(Self {
            proposal,
            message: row.try_get("message_id").map_err(sql_error)?,
            conversation: Uuid::nil(),
            input: row.try_get("input").map_err(sql_error)?,
            hash: row.try_get("hash").map_err(sql_error)?,
            shown,
        })
    }
}
