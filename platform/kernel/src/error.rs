use std::{borrow::Cow, error::Error as StdError, fmt};

use crate::code::{CodeInfo, ErrorKind, Fault};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The field's path as the client wrote it, such as `lines[2].quantity`.
    pub field: Cow<'static, str>,
    pub code: &'static str,
    /// Says what is wrong and what would be right.
    pub message: Cow<'static, str>,
}

/// Everything that is wrong with a request, gathered before any of it is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a violation with the code's own text.
    pub fn add(&mut self, code: impl Into<&'static CodeInfo>, field: impl Into<Cow<'static, str>>) {
        let code = code.into();
        self.0.push(Violation { field: field.into(), code: code.id, message: Cow::Borrowed(code.text) });
    }

    /// Adds a violation with a text that knows the value or the limit.
    pub fn add_text(
        &mut self,
        code: impl Into<&'static CodeInfo>,
        field: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.0.push(Violation { field: field.into(), code: code.into().id, message: message.into() });
    }

    /// Requires a condition of a field.
    pub fn require(&mut self, holds: bool, field: &'static str, message: &'static str) {
        if !holds {
            self.add_text(Fault::NotAllowed, field, message);
        }
    }

    /// Takes over another set, its fields put under `prefix` (`lines[2].`).
    pub fn nest(&mut self, prefix: &str, inner: Self) {
        for v in inner.0 {
            self.0.push(Violation { field: Cow::Owned(format!("{prefix}{}", v.field)), ..v });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|v| v.field == field)
    }

    pub fn into_inner(self) -> Vec<Violation> {
        self.0
    }

    /// Nothing, or the error that carries them all.
    pub fn into_result(self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(self.into()) }
    }
}

impl From<Violations> for Error {
    fn from(violations: Violations) -> Self {
        let mut error = Self::new(Fault::InvalidFields.info());
        error.0.violations = violations.0;
        error
    }
}

/// A refusal or a failure, with a stable code for the client and the whole cause for the operator.
pub struct Error(Box<Inner>);

struct Inner {
    code: &'static CodeInfo,
    violations: Vec<Violation>,
    detail: Option<Cow<'static, str>>,
    retry_after_seconds: Option<u64>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub fn new(code: &'static CodeInfo) -> Self {
        Self(Box::new(Inner { code, violations: Vec::new(), detail: None, retry_after_seconds: None, source: None }))
    }

    /// The error, pointing at one field.
    pub fn on(code: &'static CodeInfo, field: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(code);
        let violation = Violation { field: field.into(), code: code.id, message: Cow::Borrowed(code.text) };
        error.0.violations.push(violation);
        error
    }

    /// A failure of ours, with its cause for the log.
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Fault::Internal.info()).caused_by(source)
    }

    /// A dependency that does not answer.
    pub fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Fault::Unavailable.info()).caused_by(source)
    }

    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Replaces the code's general text with one that knows this case.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        let detail = detail.into();
        if let [only] = self.0.violations.as_mut_slice()
            && only.code == self.0.code.id
        {
            only.message = detail.clone();
        }
        self.0.detail = Some(detail);
        self
    }

    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after_seconds = Some(seconds);
        self
    }

    pub fn code(&self) -> &'static str {
        self.0.code.id
    }

    pub fn kind(&self) -> ErrorKind {
        self.0.code.kind
    }

    pub fn is(&self, code: impl Into<&'static CodeInfo>) -> bool {
        self.0.code.id == code.into().id
    }

    /// The sentence shown to people.
    pub fn text(&self) -> &str {
        self.0.detail.as_deref().unwrap_or(self.0.code.text)
    }

    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    pub fn retry_after_seconds(&self) -> Option<u64> {
        self.0.retry_after_seconds
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.text())?;
        for v in &self.0.violations {
            write!(f, "; {} {}", v.field, v.message)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let mut source = self.source();
        while let Some(cause) = source {
            write!(f, "; caused by {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| {
            let source: &(dyn StdError + 'static) = source;
            source
        })
    }
}
