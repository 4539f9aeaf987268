//! Settings: company, branding, accounting, users and roles, usage.

use serde::Serialize;

use super::{Activity, Choice, Conflict, ErrorSummary, Field, FieldSection, Page, PageShell, Status, Tone};

/// The settings' own navigation.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsNav {
    /// The text of each page, its path, and whether it is the one on screen.
    pub items: Vec<(String, String, bool)>,
}

impl SettingsNav {
    /// The settings' pages with the one at `path` marked.
    #[must_use]
    pub fn at(path: &str) -> Self {
        let pages = [
            ("Company", "/settings/company"),
            ("Branding", "/settings/branding"),
            ("Accounting", "/settings/accounting"),
            ("Users and roles", "/settings/users"),
            ("Usage", "/settings/usage"),
        ];
        let items = pages.map(|(label, url)| (label.to_owned(), url.to_owned(), url == path)).to_vec();
        Self { items }
    }
}

/// The company's own data. Template `settings/company.html`; POST `/settings/company`.
#[derive(Debug, Clone, Serialize)]
pub struct CompanyView {
    /// The frame.
    pub shell: PageShell,
    /// The settings' navigation.
    pub nav: SettingsNav,
    /// Rows of explanation and fields.
    pub sections: Vec<FieldSection>,
    /// The version on screen.
    pub version: i64,
    /// Whether the person may change it.
    pub editable: bool,
    /// What has to be fixed.
    pub errors: Option<ErrorSummary>,
    /// What somebody else changed meanwhile.
    pub conflict: Option<Conflict>,
}

impl Page for CompanyView {
    const TEMPLATE: &'static str = "settings/company.html";
}

/// Logo, colour, footer. Template `settings/branding.html`.
///
/// POST `/settings/branding` takes `color` and `document_footer`; POST `/settings/branding/logo`
/// takes `logo` (multipart) or `remove=true`. GET `/settings/branding/preview?color=4F46E5` answers
/// `{"css": ":root{…}", "checks": [{"ok": true, "text": "…"}]}`.
#[derive(Debug, Clone, Serialize)]
pub struct BrandingView {
    /// The frame.
    pub shell: PageShell,
    /// The settings' navigation.
    pub nav: SettingsNav,
    /// The colour, `#4F46E5`.
    pub color: String,
    /// Whether there is a logo of the company's own.
    pub has_logo: bool,
    /// The footer of documents.
    pub document_footer: Field,
    /// The version on screen.
    pub version: i64,
    /// Whether the person may change it.
    pub editable: bool,
    /// What has to be fixed.
    pub errors: Option<ErrorSummary>,
}

impl Page for BrandingView {
    const TEMPLATE: &'static str = "settings/branding.html";
}

/// Lock date, rounding, first taxes. Template `settings/accounting.html`.
///
/// POST `/settings/accounting/lock` takes `through` and `version`; POST `/settings/accounting` takes the fields of the taxes
/// and `version`.
#[derive(Debug, Clone, Serialize)]
pub struct AccountingView {
    /// The frame.
    pub shell: PageShell,
    /// The settings' navigation.
    pub nav: SettingsNav,
    /// The lock date.
    pub lock: Field,
    /// Whether the person may move it anywhere.
    pub may_lock: bool,
    /// Why it was not moved.
    pub lock_errors: Option<ErrorSummary>,
    /// What is said about taxes.
    pub taxes: Vec<Field>,
    /// Whether the person may change that.
    pub editable: bool,
    /// The version on screen.
    pub version: i64,
    /// What has to be fixed.
    pub errors: Option<ErrorSummary>,
    /// Who moved and changed what.
    pub activity: Vec<Activity>,
}

impl Page for AccountingView {
    const TEMPLATE: &'static str = "settings/accounting.html";
}

/// A person of the company.
#[derive(Debug, Clone, Serialize)]
pub struct Member {
    /// The id, in `/settings/users/{id}/role` and `/deactivate`.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Two letters of it.
    pub initials: String,
    /// The address.
    pub email: String,
    /// The roles to choose from.
    pub roles: Vec<Choice>,
    /// Active, deactivated, locked.
    pub status: Status,
    /// When last seen, ready to show: `seen today, 09:42`; empty for never.
    pub last_seen: String,
    /// Whether the person on screen may change it: nobody takes the last owner's role away.
    pub editable: bool,
    /// Whether the account is active.
    pub active: bool,
}

/// An invitation that waits.
#[derive(Debug, Clone, Serialize)]
pub struct Invitation {
    /// The id, in `/settings/users/invitations/{id}/revoke` and `/resend`.
    pub id: String,
    /// To whom.
    pub email: String,
    /// As what.
    pub role: String,
    /// Until when, ready to show: `expires 27 Nov 2026`.
    pub expires: String,
}

/// A role and what it may do.
#[derive(Debug, Clone, Serialize)]
pub struct RoleView {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// What it may do, in a sentence.
    pub text: String,
    /// How many people have it.
    pub members: u32,
}

/// Users and roles. Template `settings/users.html`.
///
/// POST `/settings/users/invite` takes `email` and `role`; POST `/settings/users/{id}/role` takes
/// `role`; POST `/settings/users/{id}/deactivate` and `/activate` take nothing more.
#[derive(Debug, Clone, Serialize)]
pub struct UsersView {
    /// The frame.
    pub shell: PageShell,
    /// The settings' navigation.
    pub nav: SettingsNav,
    /// The people.
    pub members: Vec<Member>,
    /// Invitations that wait.
    pub invitations: Vec<Invitation>,
    /// How many seats of the plan are taken, in a sentence; empty where the plan has no limit.
    pub seats: String,
    /// Roles.
    pub roles: Vec<RoleView>,
    /// Whether the person may make a role.
    pub may_add_role: bool,
    /// The fields of an invitation: address and role.
    pub invite: Vec<Field>,
    /// Whether the person may invite and change roles.
    pub editable: bool,
    /// Whether the dialog is open when the page comes, after an error.
    pub invite_open: bool,
    /// What has to be fixed.
    pub errors: Option<ErrorSummary>,
}

impl Page for UsersView {
    const TEMPLATE: &'static str = "settings/users.html";
}

/// One meter of the period.
#[derive(Debug, Clone, Serialize)]
pub struct Meter {
    /// What is counted: `Writes`, `API calls`, `Assistant tokens`.
    pub label: String,
    /// How many were used, ready to show.
    pub used: String,
    /// How many the plan holds; none for no limit.
    pub limit: Option<String>,
    /// 0–100.
    pub percent: u8,
    /// Warning from 80 %, danger at the limit.
    pub tone: Tone,
    /// What happens at the limit.
    pub text: String,
}

/// Plan and usage. Template `settings/usage.html`.
#[derive(Debug, Clone, Serialize)]
pub struct UsageView {
    /// The frame.
    pub shell: PageShell,
    /// The settings' navigation.
    pub nav: SettingsNav,
    /// `Growth`.
    pub plan: String,
    /// `Trial until 4 Dec 2026, 14 days left`.
    pub plan_text: String,
    /// `1–30 Nov 2026`.
    pub period: String,
    /// The meters.
    pub meters: Vec<Meter>,
    /// What the plan includes, and whether it does.
    pub features: Vec<(String, bool)>,
}

impl Page for UsageView {
    const TEMPLATE: &'static str = "settings/usage.html";
}
