//! Questions of several modules to a company's data, asked in one statement.

use std::fmt::Write as _;

use kontor_kernel::{Error, Result};
use sqlx::{AssertSqlSafe, Decode, Postgres, Row as _, Type, postgres::PgRow};
use uuid::Uuid;

use crate::{constraint::sql_error, tx::Tx, value::PgQuery};

/// One question to a company's data. Modules offer theirs; [`Tx::ask`] asks several in one statement.
pub struct Question<A> {
    part: Part,
    read: Box<dyn FnOnce(&Answer<'_>) -> Result<A> + Send>,
}

struct Part {
    sql: &'static str,
    columns: usize,
    parameters: Vec<Parameter>,
}

enum Parameter {
    Id(Option<Uuid>),
    Ids(Vec<Uuid>),
    Texts(Vec<&'static str>),
}

/// The columns that answer one question; all are null when it found no row.
pub struct Answer<'r> {
    row: &'r PgRow,
    offset: usize,
}

impl Answer<'_> {
    pub fn get<'a, T: Decode<'a, Postgres> + Type<Postgres>>(&'a self, column: usize) -> Result<T> {
        self.row.try_get(self.offset + column).map_err(sql_error)
    }

    /// A column that `array_agg` gathered: empty when it gathered nothing.
    pub fn all<T>(&self, column: usize) -> Result<Vec<T>>
    where
        for<'a> Vec<T>: Decode<'a, Postgres> + Type<Postgres>,
    {
        Ok(self.get::<Option<Vec<T>>>(column)?.unwrap_or_default())
    }
}

impl<A> Question<A> {
    /// A select of `columns` columns that finds one row or none. `$1` is the tenant; what is bound follows from `$2`.
    pub fn new(
        sql: &'static str,
        columns: usize,
        read: impl FnOnce(&Answer<'_>) -> Result<A> + Send + 'static,
    ) -> Self {
        Self { part: Part { sql, columns, parameters: Vec::new() }, read: Box::new(read) }
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
    fn answers(self, row: &PgRow, offset: &mut usize) -> Result<Self::Answers>;
}

impl<A: Send> Questions for Question<A> {
    type Answers = A;

    fn ask(&mut self, statement: &mut Statement) {
        statement.add(&mut self.part);
    }

    fn answers(self, row: &PgRow, offset: &mut usize) -> Result<A> {
        let answer = Answer { row, offset: *offset };
        *offset += self.part.columns;
        (self.read)(&answer)
    }
}

macro_rules! questions {
    ($($name:ident)+) => {
        impl<$($name: Questions),+> Questions for ($($name,)+) {
            type Answers = ($($name::Answers,)+);

            fn ask(&mut self, statement: &mut Statement) {
                #[allow(non_snake_case)]
                let ($($name,)+) = self;
                $($name.ask(statement);)+
            }

            fn answers(self, row: &PgRow, offset: &mut usize) -> Result<Self::Answers> {
                #[allow(non_snake_case)]
                let ($($name,)+) = self;
                Ok(($($name.answers(row, offset)?,)+))
            }
        }
    };
}
questions!(A B);
questions!(A B C);
questions!(A B C D);

/// The statement that asks them all: one row, side by side what each question found.
#[derive(Default)]
pub struct Statement {
    columns: String,
    from: String,
    questions: usize,
    parameters: Vec<Parameter>,
}

impl Statement {
    fn add(&mut self, part: &mut Part) {
        let (name, taken) = (self.questions, self.parameters.len());
        let comma = if name == 0 { "" } else { ", " };
        let _ = write!(self.columns, "{comma}q{name}.*");
        let _ = write!(self.from, " left join ({}) q{name} on true", renumbered(part.sql, taken));
        self.questions += 1;
        self.parameters.append(&mut part.parameters);
    }

    fn text(&self) -> String {
        format!("select {} from (select) asked{}", self.columns, self.from)
    }
}

/// The SQL with its parameters from `$2` on counted `taken` further.
fn renumbered(sql: &str, taken: usize) -> String {
    let mut text = String::with_capacity(sql.len() + 8);
    let mut parts = sql.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let number = match number.parse::<usize>() {
            Ok(number) if number > 1 => (number + taken).to_string(),
            _ => number.to_owned(),
        };
        let _ = write!(text, "${number}{rest}");
    }
    text
}

impl Tx {
    /// Asks one question, or a tuple of them in one statement.
    pub async fn ask<Q: Questions>(&mut self, mut questions: Q) -> Result<Q::Answers> {
        let mut statement = Statement::default();
        questions.ask(&mut statement);
        let mut query: PgQuery<'_> = sqlx::query(AssertSqlSafe(statement.text())).bind(self.tenant());
        for parameter in statement.parameters {
            query = match parameter {
                Parameter::Id(id) => query.bind(id),
                Parameter::Ids(ids) => query.bind(ids),
                Parameter::Texts(texts) => query.bind(texts),
            };
        }
        let row = query.fetch_one(self.connection()).await.map_err(sql_error)?;
        let mut columns = 0;
        let answers = questions.answers(&row, &mut columns)?;
        if columns == row.len() { Ok(answers) } else { Err(Error::internal("a question that miscounts its columns")) }
    }
}

#[cfg(test)]
mod tests {
    use super::renumbered;

    #[test]
    fn own_parameters_move_and_the_tenant_stays() {
        assert_eq!(renumbered("a = $1 and b = $2 or c = any ($3)", 0), "a = $1 and b = $2 or c = any ($3)");
        assert_eq!(renumbered("a = $1 and b = $2 or c = any ($3)", 9), "a = $1 and b = $11 or c = any ($12)");
        assert_eq!(renumbered("$2", 1), "$3");
    }
}
