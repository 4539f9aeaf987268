//! The words every crate of Kontor shares: ids, money, quantities, errors and their catalogue.
//!
//! Nothing here reads or writes anything.

pub mod brand;
mod clock;
pub mod code;
pub mod country;
pub mod currency;
mod error;
mod id;
pub mod locale;
mod money;

pub use clock::{Clock, FixedClock, SystemClock};
pub use code::{CodeInfo, ErrorKind, Fault};
pub use country::Country;
pub use currency::Currency;
pub use error::{Error, Result, Violation, Violations};
pub use id::{TenantId, UserId, new_id};
pub use locale::Locale;
pub use money::{Amount, FxRate, Money, MoneyError, Percent, Quantity, Rate, Rounding, UnitPrice, Unrounded};
