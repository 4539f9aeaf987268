//! Orders as people write them: letters, tables, codes, feasts, quantities told by others, prices told apart.

use crate::support::check_on;

/// A Friday.
const FRIDAY: &str = "2026-11-20";

#[test]
fn days_found_by_counting_and_custom() {
    check_on(
        FRIDAY,
        &[
            ("30 Steeleye Stout for Nikolaus", "Bigfoot Breweries: 30 Steeleye Stout | 2026-12-06"),
            ("30 Schoggi bis Nikolaus", "Heli Süßwaren GmbH & Co. KG: 30 Schoggi Schokolade | 2026-12-06"),
            ("30 Schoggi zum Nikolaustag", "Heli Süßwaren GmbH & Co. KG: 30 Schoggi Schokolade | 2026-12-06"),
            ("20 Chai on the first Monday of December", "Exotic Liquids: 20 Chai | 2026-12-07"),
            ("20 Chai by the second Friday in January", "Exotic Liquids: 20 Chai | 2027-01-08"),
            ("20 Chai by the last Friday of November", "Exotic Liquids: 20 Chai | 2026-11-27"),
            ("20 Chai am ersten Montag im Dezember", "Exotic Liquids: 20 Chai | 2026-12-07"),
            ("20 Chai bis zum letzten Freitag im Dezember", "Exotic Liquids: 20 Chai | 2026-12-25"),
            ("20 Chai in KW 50", "Exotic Liquids: 20 Chai | 2026-12-07"),
            ("20 Chai bis KW50", "Exotic Liquids: 20 Chai | 2026-12-07"),
            ("20 Chai, Lieferung Mittwoch KW 50", "Exotic Liquids: 20 Chai | 2026-12-09"),
            ("20 Chai, delivery week 50", "Exotic Liquids: 20 Chai | 2026-12-07"),
            ("20 Chai by Tuesday of week 50", "Exotic Liquids: 20 Chai | 2026-12-08"),
            ("20 Chai a week on Monday", "Exotic Liquids: 20 Chai | 2026-11-30"),
            ("20 Chai on Monday week", "Exotic Liquids: 20 Chai | 2026-11-30"),
            ("20 Chai two days before Christmas", "Exotic Liquids: 20 Chai | 2026-12-22"),
            ("20 Chai by Boxing Day", "Exotic Liquids: 20 Chai | 2026-12-26"),
            ("20 Chai bis Silvester", "Exotic Liquids: 20 Chai | 2026-12-31"),
            ("20 Chai by New Year's Eve", "Exotic Liquids: 20 Chai | 2026-12-31"),
            ("20 Chai by Thanksgiving", "Exotic Liquids: 20 Chai | 2026-11-26"),
            ("20 Chai zum ersten Advent", "Exotic Liquids: 20 Chai | 2026-11-29"),
            ("20 Chai zum 2. Advent", "Exotic Liquids: 20 Chai | 2026-12-06"),
            ("20 Chai by Easter", "Exotic Liquids: 20 Chai | 2027-03-28"),
            ("20 Chai bis Heilige Drei Könige", "Exotic Liquids: 20 Chai | 2027-01-06"),
            ("20 Chai für Valentinstag", "Exotic Liquids: 20 Chai | 2027-02-14"),
            ("20 Chai by mid-January", "Exotic Liquids: 20 Chai | 2027-01-15"),
            ("20 Chai in a fortnight", "Exotic Liquids: 20 Chai | 2026-12-04"),
            ("20 Chai a fortnight today", "Exotic Liquids: 20 Chai | 2026-12-04"),
            ("20 Chai by the twenty-third of December", "Exotic Liquids: 20 Chai | 2026-12-23"),
            ("20 Chai by December twenty-first", "Exotic Liquids: 20 Chai | 2026-12-21"),
            ("20 Chai bis zum dreiundzwanzigsten Dezember", "Exotic Liquids: 20 Chai | 2026-12-23"),
            ("20 Chai by EOM", "Exotic Liquids: 20 Chai | 2026-11-30"),
            ("20 Chai by EOY", "Exotic Liquids: 20 Chai | 2026-12-31"),
            ("Konbu 20 Stück, Tofu 30 Stück, Lieferung KW 49", "Mayumi's: 20 Konbu, 30 Tofu | 2026-11-30"),
            (
                "6 Camembert Pierrot, 4 Raclette Courdavault - Gai pâturage - before Christmas",
                "Gai pâturage: 6 Camembert Pierrot, 4 Raclette Courdavault | 2026-12-24",
            ),
            (
                "Ten Konbu, ten Tofu, ten Genen Shouyu; all for Monday week",
                "Mayumi's: 10 Konbu, 10 Tofu, 10 Genen Shouyu | 2026-11-30",
            ),
            ("40 Chai bis Freitagabend", "Exotic Liquids: 40 Chai | 2026-11-27"),
            ("40 Chai am Montagmorgen", "Exotic Liquids: 40 Chai | 2026-11-23"),
            ("40 Chai in drei Wochen ab heute", "Exotic Liquids: 40 Chai | 2026-12-11"),
        ],
    );
}

#[test]
fn short_weekdays_stand_alone() {
    check_on(
        FRIDAY,
        &[
            ("Exotic Liquids: 12 chang, 5 chai. Tue", "Exotic Liquids: 12 Chang, 5 Chai | 2026-11-24"),
            ("10 chai. Thu.", "Exotic Liquids: 10 Chai | 2026-11-26"),
            ("Bigfoot Breweries - 24 steeleye stout; mon", "Bigfoot Breweries: 24 Steeleye Stout | 2026-11-23"),
            ("Mayumi's: 6 konbu. Mi", "Mayumi's: 6 Konbu | 2026-11-25"),
            ("20 tofu, Fr.", "Mayumi's: 20 Tofu | 2026-11-27"),
            ("40x chai + 12x chang -> fri", "Exotic Liquids: 40 Chai, 12 Chang | 2026-11-27"),
        ],
    );
}

#[test]
fn codes() {
    check_on(
        FRIDAY,
        &[
            (
                "8 of #PRD-00012 by Monday",
                "Cooperativa de Quesos 'Las Cabras': 8 Queso Manchego La Pastora | 2026-11-23",
            ),
            ("15 x #PRD-00024", "Refrescos Americanas LTDA: 15 Guaraná Fantástica"),
            ("Order 7 of item PRD-00033 and 3 of item PRD-00069", "Norske Meierier: 7 Geitost, 3 Gudbrandsdalsost"),
            ("12 Stück von Artikel PRD-00013 bitte", "Mayumi's: 12 Konbu"),
            (
                "#PRD-00040: 10, #PRD-00041: 20",
                "New England Seafood Cannery: 10 Boston Crab Meat, 20 Jack's New England Clam Chowder",
            ),
            ("Order 5 of product 4711", "decline UnknownProduct"),
            ("10 x #888 bitte", "decline UnknownProduct"),
            ("Bestelle 20 Stück von Artikel 950", "decline UnknownProduct"),
            ("I'd like item no. 777, 3 pieces", "decline UnknownProduct"),
            ("PO#4711 - 40 Chai, 12 Chang", "Exotic Liquids: 40 Chai, 12 Chang"),
        ],
    );
}

#[test]
fn letters_and_mails() {
    check_on(
        FRIDAY,
        &[
            (
                "Sehr geehrte Frau Schmidt,\n\nhiermit bestellen wir 20 Chai und 10 Chang.\n\nBitte liefern Sie bis zum 11.12.\n\nMit freundlichem Gruß\nPeter Müller",
                "Exotic Liquids: 20 Chai, 10 Chang | 2026-12-11",
            ),
            (
                "Sehr geehrte Damen und Herren,\nwir möchten gern 15 Gravad lax und 10 Inlagd Sill bestellen.\nHochachtungsvoll\nB. Köhler",
                "Svensk Sjöföda AB: 15 Gravad lax, 10 Inlagd Sill",
            ),
            ("Liebes Team,\nbitte bestellt 12 Maxilaku.\nViele Grüße\nAnna", "Karkki Oy: 12 Maxilaku"),
            (
                "Dear Sir or Madam,\n\nWe would like to order 20 Filo Mix and 10 Perth Pasties.\n\nYours faithfully,\nJohn Smith",
                "G'day, Mate: 20 Filo Mix, 10 Perth Pasties",
            ),
            (
                "Hi all,\n\nQuick one: can someone please order 36 Outback Lager for the 12th of December?\n\nBest,\nMaria",
                "Pavlova, Ltd.: 36 Outback Lager | 2026-12-12",
            ),
            (
                "Dear purchasing team,\n\nFollowing our meeting yesterday, please order 40 Chai and 20 Chang from Exotic Liquids. We need them by 10 December at the latest.\n\nKind regards,\nSusan Baker\nHead of Operations",
                "Exotic Liquids: 40 Chai, 20 Chang | 2026-12-10",
            ),
            (
                "Subject: Order for Karkki\n\nHello,\n30 Maxilaku and 12 Lakkalikööri please.\n\nThanks\nTom",
                "Karkki Oy: 30 Maxilaku, 12 Lakkalikööri",
            ),
        ],
    );
}

#[test]
fn tables_and_forms() {
    check_on(
        FRIDAY,
        &[
            ("Product | Qty\nChai | 20\nChang | 10", "Exotic Liquids: 20 Chai, 10 Chang"),
            (
                "Qty | Product | Price\n20 | Chai | 17.50\n10 | Chang | 18.20",
                "Exotic Liquids: 20 Chai @ 17.5, 10 Chang @ 18.2",
            ),
            ("Artikel;Menge;Preis\nChai;20;17,50\nChang;10;18,20", "Exotic Liquids: 20 Chai @ 17.5, 10 Chang @ 18.2"),
            ("Item\tQty\nKonbu\t12\nTofu\t20", "Mayumi's: 12 Konbu, 20 Tofu"),
            ("| Product | Quantity |\n|---|---|\n| Konbu | 12 |\n| Tofu | 20 |", "Mayumi's: 12 Konbu, 20 Tofu"),
            ("Pos. Menge Artikel\n1. 20 Chai\n2. 10 Chang", "Exotic Liquids: 20 Chai, 10 Chang"),
            ("1) 20 Chai\n2) 10 Chang", "Exotic Liquids: 20 Chai, 10 Chang"),
            (
                "- 20 Chai\n- 10 Chang\n- 5 Aniseed Syrup\nfor Dec 4",
                "Exotic Liquids: 20 Chai, 10 Chang, 5 Aniseed Syrup | 2026-12-04",
            ),
            ("* Konbu x 12\n* Tofu x 20", "Mayumi's: 12 Konbu, 20 Tofu"),
            (
                "Supplier: Karkki Oy\nProduct: Maxilaku\nQuantity: 30\nDelivery: 5 December 2026",
                "Karkki Oy: 30 Maxilaku | 2026-12-05",
            ),
            (
                "Lieferant: Karkki Oy\nArtikel: Maxilaku\nMenge: 30\nPreis: 19,50\nLiefertermin: 05.12.2026",
                "Karkki Oy: 30 Maxilaku @ 19.5 | 2026-12-05",
            ),
            ("Vendor=Karkki Oy; item=Maxilaku; qty=30; date=2026-12-05", "Karkki Oy: 30 Maxilaku | 2026-12-05"),
            ("chai*40 chang*12", "Exotic Liquids: 40 Chai, 12 Chang"),
        ],
    );
}

#[test]
fn quantities_told_by_others() {
    check_on(
        FRIDAY,
        &[
            ("20 Chai and twice as many Chang", "Exotic Liquids: 20 Chai, 40 Chang"),
            ("20 Chai and half as many Chang", "Exotic Liquids: 20 Chai, 10 Chang"),
            ("12 Konbu and the same amount of Tofu", "Mayumi's: 12 Konbu, 12 Tofu"),
            ("12 Konbu and just as many Tofu", "Mayumi's: 12 Konbu, 12 Tofu"),
            ("Order 15 Geitost and three times as many Flotemysost", "Norske Meierier: 15 Geitost, 45 Flotemysost"),
            ("Bestelle 20 Chai und doppelt so viele Chang", "Exotic Liquids: 20 Chai, 40 Chang"),
            ("Bestelle 20 Chai und halb so viele Chang", "Exotic Liquids: 20 Chai, 10 Chang"),
            ("12 Konbu und genauso viele Tofu", "Mayumi's: 12 Konbu, 12 Tofu"),
            ("12 Konbu und ebenso viel Tofu", "Mayumi's: 12 Konbu, 12 Tofu"),
            ("30 Chai plus the same again of Chang", "Exotic Liquids: 30 Chai, 30 Chang"),
            ("Order 10 Geitost and double that of Flotemysost", "Norske Meierier: 10 Geitost, 20 Flotemysost"),
        ],
    );
}

#[test]
fn numbers_in_words() {
    check_on(
        FRIDAY,
        &[
            ("1 gross Chai, please", "Exotic Liquids: 144 Chai"),
            ("a gross of Chang from Exotic Liquids", "Exotic Liquids: 144 Chang"),
            ("half a gross of Konbu", "Mayumi's: 72 Konbu"),
            ("ein Gros Konbu", "Mayumi's: 144 Konbu"),
            ("ein Schock Tofu", "Mayumi's: 60 Tofu"),
            ("anderthalb Dutzend Tofu", "Mayumi's: 18 Tofu"),
            ("one and a half dozen Konbu", "Mayumi's: 18 Konbu"),
            ("a dozen and a half Konbu", "Mayumi's: 18 Konbu"),
            ("a score of Geitost", "Norske Meierier: 20 Geitost"),
            ("a baker's dozen of Pavlova", "Pavlova, Ltd.: 13 Pavlova"),
            ("a quarter of a hundred Chang", "Exotic Liquids: 25 Chang"),
            ("ein Viertelhundert Konbu", "Mayumi's: 25 Konbu"),
            ("ein halbes Hundert Tofu", "Mayumi's: 50 Tofu"),
            ("zwo Dutzend Chai", "Exotic Liquids: 24 Chai"),
            (
                "Chai, Chang and Aniseed Syrup, a dozen of each, by Christmas",
                "Exotic Liquids: 12 Chai, 12 Chang, 12 Aniseed Syrup | 2026-12-24",
            ),
            (
                "A dozen each of the Sasquatch and the Steeleye",
                "Bigfoot Breweries: 12 Sasquatch Ale, 12 Steeleye Stout",
            ),
            (
                "Sasquatch Ale and Steeleye Stout - two dozen of both",
                "Bigfoot Breweries: 24 Sasquatch Ale, 24 Steeleye Stout",
            ),
            (
                "Je ein Dutzend Sasquatch Ale und Steeleye Stout",
                "Bigfoot Breweries: 12 Sasquatch Ale, 12 Steeleye Stout",
            ),
            ("a couple of hundred Konbu", "Mayumi's: 200 Konbu"),
            ("1k Konbu", "Mayumi's: 1000 Konbu"),
            ("1.5k Konbu", "Mayumi's: 1500 Konbu"),
            ("1 000 Konbu", "Mayumi's: 1000 Konbu"),
            ("Konbu: one hundred and twenty-five", "Mayumi's: 125 Konbu"),
            ("hundertfünfundzwanzig Konbu", "Mayumi's: 125 Konbu"),
            ("zwölf Dutzend Konbu", "Mayumi's: 144 Konbu"),
            ("Konbu, a round dozen", "Mayumi's: 12 Konbu"),
        ],
    );
}

#[test]
fn prices_told_apart() {
    check_on(
        FRIDAY,
        &[
            ("Order 12 Konbu and 20 Tofu. The price of the Konbu is 5.50", "Mayumi's: 12 Konbu @ 5.5, 20 Tofu"),
            ("Order 12 Konbu and 20 Tofu. The Tofu costs 21 each.", "Mayumi's: 12 Konbu, 20 Tofu @ 21"),
            ("Order 12 Chang and 40 Chai; we agreed on 17.20 for the Chai", "Exotic Liquids: 12 Chang, 40 Chai @ 17.2"),
            (
                "Bestelle 12 Konbu und 20 Tofu. Der Preis für Konbu beträgt 5,50 € pro Stück.",
                "Mayumi's: 12 Konbu @ 5.5, 20 Tofu",
            ),
            (
                "Bestelle 30 Chai und 10 Chang. Chai kostet 17,10, Chang 18,40.",
                "Exotic Liquids: 30 Chai @ 17.1, 10 Chang @ 18.4",
            ),
            ("price chai", "price Chai"),
            ("Order 15 Konbu at 5.80 — make that 5.60", "Mayumi's: 15 Konbu @ 5.6"),
            ("Order 15 Konbu at 5.80, sorry, 5.60", "Mayumi's: 15 Konbu @ 5.6"),
            ("24 Ikura at EUR 30.50 apiece", "Tokyo Traders: 24 Ikura @ 30.5"),
            ("24 Ikura at €30.50/unit", "Tokyo Traders: 24 Ikura @ 30.5"),
            ("24 Ikura, unit price 30.50", "Tokyo Traders: 24 Ikura @ 30.5"),
            ("24 Ikura (30.50 each)", "Tokyo Traders: 24 Ikura @ 30.5"),
            ("24 Ikura at a price of 30.50 per jar", "Tokyo Traders: 24 Ikura @ 30.5"),
            ("24 Ikura (à 30,50)", "Tokyo Traders: 24 Ikura @ 30.5"),
            ("24 Ikura für je 30,50", "Tokyo Traders: 24 Ikura @ 30.5"),
            ("24 Ikura zum Stückpreis von 30,50 €", "Tokyo Traders: 24 Ikura @ 30.5"),
            ("24 Ikura; agreed price: 30.50 EUR", "Tokyo Traders: 24 Ikura @ 30.5"),
            (
                "20 Rössle Sauerkraut für 45,60 das Glas",
                "Plutzer Lebensmittelgroßmärkte AG: 20 Rössle Sauerkraut @ 45.6",
            ),
            (
                "20 Rössle Sauerkraut zum Preis von je 45,60 Euro bis übernächsten Montag",
                "Plutzer Lebensmittelgroßmärkte AG: 20 Rössle Sauerkraut @ 45.6 | 2026-11-30",
            ),
            (
                "20 Rössle Sauerkraut, Stückpreis 45,60 netto",
                "Plutzer Lebensmittelgroßmärkte AG: 20 Rössle Sauerkraut @ 45.6",
            ),
        ],
    );
}

#[test]
fn suppliers_only_mentioned() {
    check_on(
        FRIDAY,
        &[
            ("Please order 30 Chai from Exotic Liquids; Tokyo Traders had none.", "Exotic Liquids: 30 Chai"),
            ("Order 10 Maxilaku from Karkki Oy, as Zaanse Snoepfabriek can't deliver.", "Karkki Oy: 10 Maxilaku"),
            ("20 Tofu from Mayumi's please, not from Tokyo Traders", "Mayumi's: 20 Tofu"),
            ("Bestelle 20 Tofu bei Mayumi's, da Tokyo Traders nicht liefern kann", "Mayumi's: 20 Tofu"),
            (
                "Bestelle 25 Ipoh Coffee diesmal bei Tokyo Traders statt bei Leka Trading",
                "Tokyo Traders: 25 Ipoh Coffee",
            ),
            ("Everything from Leka Trading: 10 Chai, 5 Tofu, 4 Ikura", "Leka Trading: 10 Chai, 5 Tofu, 4 Ikura"),
            (
                "10 Chai, 5 Tofu and 4 Ikura, everything from Leka Trading please",
                "Leka Trading: 10 Chai, 5 Tofu, 4 Ikura",
            ),
            ("One order, one supplier: 6 Chai and 6 Tofu, both from Tokyo Traders", "Tokyo Traders: 6 Chai, 6 Tofu"),
            ("Alles von Leka Trading: 10 Chai, 5 Tofu", "Leka Trading: 10 Chai, 5 Tofu"),
            (
                "10 Chai und 5 Tofu, alles bei Leka Trading, zum 17. Dezember",
                "Leka Trading: 10 Chai, 5 Tofu | 2026-12-17",
            ),
            (
                "PO to Tokyo Traders: ikura 24 @ 30.50, longlife tofu 12 @ 9.80",
                "Tokyo Traders: 24 Ikura @ 30.5, 12 Longlife Tofu @ 9.8",
            ),
            (
                "12 Chartreuse, 6 Côte de Blaye. Supplier is Aux joyeux.",
                "Aux joyeux ecclésiastiques: 12 Chartreuse verte, 6 Côte de Blaye",
            ),
            (
                "Aux joyeux ecclésiastiques should send us 12 Chartreuse verte",
                "Aux joyeux ecclésiastiques: 12 Chartreuse verte",
            ),
            ("Have Leka Trading deliver 20 Gula Malacca on 8 December", "Leka Trading: 20 Gula Malacca | 2026-12-08"),
            ("Get Leka to ship 20 Gula Malacca", "Leka Trading: 20 Gula Malacca"),
            ("Lyngbysild soll uns 20 Spegesild und 10 Rogede sild liefern", "Lyngbysild: 20 Spegesild, 10 Rogede sild"),
            (
                "Beim Lieferanten Lyngbysild bitte 20 Spegesild ordern, Anlieferung am Dienstag",
                "Lyngbysild: 20 Spegesild | 2026-11-24",
            ),
            ("For the sushi bar: 30 Konbu, 12 Ikura from Tokyo Traders", "Tokyo Traders: 30 Konbu, 12 Ikura"),
        ],
    );
}

#[test]
fn corrections() {
    check_on(
        FRIDAY,
        &[
            ("No wait, make it 25.", "ask product"),
            ("Actually 12 instead", "ask product"),
            ("Sorry, I meant 40", "ask product"),
            ("forty chai no fifty chai", "Exotic Liquids: 50 Chai"),
            ("forty, no, fifty chai", "Exotic Liquids: 50 Chai"),
            ("Order 20 Chai for Tuesday, or actually Wednesday is better", "Exotic Liquids: 20 Chai | 2026-11-25"),
            ("Order 20 Chai by 4 December, correction: 8 December", "Exotic Liquids: 20 Chai | 2026-12-08"),
            ("Bestelle 20 Chai zum 4.12., pardon, zum 8.12.", "Exotic Liquids: 20 Chai | 2026-12-08"),
            ("20 Chai by the 4th, I mean the 5th of December", "Exotic Liquids: 20 Chai | 2026-12-05"),
            (
                "Delivery on 3 December - scratch that, 10 December. 24 Sasquatch Ale.",
                "Bigfoot Breweries: 24 Sasquatch Ale | 2026-12-10",
            ),
            ("30 Chai and 20 Chang; on second thoughts skip the Chang", "Exotic Liquids: 30 Chai"),
            ("20 Chai, 30 Chang (sorry, swap those: 30 Chai, 20 Chang)", "Exotic Liquids: 30 Chai, 20 Chang"),
            (
                "We'd be most grateful if you could arrange for 18 Tourtière to reach us by 9 December.",
                "Ma Maison: 18 Tourtière | 2026-12-09",
            ),
            ("Mach 20 Spegesild klar", "Lyngbysild: 20 Spegesild"),
            (
                "20 Rössle Sauerkraut bitte, nein, streich das, 25",
                "Plutzer Lebensmittelgroßmärkte AG: 25 Rössle Sauerkraut",
            ),
            ("Zwanzig Rössle, ach was, fünfundzwanzig", "Plutzer Lebensmittelgroßmärkte AG: 25 Rössle Sauerkraut"),
            ("20 - nein 25 - Rössle Sauerkraut", "Plutzer Lebensmittelgroßmärkte AG: 25 Rössle Sauerkraut"),
            ("20, no, 25 Konbu please", "Mayumi's: 25 Konbu"),
            ("20 Konbu, wait, 25", "Mayumi's: 25 Konbu"),
            ("20 Konbu and 30 Tofu, wait, 25 Konbu", "Mayumi's: 25 Konbu, 30 Tofu"),
            ("Order 20 Konbu for Monday. Change of plan: Wednesday.", "Mayumi's: 20 Konbu | 2026-11-25"),
            ("Order 20 Konbu for Monday; better yet Wednesday", "Mayumi's: 20 Konbu | 2026-11-25"),
            ("20 Konbu. Typo, 30.", "Mayumi's: 30 Konbu"),
            ("Konbu 20 rather than 30", "Mayumi's: 20 Konbu"),
            ("Order 20 Konbu instead of the usual 30", "Mayumi's: 20 Konbu"),
            ("40 Chai to be here no later than the 4th", "Exotic Liquids: 40 Chai | 2026-12-04"),
        ],
    );
}
