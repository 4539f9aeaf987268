//! Pages from typed structs.
//!
//! A page is a struct that implements [`Page`]: it names its template, and its fields are all the
//! template can read. Texts in it are ready to show, written by [`format::Locale`] in the tenant's
//! way; templates lay out and never compute.

mod account;
mod asset;
mod assistant;
mod document;
mod engine;
mod form;
pub mod format;
mod home;
mod icon;
mod import;
pub mod input;
mod list;
mod notice;
mod part;
mod record;
mod role;
mod settings;
mod shell;
mod table;

pub use account::{
    AcceptInvitationView, ForgotPasswordView, LogInView, PublicShell, ResetPasswordView, SignUpView, VerifyEmailView,
};
pub use asset::{Asset, Assets};
pub use assistant::{AssistantMessage, AssistantPanel, Citation, PreviewLine, Proposal, ProposalPreview, Speaker};
pub use document::{
    CancelDialog, DocumentLine, DocumentView, LineEditor, ReceiveDialog, ReceiveLine, Step, StepState, TaxChoice,
    TaxMethod, TotalLine,
};
pub use engine::{Page, View, ViewError};
pub use form::{Field, FieldKind, FieldSection, FormView, Lookup, ProductView, StockCard};
pub use home::{ChartCard, ChartGroup, Checklist, ChecklistStep, HomeView, Kpi, Period, RankItem, TodoItem, Trend};
pub use icon::Icon;
pub use import::{ImportEntity, ImportView};
pub use list::{
    BulkAction, Column, ColumnKind, EmptyState, Export, FilterChip, ListFooter, ListRow, ListView, MobileSlot, Search,
    Sort, SortDirection, ViewTab,
};
pub use notice::{
    CodeView, Conflict, ConflictField, DocsView, ErrorItem, ErrorSummary, ErrorView, MailMessage, MailView,
};
pub use part::{
    Action, ActionTarget, Activity, ActivityChange, Choice, Confirm, Fact, Link, Rail, Status, Toast, Tone,
};
pub use record::{RecordView, ReportView};
pub use role::{Right, RightArea, RightSubject, RoleFormView};
pub use settings::{
    AccountingView, BrandingView, CompanyView, Invitation, Member, Meter, RoleView, SettingsNav, UsageView, UsersView,
};
pub(crate) use shell::initials;
pub use shell::{
    Crumb, Density, NavGroup, NavItem, PageShell, TenantBadge, TenantChoice, Theme, UserBadge, navigation,
};
pub use table::{Cell, CellKind, Table, TableColumn, TableRow};
