//! Requests as people write and say them, and the plans they come to.

mod asked_and_declined;
mod conversations;
mod doubts;
mod free_requests;
mod orders_english;
mod orders_german;
mod side_remarks;
mod spoken_requests;
mod support;
mod trade_phrasings;
mod varied_requests;
mod wider_phrasings;
