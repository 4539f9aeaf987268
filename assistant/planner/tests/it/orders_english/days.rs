//! When the goods should arrive.

use crate::support::check;

#[test]
fn days() {
    check(&[
        ("40 Chai by 4 December", "Exotic Liquids: 40 Chai | 2026-12-04"),
        ("40 Chai by Dec 4th", "Exotic Liquids: 40 Chai | 2026-12-04"),
        ("40 Chai for 2026-12-01", "Exotic Liquids: 40 Chai | 2026-12-01"),
        ("40 Chai for tomorrow", "Exotic Liquids: 40 Chai | 2026-11-19"),
        ("40 Chai the day after tomorrow", "Exotic Liquids: 40 Chai | 2026-11-20"),
        ("40 Chai in two weeks", "Exotic Liquids: 40 Chai | 2026-12-02"),
        ("40 Chai in 10 days", "Exotic Liquids: 40 Chai | 2026-11-28"),
        ("40 Chai this Friday", "Exotic Liquids: 40 Chai | 2026-11-20"),
        ("40 Chai by the end of the month", "Exotic Liquids: 40 Chai | 2026-11-30"),
        ("40 Chai by end of November", "Exotic Liquids: 40 Chai | 2026-11-30"),
        ("40 Chai mid-December", "Exotic Liquids: 40 Chai | 2026-12-15"),
        ("40 Chai for the 15th", "Exotic Liquids: 40 Chai | 2026-12-15"),
        ("40 Chai on December 4, 2026", "Exotic Liquids: 40 Chai | 2026-12-04"),
        ("40 Chai on Friday, 4 December", "Exotic Liquids: 40 Chai | 2026-12-04"),
        ("40 Chai Wednesday next week", "Exotic Liquids: 40 Chai | 2026-11-25"),
        ("40 Chai a week from Friday", "Exotic Liquids: 40 Chai | 2026-11-27"),
        ("40 Chai before Christmas", "Exotic Liquids: 40 Chai | 2026-12-24"),
        ("40 Chai by 5 January", "Exotic Liquids: 40 Chai | 2027-01-05"),
        ("40 Chai today", "Exotic Liquids: 40 Chai | 2026-11-18"),
        ("For next Monday: 40 Chai", "Exotic Liquids: 40 Chai | 2026-11-23"),
        ("40 Chai by 12/24/2026", "Exotic Liquids: 40 Chai | 2026-12-24"),
        ("40 Chai in a fortnight", "Exotic Liquids: 40 Chai | 2026-12-02"),
        ("40 Chai within 5 working days", "Exotic Liquids: 40 Chai | 2026-11-25"),
        ("40 Chai next Wednesday", "Exotic Liquids: 40 Chai | 2026-11-25"),
        ("Need 40 Chai here by 3pm on Thursday", "Exotic Liquids: 40 Chai | 2026-11-19"),
        ("40 Chai, week 49", "Exotic Liquids: 40 Chai | 2026-11-30"),
    ]);
}

#[test]
fn days_within_an_order() {
    check(&[
        (
            "Please raise a PO to Exotic Liquids for 24 Chang, to be delivered by 11 December.",
            "Exotic Liquids: 24 Chang | 2026-12-11",
        ),
        (
            "Need: 20 Tunnbröd, 15 Gustaf's Knäckebröd. From PB Knäckebröd AB. Delivery next Tuesday.",
            "PB Knäckebröd AB: 20 Tunnbröd, 15 Gustaf's Knäckebröd | 2026-11-24",
        ),
        (
            "order thirty-six Inlagd Sill plus a dozen Gravad lax, by December 1st",
            "Svensk Sjöföda AB: 36 Inlagd Sill, 12 Gravad lax | 2026-12-01",
        ),
        (
            "We want 75 Escargots de Bourgogne from Escargots Nouveaux on 2 December",
            "Escargots Nouveaux: 75 Escargots de Bourgogne | 2026-12-02",
        ),
        (
            "can I have two hundred Sirop d'erable for the 10th of December",
            "Forêts d'érables: 200 Sirop d'érable | 2026-12-10",
        ),
        (
            "I need 3 dozen Sasquatch Ale and 2 dozen Steeleye Stout for the weekend",
            "Bigfoot Breweries: 36 Sasquatch Ale, 24 Steeleye Stout | 2026-11-21",
        ),
        (
            "It looks like we'll need another 40 Geitost by Thursday next week",
            "Norske Meierier: 40 Geitost | 2026-11-26",
        ),
        ("Order 2,000 Zaanse koeken in three weeks", "Zaanse Snoepfabriek: 2000 Zaanse koeken | 2026-12-09"),
        (
            "Please arrange for 90 Boston Crab Meat to arrive on the 27th",
            "New England Seafood Cannery: 90 Boston Crab Meat | 2026-11-27",
        ),
        (
            "Order 10 Vegie-spread, 10 Outback Lager and 10 Carnarvon Tigers from Pavlova Ltd. by 20 December 2026",
            "Pavlova, Ltd.: 10 Vegie-spread, 10 Outback Lager, 10 Carnarvon Tigers | 2026-12-20",
        ),
        ("Chai 40; Chang 20; for tomorrow", "Exotic Liquids: 40 Chai, 20 Chang | 2026-11-19"),
        (
            "We ran out of Tofu yesterday. Please order 40 packs from Mayumi's for tomorrow.",
            "Mayumi's: 40 Tofu | 2026-11-19",
        ),
        ("order a hundred and fifty Rogede sild by noon tomorrow", "Lyngbysild: 150 Rogede sild | 2026-11-19"),
        ("Order 20 Chai and 30 Chang, delivery in a week", "Exotic Liquids: 20 Chai, 30 Chang | 2026-11-25"),
        (
            "The kitchen needs 6 Mascarpone and 6 Mozzarella by Saturday",
            "Formaggi Fortini s.r.l.: 6 Mascarpone Fabioli, 6 Mozzarella di Giovanni | 2026-11-21",
        ),
        ("Schedule a delivery of 30 Chai for 1 December", "Exotic Liquids: 30 Chai | 2026-12-01"),
        ("order 40 chai for the first of December", "Exotic Liquids: 40 Chai | 2026-12-01"),
        ("Order 10 Chai two weeks from now", "Exotic Liquids: 10 Chai | 2026-12-02"),
        ("Order 10 Chai by the end of next week", "Exotic Liquids: 10 Chai | 2026-11-27"),
        ("Order 10 Chai for early December", "Exotic Liquids: 10 Chai | 2026-12-01"),
        ("Order 10 Chai by end of year", "Exotic Liquids: 10 Chai | 2026-12-31"),
        ("Order 10 Chai, deliver Nov 30", "Exotic Liquids: 10 Chai | 2026-11-30"),
        ("Order 10 Chai for Monday week", "Exotic Liquids: 10 Chai | 2026-11-30"),
        ("Order 10 Chai for delivery on Monday the 30th", "Exotic Liquids: 10 Chai | 2026-11-30"),
        (
            "Could I get fifteen jars of Chef Anton's Cajun Seasoning and nine bottles of Louisiana Fiery Hot Pepper Sauce by the 5th of December?",
            "New Orleans Cajun Delights: 15 Chef Anton's Cajun Seasoning, 9 Louisiana Fiery Hot Pepper Sauce | 2026-12-05",
        ),
        (
            "Please get 40 cartons of Zaanse koeken ordered from Zaanse Snoepfabriek, we need them on Monday",
            "Zaanse Snoepfabriek: 40 Zaanse koeken | 2026-11-23",
        ),
        ("Our Chang is nearly finished - get 60 in by the end of the week.", "Exotic Liquids: 60 Chang | 2026-11-20"),
        (
            "My boss wants 12 Côte de Blaye for the gala on 18 December",
            "Aux joyeux ecclésiastiques: 12 Côte de Blaye | 2026-12-18",
        ),
        (
            "Need 50 Escargots by next Wednesday, usual supplier.",
            "Escargots Nouveaux: 50 Escargots de Bourgogne | 2026-11-25",
        ),
        (
            "* 10 Maxilaku\n* 20 Valkoinen suklaa\n* 5 Lakkalikööri\nall from Karkki Oy, for 3 December",
            "Karkki Oy: 10 Maxilaku, 20 Valkoinen suklaa, 5 Lakkalikööri | 2026-12-03",
        ),
        ("order 10 Chai by December", "Exotic Liquids: 10 Chai | 2026-12-01"),
        ("order 10 Chai by 4 Dec.", "Exotic Liquids: 10 Chai | 2026-12-04"),
        ("order 10 Chai before December 10", "Exotic Liquids: 10 Chai | 2026-12-10"),
        ("order 10 Chai by 2026/12/10", "Exotic Liquids: 10 Chai | 2026-12-10"),
        ("order 10 Chai for the week of December 7", "Exotic Liquids: 10 Chai | 2026-12-07"),
        ("order 10 Chai for Fri 4 Dec", "Exotic Liquids: 10 Chai | 2026-12-04"),
        ("order 10 Chai for Dec. 24", "Exotic Liquids: 10 Chai | 2026-12-24"),
        ("order 10 Chai in the middle of December", "Exotic Liquids: 10 Chai | 2026-12-15"),
        ("order 10 Chai in a month", "Exotic Liquids: 10 Chai | 2026-12-18"),
        ("order 10 Chai by the last day of November", "Exotic Liquids: 10 Chai | 2026-11-30"),
        ("order 10 Chai three days from now", "Exotic Liquids: 10 Chai | 2026-11-21"),
        ("order 10 Chai next week", "Exotic Liquids: 10 Chai | 2026-11-23"),
        ("order 10 Chai for next month", "Exotic Liquids: 10 Chai | 2026-12-01"),
        (
            "Order 12 bottles of Chang and 10 boxes of Chai, both for 2 December",
            "Exotic Liquids: 12 Chang, 10 Chai | 2026-12-02",
        ),
        ("Please supply 10 Chai to our Hamburg office by Friday", "Exotic Liquids: 10 Chai | 2026-11-20"),
        ("Ikura - 20 - Tokyo Traders - next Friday", "Tokyo Traders: 20 Ikura | 2026-11-20"),
        (
            "Place order: Ikura (20), Longlife Tofu (10). Supplier Tokyo Traders. ETA 10 Dec.",
            "Tokyo Traders: 20 Ikura, 10 Longlife Tofu | 2026-12-10",
        ),
        ("order 10 Chai to arrive no later than 12 December", "Exotic Liquids: 10 Chai | 2026-12-12"),
    ]);
}
