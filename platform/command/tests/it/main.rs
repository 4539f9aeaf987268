//! Commands on a real PostgreSQL.

mod check;
mod rehearsal;
