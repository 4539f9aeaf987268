//! Work that nobody waits for: jobs in PostgreSQL, by schedule or enqueued in the transaction that wants them.
//!
//! A [`Job`] is enqueued with [`enqueue`] and runs on a [`Worker`], at least once; what fails is tried again with growing
//! pauses and ends in the list of [`DeadJobs`]. [`Worker::every`] repeats what is too frequent for a job's rows. The jobs'
//! tables have a schema of their own, laid by [`migrate`].

mod dead;
mod enqueue;
mod housekeeping;
mod job;
mod repeat;
mod schedule;
mod schema;
mod worker;

pub use dead::{DeadJob, DeadJobs};
pub use enqueue::{EnqueueOptions, enqueue, enqueue_platform, enqueue_with};
pub use housekeeping::{KeyCleanup, OutboxCare, SessionCleanup, housekeeping};
pub use job::{Job, JobContext, Order};
pub use schema::migrate;
pub use worker::Worker;
