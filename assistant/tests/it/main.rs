//! The assistant over HTTP against a real PostgreSQL, and the planner's test set.

mod conversation;
mod house;
mod model;
mod offline;
mod proposal;
mod requests;
mod stub;
