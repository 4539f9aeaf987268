//! Plans, usage and trials on a real PostgreSQL.

mod endpoints;
mod gate;
mod metering;
mod support;
