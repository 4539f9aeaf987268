use std::{cmp::Ordering, fmt, hash, marker::PhantomData};

use chrono::{DateTime, NaiveDate, Utc};
use kontor_kernel::{Amount, Country, Currency, FxRate, Percent, Quantity, UnitPrice};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{Choice, Entity, Format, Kind, Shape, Value, meta_of};

/// A type that a field can have: its kind, and the way between it and a [`Value`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field",
    label = "not a field type",
    note = "the field types are listed in platform/entity/src/types.rs"
)]
pub trait FieldType: Sized {
    const KIND: Kind;
    const REQUIRED: bool = true;

    fn into_value(self) -> Value;

    /// `None` when the value is of another kind.
    fn from_value(value: &Value) -> Option<Self>;
}

macro_rules! field_type {
    ($type:ty, $kind:expr, $variant:ident, $into:expr, $from:expr) => {
        impl FieldType for $type {
            const KIND: Kind = $kind;

            fn into_value(self) -> Value {
                Value::$variant($into(self))
            }

            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::$variant(inner) => $from(inner),
                    _ => None,
                }
            }
        }
    };
}

field_type!(String, Kind::Text(Format::Line), Text, |text| text, |text: &String| Some(text.clone()));
field_type!(i32, Kind::Integer, Integer, i64::from, |number: &i64| Self::try_from(*number).ok());
field_type!(bool, Kind::Boolean, Boolean, |value| value, |value: &bool| Some(*value));
field_type!(Amount, Kind::Amount, Decimal, Amount::value, |d: &Decimal| Some(Self::stored(*d)));
field_type!(UnitPrice, Kind::UnitPrice, Decimal, UnitPrice::value, |d: &Decimal| Some(Self::new(*d)));
field_type!(Quantity, Kind::Quantity, Decimal, Quantity::value, |d: &Decimal| Some(Self::new(*d)));
field_type!(Percent, Kind::Percent, Decimal, Percent::value, |d: &Decimal| Some(Self::new(*d)));
field_type!(FxRate, Kind::Factor, Decimal, FxRate::value, |d: &Decimal| Some(Self::new(*d)));
field_type!(NaiveDate, Kind::Date, Date, |date| date, |date: &NaiveDate| Some(*date));
field_type!(DateTime<Utc>, Kind::Timestamp, Timestamp, |time| time, |time: &DateTime<Utc>| Some(*time));
field_type!(Uuid, Kind::Id, Id, |id| id, |id: &Uuid| Some(*id));
field_type!(Vec<String>, Kind::Texts, Texts, |texts| texts, |texts: &Vec<String>| Some(texts.clone()));
field_type!(Country, Kind::Text(Format::Country), Text, |c: Country| c.code().to_owned(), |t: &String| Country::parse(
    t
));
field_type!(Currency, Kind::Text(Format::Currency), Text, |c: Currency| c.to_string(), |t: &String| Currency::parse(t));

impl<T: FieldType> FieldType for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;

    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }

    fn from_value(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::from_value(value).map(Some) }
    }
}

/// Objects inside the object, such as the lines of a receipt.
impl<T: Shape> FieldType for Vec<T> {
    const KIND: Kind = Kind::List(|| T::FIELDS);
    /// A list that is left out is empty; what must have entries says so in its rules.
    const REQUIRED: bool = false;

    fn into_value(self) -> Value {
        Value::List(self.into_iter().map(T::into_record).collect())
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::List(records) => records.iter().map(T::from_record).collect(),
            _ => None,
        }
    }
}

/// The id of a record of `E`. A link to another kind of record does not compile.
pub struct Ref<E>(Uuid, PhantomData<fn() -> E>);

impl<E> Ref<E> {
    pub const fn new(id: Uuid) -> Self {
        Self(id, PhantomData)
    }

    pub const fn id(self) -> Uuid {
        self.0
    }
}

impl<E> Clone for Ref<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Ref<E> {}

impl<E> PartialEq for Ref<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<E> Eq for Ref<E> {}

impl<E> PartialOrd for Ref<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Ref<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<E> hash::Hash for Ref<E> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<E> fmt::Debug for Ref<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E> fmt::Display for Ref<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: Entity> FieldType for Ref<E> {
    const KIND: Kind = Kind::Link(meta_of::<E>);

    fn into_value(self) -> Value {
        Value::Id(self.0)
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_id().map(Self::new)
    }
}

/// An enum kept as a short text, with what people call each value. Made by [`choices!`](crate::choices).
pub trait Choices: Copy + Eq + Send + Sync + 'static {
    const ALL: &'static [(Self, Choice)];

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(value, _)| *value == self).map_or("", |(_, choice)| choice.value)
    }

    fn label(self) -> &'static str {
        Self::ALL.iter().find(|(value, _)| *value == self).map_or("", |(_, choice)| choice.label)
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, choice)| choice.value == text).map(|(value, _)| *value)
    }
}

/// Declares an enum whose values are stored as text: `Draft = "draft" "Draft"`.
#[macro_export]
macro_rules! choices {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $value:literal $label:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vdoc])* $variant),* }

        impl $crate::Choices for $name {
            const ALL: &'static [(Self, $crate::Choice)] =
                &[$((Self::$variant, $crate::Choice { value: $value, label: $label })),*];
        }

        impl $crate::FieldType for $name {
            const KIND: $crate::Kind =
                $crate::Kind::Choice(&[$($crate::Choice { value: $value, label: $label }),*]);

            fn into_value(self) -> $crate::Value {
                $crate::Value::Text($crate::Choices::as_str(self).to_owned())
            }

            fn from_value(value: &$crate::Value) -> Option<Self> {
                value.as_text().and_then($crate::Choices::parse)
            }
        }
    };
}
