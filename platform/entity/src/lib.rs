//! The description of an entity, and the reading of values by that description.
//!
//! One declaration per entity, `#[derive(Entity)]`, gives a const [`EntityMeta`]. Table columns, request bodies,
//! validation, lists, forms, imports, exports, the API's document and the assistant's tools all follow from it.

extern crate self as kontor_entity;

mod field;
mod meta;
mod parse;
mod rules;
mod scalar;
mod texts;
mod types;
mod value;

pub use field::{Choice, DefaultValue, FieldMeta, Format, Kind};
pub use kontor_entity_derive::{Entity, Shape};
pub use meta::{Entity, EntityMeta, LinesMeta, SequenceMeta, Shape, meta_of};
pub use parse::{Draft, LineDraft, Mode, default_value, parse_draft, parse_shape};
pub use rules::Rules;
pub use scalar::{Problem, parse_text};
pub use texts::{TextLine, document_from_texts, draft_from_texts};
pub use types::{Choices, FieldType, Ref};
pub use value::{Record, Value};
