use kontor_entity::{EntityMeta, FieldMeta, Kind, Value};
use kontor_store::Listed;
use uuid::Uuid;

/// A listed record, its values by name.
pub(crate) struct Row<'r> {
    pub meta: &'static EntityMeta,
    pub listed: &'r Listed,
}

impl Row<'_> {
    pub const fn id(&self) -> Uuid {
        self.listed.stored.id
    }

    pub fn value(&self, name: &str) -> &Value {
        self.listed.stored.get(self.meta, name)
    }

    pub fn text(&self, name: &str) -> &str {
        self.value(name).as_text().unwrap_or_default()
    }

    /// What a link points to: id, and its name or else its code.
    pub fn link(&self, field: &FieldMeta) -> Option<(Uuid, &str)> {
        let id = self.value(field.name).as_id()?;
        let links = self.meta.all_fields().filter(|field| matches!(field.kind, Kind::Link(_)));
        let number = links.into_iter().position(|link| link.name == field.name)?;
        let (code, name) = self.listed.links.get(number)?;
        Some((id, name.as_deref().or(code.as_deref())?))
    }

    /// What people call the record.
    pub fn title(&self) -> String {
        let named = [self.meta.title, self.meta.code].map(|name| self.text(name));
        let about = || self.meta.all_fields().find_map(|field| self.link(field)).map(|(_, name)| name);
        named.into_iter().find(|text| !text.is_empty()).or_else(about).unwrap_or(self.meta.label).to_owned()
    }
}
