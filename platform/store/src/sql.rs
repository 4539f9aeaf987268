//! The statements of an entity, built once from its description. Identifiers are `&'static str` from the description;
//! values are only ever parameters.

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use kontor_entity::{EntityMeta, FieldMeta, Kind};

use crate::value::ColumnType;

/// Columns of every stored record before its own: id, version, created, updated, archived.
pub(crate) const SYSTEM_COLUMNS: usize = 7;
/// Columns of every line before its own: id, position.
pub(crate) const LINE_COLUMNS: usize = 2;

/// Link fields with their position among all fields.
pub(crate) type Links = Vec<(usize, &'static FieldMeta)>;

/// The prepared statements of one entity.
#[derive(Debug)]
pub struct EntitySql {
    pub(crate) meta: &'static EntityMeta,
    pub(crate) links: Links,
    /// `t.id, …`: system columns, fields, then code and name of each link.
    pub(crate) columns: String,
    /// The links' records; `$1` is the tenant.
    pub(crate) joins: String,
    /// The same for statements over the records of many tenants.
    pub(crate) joins_across: String,
    pub(crate) one: Arc<str>,
    pub(crate) locked: Arc<str>,
    /// Give back what they wrote, with the names of its links.
    pub(crate) insert: Arc<str>,
    pub(crate) update: Arc<str>,
    /// Read nothing back.
    pub(crate) insert_only: WriteSql,
    pub(crate) update_only: WriteSql,
    /// The header alone; its lines stay as they are.
    pub(crate) update_header: WriteSql,
    pub(crate) archive: Arc<str>,
    pub(crate) lines: Option<LinesSql>,
}

/// A write that reads nothing back: members of a `with` named after the table, and whether they wrote.
#[derive(Debug)]
pub(crate) struct WriteSql {
    pub members: String,
    pub written: String,
}

/// The part for a document's lines.
#[derive(Debug)]
pub(crate) struct LinesSql {
    pub meta: &'static EntityMeta,
    pub links: Links,
    pub of_parent: Arc<str>,
    /// Header, lines, and last the header's version as it was when the statement began: the header is locked as it is
    /// now, its lines are read as they were then.
    pub locked: Arc<str>,
}

static CACHE: LazyLock<RwLock<HashMap<&'static str, Arc<EntitySql>>>> = LazyLock::new(RwLock::default);

impl EntitySql {
    /// The statements of an entity; built at the first call.
    pub fn of(meta: &'static EntityMeta) -> Arc<Self> {
        if let Some(known) = CACHE.read().unwrap_or_else(PoisonError::into_inner).get(meta.name) {
            return Arc::clone(known);
        }
        let built = Arc::new(Self::build(meta));
        CACHE.write().unwrap_or_else(PoisonError::into_inner).insert(meta.name, Arc::clone(&built));
        built
    }

    fn build(meta: &'static EntityMeta) -> Self {
        let links = links_of(meta);
        let columns = header_columns(meta, &links);
        let joins = joins_of("t", &links, "$1");
        let joins_across = joins_of("t", &links, "t.tenant_id");
        let key = format!("where t.tenant_id = $1 and t.id = $2{}", role_condition(meta));
        let lines = meta.lines.map(|lines| LinesSql::build((lines.meta)(), meta, &columns, &joins));
        let locked = format!("select {columns} from {} t{joins} {key} for no key update of t", meta.table);
        let one = match &lines {
            None => format!("select {columns} from {} t{joins} {key}", meta.table),
            Some(lines) => format!(
                "select {columns}, {} from {} t{joins}{} {key} order by l.position",
                lines.columns(),
                meta.table,
                lines.join("t.id"),
            ),
        };
        Self {
            insert: insert(meta, &columns, &joins, lines.as_ref()).into(),
            update: update(meta, &columns, &joins, lines.as_ref()).into(),
            insert_only: WriteSql::build(meta, insert_head(meta), lines.as_ref(), false),
            update_only: WriteSql::build(meta, update_head(meta), lines.as_ref(), true),
            update_header: WriteSql::build(meta, update_head(meta), None, true),
            archive: format!(
                "update {} t set version = t.version + 1, updated_at = $3, updated_by = $4, archived_at = $5 {key}",
                meta.table
            )
            .into(),
            meta,
            links,
            columns,
            joins_across,
            joins,
            one: one.into(),
            locked: locked.into(),
            lines,
        }
    }

    /// The first column of the links' codes and names.
    pub(crate) fn links_offset(&self) -> usize {
        SYSTEM_COLUMNS + self.meta.all_fields().count()
    }

    /// The first column of the line in a row of header and line.
    pub(crate) fn lines_offset(&self) -> usize {
        self.links_offset() + 2 * self.links.len()
    }

    pub(crate) fn role_condition(&self) -> String {
        role_condition(self.meta)
    }
}

/// ` and t.is_supplier`: the rows of this kind, where several kinds share a table.
fn role_condition(meta: &EntityMeta) -> String {
    meta.role.map(|role| format!(" and t.{role}")).unwrap_or_default()
}

impl WriteSql {
    /// The header of `head` and its lines. Parameters as for `head`, then the lines' arrays.
    fn build(
        meta: &'static EntityMeta,
        (head, next): (String, usize),
        lines: Option<&LinesSql>,
        replace: bool,
    ) -> Self {
        let name = format!("written_{}", meta.table);
        let mut members = format!("{name} as ({head} returning id)");
        if let Some(lines) = lines {
            let part = |part: &str| format!("{part}_{}", lines.meta.table);
            members.push_str(&written_lines(
                lines,
                next,
                replace.then_some((&name, &part("removed"))),
                &part("written"),
                "",
            ));
        }
        Self { members, written: format!("exists (select from {name})") }
    }
}

impl LinesSql {
    /// `columns` and `joins` are the header's.
    fn build(meta: &'static EntityMeta, header: &'static EntityMeta, columns: &str, joins: &str) -> Self {
        let links = links_of(meta);
        let this = Self { meta, links, of_parent: Arc::from(""), locked: Arc::from("") };
        let of_parent = format!(
            "select {} from {} l{} where l.tenant_id = $1 and l.{} = $2 order by l.position",
            this.columns(),
            meta.table,
            joins_of("l", &this.links, "$1"),
            meta.parent.unwrap_or("id"),
        );
        let locked = format!(
            "select {columns}, {}, (select version from {table} where tenant_id = $1 and id = $2)
             from {table} t{joins}{} where t.tenant_id = $1 and t.id = $2{} order by l.position for no key update of t",
            this.columns(),
            this.join("t.id"),
            role_condition(header),
            table = header.table,
        );
        Self { of_parent: of_parent.into(), locked: locked.into(), ..this }
    }

    fn columns(&self) -> String {
        let mut columns = String::from("l.id, l.position");
        for field in self.meta.all_fields() {
            let _ = write!(columns, ", l.{}", field.name);
        }
        push_link_columns(&mut columns, "l", &self.links);
        columns
    }

    fn join(&self, parent: &str) -> String {
        let column = self.meta.parent.unwrap_or("id");
        format!(
            " left join {} l on l.tenant_id = $1 and l.{column} = {parent}{}",
            self.meta.table,
            joins_of("l", &self.links, "$1")
        )
    }
}

fn links_of(meta: &'static EntityMeta) -> Vec<(usize, &'static FieldMeta)> {
    meta.all_fields().enumerate().filter(|(_, field)| matches!(field.kind, Kind::Link(_))).collect()
}

fn header_columns(meta: &'static EntityMeta, links: &[(usize, &'static FieldMeta)]) -> String {
    let mut columns =
        String::from("t.id, t.version, t.created_at, t.created_by, t.updated_at, t.updated_by, t.archived_at");
    for field in meta.all_fields() {
        let _ = write!(columns, ", t.{}", field.name);
    }
    push_link_columns(&mut columns, "t", links);
    columns
}

fn push_link_columns(columns: &mut String, of: &str, links: &[(usize, &'static FieldMeta)]) {
    for (number, (_, field)) in links.iter().enumerate() {
        if let Kind::Link(target) = field.kind {
            let target = target();
            let _ = write!(columns, ", {of}{number}.{}, {of}{number}.{}", target.code, target.title);
        }
    }
}

/// Where the tenant is a parameter, PostgreSQL holds it against row-level security once, and not for each row it reads.
fn joins_of(of: &str, links: &[(usize, &'static FieldMeta)], tenant: &str) -> String {
    let mut joins = String::new();
    for (number, (_, field)) in links.iter().enumerate() {
        if let Kind::Link(target) = field.kind {
            let _ = write!(
                joins,
                " left join {table} {of}{number} on {of}{number}.tenant_id = {tenant} and {of}{number}.id = {of}.{column}",
                table = target().table,
                column = field.name,
            );
        }
    }
    joins
}

/// Parameters: 1 tenant, 2 now, 3 user, 4 id, then the fields; for lines the arrays of ids, positions and fields.
fn insert(meta: &'static EntityMeta, columns: &str, joins: &str, lines: Option<&LinesSql>) -> String {
    let (head, next) = insert_head(meta);
    read_back(&head, columns, joins, lines, next, false)
}

/// The insert of the header, and the number of the next parameter.
fn insert_head(meta: &'static EntityMeta) -> (String, usize) {
    let mut names = String::from("tenant_id, id, created_at, created_by, updated_at, updated_by");
    let mut values = String::from("$1, $4, $2, $3, $2, $3");
    if let Some(role) = meta.role {
        let _ = write!(names, ", {role}");
        values.push_str(", true");
    }
    let mut next = 5;
    for field in meta.all_fields() {
        let _ = write!(names, ", {}", field.name);
        let _ = write!(values, ", ${next}");
        next += 1;
    }
    (format!("insert into {} ({names}) values ({values})", meta.table), next)
}

/// Parameters: 1 tenant, 2 now, 3 user, 4 id, 5 version as read, then as for an insert.
fn update(meta: &'static EntityMeta, columns: &str, joins: &str, lines: Option<&LinesSql>) -> String {
    let (head, next) = update_head(meta);
    read_back(&head, columns, joins, lines, next, true)
}

/// The update of the header, and the number of the next parameter.
fn update_head(meta: &'static EntityMeta) -> (String, usize) {
    let mut sets = String::from("version = version + 1, updated_at = $2, updated_by = $3");
    let mut next = 6;
    for field in meta.all_fields() {
        let _ = write!(sets, ", {} = ${next}", field.name);
        next += 1;
    }
    (format!("update {} set {sets} where tenant_id = $1 and id = $4 and version = $5", meta.table), next)
}

/// A write of the header and its lines that gives back everything as written.
fn read_back(head: &str, columns: &str, joins: &str, lines: Option<&LinesSql>, next: usize, replace: bool) -> String {
    let head = format!("with t as ({head} returning *)");
    let Some(lines) = lines else { return format!("{head} select {columns} from t{joins}") };
    format!(
        "{head}{} select {columns}, {} from t{joins} left join l on true{} order by l.position",
        written_lines(lines, next, replace.then_some(("t", "removed")), "l", " returning *"),
        lines.columns(),
        joins_of("l", &lines.links, "$1"),
    )
}

/// The lines as the member `name`, from the parameters that begin at `next`. Those that replace the lines of a header keep
/// lines whose id is sent again, changed, and remove the rest: `replaced` names the header's member and that of the removed.
///
/// The arrays are unfolded side by side in the select list: as functions in `from` each is stored away first.
fn written_lines(lines: &LinesSql, next: usize, replaced: Option<(&str, &str)>, name: &str, returning: &str) -> String {
    let (table, parent) = (lines.meta.table, lines.meta.parent.unwrap_or("id"));
    let (mut names, mut arrays, mut sets) =
        (String::new(), String::new(), String::from("position = excluded.position"));
    for (number, field) in lines.meta.all_fields().enumerate() {
        let _ = write!(names, ", {}", field.name);
        let _ = write!(arrays, ", unnest(${}::{})", next + 2 + number, ColumnType::of(field.kind).array());
        let _ = write!(sets, ", {0} = excluded.{0}", field.name);
    }
    let ids = next;
    let source = format!("select $1, unnest(${ids}::uuid[]), $4, unnest(${}::int4[]){arrays}", next + 1);
    let (removed, from, conflict) = if let Some((header, removed)) = replaced {
        (
            format!(
                ", {removed} as (delete from {table} where tenant_id = $1 and {parent} = $4 and id <> all(${ids}::uuid[])
                   and exists (select from {header}))"
            ),
            format!(" from {header}"),
            format!(" on conflict (tenant_id, id) do update set {sets} where {table}.{parent} = excluded.{parent}"),
        )
    } else {
        (String::new(), String::new(), String::new())
    };
    format!(
        "{removed}, {name} as (insert into {table} (tenant_id, id, {parent}, position{names}) {source}{from}{conflict}{returning})"
    )
}
