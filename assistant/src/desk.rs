//! The only way a brain touches records: as the person, through the runner, and never to write.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use kontor_access::{Caller, Feature, Verb};
use kontor_command::{Call, FindQuery, Found, RecordFinder, Registered, Registry, Report, Runner};
use kontor_entity::{EntityMeta, Mode, Record, parse_draft};
use kontor_http::parse_list_query;
use kontor_kernel::{Error, Fault, Result};
use kontor_store::{ListQuery, Tx};
use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

use crate::{
    Citation, TurnEvent,
    proposal::{NewProposal, settled},
    shown::sole_links,
};

/// How long a question waits for the search to know every record committed before it.
const PATIENCE: Duration = Duration::from_secs(2);

/// What one turn works with.
pub struct Desk {
    runner: Runner,
    registry: Arc<Registry>,
    finder: Arc<dyn RecordFinder>,
    call: Call,
    events: UnboundedSender<TurnEvent>,
    caught_up: bool,
    citations: Vec<Citation>,
    proposals: Vec<NewProposal>,
}

/// What a desk leaves behind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Left {
    pub citations: Vec<Citation>,
    pub proposals: Vec<NewProposal>,
}

impl Desk {
    pub(crate) fn new(
        runner: Runner,
        registry: Arc<Registry>,
        finder: Arc<dyn RecordFinder>,
        call: Call,
        events: UnboundedSender<TurnEvent>,
    ) -> Self {
        Self { runner, registry, finder, call, events, caught_up: false, citations: Vec::new(), proposals: Vec::new() }
    }

    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    pub fn caller(&self) -> &Caller {
        &self.call.caller
    }

    /// The features of the company's plan; `*` is all of them.
    pub async fn features(&self) -> Result<Vec<String>> {
        self.runner.gate().features(self.call.caller.tenant()).await
    }

    /// Tells what is being done now.
    pub fn step(&self, text: impl Into<String>) {
        // Nobody may be listening any longer; the answer is stored all the same.
        let _ = self.events.send(TurnEvent::Step(text.into()));
    }

    /// Tells the next words of the answer.
    pub fn token(&self, text: impl Into<String>) {
        let _ = self.events.send(TurnEvent::Token(text.into()));
    }

    /// Names the record behind a figure of the answer.
    pub fn cite(&mut self, citation: Citation) {
        if !self.citations.contains(&citation) {
            self.citations.push(citation);
        }
    }

    /// Forgets what was cited and proposed: another brain begins anew.
    pub fn clear(&mut self) {
        self.citations.clear();
        self.proposals.clear();
    }

    pub fn has_proposals(&self) -> bool {
        !self.proposals.is_empty()
    }

    pub(crate) fn leave(self) -> Left {
        Left { citations: self.citations, proposals: self.proposals }
    }

    /// An entity by its collection, or `not_found`.
    pub fn entity(&self, collection: &str) -> Result<(Feature, &'static Registered)> {
        self.registry.entity(collection).ok_or_else(|| Fault::NotFound.error())
    }

    /// Waits until search knows every record committed before this message. `false`: it does not yet.
    pub async fn catch_up(&mut self) -> bool {
        if !self.caught_up {
            self.caught_up = self.finder.catch_up(PATIENCE).await;
        }
        self.caught_up
    }

    /// Whether the last [`Desk::catch_up`] saw search at the present.
    pub const fn is_caught_up(&self) -> bool {
        self.caught_up
    }

    /// The best matches for some words among the collections, each of which the person must be allowed to read.
    pub async fn find(&self, collections: Vec<&'static str>, text: &str, limit: usize) -> Result<Vec<Found>> {
        for collection in &collections {
            let (feature, entity) = self.entity(collection)?;
            self.runner.admit(&self.call, entity.operation(feature, Verb::Read)).await?;
        }
        let query = FindQuery { tenant: self.call.caller.tenant(), text: text.to_owned(), collections, limit };
        self.finder.find(query).await
    }

    /// One record, with its lines.
    pub async fn record(&self, collection: &str, id: Uuid) -> Result<Value> {
        let meta = self.entity(collection)?.1.meta;
        let written = self.read(collection, move |tx| Box::pin(tx.record_json(meta, id))).await?;
        serde_json::from_str(&written.json).map_err(Error::internal)
    }

    /// A page of a list by the API's own parameters, and the cursor of the next page.
    pub async fn page(
        &self,
        collection: &str,
        parameters: &[(String, String)],
    ) -> Result<(Vec<Value>, Option<String>)> {
        let meta = self.entity(collection)?.1.meta;
        let list = parse_list_query(meta, parameters, &[])?;
        let page = self
            .read(collection, move |tx| {
                let list = list.clone();
                Box::pin(async move { tx.list_json(meta, &list).await })
            })
            .await?;
        let rows = serde_json::from_str(&format!("[{}]", page.json)).map_err(Error::internal)?;
        Ok((rows, page.next_cursor))
    }

    /// All records of a list up to `most`, and whether there are more.
    pub async fn all(&self, collection: &str, parameters: &[(&str, &str)], most: usize) -> Result<(Vec<Value>, bool)> {
        let mut pairs: Vec<(String, String)> =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let page = usize::from(ListQuery::MAX_LIMIT).min(most);
        pairs.push(("limit".to_owned(), page.to_string()));
        let (mut rows, mut next) = self.page(collection, &pairs).await?;
        while let Some(cursor) = next.as_ref().filter(|_| rows.len() < most) {
            let mut pairs = pairs.clone();
            pairs.push(("cursor".to_owned(), cursor.clone()));
            let (more, after) = self.page(collection, &pairs).await?;
            rows.extend(more);
            next = after;
        }
        let more = rows.len() > most || next.is_some();
        rows.truncate(most);
        Ok((rows, more))
    }

    /// Runs a read of the person on one collection.
    pub async fn read<T, W>(&self, collection: &str, work: W) -> Result<T>
    where
        T: Send,
        W: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + Sync,
    {
        let (feature, entity) = self.entity(collection)?;
        self.runner.read(&self.call, entity.operation(feature, Verb::Read), &work).await
    }

    /// A report's JSON.
    pub async fn report(&self, report: &'static Report, parameters: Record) -> Result<String> {
        self.runner.read(&self.call, report.operation(), &move |tx| (report.run)(tx, parameters.clone())).await
    }

    /// Rehearses a create and puts the proposal on the desk. Gives the record as it will be, but for its number.
    ///
    /// Errors with every violation, as a create does; nothing is written either way.
    pub async fn propose(&mut self, collection: &str, body: &Value) -> Result<Value> {
        let (feature, entity) = self.entity(collection)?;
        let meta = entity.meta;
        if !entity.has(Verb::Create) {
            return Err(Fault::MethodNotAllowed.error());
        }
        let operation = entity.operation(feature, Verb::Create);
        // Who may not create it is told so before anything is said about the body.
        self.runner.admit(&self.call, operation).await?;
        let draft = parse_draft(meta, body.to_string().as_bytes(), Mode::Create)?;
        let (written, sole) = self
            .runner
            .rehearse(&self.call, operation, &move |tx| {
                let draft = draft.clone();
                Box::pin(async move { Ok((entity.create(tx, draft).await?, sole_links(tx, meta).await?)) })
            })
            .await?;
        let record = settled(meta, body, &written.json)?;
        self.proposals.push(NewProposal::new(meta, body, &record, self.caller().company.currency, &sole));
        Ok(record)
    }

    /// Takes the last proposal off the desk.
    pub fn withdraw(&mut self) {
        self.proposals.pop();
    }
}

/// Whether the person's roles let them do this with an entity, plans aside.
pub(crate) fn allows(caller: &Caller, meta: &EntityMeta, verb: Verb) -> bool {
    caller.permissions.allow_verb(meta.permission, verb)
}
