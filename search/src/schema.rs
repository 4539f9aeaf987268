//! What a document is in the index.

use std::collections::BTreeSet;

use kontor_command::Found;
use kontor_kernel::TenantId;
use tantivy::{
    DocAddress, Searcher, TantivyDocument, TantivyError, Term,
    schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    tokenizer::{PreTokenizedString, Token},
};
use uuid::Uuid;

use crate::words::{code_words, whole, words};

/// Raised whenever the fields, the words or the rules of what is stored change: older folders are then built anew.
pub(crate) const VERSION: u32 = 1;
/// Name of the column with the title's length.
pub(crate) const LENGTH: &str = "length";

/// What a record says to search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    pub tenant: TenantId,
    pub collection: &'static str,
    pub id: Uuid,
    pub code: String,
    pub title: String,
    pub subtitle: String,
    /// Further texts under which it is found.
    pub body: String,
}

/// The fields of the index.
///
/// Every word begins with its tenant's key, so that the words of one tenant lie together: a question walks through the
/// words of its own tenant only, however many others share the index.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    schema: Schema,
    /// `tenant/collection/id`.
    key: Field,
    tenant: Field,
    collection: Field,
    id: Field,
    code: Field,
    title: Field,
    subtitle: Field,
    pub title_words: Field,
    pub code_words: Field,
    pub body_words: Field,
    /// Title and code each as one word.
    whole: Field,
    length: Field,
}

impl Fields {
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        // One token per value, neither counted nor placed: scores are ours.
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let indexed = TextOptions::default().set_indexing_options(indexing);
        Self {
            key: builder.add_text_field("key", indexed.clone()),
            tenant: builder.add_text_field("tenant", indexed.clone()),
            collection: builder.add_text_field("collection", indexed.clone() | STORED),
            id: builder.add_bytes_field("id", STORED),
            code: builder.add_text_field("code", STORED),
            title: builder.add_text_field("title", STORED),
            subtitle: builder.add_text_field("subtitle", STORED),
            title_words: builder.add_text_field("title_words", indexed.clone()),
            code_words: builder.add_text_field("code_words", indexed.clone()),
            body_words: builder.add_text_field("body_words", indexed.clone()),
            whole: builder.add_text_field("whole", indexed),
            length: builder.add_u64_field(LENGTH, FAST),
            schema: builder.build(),
        }
    }

    pub fn schema(&self) -> Schema {
        self.schema.clone()
    }

    pub fn key_term(&self, tenant: TenantId, collection: &str, id: Uuid) -> Term {
        Term::from_field_text(self.key, &format!("{}/{collection}/{}", tenant_key(tenant), id.simple()))
    }

    pub fn tenant_term(&self, tenant: TenantId) -> Term {
        Term::from_field_text(self.tenant, &tenant_key(tenant))
    }

    pub fn collection_term(&self, collection: &str) -> Term {
        Term::from_field_text(self.collection, collection)
    }

    /// The term of records with exactly this title, case, accents and marks aside. With `end` after it, the end of those
    /// whose title begins so.
    pub fn title_term(&self, tenant: TenantId, title: &str, end: &str) -> Term {
        Term::from_field_text(self.whole, &format!("{}={title}{end}", tenant_key(tenant)))
    }

    /// The term of records with exactly this code.
    pub fn code_term(&self, tenant: TenantId, code: &str) -> Term {
        Term::from_field_text(self.whole, &format!("{}#{code}", tenant_key(tenant)))
    }

    pub fn document(&self, from: &Document) -> TantivyDocument {
        let key = tenant_key(from.tenant);
        let mut to = TantivyDocument::default();
        to.add_text(self.key, format!("{key}/{}/{}", from.collection, from.id.simple()));
        to.add_text(self.tenant, &key);
        to.add_text(self.collection, from.collection);
        to.add_bytes(self.id, from.id.as_bytes());
        to.add_text(self.code, &from.code);
        to.add_text(self.title, &from.title);
        to.add_text(self.subtitle, &from.subtitle);
        to.add_pre_tokenized_text(self.title_words, tokens(&key, words(&from.title)));
        to.add_pre_tokenized_text(self.code_words, tokens(&key, code_words(&from.code)));
        to.add_pre_tokenized_text(self.body_words, tokens(&key, words(&from.body)));
        to.add_text(self.whole, format!("{key}={}", whole(&from.title)));
        to.add_text(self.whole, format!("{key}#{}", whole(&from.code)));
        to.add_u64(self.length, u64::try_from(from.title.chars().count()).unwrap_or(u64::MAX));
        to
    }

    /// A document as it was stored.
    pub fn found(&self, searcher: &Searcher, address: DocAddress, score: f32) -> tantivy::Result<Found> {
        let stored: TantivyDocument = searcher.doc(address)?;
        let text = |field| {
            let value = stored.get_first(field).and_then(|value| value.as_str().map(str::to_owned));
            value.unwrap_or_default()
        };
        let id = stored.get_first(self.id).and_then(|value| Uuid::from_slice(value.as_bytes()?).ok());
        Ok(Found {
            collection: text(self.collection),
            id: id.ok_or_else(|| TantivyError::SchemaError("a document without its id".to_owned()))?,
            code: text(self.code),
            title: text(self.title),
            subtitle: text(self.subtitle),
            score,
        })
    }
}

/// What every word of a tenant begins with: 32 hexadecimal digits.
pub(crate) fn tenant_key(tenant: TenantId) -> String {
    tenant.0.simple().to_string()
}

/// The term that all words of a tenant that begin with a few letters share. It does not begin with the tenant's key: it
/// is no word.
pub(crate) fn beginning_key(key: &str, letters: &str) -> String {
    format!("^{key}{letters}")
}

/// Letters up to which a beginning is looked up instead of gathered from all the words that begin so.
pub(crate) const SHORT: usize = 3;

fn tokens(key: &str, words: BTreeSet<String>) -> PreTokenizedString {
    let short: BTreeSet<&str> = words.iter().flat_map(|word| beginnings(word)).collect();
    let short = short.into_iter().map(|letters| beginning_key(key, letters));
    let texts = words.iter().map(|word| format!("{key}{word}")).chain(short);
    let tokens = texts.enumerate().map(|(position, text)| Token {
        offset_from: 0,
        offset_to: 0,
        position,
        text,
        position_length: 1,
    });
    PreTokenizedString { text: String::new(), tokens: tokens.collect() }
}

/// The short beginnings of a word, itself not among them.
fn beginnings(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().skip(1).take(SHORT).filter_map(|(end, _)| word.get(..end))
}
