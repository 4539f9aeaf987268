use kontor_access::{Caller, Feature, Verb};
use kontor_command::{Operation, Registered, Registry};
use kontor_entity::{EntityMeta, FieldMeta, Kind};
use kontor_http::Incoming;
use kontor_kernel::Result;

use crate::{Web, pages::SETTINGS, view::Crumb};

/// An entity that pages are about, with the feature of its module.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    pub feature: Feature,
    pub entity: &'static Registered,
}

impl Target {
    pub fn all(web: &Web) -> impl Iterator<Item = Self> + '_ {
        web.app.registry.entities().map(|(feature, entity)| Self { feature, entity })
    }

    pub fn of(registry: &Registry, collection: &str) -> Option<Self> {
        registry.entity(collection).map(|(feature, entity)| Self { feature, entity })
    }

    pub fn meta(self) -> &'static EntityMeta {
        self.entity.meta
    }

    /// What people call several of them, inside a sentence.
    pub fn noun(self) -> String {
        self.meta().plural.to_lowercase()
    }

    pub fn label(self) -> String {
        self.meta().label.to_lowercase()
    }

    pub fn operation(self, verb: Verb) -> Operation {
        self.entity.operation(self.feature, verb)
    }

    /// Whether the verb exists here and the caller's roles allow it.
    pub fn allows(self, caller: &Caller, verb: Verb) -> bool {
        self.entity.has(verb) && caller.permissions.allow_verb(self.meta().permission, verb)
    }

    /// Whether the caller may bring such records from a file. What belongs to the settings is made there, one by one.
    pub fn imports(self, caller: &Caller) -> bool {
        self.meta().importable && self.meta().section != SETTINGS && self.allows(caller, Verb::Create)
    }

    /// The path of the page: section, list, and the record where there is one.
    pub fn crumbs(self, record: Option<&str>) -> Vec<Crumb> {
        let mut section: String = self.meta().section.to_owned();
        if let Some(first) = section.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let mut crumbs = vec![Crumb::here(section), Crumb::to(self.meta().plural, self.meta().list_url())];
        crumbs.extend(record.map(Crumb::here));
        crumbs
    }
}

impl Web {
    /// Reads in one transaction, as the caller and behind the entity's right to read.
    pub(crate) async fn read<T: Send>(
        &self,
        incoming: &Incoming,
        target: Target,
        work: kontor_command::Work<'_, T>,
    ) -> Result<T> {
        let call = incoming.call(kontor_store::Origin::Web)?;
        self.app.runner.read(&call, target.operation(Verb::Read), work).await
    }

    /// The page of a linked record, where there is one that the caller may open.
    pub(crate) fn linked_page(&self, caller: &Caller, field: &FieldMeta) -> Option<&'static EntityMeta> {
        let Kind::Link(linked) = field.kind else { return None };
        let target = Target::of(&self.app.registry, linked().collection)?;
        let open = target.meta().section != SETTINGS && target.allows(caller, Verb::Read);
        open.then_some(target.meta())
    }
}
