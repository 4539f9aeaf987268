//! The imports' bodies as the API's document tells them.

use chrono::{DateTime, Utc};
use kontor_entity::{FieldMeta, Kind};
use uuid::Uuid;

use crate::ImportState;

/// The parts of a form that starts an import.
pub(crate) static UPLOAD: [FieldMeta; 4] = [
    FieldMeta::of::<String>("entity", "The collection's name in its path, such as suppliers"),
    FieldMeta::of::<String>("file", "A CSV file of up to 20 MB and 10,000 rows, the columns' names in its first line"),
    FieldMeta::of::<Option<String>>(
        "mapping",
        "Column to field, as a JSON object; replaces the guess, and columns left out are ignored",
    ),
    FieldMeta::of::<Option<bool>>("dry_run", "true: tell what would happen and write nothing"),
];

static COLUMN: [FieldMeta; 4] = [
    FieldMeta::of::<String>("column", "Its name in the file"),
    FieldMeta::of::<Option<String>>("field", "The field it goes to; null when it is ignored"),
    FieldMeta { kind: Kind::Factor, ..FieldMeta::of::<String>("confidence", "1 for sure, 0 for no field") },
    FieldMeta::of::<Vec<String>>("samples", "Its first few different values"),
];

static NOTICE: [FieldMeta; 2] = [FieldMeta::of::<String>("code", ""), FieldMeta::of::<String>("message", "")];

static ERROR: [FieldMeta; 4] = [
    FieldMeta::of::<i32>("row", "Counted from 1 without the header; 0 for the file as a whole"),
    FieldMeta::of::<Option<String>>("field", "The field, or the column where it goes to none"),
    FieldMeta::of::<String>("code", ""),
    FieldMeta::of::<String>("message", ""),
];

const ID: FieldMeta = FieldMeta::of::<Uuid>("id", "");
const ENTITY: FieldMeta = FieldMeta::of::<String>("entity", "The collection's name");
const FILE_NAME: FieldMeta = FieldMeta::of::<String>("file_name", "");
const STATE: FieldMeta =
    FieldMeta::of::<ImportState>("state", "rejected: nothing was written; checked: a dry run found nothing wrong");
const DRY_RUN: FieldMeta = FieldMeta::of::<bool>("dry_run", "");
const ROWS: FieldMeta = FieldMeta::of::<i32>("rows", "Rows of the file");
const PROCESSED: FieldMeta = FieldMeta::of::<i32>("processed", "Rows looked at so far");
const CREATED: FieldMeta = FieldMeta::of::<i32>("created", "Records made, or that a dry run would make");
const UPDATED: FieldMeta = FieldMeta::of::<i32>("updated", "");
const UNCHANGED: FieldMeta = FieldMeta::of::<i32>("unchanged", "Records that were already as the file has them");
const CREATED_AT: FieldMeta = FieldMeta::of::<DateTime<Utc>>("created_at", "");

const fn list(name: &'static str, help: &'static str, of: fn() -> &'static [FieldMeta]) -> FieldMeta {
    FieldMeta { kind: Kind::List(of), ..FieldMeta::of::<String>(name, help) }
}

/// [`ImportSummary`](crate::ImportSummary).
pub(crate) static SUMMARY: [FieldMeta; 11] =
    [ID, ENTITY, FILE_NAME, STATE, DRY_RUN, ROWS, PROCESSED, CREATED, UPDATED, UNCHANGED, CREATED_AT];

/// [`ImportStatus`](crate::ImportStatus).
pub(crate) static IMPORT: [FieldMeta; 14] = [
    ID,
    ENTITY,
    FILE_NAME,
    STATE,
    DRY_RUN,
    ROWS,
    PROCESSED,
    CREATED,
    UPDATED,
    UNCHANGED,
    CREATED_AT,
    list("columns", "The file's columns with the field each goes to", || &COLUMN),
    list("notices", "What was decided while reading", || &NOTICE),
    list("errors", "What is wrong, by row and field: the first thousand", || &ERROR),
];
