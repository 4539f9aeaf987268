//! The icons that pages may name.

use serde::{Serialize, Serializer};

/// Declares the icons with their Lucide names. The build of the browser's files reads this list for
/// the sprite, so an icon that compiles here is in the sprite.
macro_rules! icons {
    ($($variant:ident => $name:literal,)*) => {
        /// An icon of the sprite, by its Lucide name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon { $($variant,)* }

        impl Icon {
            /// The icon's name in the sprite.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The icon of a Lucide name as entities declare it; a sheet of paper for one that is not in the sprite.
            #[must_use]
            pub fn of(name: &str) -> Self {
                Self::ALL.iter().copied().find(|icon| icon.name() == name).unwrap_or(Self::FileText)
            }

            /// Every icon, for tests.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
        }
    };
}

icons! {
    Ban => "ban",
    Banknote => "banknote",
    BookOpen => "book-open",
    Boxes => "boxes",
    Building => "building-2",
    CalendarClock => "calendar-clock",
    ChartColumn => "chart-column",
    Check => "check",
    CircleAlert => "circle-alert",
    CircleCheck => "circle-check",
    CircleDot => "circle-dot",
    ClipboardList => "clipboard-list",
    Copy => "copy",
    CreditCard => "credit-card",
    Download => "download",
    Euro => "euro",
    FileSpreadsheet => "file-spreadsheet",
    FileText => "file-text",
    Filter => "list-filter",
    Gauge => "gauge",
    House => "house",
    Landmark => "landmark",
    Layers => "layers",
    Mail => "mail",
    Package => "package",
    PackageCheck => "package-check",
    Palette => "palette",
    Pencil => "pencil",
    Percent => "percent",
    Plus => "plus",
    Printer => "printer",
    ReceiptText => "receipt-text",
    RotateCcw => "rotate-ccw",
    Ruler => "ruler",
    Scale => "scale",
    SearchX => "search-x",
    Send => "send",
    Settings => "settings",
    ShoppingCart => "shopping-cart",
    Sparkles => "sparkles",
    Tags => "tags",
    TrendingUp => "trending-up",
    Trash => "trash-2",
    Truck => "truck",
    User => "user",
    Users => "users",
    Warehouse => "warehouse",
}

impl Serialize for Icon {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
