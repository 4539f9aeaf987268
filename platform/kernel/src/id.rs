use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A new identifier: UUID version 7, so that rows made together lie together in an index.
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            pub fn new() -> Self {
                Self(new_id())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A company that uses Kontor: the first column of every key.
    TenantId
);
id!(
    /// A person within one tenant; the same person has another id in another tenant.
    UserId
);
