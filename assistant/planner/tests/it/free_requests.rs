//! Requests in people's own words: what others said, what is taken back, talk around the order.

use crate::support::check_on;

/// A Friday.
const FRIDAY: &str = "2026-11-20";

#[test]
fn how_and_when_goods_are_to_come_is_read_in_any_clause() {
    check_on(
        FRIDAY,
        &[
            (
                "The canteen asks for 12 Chai. Please have it delivered on 9 December.",
                "Exotic Liquids: 12 Chai | 2026-12-09",
            ),
            ("Ordere 20 Chai auf Nikolaus!", "Exotic Liquids: 20 Chai | 2026-12-06"),
            ("20 Chai. Eilt nicht, Silvester reicht.", "Exotic Liquids: 20 Chai | 2026-12-31"),
            ("20 Chai, spätestens Nikolaus", "Exotic Liquids: 20 Chai | 2026-12-06"),
            (
                "Lieferung von Chai im Umfang von 20 Stück, Wareneingang am 22.12.2026",
                "Exotic Liquids: 20 Chai | 2026-12-22",
            ),
        ],
    );
}

#[test]
fn what_corrects_nothing_goes_on() {
    check_on(
        FRIDAY,
        &[
            ("thirty Chai and uh maybe no definitely fifteen Chang", "Exotic Liquids: 30 Chai, 15 Chang"),
            ("Forget what I said about Chang. What I want is 55 Chai.", "Exotic Liquids: 55 Chai"),
            ("Don't forget the Chang, 55 Chai and 12 Chang.", "Exotic Liquids: 12 Chang, 55 Chai"),
            ("Statt wie üblich 20 nehmen wir dieses Mal 32 Chai.", "Exotic Liquids: 32 Chai"),
        ],
    );
}

#[test]
fn an_order_is_told_from_other_actions() {
    check_on(
        FRIDAY,
        &[
            ("Please set up a purchase order for 20 Chai.", "Exotic Liquids: 20 Chai"),
            ("Please set up an account for 20 Chai.", "decline OutsideTools"),
            ("They want to know how much we take: tell the system 20 Chai", "Exotic Liquids: 20 Chai"),
            ("20 Chai, and tell the driver to hurry", "decline OutsideTools"),
            ("Restock the cheese counter: 20 Geitost", "Norske Meierier: 20 Geitost"),
            (
                "Chai;20;17.50\nChang;12;18.20\n(name;quantity;price) please order",
                "Exotic Liquids: 20 Chai @ 17.5, 12 Chang @ 18.2",
            ),
            ("Es fehlt noch Chai, und zwar 20 Kisten", "Exotic Liquids: 20 Chai"),
        ],
    );
}

#[test]
fn a_figure_that_is_enough_takes_the_place_of_the_one_told_before() {
    check_on(
        FRIDAY,
        &[
            ("My colleague said 50 Chai but 20 are enough.", "Exotic Liquids: 20 Chai"),
            ("Boss wanted 60 Ikura, I think 30 will do. By Friday please.", "Tokyo Traders: 30 Ikura | 2026-11-27"),
            ("Mein Kollege meinte 50 Chai, aber 20 reichen.", "Exotic Liquids: 20 Chai"),
            ("Not 20 like last week, 30 Chai this time.", "Exotic Liquids: 30 Chai"),
            ("50 Chai and 10 Chang, but 20 are enough.", "ask product"),
        ],
    );
}

#[test]
fn today_is_no_day_of_delivery_where_it_only_talks() {
    check_on(
        FRIDAY,
        &[
            ("Nothing fancy today, just 24 Chai.", "Exotic Liquids: 24 Chai"),
            ("Today I only need 24 Chai.", "Exotic Liquids: 24 Chai"),
            ("24 Chai. That's all for today.", "Exotic Liquids: 24 Chai"),
            ("We usually take 20 Chai, today 30.", "Exotic Liquids: 30 Chai"),
            ("24 Chai, today if possible.", "Exotic Liquids: 24 Chai | 2026-11-20"),
            ("Please deliver today: 24 Chai.", "Exotic Liquids: 24 Chai | 2026-11-20"),
        ],
    );
}

#[test]
fn names_may_be_glued_together() {
    check_on(
        FRIDAY,
        &[
            ("24 Bostoncrabmeat", "New England Seafood Cannery: 24 Boston Crab Meat"),
            ("12 Gula-Malacca and 10 Ipohcoffee", "Leka Trading: 12 Gula Malacca, 10 Ipoh Coffee"),
        ],
    );
}

#[test]
fn a_quantity_judged_gives_way_to_the_one_asked_for() {
    check_on(
        FRIDAY,
        &[
            ("The note says 24 Chang but we only need 18.", "Exotic Liquids: 18 Chang"),
            ("Auf dem Zettel steht 24 Chang, wir brauchen aber nur 18.", "Exotic Liquids: 18 Chang"),
            ("40 Chai is too much, order 30.", "Exotic Liquids: 30 Chai"),
            ("20 Chai reichen nicht, nimm 30.", "Exotic Liquids: 30 Chai"),
            ("I was going to order 40 Chai, but let's keep it at 25.", "Exotic Liquids: 25 Chai"),
            ("Die Kollegin will 12 Chai, mach 24 draus.", "Exotic Liquids: 24 Chai"),
            ("20 Konbu and 10 Tofu. Oh, and make the Konbu 25.", "Mayumi's: 25 Konbu, 10 Tofu"),
            ("We need 20 Chai but have only 18", "ask product"),
            ("20 Chai, 5 boxes a day are enough.", "ask product"),
        ],
    );
}

#[test]
fn an_order_that_waits_for_something_is_asked() {
    check_on(
        FRIDAY,
        &[
            ("As soon as Chai is cheaper order 20.", "ask quantity"),
            ("If Exotic Liquids has Chai, order 20.", "ask quantity"),
            ("20 Chai as soon as possible.", "Exotic Liquids: 20 Chai"),
            ("Tell the assistant to email Leka about 10 Ipoh Coffee.", "decline OutsideTools"),
        ],
    );
}

#[test]
fn feasts_and_weeks_beside_goods() {
    check_on(
        FRIDAY,
        &[
            ("The Christmas tea is nearly gone: 20 Chai.", "Exotic Liquids: 20 Chai"),
            ("Chai 20, Chang 8. KW 49.", "Exotic Liquids: 20 Chai, 8 Chang | 2026-11-30"),
            ("Bitte heute noch 20 Chai.", "Exotic Liquids: 20 Chai | 2026-11-20"),
            ("A single Chai will do.", "Exotic Liquids: 1 Chai"),
        ],
    );
}
