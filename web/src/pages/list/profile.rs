//! What a list has beyond its description: views with their counts, particular columns and cells.

use chrono::NaiveDate;
use kontor_entity::{EntityMeta, FieldMeta, Value};
use kontor_store::{Condition, Operator};

use super::{facets::Facets, row::Row};
use crate::{
    pages::display::Display,
    view::{Cell, MobileSlot, Status, Tone, format::lateness},
};

/// A view over a list.
pub(super) struct ViewSpec {
    /// Its name in the address; empty for the first.
    pub name: &'static str,
    pub label: &'static str,
    pub conditions: fn(today: NaiveDate) -> Vec<Condition>,
}

/// How a list differs from what its description gives.
pub(super) struct Profile {
    pub views: &'static [ViewSpec],
    /// The columns in their order; empty for the description's.
    pub columns: &'static [&'static str],
    /// Those of them that are not shown until a person wants them.
    pub hidden: &'static [&'static str],
    /// Where columns stand on a phone; empty for what the description suggests.
    pub phone: &'static [(&'static str, MobileSlot)],
    /// Selects of (facet, key, label, figure). `$1` is the tenant; `p.today` and `p.ids` are today and the page's rows.
    pub facets: Option<&'static str>,
    /// A cell of its own for a field.
    pub cell: fn(&Display, &Facets, &Row<'_>, &FieldMeta) -> Option<Cell>,
}

const PLAIN: Profile =
    Profile { views: &[], columns: &[], hidden: &[], phone: &[], facets: None, cell: |_, _, _, _| None };

const ORDERS: Profile = Profile {
    views: &[
        ViewSpec { name: "", label: "All", conditions: |_| Vec::new() },
        ViewSpec { name: "drafts", label: "Drafts", conditions: |_| vec![state_is("draft")] },
        ViewSpec { name: "open", label: "Open", conditions: |_| vec![state_is("confirmed")] },
        ViewSpec {
            name: "late",
            label: "Late",
            conditions: |today| {
                let past = Value::Date(today);
                let due = Condition { field: "expected_date", operator: Operator::Below, values: vec![past] };
                vec![state_is("confirmed"), due]
            },
        },
        ViewSpec { name: "received", label: "Received", conditions: |_| vec![state_is("done")] },
        ViewSpec { name: "cancelled", label: "Cancelled", conditions: |_| vec![state_is("cancelled")] },
    ],
    columns: &["number", "supplier_id", "state", "order_date", "expected_date", "receipt", "total"],
    hidden: &[],
    phone: &[],
    facets: Some(include_str!("orders.sql")),
    cell: order_cell,
};

const RECEIPTS: Profile = Profile {
    columns: &["number", "supplier_id", "purchase_order_id", "date", "warehouse_id"],
    phone: &[
        ("supplier_id", MobileSlot::Title),
        ("purchase_order_id", MobileSlot::Value),
        ("number", MobileSlot::Meta),
        ("warehouse_id", MobileSlot::State),
    ],
    ..PLAIN
};

const LEVELS: Profile = Profile {
    phone: &[
        ("product_id", MobileSlot::Title),
        ("on_hand", MobileSlot::Value),
        ("warehouse_id", MobileSlot::Meta),
        ("value", MobileSlot::State),
    ],
    ..PLAIN
};

const MOVES: Profile = Profile {
    columns: &[
        "date",
        "product_id",
        "source_type",
        "warehouse_id",
        "from_location_id",
        "to_location_id",
        "quantity",
        "unit_cost",
        "value",
        "balance",
    ],
    hidden: &["warehouse_id", "unit_cost"],
    phone: &[
        ("product_id", MobileSlot::Title),
        ("quantity", MobileSlot::Value),
        ("date", MobileSlot::Meta),
        ("source_type", MobileSlot::State),
    ],
    ..PLAIN
};

const PRODUCTS: Profile = Profile {
    hidden: &["unit_id"],
    phone: &[
        ("name", MobileSlot::Title),
        ("purchase_price", MobileSlot::Value),
        ("code", MobileSlot::Meta),
        ("category_id", MobileSlot::State),
    ],
    ..PLAIN
};

const ENTRIES: Profile = Profile {
    columns: &["number", "date", "description", "source_type", "journal_id", "amount"],
    phone: &[
        ("description", MobileSlot::Title),
        ("amount", MobileSlot::Value),
        ("number", MobileSlot::Meta),
        ("source_type", MobileSlot::State),
    ],
    ..PLAIN
};

impl Profile {
    pub fn of(meta: &EntityMeta) -> &'static Self {
        match meta.collection {
            "purchase-orders" => &ORDERS,
            "goods-receipts" => &RECEIPTS,
            "products" => &PRODUCTS,
            "stock-levels" => &LEVELS,
            "stock-moves" => &MOVES,
            "journal-entries" => &ENTRIES,
            _ => &PLAIN,
        }
    }
}

fn state_is(state: &str) -> Condition {
    Condition { field: "state", operator: Operator::Equal, values: vec![Value::Text(state.to_owned())] }
}

fn order_cell(display: &Display, facets: &Facets, row: &Row<'_>, field: &FieldMeta) -> Option<Cell> {
    let state = row.text("state");
    let late = || match row.value("expected_date") {
        Value::Date(due) if state == "confirmed" => lateness(*due, display.today),
        _ => None,
    };
    match field.name {
        "state" => Some(Cell::status(order_state(state, late().is_some()))),
        "expected_date" => late().map(|late| Cell::late(display.text(field, row.value(field.name), ""), late)),
        "receipt" => Some(match state {
            "confirmed" | "done" => Cell::progress(facets.percent("progress", &row.id().to_string())),
            _ => Cell::none(),
        }),
        _ => None,
    }
}

/// An order's state as a dot and a word; filled only when somebody has to act.
pub(crate) fn order_state(state: &str, late: bool) -> Status {
    match state {
        "draft" => Status::quiet("Draft", Tone::Neutral),
        "confirmed" if late => Status::attention("Late", Tone::Danger),
        "confirmed" => Status::quiet("Confirmed", Tone::Info),
        "done" => Status::quiet("Done", Tone::Success),
        "cancelled" => Status::quiet("Cancelled", Tone::Neutral),
        other => Status::quiet(other, Tone::Neutral),
    }
}
