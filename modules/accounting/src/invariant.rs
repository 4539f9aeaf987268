use kontor_command::Invariant;

pub(crate) const ALL: &[Invariant] = &[
    Invariant {
        id: "I6",
        says: "in every journal entry debits equal credits and its amount, on at least two lines",
        sql: include_str!("../checks/entry_balanced.sql"),
    },
    Invariant {
        id: "I9",
        says: "the trial balance sums to zero, and assets equal liabilities, equity and result",
        sql: include_str!("../checks/trial_balance.sql"),
    },
    Invariant {
        id: "I10",
        says: "posted journal entries never change",
        sql: include_str!("../checks/entry_changed.sql"),
    },
    Invariant {
        id: "I12",
        says: "numbers of journal entries have no gap within a journal and a year",
        sql: include_str!("../checks/number_gaps.sql"),
    },
];
