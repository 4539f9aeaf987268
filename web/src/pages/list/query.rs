//! From a list's address to its query.

use chrono::NaiveDate;
use kontor_http::parse_list_query;
use kontor_kernel::Result;
use kontor_store::{Cursor, ListQuery};

use super::{
    address::Address,
    profile::{Profile, ViewSpec},
};
use crate::pages::Target;

/// Rows of a page.
pub(super) const PAGE: u16 = 50;

/// Parameters that are the page's own.
const OWN: [&str; 4] = ["view", "offset", "before", "format"];

/// Which rows, and where in the list they stand.
pub(super) struct PageQuery {
    pub list: ListQuery,
    /// How many rows come before the page.
    pub offset: u64,
    /// The page ends before the cursor instead of beginning after it: its rows are read backwards.
    pub backwards: bool,
    pub view: Option<&'static ViewSpec>,
}

impl PageQuery {
    /// Errors with every parameter that is not understood.
    pub fn read(target: Target, address: &Address, paging: &[(String, String)], today: NaiveDate) -> Result<Self> {
        let meta = target.meta();
        let mut pairs = address.pairs().to_vec();
        let value = |name: &str| paging.iter().find(|(known, value)| known == name && !value.is_empty());
        pairs.extend(value("cursor").cloned());
        let mut list = parse_list_query(meta, &pairs, &OWN)?;
        list.limit = PAGE;
        let views = Profile::of(meta).views;
        let wanted = address.get("view").unwrap_or_default();
        let view = views.iter().find(|view| view.name == wanted).or_else(|| views.first());
        if let Some(view) = view {
            list.conditions.extend((view.conditions)(today));
        }
        let before = value("before").and_then(|(_, text)| Cursor::decode(text));
        let before = before.filter(|cursor| cursor.fits(meta, list.sort));
        let backwards = before.is_some() && list.cursor.is_none();
        if backwards {
            // The same cursor in the opposite order: the rows before it, nearest first.
            list.cursor = before;
            list.sort.descending = !list.sort.descending;
        }
        let offset = value("offset").and_then(|(_, text)| text.parse().ok()).unwrap_or(0);
        Ok(Self { list, offset, backwards, view })
    }
}
