use crate::{FieldMeta, Record};

/// A struct whose fields are described: a request, an answer, or an entity's own part.
pub trait Shape: Sized + Send + Sync + 'static {
    const FIELDS: &'static [FieldMeta];

    /// The struct from values in the order of `FIELDS`; `None` when a value is of another kind.
    fn from_record(record: &Record) -> Option<Self>;

    fn into_record(self) -> Record;
}

/// A kind of record with its own table and its own collection in the API.
pub trait Entity: Shape {
    const META: &'static EntityMeta;
}

/// The description of `E`, as a function: descriptions may point at each other in circles.
pub fn meta_of<E: Entity>() -> &'static EntityMeta {
    E::META
}

/// The lines of a document: an entity of their own with a parent.
#[derive(Debug, Clone, Copy)]
pub struct LinesMeta {
    pub meta: fn() -> &'static EntityMeta,
}

/// Where a record's code or number comes from when the client leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SequenceMeta {
    pub name: &'static str,
    pub prefix: &'static str,
    /// Digits, filled with zeros from the left.
    pub padding: u8,
}

impl SequenceMeta {
    pub const fn new(name: &'static str, prefix: &'static str, padding: u8) -> Self {
        Self { name, prefix, padding }
    }

    pub fn format(&self, number: i64) -> String {
        format!("{}{:0width$}", self.prefix, number, width = usize::from(self.padding))
    }
}

/// The whole description of an entity.
#[derive(Debug)]
pub struct EntityMeta {
    /// The struct's name, and the schema's name in the API document.
    pub name: &'static str,
    pub help: &'static str,
    /// What the client may write.
    pub fields: &'static [FieldMeta],
    /// What only the server sets.
    pub computed: &'static [FieldMeta],
    pub table: &'static str,
    /// The last part of its address: `purchase-orders`.
    pub collection: &'static str,
    /// A boolean column that a row of this kind has set, where several kinds share a table.
    pub role: Option<&'static str>,
    pub label: &'static str,
    pub plural: &'static str,
    /// Permissions are this with `.read`, `.create`, `.update`, `.archive` after it.
    pub permission: &'static str,
    /// The column with its short code or number.
    pub code: &'static str,
    /// The column with its name.
    pub title: &'static str,
    pub sequence: Option<SequenceMeta>,
    pub lines: Option<LinesMeta>,
    /// The column that points to the document a line belongs to.
    pub parent: Option<&'static str>,
    /// The field a list is ordered by when nobody says: `-order_date`.
    pub order: &'static str,
    /// The web app's section: `purchasing`.
    pub section: &'static str,
    /// The last part of its pages' address, where it is not the collection: `orders`.
    pub page: &'static str,
    pub icon: &'static str,
    /// Records are only made by commands, never by the client.
    pub read_only: bool,
    /// Each company has exactly one from its sign-up on: it is changed, and neither created nor archived.
    pub single: bool,
    /// Has states; cannot be archived.
    pub document: bool,
    pub importable: bool,
    /// Its columns `source_type` and `source_id` say which record led to it; JSON has them as `source: {type, id}` too.
    pub sourced: bool,
}

impl EntityMeta {
    pub const fn new(name: &'static str, help: &'static str, fields: &'static [FieldMeta]) -> Self {
        Self {
            name,
            help,
            fields,
            computed: &[],
            table: "",
            collection: "",
            role: None,
            label: "",
            plural: "",
            permission: "",
            code: "code",
            title: "name",
            sequence: None,
            lines: None,
            parent: None,
            order: "code",
            section: "",
            page: "",
            icon: "file-text",
            read_only: false,
            single: false,
            document: false,
            importable: true,
            sourced: false,
        }
    }

    pub const fn table(mut self, table: &'static str) -> Self {
        self.table = table;
        self
    }

    pub const fn collection(mut self, collection: &'static str) -> Self {
        self.collection = collection;
        self
    }

    pub const fn role(mut self, column: &'static str) -> Self {
        self.role = Some(column);
        self
    }

    /// Singular, as people say it; the plural is given by `plural`.
    pub const fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    pub const fn plural(mut self, plural: &'static str) -> Self {
        self.plural = plural;
        self
    }

    pub const fn permission(mut self, permission: &'static str) -> Self {
        self.permission = permission;
        self
    }

    pub const fn code(mut self, column: &'static str) -> Self {
        self.code = column;
        self
    }

    pub const fn title(mut self, column: &'static str) -> Self {
        self.title = column;
        self
    }

    pub const fn sequence(mut self, sequence: SequenceMeta) -> Self {
        self.sequence = Some(sequence);
        self
    }

    pub const fn computed(mut self, fields: &'static [FieldMeta]) -> Self {
        self.computed = fields;
        self
    }

    pub const fn lines(mut self, meta: fn() -> &'static Self) -> Self {
        self.lines = Some(LinesMeta { meta });
        self
    }

    pub const fn parent(mut self, column: &'static str) -> Self {
        self.parent = Some(column);
        self
    }

    pub const fn order(mut self, order: &'static str) -> Self {
        self.order = order;
        self
    }

    pub const fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    pub const fn page(mut self, page: &'static str) -> Self {
        self.page = page;
        self
    }

    pub const fn icon(mut self, icon: &'static str) -> Self {
        self.icon = icon;
        self
    }

    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self.importable = false;
        self
    }

    /// Laid down at the sign-up, once for each company; clients only change it.
    pub const fn single(mut self) -> Self {
        self.single = true;
        self.importable = false;
        self
    }

    /// Led to by a record of any kind: has fields `source_type`, that record's collection, and `source_id`.
    pub const fn sourced(mut self) -> Self {
        self.sourced = true;
        self
    }

    /// A document is numbered, has states and is cancelled rather than archived.
    pub const fn document(mut self) -> Self {
        self.document = true;
        self.importable = false;
        self.code = "number";
        self.title = "number";
        self
    }

    /// Closes the declaration; refuses, at compile time, one without table, label or permission.
    pub const fn build(self) -> Self {
        assert!(!self.table.is_empty(), "an entity needs table = \"…\"");
        assert!(!self.label.is_empty(), "an entity needs label = \"…\"");
        assert!(!self.permission.is_empty(), "an entity needs permission = \"…\"");
        assert!(
            self.parent.is_some() || !self.collection.is_empty(),
            "an entity needs collection = \"…\", the last part of its address"
        );
        assert!(self.parent.is_some() || !self.plural.is_empty(), "an entity needs plural = \"…\"");
        self
    }

    /// Every field a stored record has beside the system's own: the client's, then the server's.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static FieldMeta> + use<> {
        self.fields.iter().chain(self.computed)
    }

    pub fn field(&self, name: &str) -> Option<&'static FieldMeta> {
        self.all_fields().find(|field| field.name == name)
    }

    /// The name of an operation on it in the API's document: `confirm` gives `confirm_purchase_orders`.
    pub fn operation(&self, verb: &str) -> String {
        format!("{verb}_{}", self.collection).replace('-', "_")
    }

    /// Where the list is in the web app.
    pub fn list_url(&self) -> String {
        let page = if self.page.is_empty() { self.collection } else { self.page };
        format!("/{}/{page}", self.section)
    }

    /// Where a record is in the web app.
    pub fn url(&self, id: impl std::fmt::Display) -> String {
        format!("{}/{id}", self.list_url())
    }
}
