//! What was said, as it is stored.

use chrono::{DateTime, Utc};
use kontor_command::Registry;
use kontor_entity::{FieldMeta, Format, parse_text};
use kontor_kernel::{Error, Fault, Result, Violations, new_id};
use kontor_store::{OnConstraint, Tx, sql_error};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::{Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{
    Citation, Proposal,
    conversation::CONVERSATIONS,
    proposal::{proposals_of_conversation, proposals_of_message},
};

/// Characters of one message. The planner refuses longer ones too.
#[expect(clippy::as_conversions, reason = "far below the largest u32; a const has no other conversion")]
pub const TEXT_LIMIT: u32 = kontor_planner::TEXT_LIMIT as u32;

/// What a person says.
pub(crate) const TEXT: FieldMeta =
    FieldMeta::of::<String>("text", "In your own words.").format(Format::Note).max(TEXT_LIMIT);

/// The text as it is kept, or what is wrong with it.
pub(crate) fn message_text(said: &str) -> Result<String> {
    let mut violations = Violations::new();
    let kept = parse_text(&TEXT, said).unwrap_or_else(|problem| {
        violations.add_text(problem.0, TEXT.name, problem.1);
        kontor_entity::Value::Null
    });
    violations.into_result()?;
    Ok(kept.as_text().unwrap_or_default().to_owned())
}

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    User,
    Assistant,
}

impl Author {
    const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// One message of a conversation.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    pub id: Uuid,
    pub author: Author,
    pub text: String,
    pub citations: Vec<Citation>,
    pub proposals: Vec<Proposal>,
    pub created_at: DateTime<Utc>,
}

pub(crate) async fn message_insert_question(tx: &mut Tx, conversation: Uuid, text: &str) -> Result<Uuid> {
    let id = new_id();
    insert(tx, conversation, Author::User, id, text, &[], None).await?;
    tx.audit("asked", CONVERSATIONS, conversation, &json!({ "message_id": id }));
    Ok(id)
}

/// Stores the answer to a message. `concurrent_change` when another answer to it was stored meanwhile.
pub(crate) async fn message_insert_answer(
    tx: &mut Tx,
    conversation: Uuid,
    to: Uuid,
    text: &str,
    citations: &[Citation],
) -> Result<Uuid> {
    let id = new_id();
    insert(tx, conversation, Author::Assistant, id, text, citations, Some(to)).await?;
    tx.audit("answered", CONVERSATIONS, conversation, &json!({ "message_id": id }));
    Ok(id)
}

async fn insert(
    tx: &mut Tx,
    conversation: Uuid,
    author: Author,
    id: Uuid,
    text: &str,
    citations: &[Citation],
    answer_to: Option<Uuid>,
) -> Result<()> {
    let (tenant, now) = (tx.tenant(), tx.now());
    sqlx::query(
        "insert into messages (tenant_id, id, conversation_id, author, text, citations, answer_to, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(tenant)
    .bind(id)
    .bind(conversation)
    .bind(author.name())
    .bind(text)
    .bind(serde_json::to_value(citations).map_err(Error::internal)?)
    .bind(answer_to)
    .bind(now)
    .execute(tx.connection().await?)
    .await
    .on_constraint("messages_answer_to_key", || Fault::ConcurrentChange.error())?;
    Ok(())
}

const COLUMNS: &str = "id, author, text, citations, created_at";

/// The answer to a message, if it was given.
pub(crate) async fn message_answer(tx: &mut Tx, registry: &Registry, question: Uuid) -> Result<Option<Message>> {
    let tenant = tx.tenant();
    let row = sqlx::query(sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from messages where tenant_id = $1 and answer_to = $2"
    )))
    .bind(tenant)
    .bind(question)
    .fetch_optional(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let Some(row) = row else { return Ok(None) };
    let mut message = read(&row)?;
    message.proposals = proposals_of_message(tx, registry, message.id).await?;
    Ok(Some(message))
}

/// The latest `limit` messages, oldest first, with their proposals.
pub(crate) async fn message_list(
    tx: &mut Tx,
    registry: &Registry,
    conversation: Uuid,
    limit: i64,
) -> Result<Vec<Message>> {
    let tenant = tx.tenant();
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from messages where tenant_id = $1 and conversation_id = $2 order by id desc limit $3"
    )))
    .bind(tenant)
    .bind(conversation)
    .bind(limit)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let mut messages: Vec<Message> = rows.iter().rev().map(read).collect::<Result<_>>()?;
    for (message_id, proposal) in proposals_of_conversation(tx, registry, conversation).await? {
        if let Some(message) = messages.iter_mut().find(|message| message.id == message_id) {
            message.proposals.push(proposal);
        }
    }
    Ok(messages)
}

fn read(row: &PgRow) -> Result<Message> {
    let author: String = row.try_get("author").map_err(sql_error)?;
    let citations: Value = row.try_get("citations").map_err(sql_error)?;
    Ok(Message {
        id: row.try_get("id").map_err(sql_error)?,
        author: if author == Author::User.name() { Author::User } else { Author::Assistant },
        text: row.try_get("text").map_err(sql_error)?,
        citations: serde_json::from_value(citations).map_err(Error::internal)?,
        proposals: Vec::new(),
        created_at: row.try_get("created_at").map_err(sql_error)?,
    })
}
