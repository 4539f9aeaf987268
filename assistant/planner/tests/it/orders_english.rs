//! Orders in English: what is drafted.

mod corrections;
mod days;
mod lines;
mod names;
mod prices;
