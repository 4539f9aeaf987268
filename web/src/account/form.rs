//! What a form sent, and what is wrong with it.

use kontor_entity::{Shape, parse_shape};
use kontor_http::Incoming;
use kontor_kernel::{Error, Result};
use serde_json::{Map, Value};

use crate::{
    answer,
    view::{ErrorItem, ErrorSummary, Field},
};

/// The texts of a sent form.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    pub fn of(incoming: &Incoming) -> Self {
        Self(incoming.form())
    }

    /// What was typed into a field; empty for one that was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str())
    }

    /// The fields of `S`, with every violation at once. An empty text is one that was left out.
    pub fn read<S: Shape>(&self) -> Result<S> {
        let members: Map<String, Value> = S::FIELDS
            .iter()
            .map(|field| (field.name.to_owned(), self.text(field.name)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| (name, Value::String(text.to_owned())))
            .collect();
        let body = serde_json::to_vec(&members).map_err(Error::internal)?;
        S::from_record(&parse_shape(S::FIELDS, &body)?)
            .ok_or_else(|| Error::internal("a form that does not fit its shape"))
    }
}

/// Whether a violation of this code is among what is wrong.
pub(crate) fn refused_for(error: &Error, code: &kontor_kernel::CodeInfo) -> bool {
    error.violations().iter().any(|violation| violation.code == code.id)
}

/// Marks the fields that something is wrong with, and says all of it once: `before` is what it has to be fixed before.
pub(crate) fn refuse(fields: &mut [Field], error: &Error, before: &str) -> ErrorSummary {
    if error.violations().is_empty() {
        let item = ErrorItem { text: answer::sentence(error.text()), field: None };
        return ErrorSummary { title: "This was not done".to_owned(), items: vec![item] };
    }
    let items = error.violations().iter().map(|violation| {
        match fields.iter_mut().find(|field| field.name == violation.field) {
            Some(field) => {
                field.error = Some(answer::sentence(&violation.message));
                ErrorItem { text: format!("{} {}", field.label, violation.message), field: Some(field.name.clone()) }
            }
            None => ErrorItem { text: answer::sentence(&violation.message), field: None },
        }
    });
    ErrorSummary::before(before, items.collect())
}
