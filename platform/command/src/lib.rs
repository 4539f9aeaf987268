//! The one way in for every write.
//!
//! A [`Command`] says what it needs (feature, permission, meter) as consts without defaults; the [`Runner`] checks them,
//! opens the tenant's transaction, runs the command and commits it together with audit, event, meter, idempotency key and
//! stored answer. Entities get create, update, archive and restore from their description ([`entity`],
//! [`document`]); what is particular is an [`Action`].

mod action;
mod check;
mod document;
mod find;
mod module;
mod record;
mod registered;
mod runner;
mod state;

pub use action::{Action, ActionCall, OnRecord, RecordAction, Report, action};
pub use check::{Violation, check_tenant};
pub use document::{Document, DocumentLine, Locked};
pub use find::{FindQuery, Found, RecordFinder};
pub use kontor_access::CompanySetup as Setup;
pub use module::{Invariant, Module, ModuleInfo, Printout, Registry};
pub use record::{Writable, changed_fields};
pub use registered::{Registered, Saved, document, entity, read_only};
pub use runner::{Call, Command, Need, Operation, Reply, Runner, Work};
pub use state::States;
