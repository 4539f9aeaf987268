//! One person's conversations as they are stored. Another's does not exist for anybody else.

use chrono::{DateTime, Utc};
use kontor_kernel::{Error, Fault, Result, new_id};
use kontor_store::{Tx, sql_error};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Message;

/// What the audit trail calls them.
pub(crate) const CONVERSATIONS: &str = "conversations";
/// Characters of the first message that name a conversation without a title.
const TITLE_LENGTH: usize = 60;

/// A conversation of one person with the assistant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conversation {
    pub id: Uuid,
    /// As given, else the beginning of the first message.
    pub title: String,
    pub created_at: DateTime<Utc>,
}

/// A conversation with all that was said in it.
#[derive(Debug, Clone, Serialize)]
pub struct ConversationPage {
    #[serde(flatten)]
    pub conversation: Conversation,
    /// Oldest first.
    pub messages: Vec<Message>,
}

impl From<(Uuid, String, DateTime<Utc>)> for Conversation {
    fn from((id, title, created_at): (Uuid, String, DateTime<Utc>)) -> Self {
        Self { id, title, created_at }
    }
}

/// The person of a transaction; every conversation is somebody's.
pub(crate) fn person(tx: &Tx) -> Result<Uuid> {
    tx.user().ok_or_else(|| Error::internal("a conversation without a person"))
}

pub(crate) async fn conversation_insert(tx: &mut Tx, title: &str) -> Result<Conversation> {
    let conversation = Conversation { id: new_id(), title: title.to_owned(), created_at: tx.now() };
    let (tenant, user) = (tx.tenant(), person(tx)?);
    sqlx::query(
        "insert into conversations (tenant_id, id, user_id, title, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)",
    )
    .bind(tenant)
    .bind(conversation.id)
    .bind(user)
    .bind(title)
    .bind(conversation.created_at)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    tx.audit("created", CONVERSATIONS, conversation.id, &json!({ "title": title }));
    Ok(conversation)
}

/// The person's conversation, or `not_found`.
pub(crate) async fn conversation_load(tx: &mut Tx, id: Uuid) -> Result<Conversation> {
    let (tenant, user) = (tx.tenant(), person(tx)?);
    let row: Option<(Uuid, String, DateTime<Utc>)> = sqlx::query_as(
        "select id, title, created_at from conversations where tenant_id = $1 and id = $2 and user_id = $3",
    )
    .bind(tenant)
    .bind(id)
    .bind(user)
    .fetch_optional(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    row.map(Conversation::from).ok_or_else(|| Fault::NotFound.error())
}

/// What the planner left open in a conversation.
pub(crate) async fn conversation_pending(tx: &mut Tx, id: Uuid) -> Result<Option<Value>> {
    let tenant = tx.tenant();
    sqlx::query_scalar("select pending from conversations where tenant_id = $1 and id = $2")
        .bind(tenant)
        .bind(id)
        .fetch_one(tx.connection().await?)
        .await
        .map_err(sql_error)
}

/// The person's conversations, newest first, those before `before`.
pub(crate) async fn conversation_list(tx: &mut Tx, limit: u16, before: Option<Uuid>) -> Result<Vec<Conversation>> {
    let (tenant, user) = (tx.tenant(), person(tx)?);
    let rows: Vec<(Uuid, String, DateTime<Utc>)> = sqlx::query_as(
        "select id, title, created_at from conversations
         where tenant_id = $1 and user_id = $2 and ($3::uuid is null or id < $3) order by id desc limit $4",
    )
    .bind(tenant)
    .bind(user)
    .bind(before)
    .bind(i64::from(limit))
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(rows.into_iter().map(Conversation::from).collect())
}

/// Notes that something was said; a conversation without a title is named by its first message.
pub(crate) async fn conversation_touch(tx: &mut Tx, id: Uuid, said: &str) -> Result<()> {
    let title: String = said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TITLE_LENGTH).collect();
    let (tenant, now) = (tx.tenant(), tx.now());
    sqlx::query(
        "update conversations set updated_at = $3, title = case when title = '' then $4 else title end
         where tenant_id = $1 and id = $2",
    )
    .bind(tenant)
    .bind(id)
    .bind(now)
    .bind(title)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(())
}

/// Keeps what is open for the next turn, or that nothing is.
pub(crate) async fn conversation_keep(tx: &mut Tx, id: Uuid, pending: Option<&Value>) -> Result<()> {
    let (tenant, now) = (tx.tenant(), tx.now());
    sqlx::query("update conversations set pending = $3, updated_at = $4 where tenant_id = $1 and id = $2")
        .bind(tenant)
        .bind(id)
        .bind(pending)
        .bind(now)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    Ok(())
}
