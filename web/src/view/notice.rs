//! What went wrong, and mail that was kept.

use serde::Serialize;

use super::{Action, Icon, Page, PageShell, PublicShell};

/// One thing to fix.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorItem {
    /// What is wrong and what to do.
    pub text: String,
    /// The field it is about, by its name; its element is `f-<name>`.
    pub field: Option<String>,
}

/// Everything to fix, once, above the form.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorSummary {
    /// `2 things to fix before this order can be saved`.
    pub title: String,
    /// The things.
    pub items: Vec<ErrorItem>,
}

impl ErrorSummary {
    /// A summary that counts its things: `2 things to fix before …`.
    #[must_use]
    pub fn before(what: &str, items: Vec<ErrorItem>) -> Self {
        let things = if items.len() == 1 { "1 thing".to_owned() } else { format!("{} things", items.len()) };
        Self { title: format!("{things} to fix before {what}"), items }
    }
}

/// A field that two people changed.
#[derive(Debug, Clone, Serialize)]
pub struct ConflictField {
    /// Its label.
    pub label: String,
    /// What is on screen.
    pub yours: String,
    /// What is stored now.
    pub theirs: String,
}

/// Somebody else saved first. The page keeps what the person typed, and its `version` is the one
/// that is stored now: saving again writes the person's own.
#[derive(Debug, Clone, Serialize)]
pub struct Conflict {
    /// Who.
    pub who: String,
    /// When, in words: `2 minutes ago`.
    pub when: String,
    /// What differs.
    pub fields: Vec<ConflictField>,
    /// The record as it is stored now.
    pub theirs_url: String,
}

/// A page that cannot be shown: 403, 404, 500 and their like. Template `error.html` inside the
/// app, `account/error.html` before log-in.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorView<S> {
    /// The frame, [`PageShell`] or [`PublicShell`].
    pub shell: S,
    /// The status.
    pub status: u16,
    /// Its image.
    pub icon: Icon,
    /// `This page does not exist`.
    pub title: String,
    /// What to do.
    pub text: String,
    /// The request's id, for support; shown for faults of ours.
    pub request_id: Option<String>,
    /// The ways on.
    pub actions: Vec<Action>,
}

impl Page for ErrorView<PageShell> {
    const TEMPLATE: &'static str = "error.html";
}

impl Page for ErrorView<PublicShell> {
    const TEMPLATE: &'static str = "account/error.html";
}

/// What an error code means. Template `account/code.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CodeView {
    /// The frame.
    pub shell: PublicShell,
    /// Its page, from our own documentation.
    pub html: String,
}

impl Page for CodeView {
    const TEMPLATE: &'static str = "account/code.html";
}

/// A message that was kept instead of sent.
#[derive(Debug, Clone, Serialize)]
pub struct MailMessage {
    /// The id, in `/dev/mail/{id}`.
    pub id: String,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// When, ready to show.
    pub at: String,
    /// Whether it is the one on screen.
    pub current: bool,
}

/// Mail that was kept, while no mail server is configured. Template `dev-mail.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MailView {
    /// The frame.
    pub shell: PublicShell,
    /// The messages, newest first.
    pub messages: Vec<MailMessage>,
    /// The body of the one on screen: paragraphs of plain text.
    pub body: Vec<String>,
    /// The links in it, in its order.
    pub links: Vec<String>,
}

impl Page for MailView {
    const TEMPLATE: &'static str = "dev-mail.html";
}

/// The API's document, to read and to try. Template `docs.html`; its script asks for the document itself.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct DocsView {}

impl Page for DocsView {
    const TEMPLATE: &'static str = "docs.html";
}
