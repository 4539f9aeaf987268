use futures_util::future::BoxFuture;
use kontor_access::{Feature, Verb};
use kontor_entity::{Draft, Entity, EntityMeta};
use kontor_kernel::{Fault, Result};
use kontor_store::{Tx, Written};
use uuid::Uuid;

use crate::{Document, Operation, Writable, record};

/// Whether an update changed anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    Written(Written),
    Unchanged(Written),
}

impl Saved {
    pub fn into_written(self) -> Written {
        match self {
            Self::Written(written) | Self::Unchanged(written) => written,
        }
    }

    pub const fn is_unchanged(&self) -> bool {
        matches!(self, Self::Unchanged(_))
    }
}

type CreateFn = for<'t> fn(&'t mut Tx, Draft) -> BoxFuture<'t, Result<Written>>;
type UpdateFn = for<'t> fn(&'t mut Tx, Uuid, Option<i64>, Draft) -> BoxFuture<'t, Result<Saved>>;
type ArchiveFn = for<'t> fn(&'t mut Tx, Uuid, Option<i64>, bool) -> BoxFuture<'t, Result<()>>;

/// One entity of a module, its types erased: everything that lists, forms, imports, the API and the assistant call.
#[derive(Clone, Copy)]
pub struct Registered {
    pub meta: &'static EntityMeta,
    create: CreateFn,
    update: UpdateFn,
    archive: ArchiveFn,
}

impl Registered {
    /// Whether clients have this verb on it at all.
    pub fn has(&self, verb: Verb) -> bool {
        match verb {
            Verb::Read => true,
            Verb::Create => !self.meta.read_only && !self.meta.single,
            Verb::Update => !self.meta.read_only,
            Verb::Archive => !self.meta.read_only && !self.meta.document && !self.meta.single,
        }
    }

    /// What the runner must know before a verb. `feature` is the one of its module.
    pub const fn operation(&self, feature: Feature, verb: Verb) -> Operation {
        Operation::on_records(self.meta.permission, feature, verb)
    }

    pub fn create<'t>(&self, tx: &'t mut Tx, draft: Draft) -> BoxFuture<'t, Result<Written>> {
        (self.create)(tx, draft)
    }

    /// `version` is what the client read, from `If-Match`; without it the present one is taken.
    pub fn update<'t>(
        &self,
        tx: &'t mut Tx,
        id: Uuid,
        version: Option<i64>,
        draft: Draft,
    ) -> BoxFuture<'t, Result<Saved>> {
        (self.update)(tx, id, version, draft)
    }

    pub fn archive<'t>(
        &self,
        tx: &'t mut Tx,
        id: Uuid,
        version: Option<i64>,
        archived: bool,
    ) -> BoxFuture<'t, Result<()>> {
        (self.archive)(tx, id, version, archived)
    }
}

/// A plain entity.
pub const fn entity<E: Writable>() -> Registered {
    Registered {
        meta: E::META,
        create: |tx, draft| Box::pin(record::create::<E>(tx, draft)),
        update: |tx, id, version, draft| Box::pin(record::update::<E>(tx, id, version, draft)),
        archive: |tx, id, version, archived| Box::pin(record::archive::<E>(tx, id, version, archived)),
    }
}

/// A document with lines.
pub const fn document<D: Document>() -> Registered {
    Registered {
        meta: D::META,
        create: |tx, draft| Box::pin(crate::document::create::<D>(tx, draft)),
        update: |tx, id, version, draft| Box::pin(crate::document::update::<D>(tx, id, version, draft)),
        archive: |_, _, _, _| Box::pin(async { Err(Fault::MethodNotAllowed.error()) }),
    }
}

/// An entity whose records are made by commands alone: goods receipts, stock moves, journal entries.
pub const fn read_only<E: Entity>() -> Registered {
    assert!(E::META.read_only, "declare the entity read_only");
    Registered {
        meta: E::META,
        create: |_, _| Box::pin(async { Err(Fault::MethodNotAllowed.error()) }),
        update: |_, _, _, _| Box::pin(async { Err(Fault::MethodNotAllowed.error()) }),
        archive: |_, _, _, _| Box::pin(async { Err(Fault::MethodNotAllowed.error()) }),
    }
}
