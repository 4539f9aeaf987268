//! Who is calling and what they may do.
//!
//! [`Identity`] signs companies up and lets people in; it makes the [`Caller`] of a request out of a token or a cookie.
//! [`Permissions`] say what a caller may do, the [`Gate`] what the company's plan includes.

mod address;
mod authenticate;
mod caller;
mod change;
mod company;
mod config;
mod fault;
mod gate;
mod identity;
mod invitation;
mod letter;
mod log_in;
mod mail;
mod mail_link;
mod mailer;
mod password;
mod permission;
mod presence;
mod role;
mod seat;
mod session;
mod sign_up;
mod token;

pub use caller::{Caller, Company, NewCompany};
pub use change::access_changed;
pub use company::{Brand, Logo, Membership, Place, Plan};
pub use config::{IdentityConfig, PasswordCost};
pub use fault::AccessFault;
pub use gate::{Feature, Gate, OpenGate};
pub use identity::{CompanySetup, Identity, SessionKind, Visit};
pub use invitation::{Invitation, InvitationAnswer, NewUser, admit_member, invite_user, send_invitation};
pub use letter::Stationery;
pub use log_in::LogIn;
pub use mail::Mail;
pub use mail_link::{NewPassword, PasswordReset};
pub use mailer::{Mailer, SmtpConfig};
pub use password::{PASSWORD_MAX, PASSWORD_MIN, password_refusal};
pub use permission::{Permission, Permissions, Verb};
pub use role::{DefaultRole, OWNER};
pub use seat::{SeatsTaken, grant_seats, seats_taken};
pub use session::{Credential, Entered, Member, SESSION_LASTS, Tokens};
pub use sign_up::{RESERVED_SLUGS, SignUp};
pub use token::ACCESS_TOKEN_LASTS;

/// The refusals of this crate, for the catalogue.
pub const CODES: &[&kontor_kernel::CodeInfo] = AccessFault::CATALOGUE;
