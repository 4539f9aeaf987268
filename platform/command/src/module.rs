use std::collections::HashMap;

use futures_util::future::BoxFuture;
use kontor_access::{CompanySetup as Setup, Feature, Permission, Verb};
use kontor_entity::{EntityMeta, Kind};
use kontor_kernel::{CodeInfo, Locale, Result};
use kontor_store::{SealedTable, Tx};
use uuid::Uuid;

use crate::{Action, Registered, Report, record, state};

/// One thing that must always hold, as a question to the database that a healthy company answers with no row.
#[derive(Debug, Clone, Copy)]
pub struct Invariant {
    /// Its id in the catalogue of invariants: `I6`.
    pub id: &'static str,
    /// What holds, in a sentence.
    pub says: &'static str,
    /// A select over the tenant's rows (row-level security is on); each row it gives is a violation, its first column a
    /// text that says where and by how much.
    pub sql: &'static str,
}

/// A record as a PDF: `GET /purchase-orders/{id}/pdf`.
#[derive(Clone, Copy)]
pub struct Printout {
    pub on: fn() -> &'static EntityMeta,
    /// Typst source that reads `data.json` and imports `letter.typ`.
    pub template: &'static str,
    /// What the template reads, figures and dates already written in the company's locale.
    pub data: for<'t> fn(&'t mut Tx, Uuid, Locale) -> BoxFuture<'t, Result<serde_json::Value>>,
}

/// A business area: what it declares is all the rest of the system knows of it.
pub trait Module: 'static {
    /// Its name, and the folder it lives in.
    const NAME: &'static str;
    /// What a plan must include. No default: to forget it does not compile.
    const FEATURE: Feature;
    const ENTITIES: &'static [Registered];
    const ACTIONS: &'static [Action];
    const REPORTS: &'static [Report];
    const CODES: &'static [&'static CodeInfo];
    const INVARIANTS: &'static [Invariant];
    const SETUP: Setup;
    /// Most modules print nothing.
    const PRINTOUTS: &'static [Printout] = &[];
    /// The tables whose rows a hash chain seals; none for modules that post nothing.
    const SEALED: &'static [SealedTable] = &[];
}

/// A [`Module`] as a value.
#[derive(Clone, Copy)]
pub struct ModuleInfo {
    pub name: &'static str,
    pub feature: Feature,
    pub entities: &'static [Registered],
    pub actions: &'static [Action],
    pub reports: &'static [Report],
    pub codes: &'static [&'static CodeInfo],
    pub invariants: &'static [Invariant],
    pub setup: Setup,
    pub printouts: &'static [Printout],
    pub sealed: &'static [SealedTable],
}

impl ModuleInfo {
    pub const fn of<M: Module>() -> Self {
        Self {
            name: M::NAME,
            feature: M::FEATURE,
            entities: M::ENTITIES,
            actions: M::ACTIONS,
            reports: M::REPORTS,
            codes: M::CODES,
            invariants: M::INVARIANTS,
            setup: M::SETUP,
            printouts: M::PRINTOUTS,
            sealed: M::SEALED,
        }
    }
}

/// Every module of the product.
#[derive(Clone)]
pub struct Registry {
    modules: Vec<ModuleInfo>,
    by_collection: HashMap<&'static str, (usize, usize)>,
}

impl Registry {
    pub fn new(modules: Vec<ModuleInfo>) -> Self {
        let mut by_collection = HashMap::new();
        for (number, module) in modules.iter().enumerate() {
            for (index, entity) in module.entities.iter().enumerate() {
                let earlier = by_collection.insert(entity.meta.collection, (number, index));
                debug_assert!(earlier.is_none(), "two entities are called {}", entity.meta.collection);
            }
        }
        Self { modules, by_collection }
    }

    pub fn modules(&self) -> &[ModuleInfo] {
        &self.modules
    }

    /// Every entity with the feature of its module.
    pub fn entities(&self) -> impl Iterator<Item = (Feature, &'static Registered)> + '_ {
        self.modules.iter().flat_map(|module| module.entities.iter().map(|entity| (module.feature, entity)))
    }

    pub fn actions(&self) -> impl Iterator<Item = &'static Action> + '_ {
        self.modules.iter().flat_map(|module| module.actions)
    }

    pub fn reports(&self) -> impl Iterator<Item = &'static Report> + '_ {
        self.modules.iter().flat_map(|module| module.reports)
    }

    /// Everything that must always hold.
    pub fn invariants(&self) -> Vec<Invariant> {
        self.modules.iter().flat_map(|module| module.invariants).copied().collect()
    }

    /// Every table that a hash chain seals, the audit trail first.
    pub fn sealed(&self) -> Vec<SealedTable> {
        let own = self.modules.iter().flat_map(|module| module.sealed).copied();
        std::iter::once(SealedTable::AUDIT).chain(own).collect()
    }

    /// The printout of an entity's records, if it has one.
    pub fn printout(&self, meta: &'static EntityMeta) -> Option<&'static Printout> {
        self.modules.iter().flat_map(|module| module.printouts).find(|printout| (printout.on)().name == meta.name)
    }

    pub fn entity(&self, collection: &str) -> Option<(Feature, &'static Registered)> {
        let (module, index) = self.by_collection.get(collection)?;
        let module = self.modules.get(*module)?;
        Some((module.feature, module.entities.get(*index)?))
    }

    /// The entities that point to one, with the field that does: for "where used".
    pub fn links_to(&self, meta: &'static EntityMeta) -> Vec<(&'static EntityMeta, &'static str)> {
        let pairs = self.entities().flat_map(|(_, entity)| {
            entity.meta.all_fields().filter_map(|field| match field.kind {
                Kind::Link(target) if target().name == meta.name => Some((entity.meta, field.name)),
                _ => None,
            })
        });
        pairs.collect()
    }

    /// Every permission there is, sorted: for the roles' page and the matrix test.
    pub fn permissions(&self) -> Vec<String> {
        let verbs = self.entities().flat_map(|(_, entity)| {
            let verbs = Verb::ALL.into_iter().filter(|verb| entity.has(*verb));
            verbs.map(|verb| format!("{}.{}", entity.meta.permission, verb.name()))
        });
        let actions = self.actions().filter_map(|action| match action.operation.need {
            crate::runner::Need::Permission(permission) => Some(permission.name().to_owned()),
            crate::runner::Need::Verb(..) => None,
        });
        let reports = self.reports().map(|report| Permission::name(report.permission).to_owned());
        let mut all: Vec<String> = verbs.chain(actions).chain(reports).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Every error code the product may answer with.
    pub fn codes(&self) -> Vec<&'static CodeInfo> {
        let platform = kontor_kernel::Fault::CATALOGUE.iter().chain(record::CATALOGUE).chain(state::CATALOGUE);
        platform.chain(self.modules.iter().flat_map(|module| module.codes)).copied().collect()
    }
}
