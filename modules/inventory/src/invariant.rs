use kontor_command::Invariant;

pub(crate) const ALL: &[Invariant] = &[
    Invariant {
        id: "I1",
        says: "the quantity on hand is the sum of the moves, for each product and place",
        sql: include_str!("../checks/on_hand.sql"),
    },
    Invariant {
        id: "I4",
        says: "the value of stock is the sum of what the moves added, for each product and warehouse",
        sql: include_str!("../checks/value.sql"),
    },
    Invariant {
        id: "I5",
        says: "the average cost is the value divided by the quantity, and nothing on hand is worth nothing",
        sql: include_str!("../checks/average_cost.sql"),
    },
    Invariant {
        id: "I8",
        says: "on every date the value of stock is the balance of the inventory account",
        sql: include_str!("../checks/ledger.sql"),
    },
    Invariant {
        id: "I14",
        says: "nothing on hand is below zero, and no more is reserved than is on hand",
        sql: include_str!("../checks/not_negative.sql"),
    },
];
