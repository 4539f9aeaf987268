//! What an import tells about itself.

use chrono::{DateTime, Utc};
use kontor_entity::choices;
use kontor_exchange::{MappedColumn, Mapping, Notice, RowError};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

choices! {
    /// How far an import is.
    pub enum ImportState {
        Running = "running" "Running",
        /// A dry run that found nothing wrong.
        Checked = "checked" "Checked",
        Done = "done" "Done",
        /// Nothing was written; the errors say why.
        Rejected = "rejected" "Rejected",
    }
}

/// An import without its columns and errors, as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportSummary {
    pub id: Uuid,
    /// The collection's name.
    pub entity: String,
    pub file_name: String,
    #[serde(with = "state_text")]
    pub state: ImportState,
    pub dry_run: bool,
    /// Rows of the file.
    pub rows: i32,
    /// Rows looked at so far.
    pub processed: i32,
    /// Records made, or that a dry run would make.
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub created_at: DateTime<Utc>,
}

/// An import with everything there is to say about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportStatus {
    #[serde(flatten)]
    pub summary: ImportSummary,
    pub columns: Vec<ImportColumn>,
    pub notices: Vec<ImportNotice>,
    /// The first thousand.
    pub errors: Vec<ImportError>,
}

/// One column of the file and the field it goes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportColumn {
    pub column: String,
    /// Nothing for a column that is ignored.
    pub field: Option<String>,
    /// 1 for sure, or said by the person; 0 for no field.
    pub confidence: Decimal,
    /// The first few different values.
    pub samples: Vec<String>,
}

impl ImportColumn {
    pub(crate) fn of(mapping: Mapping) -> Vec<Self> {
        mapping.columns.into_iter().map(Self::from).collect()
    }
}

impl From<MappedColumn> for ImportColumn {
    fn from(column: MappedColumn) -> Self {
        let confidence = Decimal::try_from(column.confidence).unwrap_or_default().round_dp(2).normalize();
        Self { column: column.column, field: column.field, confidence, samples: column.samples }
    }
}

/// Something that was decided while reading and that the person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportNotice {
    pub code: String,
    pub message: String,
}

impl From<Notice> for ImportNotice {
    fn from(notice: Notice) -> Self {
        Self { code: notice.code.to_owned(), message: notice.message }
    }
}

/// Why a row, or the file, was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportError {
    /// Counted from 1 without the header; 0 for the file as a whole.
    pub row: u32,
    pub field: Option<String>,
    pub code: String,
    pub message: String,
}

impl From<RowError> for ImportError {
    fn from(error: RowError) -> Self {
        Self { row: error.row, field: error.field, code: error.code.to_owned(), message: error.message }
    }
}

/// Errors in the order of the rows, the first [`Errors::KEPT`] of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Errors {
    kept: Vec<ImportError>,
    count: usize,
}

impl Errors {
    pub const KEPT: usize = 1_000;

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn push(&mut self, error: ImportError) {
        self.count += 1;
        if self.kept.len() < Self::KEPT {
            self.kept.push(error);
        }
    }

    pub fn extend(&mut self, errors: impl IntoIterator<Item = ImportError>) {
        errors.into_iter().for_each(|error| self.push(error));
    }

    /// Takes over others, which were gathered from the first row on as well.
    pub fn merge(&mut self, others: Self) {
        self.count += others.count;
        self.kept.extend(others.kept);
        self.kept.sort_by_key(|error| error.row);
        self.kept.truncate(Self::KEPT);
    }

    /// The errors, and a notice when there were more.
    pub fn into_parts(self) -> (Vec<ImportError>, Option<ImportNotice>) {
        let more = (self.count > self.kept.len()).then(|| ImportNotice {
            code: "more_errors".to_owned(),
            message: format!("The first {} of {} errors are shown.", self.kept.len(), self.count),
        });
        (self.kept, more)
    }
}

/// The state as its text.
mod state_text {
    use kontor_entity::Choices;
    use serde::{Deserialize, Deserializer, Serializer, de};

    use super::ImportState;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    pub fn serialize<S: Serializer>(state: &ImportState, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(state.as_str())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ImportState, D::Error> {
        let text = String::deserialize(deserializer)?;
        ImportState::parse(&text).ok_or_else(|| de::Error::custom("an import's state"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(row: u32) -> ImportError {
        ImportError { row, field: None, code: "required".to_owned(), message: "must be given".to_owned() }
    }

    #[test]
    fn the_first_thousand_errors_are_kept_in_the_rows_order() {
        let mut errors = Errors::default();
        errors.extend((1..=900).map(error));
        let mut later = Errors::default();
        later.extend((1..=900).map(error));
        errors.merge(later);
        let (kept, more) = errors.into_parts();
        assert_eq!(kept.len(), 1_000);
        assert!(kept.is_sorted_by_key(|error| error.row));
        assert_eq!(kept.last().map(|error| error.row), Some(500));
        assert_eq!(more.map(|notice| notice.message).as_deref(), Some("The first 1000 of 1800 errors are shown."));
    }
}
