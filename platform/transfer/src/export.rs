//! Lists as files.

use chrono::FixedOffset;
use chrono_tz::Tz;
use futures_util::stream;
use kontor_access::{Feature, Verb};
use kontor_command::{Call, Registered, Runner};
use kontor_entity::{EntityMeta, FieldMeta, Kind, Value};
use kontor_exchange::write::{self, Cell, WriteError};
use kontor_kernel::{Error, Fault, Result};
use kontor_store::{Cursor, ListQuery, Listed};
use poem::{Body, Response, http::header};
use rust_decimal::Decimal;
use tracing::error;

use crate::target::fits_cell;

/// Records read at a time; one such page is in memory.
const PAGE: u16 = 500;

/// The kinds of file that a list can become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    Csv,
    Xlsx,
}

impl ExportFormat {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The name in `format=` and after the file's point.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// All records of a list as a file, each field a column by its name, a link as the other record's code.
///
/// CSV is sent as it is read, page by page, each page in a transaction of its own: a slow client holds nothing. `limit`
/// and `cursor` of the list do not matter.
///
/// # Errors
/// `forbidden` and `plan_required` as for reading; a violation of `format` when a worksheet cannot hold so many rows. A
/// failure in the middle of a CSV closes the connection, so that the file is not taken for whole.
pub async fn export(
    runner: &Runner,
    call: &Call,
    feature: Feature,
    entity: &'static Registered,
    list: ListQuery,
    format: ExportFormat,
) -> Result<Response> {
    let meta = entity.meta;
    let reader = Reader {
        runner: runner.clone(),
        call: call.clone(),
        feature,
        entity,
        list: Some(ListQuery { limit: PAGE, cursor: None, ..list }),
    };
    let today = call.caller.company.today(runner.clock().now());
    let (content_type, body) = match format {
        ExportFormat::Csv => ("text/csv; charset=utf-8", csv(reader).await?),
        ExportFormat::Xlsx => (format.content_type(), xlsx(reader, runner).await?),
    };
    let name = format!("attachment; filename=\"{}-{today}.{}\"", meta.collection, format.extension());
    Ok(Response::builder().content_type(content_type).header(header::CONTENT_DISPOSITION, name).body(body))
}

/// The pages of a list, one after the other.
struct Reader {
    runner: Runner,
    call: Call,
    feature: Feature,
    entity: &'static Registered,
    /// The next page; nothing after the last.
    list: Option<ListQuery>,
}

impl Reader {
    async fn next_page(&mut self) -> Result<Option<Vec<Listed>>> {
        let Some(list) = self.list.take() else { return Ok(None) };
        let meta = self.entity.meta;
        let operation = self.entity.operation(self.feature, Verb::Read);
        let (records, next) = self
            .runner
            .read(&self.call, operation, &|tx| {
                let list = list.clone();
                Box::pin(async move { tx.list_records(meta, &list).await })
            })
            .await?;
        self.list = next.as_deref().and_then(Cursor::decode).map(|cursor| ListQuery { cursor: Some(cursor), ..list });
        Ok(Some(records))
    }

    /// The answer has begun: its connection is closed, and the log says why.
    fn cut(&self, failure: Error) -> std::io::Error {
        let (request, collection) = (&self.call.request_id, self.entity.meta.collection);
        error!(request.id = %request, cause = ?failure, "an export of {collection} broke off");
        std::io::Error::other(failure)
    }

    fn layout(&self) -> Layout {
        Layout::of(self.entity.meta, self.call.caller.company.time_zone)
    }
}

async fn csv(mut reader: Reader) -> Result<Body> {
    let layout = reader.layout();
    let mut encoder = write::csv::Encoder::new(&layout.names());
    // The first page is read before the answer begins, so that a refusal is an answer of its own.
    let first = reader.next_page().await?;
    encode(&layout, first, |cells| encoder.row(cells))?;
    let start = (reader, layout, encoder, false);
    let pages = stream::try_unfold(start, |(mut reader, layout, mut encoder, ended)| async move {
        if ended {
            return Ok::<_, std::io::Error>(None);
        }
        let ready = encoder.take();
        let next = reader.next_page().await.map_err(|failure| reader.cut(failure))?;
        let ended = next.is_none();
        encode(&layout, next, |cells| encoder.row(cells)).map_err(|failure| reader.cut(failure))?;
        Ok(Some((ready, (reader, layout, encoder, ended))))
    });
    Ok(Body::from_bytes_stream(pages))
}

async fn xlsx(mut reader: Reader, runner: &Runner) -> Result<Body> {
    let layout = reader.layout();
    let title = reader.entity.meta.plural;
    let mut encoder = write::xlsx::Encoder::new(title, &layout.names(), runner.clock().now()).map_err(write_error)?;
    while let Some(page) = reader.next_page().await? {
        encode(&layout, Some(page), |cells| encoder.row(cells))?;
    }
    let workbook = tokio::task::spawn_blocking(move || encoder.finish()).await.map_err(Error::internal)?;
    workbook.map(Body::from).map_err(write_error)
}

fn encode(
    layout: &Layout,
    page: Option<Vec<Listed>>,
    mut row: impl FnMut(&[Cell<'_>]) -> Result<(), WriteError>,
) -> Result<()> {
    for record in page.into_iter().flatten() {
        let texts = layout.texts(&record);
        row(&layout.cells(&record, &texts)).map_err(write_error)?;
    }
    Ok(())
}

fn write_error(error: WriteError) -> Error {
    match error {
        WriteError::TooManyRows => Fault::NotAllowed
            .on("format")
            .with_detail("a worksheet holds at most 1,048,575 records: narrow the list, or take csv"),
        other => Error::internal(other),
    }
}

/// The columns of an entity's export.
struct Layout {
    columns: Vec<Column>,
    zone: Tz,
}

struct Column {
    field: &'static FieldMeta,
    /// The field's place among all fields.
    at: usize,
    /// Its place among the links.
    link: Option<usize>,
}

impl Layout {
    fn of(meta: &'static EntityMeta, zone: Tz) -> Self {
        let mut links = 0..;
        let columns = meta.all_fields().enumerate().map(|(at, field)| Column {
            field,
            at,
            link: matches!(field.kind, Kind::Link(_)).then(|| links.next()).flatten(),
        });
        Self { columns: columns.filter(|column| fits_cell(column.field)).collect(), zone }
    }

    fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.field.name).collect()
    }

    /// The texts of those cells whose value has none of its own to borrow.
    fn texts(&self, record: &Listed) -> Vec<Option<String>> {
        let text = |column: &Column| match (column.link, record.stored.values.get(column.at)) {
            (None, value @ (Value::Id(_) | Value::Texts(_))) => Some(value.to_cell()),
            _ => None,
        };
        self.columns.iter().map(text).collect()
    }

    fn cells<'c>(&self, record: &'c Listed, texts: &'c [Option<String>]) -> Vec<Cell<'c>> {
        let columns = self.columns.iter().zip(texts);
        columns
            .map(|(column, text)| match (column.link, text) {
                (Some(link), _) => link_cell(record, link),
                (None, Some(text)) => Cell::Text(text),
                (None, None) => self.cell(record.stored.values.get(column.at)),
            })
            .collect()
    }

    fn cell<'c>(&self, value: &'c Value) -> Cell<'c> {
        match value {
            Value::Null | Value::List(_) | Value::Id(_) | Value::Texts(_) => Cell::Empty,
            Value::Text(text) => Cell::Text(text),
            Value::Integer(number) => Cell::Number(Decimal::from(*number)),
            Value::Boolean(truth) => Cell::Bool(*truth),
            Value::Decimal(number) => Cell::Number(*number),
            Value::Date(date) => Cell::Date(*date),
            Value::Timestamp(time) => {
                let local: chrono::DateTime<FixedOffset> = time.with_timezone(&self.zone).fixed_offset();
                Cell::DateTime(local)
            }
        }
    }
}

/// The other record's code, or its name where it has none.
fn link_cell(record: &Listed, link: usize) -> Cell<'_> {
    match record.links.get(link) {
        Some((Some(code), _)) => Cell::Text(code),
        Some((None, Some(name))) => Cell::Text(name),
        _ => Cell::Empty,
    }
}
