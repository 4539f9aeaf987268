//! What is said, and then said otherwise.

use crate::support::check;

#[test]
fn corrections_in_the_same_breath() {
    check(&[
        ("order 40 Chai, sorry, make that 30", "Exotic Liquids: 30 Chai"),
        ("order 40 Chai and 12 Chang. No wait, 25 Chai.", "Exotic Liquids: 25 Chai, 12 Chang"),
        ("order 40 Chai, no wait, 25", "Exotic Liquids: 25 Chai"),
        ("order 40 Chai - actually make it 50 - for Friday", "Exotic Liquids: 50 Chai | 2026-11-20"),
        ("order 40 Chai, I mean Chang", "Exotic Liquids: 40 Chang"),
        ("order 40 Chai from Tokyo Traders, sorry, Exotic Liquids", "Exotic Liquids: 40 Chai"),
        ("order 40 Chai for Friday, no, Monday", "Exotic Liquids: 40 Chai | 2026-11-23"),
        ("order 30 instead of 40 Chai", "Exotic Liquids: 30 Chai"),
        ("order 40 Chai, scratch that, 20", "Exotic Liquids: 20 Chai"),
        ("not 40 but 30 Chai please", "Exotic Liquids: 30 Chai"),
        ("Sorry to bother you, please order 40 Chai", "Exotic Liquids: 40 Chai"),
        ("order 40 Chai and 12 Chang, sorry, make that 10 Chang", "Exotic Liquids: 40 Chai, 10 Chang"),
    ]);
}

#[test]
fn corrections_after_a_pause() {
    check(&[
        ("Order 40 Tofu - wait, Longlife Tofu, not Tofu", "Tokyo Traders: 40 Longlife Tofu"),
        ("Order 20 Ikura. Actually, make it 25. By Friday.", "Tokyo Traders: 25 Ikura | 2026-11-20"),
        ("order 40 Chai and 12 Chang; correction: 14 Chang", "Exotic Liquids: 40 Chai, 14 Chang"),
        ("I'd like 40 Chai, or rather 45", "Exotic Liquids: 45 Chai"),
        ("Please order 30 Chai... no, 35.", "Exotic Liquids: 35 Chai"),
        ("we need a dozen and a half... no, make it two dozen Filo Mix", "G'day, Mate: 24 Filo Mix"),
        ("order 40 Chai and 12 Chang, sorry I meant 14 Chang and 30 Chai", "Exotic Liquids: 30 Chai, 14 Chang"),
        ("order 40 Chai. Oops, I meant 14.", "Exotic Liquids: 14 Chai"),
        (
            "order 40 Chai from Exotic Liquids for Friday. Sorry, make that 45 for Monday.",
            "Exotic Liquids: 45 Chai | 2026-11-23",
        ),
        ("order 40 Chai and 12 Chang, no Chang after all", "Exotic Liquids: 40 Chai"),
        ("order 40 Chai, hmm, let's say 35", "Exotic Liquids: 35 Chai"),
        ("order 40 Chai - no, Chang", "Exotic Liquids: 40 Chang"),
        ("order 10 Chai at 17.50, sorry, 16.50 each", "Exotic Liquids: 10 Chai @ 16.5"),
        ("order forty - no, fifty - boxes of Chai", "Exotic Liquids: 50 Chai"),
        (
            "order 20 Outback Lager and, wait, 30 Vegie-spread from Pavlova",
            "Pavlova, Ltd.: 20 Outback Lager, 30 Vegie-spread",
        ),
    ]);
}
