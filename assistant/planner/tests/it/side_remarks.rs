//! What a request says besides the order: brackets, people and places, what is there, other days. None of it is ordered.

use crate::support::check_on;

/// A Friday.
const FRIDAY: &str = "2026-11-20";

#[test]
fn brackets_add_or_remark() {
    check_on(
        FRIDAY,
        &[
            ("Ikura (14), Longlife Tofu (22)", "Tokyo Traders: 14 Ikura, 22 Longlife Tofu"),
            ("20 cases of Chang (24 bottles each)", "Exotic Liquids: 20 Chang"),
            ("25 Spegesild (the small jars), 10 Rogede sild", "Lyngbysild: 25 Spegesild, 10 Rogede sild"),
            ("Pavlova (the cake one) – 22", "Pavlova, Ltd.: 22 Pavlova"),
            (
                "Frau Hansen (Büro 214, Durchwahl 88) möchte 6 Lakkalikööri für die Feier der 35 Kollegen.",
                "Karkki Oy: 6 Lakkalikööri",
            ),
            ("15 boxes of Konbu, the 2 kg ones, please.", "Mayumi's: 15 Konbu"),
        ],
    );
}

#[test]
fn people_and_places_are_no_goods() {
    check_on(
        FRIDAY,
        &[
            ("Our Perth branch is nearly out of Ipoh Coffee, please order 24", "Leka Trading: 24 Ipoh Coffee"),
            ("40 Filo Mix, 20 of them for Perth and 20 for Sydney", "G'day, Mate: 40 Filo Mix"),
            (
                "Zettel von Uwe auf meinem Tisch: Louisiana Okra 30",
                "New Orleans Cajun Delights: 30 Louisiana Hot Spiced Okra",
            ),
            (
                "30 Chartreuse verte at 17.50 a bottle, as agreed with Mme Nodier",
                "Aux joyeux ecclésiastiques: 30 Chartreuse verte @ 17.5",
            ),
            ("From our Singapore supplier: Ipoh Coffee, 11.", "Leka Trading: 11 Ipoh Coffee"),
            ("20 Maxilaku. Oh, Giovanni just called, all fine.", "Karkki Oy: 20 Maxilaku"),
            ("hi this is marion from the deli we need six raclette", "Gai pâturage: 6 Raclette Courdavault"),
            ("Bitte bei der Metro AG 15 Maxilaku bestellen", "decline UnknownSupplier"),
            ("I'd like ten Ikura, supplier is Osaka Fish Brothers Inc.", "decline UnknownSupplier"),
            ("Lieferant: Müller & Söhne OHG, Artikel: Gorgonzola Telino, Menge: 8", "decline UnknownSupplier"),
        ],
    );
}

#[test]
fn what_is_there_is_not_ordered() {
    check_on(
        FRIDAY,
        &[
            (
                "We only have 3 Sir Rodney's Scones left and 40 are on their way, but that won't last, so get another 25.",
                "Specialty Biscuits, Ltd.: 25 Sir Rodney's Scones",
            ),
            (
                "Laut System liegen noch 9 Mascarpone im Kühlhaus, Mindestbestand 25. Bitte 36 bestellen.",
                "Formaggi Fortini s.r.l.: 36 Mascarpone Fabioli",
            ),
            ("24 mozzarella. no gorgonzola, there's plenty", "Formaggi Fortini s.r.l.: 24 Mozzarella di Giovanni"),
            ("Chai: 20, but Chang we skip this week; Aniseed Syrup: 10.", "Exotic Liquids: 20 Chai, 10 Aniseed Syrup"),
            ("Don't order Chai. Order 12 Chang.", "Exotic Liquids: 12 Chang"),
            ("Thanks for order 10248! Now please do one for 28 Geitost.", "Norske Meierier: 28 Geitost"),
            ("Ruf bitte nicht erst an, sondern bestell 30 Chai.", "Exotic Liquids: 30 Chai"),
        ],
    );
}

#[test]
fn other_days_are_only_told_of() {
    check_on(
        FRIDAY,
        &[
            ("following our tasting on 12 November, let us take 16 Tourtière", "Ma Maison: 16 Tourtière"),
            (
                "The table is booked on 5 December, they asked for Zaanse koeken. Order 15 so that they're here the day before.",
                "Zaanse Snoepfabriek: 15 Zaanse koeken | 2026-12-04",
            ),
            ("order 20 chai for the shop on 5th Avenue", "Exotic Liquids: 20 Chai"),
            ("From now on we'd like 12 Chai", "Exotic Liquids: 12 Chai"),
            ("8 Côte de Blaye, Termin Silvester", "Aux joyeux ecclésiastiques: 8 Côte de Blaye | 2026-12-31"),
            ("14 Konbu zum Monatsende Januar 2027, sprich 31.1.", "Mayumi's: 14 Konbu | 2027-01-31"),
            ("20 Chai, dlvry 30/11", "Exotic Liquids: 20 Chai | 2026-11-30"),
            ("20 Chai by 3 or 4 December", "ask date"),
            ("Draft 20 Chai, expected date 2025-12-04", "decline DatePast"),
        ],
    );
}

#[test]
fn letters_are_forwarded_and_quoted() {
    check_on(
        FRIDAY,
        &[
            (
                "see below pls\n\n-----Original message-----\nFrom: Kitchen 2\nSent: Thursday, 19 November 2026\nSubject: pasta\nHi, could we get 30 ravioli for December 5?\n-----",
                "Pasta Buttini s.r.l.: 30 Ravioli Angelo | 2026-12-05",
            ),
            (
                "FW: FW: low shelf\n\n> from: canteen\n> could we get 48 of Jack's?",
                "New England Seafood Cannery: 48 Jack's New England Clam Chowder",
            ),
            ("Bitte 40 Geitost.\n\nVielen Dank und schönes Wochenende!\nSabine K.", "Norske Meierier: 40 Geitost"),
        ],
    );
}
