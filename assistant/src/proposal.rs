//! What the assistant offers to do. It is done only by the person's confirmation of exactly what was shown.

use chrono::{DateTime, Duration, Utc};
use kontor_access::Feature;
use kontor_command::{Registered, Registry, Reply};
use kontor_entity::{EntityMeta, Mode, parse_draft};
use kontor_kernel::{Currency, Error, Fault, Result, new_id};
use kontor_store::{Tx, sql_error};
use serde::{Serialize, Serializer, ser::SerializeStruct};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{
    Citation, Code, Preview, Style,
    conversation::{conversation_keep, person},
    shown::{is_given, same_part, shown_part},
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
    /// What a confirmation writes, in the API's JSON.
    pub input: String,
    /// What is shown of the record as it will be, in the API's JSON.
    shown: Value,
    /// Of the company's books.
    currency: Currency,
}

impl Proposal {
    /// The command it runs: `purchase-orders.create`.
    pub fn command(&self) -> String {
        command_of(self.meta)
    }

    /// What a person checks before they confirm.
    pub fn preview(&self, style: Style) -> Preview {
        Preview::of(self.meta, &self.shown, self.currency, style)
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

/// A proposal before it is stored: the input complete as the rehearsal left it, and what is shown of what came of it.
#[derive(Debug, Clone)]
pub(crate) struct NewProposal {
    pub meta: &'static EntityMeta,
    pub title: String,
    input: String,
    shown: String,
}

/// Fields of a record that say when it was rehearsed, not what it is.
const SYSTEM: [&str; 7] = ["id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at"];

/// A rehearsed record without what is the rehearsal's own: ids, times, and the stand-in for a number of a series.
pub(crate) fn settled(meta: &EntityMeta, asked: &Value, rehearsed: &str) -> Result<Value> {
    let mut record: Value = serde_json::from_str(rehearsed).map_err(Error::internal)?;
    let number = meta.sequence.map(|_| meta.code).filter(|code| !is_given(asked, code));
    let lines = record.get_mut("lines").and_then(Value::as_array_mut).into_iter().flatten();
    for line in lines.filter_map(Value::as_object_mut) {
        line.retain(|name, _| !SYSTEM.contains(&name.as_str()));
    }
    if let Some(fields) = record.as_object_mut() {
        fields.retain(|name, _| !SYSTEM.contains(&name.as_str()) && number != Some(name.as_str()));
    }
    Ok(record)
}

impl NewProposal {
    /// From what was asked for and the settled record that came of it; `sole` are the links that left nothing to choose.
    ///
    /// What the rehearsal filled in (prices, dates, the warehouse) becomes part of the input, so that a confirmation writes
    /// this record and no other.
    pub fn new(meta: &'static EntityMeta, asked: &Value, record: &Value, books: Currency, sole: &[&str]) -> Self {
        let mut input = written_fields(meta, record);
        if let Some(lines) = meta.lines {
            let rows = record.get("lines").and_then(Value::as_array).into_iter().flatten();
            let rows = rows.map(|row| Value::Object(written_fields((lines.meta)(), row)));
            input.insert("lines".to_owned(), rows.collect());
        }
        Self {
            meta,
            title: format!("Create {}", meta.label.to_lowercase()),
            input: Value::Object(input).to_string(),
            shown: shown_part(meta, asked, record, books, sole).to_string(),
        }
    }
}

/// The fields of a record that a client may write, those with a value.
fn written_fields(meta: &EntityMeta, record: &Value) -> Map<String, Value> {
    let fields = meta.fields.iter().filter(|field| !field.read_only);
    let values = fields.filter_map(|field| Some((field.name.to_owned(), record.get(field.name)?.clone())));
    values.filter(|(_, value)| !value.is_null()).collect()
}

/// Binds what is confirmed to what was shown.
fn hash_of(command: &str, input: &str, shown: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in [command, input, shown] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

const COLUMNS: &str =
    "id, conversation_id, message_id, command, title, input::text, preview::text, hash, state, expires_at";

pub(crate) async fn proposal_insert(
    tx: &mut Tx,
    conversation: Uuid,
    message: Uuid,
    new: NewProposal,
) -> Result<Proposal> {
    let shown = serde_json::from_str(&new.shown).map_err(Error::internal)?;
    let proposal = Proposal {
        id: new_id(),
        meta: new.meta,
        title: new.title,
        state: ProposalState::Open,
        expires_at: tx.now() + LASTS,
        input: new.input,
        shown,
        currency: tx.currency(),
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
    .bind(&proposal.input)
    .bind(&new.shown)
    .bind(hash_of(&proposal.command(), &proposal.input, &new.shown))
    .bind(now)
    .bind(proposal.expires_at)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    tx.audit("proposed", PROPOSALS, proposal.id, &json!({ "command": proposal.command() }));
    Ok(proposal)
}

pub(crate) async fn proposals_of_message(tx: &mut Tx, registry: &Registry, message: Uuid) -> Result<Vec<Proposal>> {
    let kept = Kept::list(tx, registry, "message_id", message).await?;
    Ok(kept.into_iter().map(|kept| kept.proposal).collect())
}

/// The proposals of a conversation, each with its message.
pub(crate) async fn proposals_of_conversation(
    tx: &mut Tx,
    registry: &Registry,
    conversation: Uuid,
) -> Result<Vec<(Uuid, Proposal)>> {
    let kept = Kept::list(tx, registry, "conversation_id", conversation).await?;
    Ok(kept.into_iter().map(|kept| (kept.message, kept.proposal)).collect())
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
    .fetch_optional(tx.connection().await?)
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
            .fetch_optional(tx.connection().await?)
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
/// Answers as a [`Citation`]: what was written, where it is and what it is called. Errors with `proposal_closed`,
/// `proposal_expired`, or `proposal_outdated` when the same input would give another record than the one shown; nothing is
/// written then.
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
    if kept.hash != hash_of(&kept.proposal.command(), &kept.proposal.input, &kept.shown) {
        return Err(Error::internal(format!("proposal {id} is not what was shown")));
    }
    let draft = parse_draft(meta, kept.proposal.input.as_bytes(), Mode::Create)?;
    let written = entity.create(tx, draft).await?;
    let record: Value = serde_json::from_str(&written.json).map_err(Error::internal)?;
    if same_part(&kept.proposal.shown, &record) != kept.proposal.shown {
        return Err(Code::ProposalOutdated.error());
    }
    close(tx, &kept, ProposalState::Confirmed, Some(written.id)).await?;
    let created = Citation::of(meta, &record).ok_or_else(|| Error::internal("a record without an id"))?;
    let location = Some(format!("/api/v1/{}/{}", meta.collection, written.id));
    Ok(Reply { location, ..Reply::json(201, serde_json::to_string(&created).map_err(Error::internal)?) })
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
        .execute(tx.connection().await?)
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
    shown: String,
    hash: Vec<u8>,
}

impl Kept {
    /// Locks the person's proposal until the transaction ends.
    async fn lock(tx: &mut Tx, registry: &Registry, id: Uuid) -> Result<Self> {
        let (tenant, user) = (tx.tenant(), person(tx)?);
        let sql =
            format!("select {COLUMNS} from proposals where tenant_id = $1 and id = $2 and user_id = $3 for update");
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(tenant)
            .bind(id)
            .bind(user)
            .fetch_optional(tx.connection().await?)
            .await
            .map_err(sql_error)?
            .ok_or_else(|| Fault::NotFound.error())?;
        Self::read(&row, registry, tx.currency())
    }

    /// Those that `column` ties to a record, oldest first.
    async fn list(tx: &mut Tx, registry: &Registry, column: &'static str, id: Uuid) -> Result<Vec<Self>> {
        let tenant = tx.tenant();
        let sql = format!("select {COLUMNS} from proposals where tenant_id = $1 and {column} = $2 order by id");
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(tenant)
            .bind(id)
            .fetch_all(tx.connection().await?)
            .await
            .map_err(sql_error)?;
        rows.iter().map(|row| Self::read(row, registry, tx.currency())).collect()
    }

    fn read(row: &PgRow, registry: &Registry, currency: Currency) -> Result<Self> {
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
            input: row.try_get("input").map_err(sql_error)?,
            shown: serde_json::from_str(&shown).map_err(Error::internal)?,
            currency,
        };
        Ok(Self {
            proposal,
            message: row.try_get("message_id").map_err(sql_error)?,
            conversation: row.try_get("conversation_id").map_err(sql_error)?,
            hash: row.try_get("hash").map_err(sql_error)?,
            shown,
        })
    }
}
