#![doc = include_str!("../README.md")]

mod asides;
mod calendar;
mod clauses;
mod codes;
mod conditions;
mod conversation;
mod correction;
mod dates;
mod dealing;
mod delivery;
mod doubts;
mod draft;
mod durations;
mod figures;
mod language;
mod letters;
mod lexicon;
mod likeness;
mod lines;
mod lookup;
mod mentions;
mod naming;
mod numbers;
mod numerals;
mod occasions;
mod pairing;
mod plan;
mod prices;
mod questions;
mod reading;
mod records;
mod relatives;
mod scope;
mod segments;
mod standing;
mod strays;
mod tables;
mod times;
mod tokens;
mod verdict;
mod weeks;
mod wording;

pub use conversation::{TEXT_LIMIT, plan};
pub use language::{Language, language_of};
pub use plan::{
    About, Context, DraftLine, OrderDraft, Pending, PendingLine, Plan, QUANTITY_LIMIT, Query, Question, Reason,
    Refusal, Topic,
};
pub use records::{Candidate, RecordKind, Records};
