//! Background work on a real PostgreSQL.

mod housekeeping;
mod jobs;
mod repeated;
mod support;
