//! The docked conversation.

use serde::Serialize;

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    /// The person.
    User,
    /// The assistant.
    Assistant,
}

/// A record that an answer's figure came from.
#[derive(Debug, Clone, Serialize)]
pub struct Citation {
    /// The collection's name: `purchase-orders`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The record's id.
    pub id: String,
    /// Its name or number.
    pub title: String,
    /// Its page.
    pub url: String,
}

/// One line of a proposal's preview.
#[derive(Debug, Clone, Serialize)]
pub struct PreviewLine {
    /// What it is: a product, a field.
    pub label: String,
    /// Its amount or text, ready to show.
    pub value: String,
    /// A second line: `40 × € 18.00`.
    pub detail: Option<String>,
}

/// Exactly what a confirmation will write.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProposalPreview {
    /// The header's fields.
    pub fields: Vec<PreviewLine>,
    /// The lines.
    pub lines: Vec<PreviewLine>,
    /// What the total is made of, where that is more than one amount.
    pub amounts: Vec<PreviewLine>,
    /// The total, ready to show.
    pub total: Option<String>,
}

/// Something the assistant offers to do, waiting for the person.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// Its id, in `/assistant/proposals/{id}/confirm` and `/dismiss`.
    pub id: String,
    /// The icon of what it creates.
    pub icon: String,
    /// The question: `Create this purchase order?`
    pub title: String,
    /// Under it: supplier, place, date.
    pub subtitle: Option<String>,
    /// What will be written.
    pub preview: ProposalPreview,
    /// The button's text: `Create order`.
    pub confirm_label: String,
    /// A form filled with the same, to change it first.
    pub edit_url: Option<String>,
    /// What a confirmation means: `Saved as a draft. You can still change it.`
    pub note: String,
}

/// One message of the conversation.
#[derive(Debug, Clone, Serialize)]
pub struct AssistantMessage {
    /// Who said it.
    pub from: Speaker,
    /// What was said: paragraphs, `- ` lists and `**bold**`.
    pub text: String,
    /// The records behind it.
    pub citations: Vec<Citation>,
    /// Proposals that still wait.
    pub proposals: Vec<Proposal>,
}

/// The panel as a page is loaded. Moving between pages keeps what the browser shows.
#[derive(Debug, Clone, Serialize)]
pub struct AssistantPanel {
    /// From the cookie `assistant`.
    pub open: bool,
    /// The conversation to go on with.
    pub conversation_id: Option<String>,
    /// What was said in it.
    pub history: Vec<AssistantMessage>,
    /// Questions offered while the conversation is empty.
    pub suggestions: Vec<String>,
    /// Characters of one message.
    pub text_limit: u32,
}

impl Default for AssistantPanel {
    fn default() -> Self {
        Self {
            open: false,
            conversation_id: None,
            history: Vec::new(),
            suggestions: Vec::new(),
            text_limit: kontor_assistant::TEXT_LIMIT,
        }
    }
}
