//! Small pieces that many pages share.

use serde::Serialize;

use super::Icon;

/// What a state means for people. Colour means attention: see [`Status::attention`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Nothing to say.
    #[default]
    Neutral,
    /// Done, received, paid.
    Success,
    /// Somebody has to act.
    Warning,
    /// Late, failed, refused.
    Danger,
    /// On its way.
    Info,
}

/// A state with its word.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Status {
    /// The word, for example `Confirmed`.
    pub label: String,
    /// The colour of its dot.
    pub tone: Tone,
    /// A filled badge, only for states that need action; every other is a dot and plain text.
    pub attention: bool,
}

impl Status {
    /// A state that needs nobody.
    pub fn quiet(label: impl Into<String>, tone: Tone) -> Self {
        Self { label: label.into(), tone, attention: false }
    }

    /// A state that somebody must act on.
    pub fn attention(label: impl Into<String>, tone: Tone) -> Self {
        Self { label: label.into(), tone, attention: true }
    }
}

/// A link with its text.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it goes, a path of the app.
    pub url: String,
}

impl Link {
    /// A link from its text and path.
    pub fn new(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self { label: label.into(), url: url.into() }
    }
}

/// One choice of a select, a radio group or a filter.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen now.
    pub selected: bool,
}

impl Choice {
    /// A choice that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), selected: false }
    }

    /// Marks the choice whose value is `value`.
    #[must_use]
    pub fn select(mut choices: Vec<Self>, value: &str) -> Vec<Self> {
        for choice in &mut choices {
            choice.selected = choice.value == value;
        }
        choices
    }
}

/// A label with a text beside it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// Its text, ready to show.
    pub value: String,
    /// The record behind it.
    pub url: Option<String>,
}

impl Fact {
    /// A fact without a link.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), url: None }
    }

    /// The same fact with a link to the record behind it.
    #[must_use]
    pub fn to(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }
}

/// One entry of a record's audit trail.
#[derive(Debug, Clone, Serialize)]
pub struct Activity {
    /// What kind of event it was.
    pub icon: Icon,
    /// Who did it.
    pub actor: String,
    /// What was done, continuing the actor's name: `confirmed this order`.
    pub text: String,
    /// When, ready to show: `Today, 09:42`.
    pub at: String,
    /// The fields that changed.
    pub changes: Vec<ActivityChange>,
}

/// One field of an audit entry.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityChange {
    /// The field's label.
    pub label: String,
    /// Its text before; empty when there was none.
    pub before: String,
    /// Its text after; empty when it was cleared.
    pub after: String,
}

/// The column beside a record: facts about its partner, and its audit trail.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Rail {
    /// Heading over the facts, for example the supplier's name.
    pub title: String,
    /// Facts about the partner or the record.
    pub facts: Vec<Fact>,
    /// Where to read more.
    pub link: Option<Link>,
    /// The audit trail, newest first.
    pub activity: Vec<Activity>,
}

/// What a button does.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ActionTarget {
    /// Opens a page.
    Link {
        /// Its path.
        url: String,
    },
    /// Saves a file.
    Download {
        /// The file's path.
        url: String,
    },
    /// Sends a POST with the CSRF token and, when given, the version that is on screen.
    Post {
        /// Its path.
        url: String,
        /// The record's version.
        version: Option<i64>,
    },
    /// Opens a `<dialog>` of the page.
    Dialog {
        /// The dialog's id.
        id: String,
    },
    /// Puts a question into the assistant's field.
    Ask {
        /// The question.
        text: String,
    },
    /// Prints the page.
    Print,
}

/// A button or a menu's item.
#[derive(Debug, Clone, Serialize)]
pub struct Action {
    /// What it says: a verb and its object.
    pub label: String,
    /// Its icon.
    pub icon: Option<Icon>,
    /// The page's one primary button.
    pub primary: bool,
    /// Drawn in the colour of danger.
    pub danger: bool,
    /// The key that presses it, a single letter.
    pub key: Option<char>,
    /// What it does.
    pub target: ActionTarget,
}

impl Action {
    /// A plain action.
    pub fn new(label: impl Into<String>, icon: Icon, target: ActionTarget) -> Self {
        Self { label: label.into(), icon: Some(icon), primary: false, danger: false, key: None, target }
    }

    /// The page's one primary button.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.primary = true;
        self
    }

    /// An action that cannot be undone.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Gives the action a key.
    #[must_use]
    pub fn key(mut self, key: char) -> Self {
        self.key = Some(key);
        self
    }
}

/// A question before something that cannot be undone: it states the consequence and names the button.
#[derive(Debug, Clone, Serialize)]
pub struct Confirm {
    /// `Cancel 3 orders?`
    pub title: String,
    /// What will happen.
    pub text: String,
    /// The button's text: `Cancel orders`.
    pub button: String,
}

/// A notice that a page brings with it, after a save for example.
#[derive(Debug, Clone, Serialize)]
pub struct Toast {
    /// One sentence.
    pub text: String,
    /// Its colour; only success and danger are drawn.
    pub tone: Tone,
}
