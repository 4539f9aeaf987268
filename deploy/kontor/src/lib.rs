//! The composition root: the parts of the product put together, and the commands of the binary.

pub mod check;
pub mod command_line;
pub mod compose;
pub mod config;
pub mod dev;
pub mod migrate;
pub mod modules;
pub mod seed;
pub mod serve;
