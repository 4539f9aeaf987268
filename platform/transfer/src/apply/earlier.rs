use std::collections::HashMap;

use uuid::Uuid;

use crate::table::Table;

/// How a row ended, as far as links to it are concerned.
#[derive(Debug, Clone, Copy)]
pub(super) enum RowEnd {
    Open,
    Written(Uuid),
    Refused,
}

/// The rows of the file itself, which a link to the same entity can mean: a category's parent in a row above.
#[derive(Debug)]
pub(super) struct Earlier {
    by_code: HashMap<String, Vec<usize>>,
    /// In lower case.
    by_name: HashMap<String, Vec<usize>>,
    ends: Vec<RowEnd>,
}

/// The rows that a text means.
#[derive(Debug, Default)]
pub(super) struct OwnRows {
    pub written: Vec<Uuid>,
    /// One above was refused.
    pub refused: bool,
    /// One stands further down.
    pub below: bool,
}

impl Earlier {
    pub fn of(table: &Table) -> Self {
        let (mut by_code, mut by_name): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for (index, row) in table.rows.iter().enumerate() {
            if let Some(code) = &row.code {
                by_code.entry(code.clone()).or_default().push(index);
            }
            if let Some(name) = &row.name {
                by_name.entry(name.to_lowercase()).or_default().push(index);
            }
        }
        Self { by_code, by_name, ends: vec![RowEnd::Open; table.rows.len()] }
    }

    pub fn end(&mut self, index: usize, end: RowEnd) {
        if let Some(slot) = self.ends.get_mut(index) {
            *slot = end;
        }
    }

    /// The rows with a code, or where there is none with this name, as seen from row `at`.
    pub fn find(&self, at: usize, text: &str) -> OwnRows {
        let rows = self.by_code.get(text).or_else(|| self.by_name.get(&text.to_lowercase()));
        let mut found = OwnRows::default();
        for index in rows.into_iter().flatten().copied() {
            match self.ends.get(index) {
                _ if index > at => found.below = true,
                Some(RowEnd::Written(id)) => found.written.push(*id),
                Some(RowEnd::Refused) => found.refused = true,
                _ => {}
            }
        }
        found
    }
}
