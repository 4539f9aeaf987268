//! Real servers, started and ended.

mod cluster;
