//! The company itself: its settings and brand, its users and what their roles allow.
//!
//! Sign-up and log-in are the platform's; here is what people of a company do to the company. Two rules stand above the
//! permissions: nobody gives, takes or changes rights that they do not have themselves, and a company always has an
//! active owner.

mod branding;
mod endpoints;
mod logo;
mod rights;
mod role;
mod settings;
mod user;
mod user_action;
mod user_invitation;

use kontor_access::Feature;
use kontor_command::{Action, Invariant, Module, Registered, Report, Setup, action, entity, read_only};
use kontor_kernel::CodeInfo;

pub use branding::{Branding, LogoChange, UpdateBranding};
pub use endpoints::endpoints;
pub use logo::{LOGO_MAX_BYTES, logo_type};
pub use rights::{know_permissions, known_permissions};
pub use role::Role;
pub use settings::{Company, CompanyFacts, UpdateCompany};
pub use user::{User, UserState};
pub use user_action::{DeactivateUser, ReactivateUser, ResendInvitation, SetUserRoles};
pub use user_invitation::{InviteUser, UserInvitation};

/// Every plan includes it.
pub const FEATURE: Feature = Feature::new("core");

/// The module's part of the product.
#[derive(Debug)]
pub struct CompanyModule;

impl Module for CompanyModule {
    const NAME: &'static str = "company";
    const FEATURE: Feature = FEATURE;
    const ENTITIES: &'static [Registered] = &[read_only::<User>(), entity::<Role>(), read_only::<Company>()];
    const ACTIONS: &'static [Action] = &[
        action::<DeactivateUser>(),
        action::<ReactivateUser>(),
        action::<SetUserRoles>(),
        action::<ResendInvitation>(),
    ];
    const REPORTS: &'static [Report] = &[];
    // Its refusals are the platform's own, of access.
    const CODES: &'static [&'static CodeInfo] = &[];
    const INVARIANTS: &'static [Invariant] = &[
        Invariant {
            id: "B1",
            says: "a company has an active owner",
            sql: "select 'no active user has the role owner' where not exists (
                      select from users where state = 'active' and 'owner' = any(roles))",
        },
        Invariant {
            id: "B3",
            says: "every role that a user has exists",
            sql: "select u.email || ' has the unknown role ' || r.code from users u, unnest(u.roles) as r (code)
                  where not exists (select from roles where roles.code = r.code)",
        },
    ];
    // The sign-up lays down the company, its owner and the roles before any module's turn.
    const SETUP: Setup = |_, _| Box::pin(async { Ok(()) });
}
