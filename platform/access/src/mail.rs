//! Mail is written into the database in the transaction that wants it sent, and sent by a job.

use chrono::{DateTime, Utc};
use kontor_kernel::{Result, new_id};
use kontor_store::{Tx, sql_error};
use uuid::Uuid;

use crate::{Identity, letter::Letter};

/// Stands for the public address in a mail as it is kept, since what writes it may not know it.
pub(crate) const PUBLIC_URL: &str = "[[public-url]]";

/// A mail as it is kept.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Mail {
    pub id: Uuid,
    pub recipient: String,
    pub subject: String,
    /// Empty once the mail was sent: the links in it are secrets.
    pub text: String,
    pub html: String,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    /// Why the last attempt to send it failed.
    pub failure: Option<String>,
}

impl Mail {
    pub(crate) fn addressed(mut self, public_url: &str) -> Self {
        self.text = self.text.replace(PUBLIC_URL, public_url);
        self.html = self.html.replace(PUBLIC_URL, public_url);
        self
    }
}

/// Queues a mail in the company's name.
pub(crate) async fn queue(tx: &mut Tx, recipient: &str, letter: &Letter) -> Result<()> {
    let now = tx.now();
    sqlx::query("select platform.mail_queue($1, $2, $3, $4, $5, $6)")
        .bind(new_id())
        .bind(recipient)
        .bind(&letter.subject)
        .bind(&letter.text)
        .bind(&letter.html)
        .bind(now)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    Ok(())
}

impl Identity {
    /// The newest mails, for the page that shows them where no server sends them.
    pub async fn recent_mails(&self, limit: u16) -> Result<Vec<Mail>> {
        let mails: Vec<Mail> = sqlx::query_as(
            "select id, recipient, subject, text, html, created_at, sent_at, failure from platform.mails
             order by created_at desc, id desc limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(self.databases.identity())
        .await
        .map_err(sql_error)?;
        Ok(mails.into_iter().map(|mail| mail.addressed(self.config.public_url())).collect())
    }

    /// One mail, for the same page.
    pub async fn mail(&self, id: Uuid) -> Result<Option<Mail>> {
        let mail: Option<Mail> = sqlx::query_as(
            "select id, recipient, subject, text, html, created_at, sent_at, failure from platform.mails where id = $1",
        )
        .bind(id)
        .fetch_optional(self.databases.identity())
        .await
        .map_err(sql_error)?;
        Ok(mail.map(|mail| mail.addressed(self.config.public_url())))
    }
}
