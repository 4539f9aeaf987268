//! Pages before log-in.

use serde::Serialize;

use super::{ErrorSummary, Field, Page, TenantBadge, Theme, Toast, format::Locale};

/// What every page before log-in carries.
#[derive(Debug, Clone, Serialize)]
pub struct PublicShell {
    /// The window's title.
    pub title: String,
    /// The token every POST carries.
    pub csrf: String,
    /// From the cookie `theme`.
    pub theme: Theme,
    /// How figures and dates are written.
    pub locale: Locale,
    /// Today, as `2026-11-20`.
    pub today: String,
    /// The company of the address; none at the platform's own.
    pub tenant: Option<TenantBadge>,
    /// A notice to show once.
    pub toast: Option<Toast>,
}

/// A page that is one form: its fields, and what has to be fixed.
macro_rules! form_page {
    ($(#[$doc:meta])* $name:ident, $template:literal, { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub struct $name {
            /// The frame.
            pub shell: PublicShell,
            /// The fields.
            pub fields: Vec<Field>,
            /// What has to be fixed.
            pub errors: Option<ErrorSummary>,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl Page for $name {
            const TEMPLATE: &'static str = $template;
        }
    };
}

form_page!(
    /// A new company: `company`, `slug`, `country`, `currency`, `name`, `email`, `password`.
    /// Template `account/sign-up.html`; POST `/sign-up`.
    SignUpView, "account/sign-up.html", {}
);

form_page!(
    /// `email`, `password`, and `tenant` when a person has several companies.
    /// Template `account/log-in.html`; POST `/log-in`.
    LogInView, "account/log-in.html", {
        /// Where to go after, a path of the app; empty for home.
        next: String,
    }
);

form_page!(
    /// `email`. Template `account/forgot-password.html`; POST `/forgot-password`.
    ForgotPasswordView, "account/forgot-password.html", {
        /// The address a message was sent to, whether or not somebody has it.
        sent_to: Option<String>,
    }
);

form_page!(
    /// `password`. Template `account/reset-password.html`; POST `/reset-password`.
    ResetPasswordView, "account/reset-password.html", {
        /// The token of the message.
        token: String,
        /// Whether the token still holds; without it there is no form.
        valid: bool,
    }
);

form_page!(
    /// `name` and `password`, for somebody new; nothing for somebody who has a log-in.
    /// Template `account/accept-invitation.html`; POST `/invitations/accept`.
    AcceptInvitationView, "account/accept-invitation.html", {
        /// The token of the message.
        token: String,
        /// Whether the token still holds.
        valid: bool,
        /// The company.
        company: String,
        /// Who invited.
        invited_by: String,
        /// As what.
        role: String,
        /// The invited address.
        email: String,
    }
);

/// What became of an address's verification. Template `account/verify-email.html`.
#[derive(Debug, Clone, Serialize)]
pub struct VerifyEmailView {
    /// The frame.
    pub shell: PublicShell,
    /// Whether it is verified now.
    pub verified: bool,
    /// The address.
    pub email: String,
}

impl Page for VerifyEmailView {
    const TEMPLATE: &'static str = "account/verify-email.html";
}
