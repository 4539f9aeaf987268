//! The catalogue of everything that can go wrong, by a stable code.
//!
//! Each crate declares its own codes with [`codes!`](crate::codes); the binary collects them, and each has a page
//! `docs/errors/<code>.md`.

/// What kind of refusal a code is. The HTTP layer gives each kind its one status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The request could not be read at all (400).
    Malformed,
    /// Nobody, or nobody we know, is calling (401).
    Unauthenticated,
    /// The plan does not include it (402).
    Plan,
    /// The caller may know that it exists and still may not do it (403).
    Forbidden,
    /// It does not exist, or the caller may not know that it does (404).
    NotFound,
    /// The method does not exist on this resource (405).
    MethodNotAllowed,
    /// The present state does not allow it (409).
    Conflict,
    /// The record was changed since the caller read it (412).
    Stale,
    /// The body is larger than allowed (413).
    TooLarge,
    /// The content type is not understood here (415).
    MediaType,
    /// The values do not hold together (422).
    Violation,
    /// Too many calls in too short a time (429).
    Limit,
    /// Our fault (500).
    Internal,
    /// A part we depend on does not answer (503).
    Unavailable,
}

impl ErrorKind {
    /// The HTTP status of this kind.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthenticated => 401,
            Self::Plan => 402,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::Stale => 412,
            Self::TooLarge => 413,
            Self::MediaType => 415,
            Self::Violation => 422,
            Self::Limit => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// One entry of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// Stable, in snake case; clients may branch on it.
    pub id: &'static str,
    pub kind: ErrorKind,
    /// Lowercase, says what to do, shown to people.
    pub text: &'static str,
}

/// Declares a crate's error codes as an enum with its catalogue.
///
/// ```
/// kontor_kernel::codes! {
///     pub enum Code {
///         OrderEmpty = "order_empty" => Conflict, "an order needs at least one line before it can be confirmed";
///     }
/// }
/// assert_eq!(Code::OrderEmpty.on("lines").code(), "order_empty");
/// ```
#[macro_export]
macro_rules! codes {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($variant:ident = $id:literal => $kind:ident, $text:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $vis enum $name { $($variant),* }

        impl $name {
            /// Every code of this crate, for the catalogue's own test and its pages.
            pub const CATALOGUE: &'static [&'static $crate::CodeInfo] = &[$($name::$variant.info()),*];

            pub const fn info(self) -> &'static $crate::CodeInfo {
                match self {
                    $(Self::$variant => &$crate::CodeInfo {
                        id: $id,
                        kind: $crate::ErrorKind::$kind,
                        text: $text,
                    }),*
                }
            }

            /// The error, pointing at one field of the request.
            pub fn on(self, field: impl Into<std::borrow::Cow<'static, str>>) -> $crate::Error {
                $crate::Error::on(self.info(), field)
            }

            /// The error without a field.
            pub fn error(self) -> $crate::Error {
                $crate::Error::new(self.info())
            }
        }

        impl From<$name> for &'static $crate::CodeInfo {
            fn from(code: $name) -> Self {
                code.info()
            }
        }

        impl From<$name> for $crate::Error {
            fn from(code: $name) -> Self {
                code.error()
            }
        }
    };
}

codes! {
    /// The codes of the platform itself.
    pub enum Fault {
        MalformedBody = "malformed_body" => Malformed, "the body is not readable JSON; send one JSON object in UTF-8";
        MalformedQuery = "malformed_query" => Malformed, "a query parameter is not understood; see the parameters of this call";
        MalformedHeader = "malformed_header" => Malformed, "a header is not understood; see the headers of this call";
        Unauthenticated = "unauthenticated" => Unauthenticated, "log in, or send a valid bearer token";
        SessionExpired = "session_expired" => Unauthenticated, "the session has ended; log in again";
        PlanRequired = "plan_required" => Plan, "the company's plan does not include this";
        Forbidden = "forbidden" => Forbidden, "your roles do not allow this; ask an administrator of your company";
        CsrfMismatch = "csrf_mismatch" => Forbidden, "the page was open too long; reload it and send the form again";
        NotFound = "not_found" => NotFound, "there is no such record or address";
        MethodNotAllowed = "method_not_allowed" => MethodNotAllowed, "this address does not support the method";
        IdempotencyKeyReused = "idempotency_key_reused" => Violation, "this idempotency key was used for another request; use a new key";
        ConcurrentChange = "concurrent_change" => Conflict, "another request changed the same records at the same moment; try again";
        InUse = "in_use" => Conflict, "other records still point to this one";
        Archived = "archived" => Conflict, "the record is archived; restore it first";
        StaleVersion = "stale_version" => Stale, "the record was changed since you read it; read it again and repeat your change";
        BodyTooLarge = "body_too_large" => TooLarge, "the body is larger than this call accepts";
        UnsupportedMediaType = "unsupported_media_type" => MediaType, "send the body as application/json";
        InvalidFields = "invalid_fields" => Violation, "some fields need attention";
        UnknownField = "unknown_field" => Violation, "there is no such field here";
        ReadOnlyField = "read_only_field" => Violation, "this field is set by the system and cannot be sent";
        DuplicateField = "duplicate_field" => Violation, "this field is given more than once";
        Required = "required" => Violation, "must be given";
        WrongType = "wrong_type" => Violation, "has the wrong type";
        TooLong = "too_long" => Violation, "is too long";
        TooSmall = "too_small" => Violation, "is too small";
        TooBig = "too_big" => Violation, "is too large";
        TooPrecise = "too_precise" => Violation, "has more decimal places than can be kept";
        NotAllowed = "not_allowed" => Violation, "is not one of the allowed values";
        ControlCharacter = "control_character" => Violation, "contains characters that cannot be stored";
        UnknownLink = "unknown_link" => Violation, "points to a record that does not exist";
        ArchivedLink = "archived_link" => Violation, "points to an archived record";
        Duplicate = "duplicate" => Violation, "is already taken by another record";
        UnknownSort = "unknown_sort" => Violation, "cannot be sorted by";
        UnknownFilter = "unknown_filter" => Violation, "cannot be filtered by";
        BadCursor = "bad_cursor" => Violation, "is not a cursor of this list; start again without it";
        RateLimited = "rate_limited" => Limit, "too many requests; wait and try again";
        Internal = "internal" => Internal, "something went wrong on our side; it has been logged";
        Unavailable = "unavailable" => Unavailable, "a part of the system does not answer; try again shortly";
    }
}
