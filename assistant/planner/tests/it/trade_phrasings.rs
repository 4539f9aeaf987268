//! Days, prices and quantities as traders write them in passing, and what must be asked rather than guessed.

use crate::support::check_on;

/// A Friday.
const FRIDAY: &str = "2026-11-20";

#[test]
fn days_of_every_form_are_read() {
    check_on(
        FRIDAY,
        &[
            ("20 Chai bis Heilig Abend", "Exotic Liquids: 20 Chai | 2026-12-24"),
            ("20 Chai bis Aschermittwoch", "Exotic Liquids: 20 Chai | 2027-02-10"),
            ("20 Chai by month-end", "Exotic Liquids: 20 Chai | 2026-11-30"),
            ("20 Chai before the month is out", "Exotic Liquids: 20 Chai | 2026-11-30"),
            ("20 Chai not later than Dec 4", "Exotic Liquids: 20 Chai | 2026-12-04"),
            ("20 Chai am letzten Novembertag", "Exotic Liquids: 20 Chai | 2026-11-30"),
            ("20 Chai zum nächsten Ersten", "Exotic Liquids: 20 Chai | 2026-12-01"),
            ("20 Chai in der 50. KW", "Exotic Liquids: 20 Chai | 2026-12-07"),
            ("20 Chai, Termin: 4. KW 2027", "Exotic Liquids: 20 Chai | 2027-01-25"),
            ("20 Chai by the end of Q1", "Exotic Liquids: 20 Chai | 2027-03-31"),
            ("20 Chai am Freitag, den 4.", "Exotic Liquids: 20 Chai | 2026-12-04"),
            ("20 Chai Freitag in acht Tagen", "Exotic Liquids: 20 Chai | 2026-12-04"),
            ("20 Chai, Lieferung so gegen 10 Uhr am Montag", "Exotic Liquids: 20 Chai | 2026-11-23"),
            ("20 Chai, am 24. Dezember haben wir zu, also am 23.", "Exotic Liquids: 20 Chai | 2026-12-23"),
            ("20 Chai, not before 1 December, please on the 4th", "Exotic Liquids: 20 Chai | 2026-12-04"),
            ("20 Chai über\u{ad}morgen", "Exotic Liquids: 20 Chai | 2026-11-22"),
            ("Ikura x12 30.50ea thu pls", "Tokyo Traders: 12 Ikura @ 30.5 | 2026-11-26"),
            ("Samstag ist Stadtfest, da brauchen wir 20 Chai bis Donnerstag.", "Exotic Liquids: 20 Chai | 2026-11-26"),
        ],
    );
}

#[test]
fn a_day_that_is_not_understood_is_asked() {
    check_on(
        FRIDAY,
        &[
            ("20 Chai im ersten Quartal", "ask date"),
            ("20 Chai nach Weihnachten", "ask date"),
            ("20 Chai zwischen den Jahren", "ask quantity"),
            ("20 Chai bis Fasching", "ask quantity"),
        ],
    );
}

#[test]
fn prices_are_told_from_quantities() {
    check_on(
        FRIDAY,
        &[
            ("20 Chai at €210 a dozen", "Exotic Liquids: 20 Chai @ 17.5"),
            ("20 Chai zu 210 € das Dutzend", "Exotic Liquids: 20 Chai @ 17.5"),
            ("20 Chai at 1750 cents", "Exotic Liquids: 20 Chai @ 17.5"),
            ("20 Chai, seventeen fifty a box", "Exotic Liquids: 20 Chai @ 17.5"),
            ("Hundert Geitost à zwo fuffzig", "Norske Meierier: 100 Geitost @ 2.5"),
            ("20 Chai 18.-", "Exotic Liquids: 20 Chai @ 18"),
            ("20 Chai, EK 17,50, VK 29,90", "Exotic Liquids: 20 Chai @ 17.5"),
            ("20 Chai, VK 29,90", "Exotic Liquids: 20 Chai"),
            ("20 Chai at last month's price", "Exotic Liquids: 20 Chai"),
            (
                "Aux joyeux: 12x Chartreuse verte (17,50), 2x Côte de Blaye (260)",
                "Aux joyeux ecclésiastiques: 12 Chartreuse verte @ 17.5, 2 Côte de Blaye @ 260",
            ),
            (
                "15 each of Sasquatch Ale and Steeleye Stout at 13.50",
                "Bigfoot Breweries: 15 Sasquatch Ale @ 13.5, 15 Steeleye Stout @ 13.5",
            ),
            (
                "Stock's at 4 for Louisiana Hot Spiced Okra, reorder point is 20, so bring in 40.",
                "New Orleans Cajun Delights: 40 Louisiana Hot Spiced Okra",
            ),
            (
                "Bei Mayumi's gibt es gerade Aktion auf Tofu, 21,50 statt 23,25. Davon nehmen wir 35.",
                "Mayumi's: 35 Tofu @ 21.5",
            ),
            (
                "Order 20 Schoggi Schokolade at 43.50 and another 10 of them at 42.00",
                "Heli Süßwaren GmbH & Co. KG: 20 Schoggi Schokolade @ 43.5, 10 Schoggi Schokolade @ 42",
            ),
        ],
    );
}

#[test]
fn what_hangs_on_something_unsaid_is_asked() {
    check_on(
        FRIDAY,
        &[
            ("20 Kartons Scones, aber nur wenn sie unter 10 Euro kosten", "ask quantity"),
            ("20 Chai reichen vielleicht, sonst 30.", "ask quantity"),
            ("Is there enough Chai? If not, order 20.", "ask quantity"),
            ("20 Chai zu 18 minus 10 %", "ask quantity"),
            ("20 Chai at half price", "ask quantity"),
            ("20 Chai from the cheaper supplier", "ask quantity"),
            ("as many Chai as fit on a pallet", "ask quantity"),
            ("20.000 Chai", "ask quantity"),
            ("Double what we had last time of Chang: last time it was 20, so 40.", "ask quantity"),
            ("Please order 20 Chai, but not from Exotic Liquids.", "ask supplier"),
        ],
    );
}

#[test]
fn names_are_told_by_what_stands_around_them() {
    check_on(
        FRIDAY,
        &[
            ("We'll take 30 of Exotic's Chai at 17.80, please.", "Exotic Liquids: 30 Chai @ 17.8"),
            ("Von den Escargots bitte vierundzwanzig Stück", "Escargots Nouveaux: 24 Escargots de Bourgogne"),
            ("8 Kartons Vegie-spread? Pavlova, 43 € pro Karton.", "Pavlova, Ltd.: 8 Vegie-spread @ 43"),
            (
                "Need Norwegian cheeses: 15 Gudbrandsdalsost, 10 Flotemysost.",
                "Norske Meierier: 15 Gudbrandsdalsost, 10 Flotemysost",
            ),
            ("Fetch us another 45 Chai from the usual people.", "Exotic Liquids: 45 Chai"),
            ("Zweimal Raclette und dreimal Camembert", "Gai pâturage: 2 Raclette Courdavault, 3 Camembert Pierrot"),
            ("twentyfive Chai. Thanks a million, Lou", "Exotic Liquids: 25 Chai"),
            ("20 Chai from Exotic Fruits", "decline UnknownSupplier"),
            ("We're out of toilet paper, please order 12 packs", "decline UnknownProduct"),
            ("Bitte Angebot einholen für 20 Chai.", "decline OutsideTools"),
            ("Tell me please what we pay for one Côte de Blaye.", "price Côte de Blaye"),
        ],
    );
}

#[test]
fn figures_that_count_no_goods_are_left_out() {
    check_on(
        FRIDAY,
        &[
            ("There are 6 Chai left, we use 2 a day, order 40", "Exotic Liquids: 40 Chai"),
            ("Chai: have 6, need 40", "Exotic Liquids: 40 Chai"),
            ("40 Chai, 10 more than usual", "Exotic Liquids: 40 Chai"),
            ("Chai for a party of 40, say 8 boxes", "Exotic Liquids: 8 Chai"),
            ("Order #4711: 20 Chai", "Exotic Liquids: 20 Chai"),
            ("20 Chai. Tel 0171/555 12 34", "Exotic Liquids: 20 Chai"),
            ("20 Chai, account 30022", "Exotic Liquids: 20 Chai"),
            ("20 Chai, delivery on 8 December between 8 and 12", "Exotic Liquids: 20 Chai | 2026-12-08"),
            ("20 Chai, 30 days net", "Exotic Liquids: 20 Chai"),
            ("20 Chai zahlbar in 30 Tagen", "Exotic Liquids: 20 Chai"),
            ("20 Chai, Skonto 2 % bei 10 Tagen", "Exotic Liquids: 20 Chai"),
            ("20 Chai, MHD mindestens 6 Monate", "Exotic Liquids: 20 Chai"),
            ("20 Chai, Mindestbestellmenge 10", "Exotic Liquids: 20 Chai"),
            ("chai20 chang15 2moro", "Exotic Liquids: 20 Chai, 15 Chang | 2026-11-21"),
        ],
    );
}

#[test]
fn what_is_not_wanted_or_only_told_is_not_drafted() {
    check_on(
        FRIDAY,
        &[
            ("Don't order 20 Chai", "ask product"),
            ("Noch keine 20 Chai bestellen", "ask product"),
            ("Bestelle 20 Chai nicht", "ask quantity"),
            ("20 Chai brauchen wir nicht", "ask quantity"),
            ("20 Chai is too much", "ask quantity"),
            ("We received 20 Chai", "ask quantity"),
            ("20 Chai arrived broken", "ask quantity"),
            ("Should we order 20 Chai?", "ask quantity"),
            ("Reichen 20 Chai?", "ask quantity"),
            ("Offer 20 Chai to Meier", "decline OutsideTools"),
            ("Quote for 20 Chai", "decline OutsideTools"),
        ],
    );
}

#[test]
fn bounds_and_levels_leave_the_quantity_open() {
    check_on(
        FRIDAY,
        &[
            ("mehr als 20 Chai", "ask quantity"),
            ("über 20 Chai", "ask quantity"),
            ("20 Chai or more", "ask quantity"),
            ("Eine Bestellung über 20 Chai", "Exotic Liquids: 20 Chai"),
            ("ein bis zwei Dutzend Chai", "ask quantity"),
            ("Bring Chai to 40", "ask quantity"),
            ("We need 20 Chai, have 5, so order the difference", "ask quantity"),
            ("20 Chai, Preis unter 18", "ask quantity"),
            ("20 Chai if they're at 17.50", "ask quantity"),
        ],
    );
}

#[test]
fn corrections_that_correct_nothing_are_asked() {
    check_on(
        FRIDAY,
        &[
            ("20 Chai. Scrap that. 25 Chang.", "Exotic Liquids: 25 Chang"),
            ("20 Chai, no 25", "Exotic Liquids: 25 Chai"),
            ("20 Chai and 15 Chang. Actually, only the Chang.", "ask quantity"),
            ("20 Chai and 15 Chang, other way round", "ask quantity"),
            ("20 Sasquatch Stout", "ask product: Sasquatch Ale / Steeleye Stout"),
            ("20 Boysenberry Jam", "decline UnknownProduct"),
        ],
    );
}

#[test]
fn questions_in_other_words() {
    check_on(
        FRIDAY,
        &[
            ("Could you look up how many Ikura we have?", "stock Ikura"),
            ("Welche Bestellungen laufen noch bei Leka?", "open orders Leka Trading"),
            ("Was kommt noch von Leka?", "open orders Leka Trading"),
            ("Which deliveries should already be here?", "overdue"),
            ("Welche Bestellungen hätten schon da sein müssen?", "overdue"),
            ("When does Exotic Liquids deliver?", "decline OutsideTools"),
        ],
    );
}

#[test]
fn figures_beyond_all_bounds_are_refused() {
    check_on(
        FRIDAY,
        &[
            ("double 99999999999999999999999999999999 Chai", "decline QuantityAbsurd"),
            ("99999999999999999999999999999 and a half Chai", "decline QuantityAbsurd"),
            ("20 Chai at 79228162514264337593543950335 euros 50", "decline PriceUnusable"),
            ("20 Chai in 79228162514264337593543.5 weeks", "decline QuantityAbsurd"),
        ],
    );
}

#[test]
fn a_correction_ends_where_the_order_goes_on() {
    check_on(
        FRIDAY,
        &[
            (
                "Vegie-spread, 15 jars... make it two dozen. Outback Lager 48.",
                "Pavlova, Ltd.: 24 Vegie-spread, 48 Outback Lager",
            ),
            ("10 Röd Kaviar now, 10 next month.", "ask product"),
            ("20 Chai; falls Exotic nicht liefern kann, bei Leka.", "ask quantity"),
            ("Get me a quote for 40 Chai.", "decline OutsideTools"),
            ("Could you double-check and then order 30 Chai?", "Exotic Liquids: 30 Chai"),
            ("A round two hundred Geitost, my note from Tuesday said.", "Norske Meierier: 200 Geitost"),
            ("15 Gula Malacca, 19,20 p. Sack", "Leka Trading: 15 Gula Malacca @ 19.2"),
        ],
    );
}

#[test]
fn talk_of_days_that_are_not_the_deliverys() {
    check_on(
        FRIDAY,
        &[
            ("10 Chai, besten Dank und schönes Wochenende!", "Exotic Liquids: 10 Chai"),
            (
                "Sorry to bother you on a Friday evening – 9 Côte de Blaye, needed for the 5th of December.",
                "Aux joyeux ecclésiastiques: 9 Côte de Blaye | 2026-12-05",
            ),
            (
                "Samstagabend kommt eine Hochzeitsgesellschaft. 8 Gravad lax, Lieferung Freitag.",
                "Svensk Sjöföda AB: 8 Gravad lax | 2026-11-27",
            ),
            ("10 Chai each Monday", "ask date"),
            ("10 Chai möglichst Montag, sonst Dienstag", "ask date"),
            ("10 Chai am kommenden Werktag", "Exotic Liquids: 10 Chai | 2026-11-23"),
            ("10 Chai am letzten Tag des Jahres", "Exotic Liquids: 10 Chai | 2026-12-31"),
            ("10 Chai zum Quartalsende", "Exotic Liquids: 10 Chai | 2026-12-31"),
            ("10 Chai bis 30. 11.", "Exotic Liquids: 10 Chai | 2026-11-30"),
            ("12 gravad lax 2 inlagd sill fri svensk", "Svensk Sjöföda AB: 12 Gravad lax, 2 Inlagd Sill | 2026-11-27"),
            ("As per quotation Q-2026-118: 30 Chai", "Exotic Liquids: 30 Chai"),
            (
                "50 Boston Crab Meat, agreed price seventeen ninety",
                "New England Seafood Cannery: 50 Boston Crab Meat @ 17.9",
            ),
            ("20 genen shoju", "Mayumi's: 20 Genen Shouyu"),
        ],
    );
}

#[test]
fn what_each_of_several_places_gets_is_not_reckoned() {
    check_on(
        FRIDAY,
        &[
            ("Each of our three shops needs 12 Chai", "ask quantity"),
            ("Both shops need Chai, 12 each", "ask quantity"),
            ("Order 12 Chai per shop, we have three", "ask quantity"),
            ("36 Chai, 12 for each of our three shops", "ask quantity"),
            ("10 Tunnbröd, price/unit 8.50", "PB Knäckebröd AB: 10 Tunnbröd @ 8.5"),
            ("They raised Ikura from 31 to 33, still, we need 10.", "ask quantity"),
            (
                "Two things for Exotic Liquids: the Chai, 36 at 17.50, and Chang, 18.",
                "Exotic Liquids: 36 Chai @ 17.5, 18 Chang",
            ),
            ("Zaanse again. Chocolate, 30.", "Zaanse Snoepfabriek: 30 Chocolade"),
            ("Pavlova again. 20 Outback Lager.", "Pavlova, Ltd.: 20 Outback Lager"),
            ("25 Chang, deliver w/e 11 December", "Exotic Liquids: 25 Chang | 2026-12-11"),
            ("25 Chang eta 11dec", "Exotic Liquids: 25 Chang | 2026-12-11"),
            ("25 Chang by 20261211", "Exotic Liquids: 25 Chang | 2026-12-11"),
            ("25 Chang within 48 hours", "Exotic Liquids: 25 Chang | 2026-11-22"),
            ("25 Chang in spring", "ask quantity"),
        ],
    );
}

#[test]
fn papers_with_numbered_rows_and_sums() {
    check_on(
        FRIDAY,
        &[
            (
                "PURCHASE ORDER\nNo: 2026-1187\nDate: 20/11/2026\nDeliver by: 04/12/2026\n\n1  Sasquatch Ale    48   13.60\n2  \
                 Steeleye Stout   24   17.40\n\nTotal 1,070.40 EUR",
                "Bigfoot Breweries: 48 Sasquatch Ale @ 13.6, 24 Steeleye Stout @ 17.4 | 2026-12-04",
            ),
            (
                "48 Sasquatch Ale\n24 Steeleye Stout\nTotal 1,070.40 EUR",
                "Bigfoot Breweries: 48 Sasquatch Ale, 24 Steeleye Stout",
            ),
            ("20 Chai and 15 Chang for 640 in total", "ask quantity"),
            ("20 Chai for 350 in total and 15 Chang", "Exotic Liquids: 20 Chai @ 17.5, 15 Chang"),
            ("20 Chai in KW 50, gerne am Donnerstag", "Exotic Liquids: 20 Chai | 2026-12-10"),
            ("20 Chai next week, ideally Wednesday", "Exotic Liquids: 20 Chai | 2026-11-25"),
            ("Voice memo: twenty Chai", "Exotic Liquids: 20 Chai"),
        ],
    );
}

#[test]
fn two_prices_of_one_line_are_asked() {
    check_on(
        FRIDAY,
        &[
            ("24 Chai; list price 18, ours 17.80", "ask quantity"),
            ("24 Chai, regular 18.00 but 17.80 for us", "ask quantity"),
            ("24 Chai je 17,80 €, zusammen 427,20 €", "Exotic Liquids: 24 Chai @ 17.8"),
            ("24 Chai at 17.80 per unit, i.e. 427.20 for the lot", "Exotic Liquids: 24 Chai @ 17.8"),
            (
                "Can Grandma Kelly's ship us 18 of the cranberry by Tuesday? 39 each is fine.",
                "Grandma Kelly's Homestead: 18 Northwoods Cranberry Sauce @ 39 | 2026-11-24",
            ),
        ],
    );
}

#[test]
fn a_day_of_one_line_is_asked() {
    check_on(
        FRIDAY,
        &[
            ("20 Chai und 10 Chang, den Chai aber erst im Januar", "ask quantity"),
            ("20 Chai and 10 Chang, Chai by Friday", "ask quantity"),
            ("20 Chai and 10 Chang by Friday", "Exotic Liquids: 20 Chai, 10 Chang | 2026-11-27"),
            ("20 Chai und 10 Chang, beim Chang lieber 15", "Exotic Liquids: 20 Chai, 15 Chang"),
            ("20 Chai. On reflection 25.", "Exotic Liquids: 25 Chai"),
        ],
    );
}

#[test]
fn what_is_taken_back_is_told_from_what_is_asked() {
    check_on(
        FRIDAY,
        &[
            ("The 20 Chai you mentioned, please order them.", "Exotic Liquids: 20 Chai"),
            ("Wir wollten eigentlich 40 Filo Mix, aber 25 reichen.", "G'day, Mate: 25 Filo Mix"),
            (
                "Bitte alles wie im Fax: 12 Ravioli Angelo, 12 Gnocchi di nonna Alice.",
                "Pasta Buttini s.r.l.: 12 Ravioli Angelo, 12 Gnocchi di nonna Alice",
            ),
            (
                "20 Chai à 17,80 EUR\n15 Chang à 18,90 EUR\nGesamt: 639,50 EUR",
                "Exotic Liquids: 20 Chai @ 17.8, 15 Chang @ 18.9",
            ),
        ],
    );
}
