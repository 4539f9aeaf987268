//! A role and the boxes of what it allows.

use serde::Serialize;

use super::{Action, Activity, ErrorSummary, Field, Page, PageShell, SettingsNav, Status};

/// One box: a permission, or a pattern that covers several.
#[derive(Debug, Clone, Serialize)]
pub struct Right {
    /// What the form sends: `purchasing.order.confirm`, `purchasing.*`.
    pub value: String,
    /// What people read: `Confirm`.
    pub label: String,
    /// Whether the role has this very entry.
    pub checked: bool,
    /// Whether the person on screen may give and take it: nobody passes on more than they have.
    pub offered: bool,
}

/// What may be done with one kind of record.
#[derive(Debug, Clone, Serialize)]
pub struct RightSubject {
    /// `Purchase orders`; empty for what is about the whole area.
    pub label: String,
    /// Its boxes.
    pub rights: Vec<Right>,
}

/// The rights of a business area.
#[derive(Debug, Clone, Serialize)]
pub struct RightArea {
    /// `Purchasing`.
    pub label: String,
    /// How much of it the role allows: `5 of 12`, `everything`, `nothing`.
    pub text: String,
    /// Whether its boxes are shown when the page comes.
    pub open: bool,
    /// The boxes for the whole area.
    pub whole: Vec<Right>,
    /// Those of its kinds of record.
    pub subjects: Vec<RightSubject>,
}

/// A role, or a new one. Template `settings/role.html`.
///
/// POST `/settings/roles` and `/settings/roles/{id}` take `name`, `permissions` once per checked box, `code` for a new role
/// and `version` for a stored one.
#[derive(Debug, Clone, Serialize)]
pub struct RoleFormView {
    /// The frame.
    pub shell: PageShell,
    /// The settings' navigation.
    pub nav: SettingsNav,
    /// The role's name, or `New role`.
    pub title: String,
    /// Archived, built in.
    pub statuses: Vec<Status>,
    /// Where the form is sent.
    pub action: String,
    /// The version on screen; none for a new role.
    pub version: Option<i64>,
    /// Whether the person may change it.
    pub editable: bool,
    /// Archive or restore.
    pub menu: Vec<Action>,
    /// Name and code.
    pub fields: Vec<Field>,
    /// The boxes that hold for every area.
    pub general: Vec<Right>,
    /// The others, area by area.
    pub areas: Vec<RightArea>,
    /// What has to be fixed.
    pub errors: Option<ErrorSummary>,
    /// Who changed it; none for a new role.
    pub activity: Option<Vec<Activity>>,
}

impl Page for RoleFormView {
    const TEMPLATE: &'static str = "settings/role.html";
}
