use std::time::Duration;

use chrono::{DateTime, Utc};
use kontor_kernel::{Clock, Error, Result};
use kontor_store::{Databases, sql_error};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use std::sync::Arc;
use tracing::{info, warn};

use crate::mail::Mail;

/// The server that takes our mail.
#[derive(Clone)]
pub struct SmtpConfig {
    /// `smtp://user:password@host:587?tls=required`, `smtps://…:465`, or `smtp://localhost:25` without either.
    pub url: String,
    /// The sender: `Kontor <noreply@example.com>`.
    pub from: String,
}

/// Sends what was queued.
///
/// A mail is taken for five minutes at least before it is tried again, so two senders do not send it twice; one that
/// dies between sending and saying so is the only way to a second copy.
#[derive(Clone)]
pub struct Mailer {
    databases: Databases,
    clock: Arc<dyn Clock>,
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    public_url: String,
}

/// Mails taken at a time.
const BATCH: i64 = 20;
/// Tries of one mail, over about two days.
const ATTEMPTS: i32 = 12;
const TIMEOUT: Duration = Duration::from_secs(20);

impl Mailer {
    /// Does not connect yet. Errors when the configuration cannot be understood.
    pub fn new(databases: Databases, clock: Arc<dyn Clock>, smtp: &SmtpConfig, public_url: &str) -> Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&smtp.url)
            .map_err(Error::internal)?
            .timeout(Some(TIMEOUT))
            .build();
        let from = smtp.from.parse().map_err(Error::internal)?;
        Ok(Self { databases, clock, transport, from, public_url: public_url.to_owned() })
    }

    /// Sends every mail that is due and says how many went out. One that fails is tried again later, up to twelve times;
    /// after that it stays, with the reason.
    pub async fn send_due(&self) -> Result<usize> {
        let mut sent = 0;
        loop {
            let mails = self.take(self.clock.now()).await?;
            if mails.is_empty() {
                return Ok(sent);
            }
            for mail in mails {
                let id = mail.id;
                match self.send(mail).await {
                    Ok(()) => {
                        self.mark_sent(id).await?;
                        info!(mail.id = %id, "sent mail {id}");
                        sent += 1;
                    }
                    Err(error) => {
                        warn!(mail.id = %id, error = ?error, "could not send mail {id}");
                        self.mark_failed(id, &format!("{error:?}")).await?;
                    }
                }
            }
        }
    }

    /// Takes mails that are due, and puts their next try off: 5, 10, 20 minutes, up to 8 hours.
    async fn take(&self, now: DateTime<Utc>) -> Result<Vec<Mail>> {
        sqlx::query_as(
            "update platform.mails set attempts = attempts + 1, due_at = $1 + interval '5 minutes' * least(2 ^ attempts, 96)
             where id in (select id from platform.mails
                          where sent_at is null and due_at <= $1 and attempts < $2
                          order by due_at limit $3 for update skip locked)
             returning id, recipient, subject, text, html, created_at, sent_at, failure",
        )
        .bind(now)
        .bind(ATTEMPTS)
        .bind(BATCH)
        .fetch_all(self.databases.identity())
        .await
        .map_err(sql_error)
    }

    async fn send(&self, mail: Mail) -> Result<()> {
        let mail = mail.addressed(&self.public_url);
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.recipient.parse().map_err(Error::internal)?))
            .subject(mail.subject)
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))
            .map_err(Error::internal)?;
        self.transport.send(message).await.map_err(Error::unavailable)?;
        Ok(())
    }

    async fn mark_sent(&self, id: uuid::Uuid) -> Result<()> {
        sqlx::query("update platform.mails set sent_at = $2, text = '', html = '', failure = null where id = $1")
            .bind(id)
            .bind(self.clock.now())
            .execute(self.databases.identity())
            .await
            .map_err(sql_error)?;
        Ok(())
    }

    async fn mark_failed(&self, id: uuid::Uuid, failure: &str) -> Result<()> {
        sqlx::query("update platform.mails set failure = $2 where id = $1")
            .bind(id)
            .bind(failure.chars().take(1_000).collect::<String>())
            .execute(self.databases.identity())
            .await
            .map_err(sql_error)?;
        Ok(())
    }
}
