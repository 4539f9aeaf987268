//! Descriptions as schemas of the API's document.

use std::collections::BTreeMap;

use kontor_entity::{EntityMeta, FieldMeta, Format, Kind};
use poem_openapi::registry::{MetaSchema, MetaSchemaRef};

use crate::Schema;

/// Whether a schema tells what comes in or what goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Create,
    Patch,
    Out,
}

/// Named schemas, gathered while the operations are described.
#[derive(Default)]
pub(crate) struct Schemas(pub BTreeMap<String, MetaSchema>);

impl Schemas {
    pub fn reference(&mut self, schema: &Schema) -> MetaSchemaRef {
        match schema {
            Schema::Record(meta) => self.record(meta),
            Schema::Create(meta) => self.draft(meta, Direction::Create),
            Schema::Patch(meta) => self.draft(meta, Direction::Patch),
            Schema::Page(meta) => {
                let item = self.record(meta);
                self.page(format!("{}Page", meta.name), item)
            }
            Schema::Shape(name, fields) => self.shape(name, fields),
            Schema::PageOf(name, fields) => {
                let item = self.shape(name, fields);
                self.page(format!("{name}Page"), item)
            }
            Schema::Object => inline(MetaSchema::new("object")),
            Schema::File => inline(MetaSchema::new_with_format("string", "binary")),
            Schema::Text => inline(MetaSchema::new("string")),
            Schema::Problem => self.problem(),
        }
    }

    fn put(&mut self, name: String, schema: MetaSchema) -> MetaSchemaRef {
        let known = self.0.get(&name);
        debug_assert!(known.is_none_or(|known| *known == schema), "two schemas of the document are called {name}");
        self.0.insert(name.clone(), schema);
        MetaSchemaRef::Reference(name)
    }

    fn page(&mut self, name: String, item: MetaSchemaRef) -> MetaSchemaRef {
        let mut data = MetaSchema::new("array");
        data.items = Some(Box::new(item));
        let mut page = MetaSchema::new("object");
        page.required = vec!["data", "next_cursor"];
        page.properties = vec![("data", inline(data)), ("next_cursor", nullable(MetaSchema::new("string")))];
        self.put(name, page)
    }

    /// A stored record: the system's fields, then its own, each link with what it points to, and the lines.
    fn record(&mut self, meta: &'static EntityMeta) -> MetaSchemaRef {
        let name = meta.name.to_owned();
        if self.0.contains_key(&name) {
            return MetaSchemaRef::Reference(name);
        }
        let id = || MetaSchema::new_with_format("string", "uuid");
        let time = || MetaSchema::new_with_format("string", "date-time");
        let mut object = MetaSchema::new("object");
        object.description = Some(meta.help);
        object.properties = if meta.parent.is_some() {
            vec![("id", inline(id())), ("position", inline(MetaSchema::new_with_format("integer", "int32")))]
        } else {
            vec![
                ("id", inline(id())),
                ("version", inline(MetaSchema::new_with_format("integer", "int64"))),
                ("created_at", inline(time())),
                ("created_by", nullable(id())),
                ("updated_at", inline(time())),
                ("updated_by", nullable(id())),
                ("archived_at", nullable(time())),
            ]
        };
        for field in meta.all_fields() {
            object.properties.push((field.name, self.field(field, Direction::Out)));
        }
        for field in meta.all_fields() {
            if let Some(link) = field.link_name() {
                object.properties.push((link, self.link(field.nullable())));
            }
        }
        if meta.sourced {
            let mut source = MetaSchema::new("object");
            source.description = Some("The record that led to it");
            source.properties = vec![("type", inline(MetaSchema::new("string"))), ("id", inline(id()))];
            source.required = vec!["type", "id"];
            object.properties.push(("source", inline(source)));
        }
        object.required = object.properties.iter().map(|(name, _)| *name).collect();
        if let Some(lines) = meta.lines {
            let mut list = MetaSchema::new("array");
            list.description = Some("Only where one document is read, not in lists");
            list.items = Some(Box::new(self.record((lines.meta)())));
            object.properties.push(("lines", inline(list)));
        }
        self.put(name, object)
    }

    fn link(&mut self, may_be_null: bool) -> MetaSchemaRef {
        let mut link = MetaSchema::new("object");
        link.properties = vec![
            ("id", inline(MetaSchema::new_with_format("string", "uuid"))),
            ("code", nullable(MetaSchema::new("string"))),
            ("name", nullable(MetaSchema::new("string"))),
        ];
        link.required = vec!["id", "code", "name"];
        link.nullable = may_be_null;
        inline(link)
    }

    fn draft(&mut self, meta: &'static EntityMeta, direction: Direction) -> MetaSchemaRef {
        let suffix = if direction == Direction::Create { "Create" } else { "Patch" };
        let mut object = MetaSchema::new("object");
        object.description = Some(meta.help);
        let writable: Vec<_> = meta.fields.iter().filter(|field| !field.read_only).collect();
        object.properties = writable.iter().map(|field| (field.name, self.field(field, direction))).collect();
        if direction == Direction::Create {
            object.required = writable.iter().filter(|field| !field.optional()).map(|field| field.name).collect();
        }
        if let Some(lines) = meta.lines {
            let line = self.draft((lines.meta)(), direction);
            let mut list = MetaSchema::new("array");
            list.items = Some(Box::new(line));
            list.max_items = Some(1_000);
            object.properties.push(("lines", inline(list)));
        }
        if meta.parent.is_some() && direction == Direction::Patch {
            object.properties.push(("id", inline(MetaSchema::new_with_format("string", "uuid"))));
        }
        self.put(format!("{}{suffix}", meta.name), object)
    }

    fn shape(&mut self, name: &str, fields: &'static [FieldMeta]) -> MetaSchemaRef {
        let mut object = MetaSchema::new("object");
        object.properties = fields.iter().map(|field| (field.name, self.field(field, Direction::Out))).collect();
        object.required = fields.iter().filter(|field| !field.optional()).map(|field| field.name).collect();
        self.put(name.to_owned(), object)
    }

    fn field(&mut self, field: &FieldMeta, direction: Direction) -> MetaSchemaRef {
        let mut schema = self.kind(field, direction);
        if !field.help.is_empty() {
            schema.description = Some(field.help);
        }
        schema.nullable = field.nullable();
        if schema.nullable && !schema.enum_items.is_empty() {
            schema.enum_items.push(serde_json::Value::Null);
        }
        inline(schema)
    }

    fn kind(&mut self, field: &FieldMeta, direction: Direction) -> MetaSchema {
        let mut schema = match field.kind {
            Kind::Text(format) => text_schema(field, format, direction),
            Kind::Integer => MetaSchema::new_with_format("integer", "int32"),
            Kind::Boolean => MetaSchema::new("boolean"),
            Kind::Amount | Kind::UnitPrice | Kind::Quantity | Kind::Percent | Kind::Factor => {
                decimal_schema(field, direction)
            }
            Kind::Date => MetaSchema::new_with_format("string", "date"),
            Kind::Timestamp => MetaSchema::new_with_format("string", "date-time"),
            Kind::Id | Kind::Link(_) => MetaSchema::new_with_format("string", "uuid"),
            Kind::Choice(choices) => {
                let mut schema = MetaSchema::new("string");
                schema.enum_items = choices.iter().map(|choice| choice.value.into()).collect();
                schema
            }
            Kind::Texts => {
                let mut schema = MetaSchema::new("array");
                schema.items = Some(Box::new(inline(MetaSchema::new("string"))));
                schema
            }
            Kind::List(fields) => {
                let mut schema = MetaSchema::new("array");
                schema.items = Some(Box::new(inline(self.object(fields(), direction))));
                schema
            }
            Kind::Object(fields) => self.object(fields(), direction),
        };
        if matches!(field.kind, Kind::Integer) {
            schema.minimum = field.min_number.and_then(to_f64);
            schema.maximum = field.max_number.and_then(to_f64);
        }
        schema
    }

    fn object(&mut self, fields: &'static [FieldMeta], direction: Direction) -> MetaSchema {
        let mut object = MetaSchema::new("object");
        object.properties = fields.iter().map(|field| (field.name, self.field(field, direction))).collect();
        object.required = fields.iter().filter(|field| !field.optional()).map(|field| field.name).collect();
        object
    }

    fn problem(&mut self) -> MetaSchemaRef {
        let text = || inline(MetaSchema::new("string"));
        let mut violation = MetaSchema::new("object");
        violation.properties = vec![("field", text()), ("code", text()), ("message", text())];
        violation.required = vec!["field", "code", "message"];
        let mut errors = MetaSchema::new("array");
        errors.items = Some(Box::new(inline(violation)));
        let mut problem = MetaSchema::new("object");
        problem.description = Some("A refusal or a failure (RFC 9457), with a stable code");
        problem.properties = vec![
            ("type", text()),
            ("title", text()),
            ("status", inline(MetaSchema::new_with_format("integer", "int32"))),
            ("code", text()),
            ("detail", text()),
            ("request_id", text()),
            ("errors", inline(errors)),
        ];
        problem.required = vec!["type", "title", "status", "code", "detail", "request_id"];
        self.put("Problem".to_owned(), problem)
    }
}

fn text_schema(field: &FieldMeta, format: Format, direction: Direction) -> MetaSchema {
    let mut schema = MetaSchema::new("string");
    schema.format = match format {
        Format::Email if direction != Direction::Out => Some("email"),
        Format::Secret => Some("password"),
        _ => None,
    };
    if direction != Direction::Out {
        schema.max_length = usize::try_from(field.max).ok();
        schema.min_length = (!field.nullable() && !field.filled).then_some(1);
    }
    schema
}

/// Decimals travel as strings; a number is understood too.
fn decimal_schema(field: &FieldMeta, direction: Direction) -> MetaSchema {
    let mut schema = MetaSchema::new_with_format("string", "decimal");
    if direction != Direction::Out {
        let sign = if field.positive || field.min_number.is_some_and(|min| min >= 0) { "" } else { "-?" };
        schema.pattern = Some(format!(r"^{sign}[0-9]{{1,9}}(\.[0-9]{{1,6}})?$"));
    }
    schema.example = Some(serde_json::Value::String("12.50".to_owned()));
    schema
}

fn to_f64(number: i64) -> Option<f64> {
    i32::try_from(number).ok().map(f64::from)
}

fn inline(schema: MetaSchema) -> MetaSchemaRef {
    MetaSchemaRef::Inline(Box::new(schema))
}

fn nullable(mut schema: MetaSchema) -> MetaSchemaRef {
    schema.nullable = true;
    inline(schema)
}

/// The schema of a parameter.
pub(crate) fn parameter_schema(field: &FieldMeta) -> MetaSchemaRef {
    let mut schema = Schemas::default().kind(field, Direction::Create);
    if matches!(field.kind, Kind::Id | Kind::Link(_)) {
        schema = MetaSchema::new_with_format("string", "uuid");
    }
    inline(schema)
}
