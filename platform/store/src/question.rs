//! Questions of several modules to a company's data, asked in one statement.

use std::fmt::Write as _;

use kontor_kernel::Result;
use sqlx::{AssertSqlSafe, Decode, Postgres, Row as _, Type, postgres::PgRow};
use uuid::Uuid;

use crate::{constraint::sql_error, numbering::renumbered, tx::Tx, value::PgQuery};

/// One question to a company's data. Modules offer theirs; [`Tx::ask`] asks several in one statement.
pub struct Question<A> {
    part: Part,
    read: Box<Read<A>>,
}

/// Reads the question's own column.
type Read<A> = dyn FnOnce(&PgRow, usize) -> Result<A> + Send;

struct Part {
    sql: &'static str,
    parameters: Vec<Parameter>,
}

enum Parameter {
    Id(Option<Uuid>),
    Ids(Vec<Uuid>),
    Texts(Vec<&'static str>),
}

impl<A> Question<A> {
    /// A select of one column that finds one row or none: a row of values `(a, b)`, or what `array_agg` makes of many.
    /// `$1` is the tenant; what is bound follows from `$2`. `read` gets nothing when there was no row, or null.
    pub fn new<R>(sql: &'static str, read: impl FnOnce(Option<R>) -> Result<A> + Send + 'static) -> Self
    where
        R: for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        let read = |row: &PgRow, column: usize| read(row.try_get(column).map_err(sql_error)?);
        Self { part: Part { sql, parameters: Vec::new() }, read: Box::new(read) }
    }

    #[must_use]
    pub fn id(self, id: impl Into<Option<Uuid>>) -> Self {
        self.bind(Parameter::Id(id.into()))
    }

    #[must_use]
    pub fn ids(self, ids: Vec<Uuid>) -> Self {
        self.bind(Parameter::Ids(ids))
    }

    #[must_use]
    pub fn texts(self, texts: Vec<&'static str>) -> Self {
        self.bind(Parameter::Texts(texts))
    }

    fn bind(mut self, parameter: Parameter) -> Self {
        self.part.parameters.push(parameter);
        self
    }
}

/// What [`Tx::ask`] takes: a question, or a tuple of them.
pub trait Questions: Send {
    type Answers: Send;

    #[doc(hidden)]
    fn ask(&mut self, statement: &mut Statement);

    #[doc(hidden)]
    fn answers(self, row: &PgRow, column: &mut usize) -> Result<Self::Answers>;
}

impl<A: Send> Questions for Question<A> {
    type Answers = A;

    fn ask(&mut self, statement: &mut Statement) {
        statement.add(&mut self.part);
    }

    fn answers(self, row: &PgRow, column: &mut usize) -> Result<A> {
        let own = *column;
        *column += 1;
        (self.read)(row, own)
    }
}

macro_rules! questions {
    ($($question:ident: $kind:ident),+) => {
        impl<$($kind: Questions),+> Questions for ($($kind,)+) {
            type Answers = ($($kind::Answers,)+);

            fn ask(&mut self, statement: &mut Statement) {
                let ($($question,)+) = self;
                $($question.ask(statement);)+
            }

            fn answers(self, row: &PgRow, column: &mut usize) -> Result<Self::Answers> {
                let ($($question,)+) = self;
                Ok(($($question.answers(row, column)?,)+))
            }
        }
    };
}
questions!(a: A, b: B);
questions!(a: A, b: B, c: C);
questions!(a: A, b: B, c: C, d: D);

/// The statement that asks them all: one row, each question a column.
#[derive(Default)]
pub struct Statement {
    text: String,
    parameters: Vec<Parameter>,
}

impl Statement {
    fn add(&mut self, part: &mut Part) {
        let before = if self.text.is_empty() { "select" } else { "," };
        let _ = write!(self.text, "{before} ({})", renumbered(part.sql, 1, self.parameters.len()));
        self.parameters.append(&mut part.parameters);
    }
}

impl Tx {
    /// Asks one question, or a tuple of them in one statement.
    pub async fn ask<Q: Questions>(&mut self, mut questions: Q) -> Result<Q::Answers> {
        let mut statement = Statement::default();
        questions.ask(&mut statement);
        let mut query: PgQuery<'_> = sqlx::query(AssertSqlSafe(statement.text)).bind(self.tenant());
        for parameter in statement.parameters {
            query = match parameter {
                Parameter::Id(id) => query.bind(id),
                Parameter::Ids(ids) => query.bind(ids),
                Parameter::Texts(texts) => query.bind(texts),
            };
        }
        let row = query.fetch_one(self.connection().await?).await.map_err(sql_error)?;
        questions.answers(&row, &mut 0)
    }
}
