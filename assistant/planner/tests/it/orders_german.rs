//! Orders in German: what is drafted.

use crate::support::check;

#[test]
fn bestellungen() {
    check(&[
        (
            "Bestelle 40 Kisten Chai und 12 Flaschen Aniseed Syrup bei Exotic Liquids bis nächsten Freitag",
            "Exotic Liquids: 40 Chai, 12 Aniseed Syrup | 2026-11-20",
        ),
        ("Bitte zweihundertfünfzig Tofu bestellen", "Mayumi's: 250 Tofu"),
        ("Ich brauche ein Dutzend Rössle Sauerkraut", "Plutzer Lebensmittelgroßmärkte AG: 12 Rössle Sauerkraut"),
        ("Ich brauche ein halbes Dutzend Roessle Sauerkraut", "Plutzer Lebensmittelgroßmärkte AG: 6 Rössle Sauerkraut"),
        ("Wir benötigen 1.200 Stück Gumbär Gummibärchen", "Heli Süßwaren GmbH & Co. KG: 1200 Gumbär Gummibärchen"),
        ("Bitte 2,5 Konbu bestellen", "Mayumi's: 2.5 Konbu"),
        ("je 10 Chai und Chang", "Exotic Liquids: 10 Chai, 10 Chang"),
        ("Chai und Chang, jeweils 10", "Exotic Liquids: 10 Chai, 10 Chang"),
        (
            "10 Chai, 5 Chang sowie 3 Aniseed Syrup von Exotic Liquids",
            "Exotic Liquids: 10 Chai, 5 Chang, 3 Aniseed Syrup",
        ),
        (
            "Kannst du bitte 30 Wimmers gute Semmelknödel bestellen?",
            "Plutzer Lebensmittelgroßmärkte AG: 30 Wimmers gute Semmelknödel",
        ),
        ("24 Flaschen Rhönbräu", "Plutzer Lebensmittelgroßmärkte AG: 24 Rhönbräu Klosterbier"),
        ("20 Frankfurter grüne Sosse", "Plutzer Lebensmittelgroßmärkte AG: 20 Original Frankfurter grüne Soße"),
        ("eine Kiste Chai", "Exotic Liquids: 1 Chai"),
        ("Erstelle eine Bestellung über 15 Geitost bei Norske Meierier", "Norske Meierier: 15 Geitost"),
        ("Leg eine Bestellung für 15 Geitost an", "Norske Meierier: 15 Geitost"),
        (
            "Nord-Ost Matjeshering, 20 Gläser, vom Lieferanten Nord-Ost-Fisch",
            "Nord-Ost-Fisch Handelsgesellschaft mbH: 20 Nord-Ost Matjeshering",
        ),
        (
            "Schick mir fünfundzwanzig Thueringer Rostbratwurst",
            "Plutzer Lebensmittelgroßmärkte AG: 25 Thüringer Rostbratwurst",
        ),
        ("40 Chai beim üblichen Lieferanten bestellen", "Exotic Liquids: 40 Chai"),
        ("Hallo, wir hätten gern 12 Gustafs Knäckebrot", "PB Knäckebröd AB: 12 Gustaf's Knäckebröd"),
        ("anderthalb Dutzend Ikura", "Tokyo Traders: 18 Ikura"),
        ("Der Chai geht aus, bitte 40 Stück bestellen", "Exotic Liquids: 40 Chai"),
    ]);
}

#[test]
fn tage() {
    check(&[
        ("40 Chai bis zum 15.12.", "Exotic Liquids: 40 Chai | 2026-12-15"),
        ("40 Chai am 4. Dezember bestellen", "Exotic Liquids: 40 Chai | 2026-12-04"),
        ("40 Chai für übermorgen", "Exotic Liquids: 40 Chai | 2026-11-20"),
        ("Bestelle 40 Chai für morgen", "Exotic Liquids: 40 Chai | 2026-11-19"),
        ("40 Chai in einer Woche", "Exotic Liquids: 40 Chai | 2026-11-25"),
        ("40 Chai in zwei Wochen", "Exotic Liquids: 40 Chai | 2026-12-02"),
        ("40 Chai Mitte Dezember", "Exotic Liquids: 40 Chai | 2026-12-15"),
        ("40 Chai bis Ende November", "Exotic Liquids: 40 Chai | 2026-11-30"),
        ("40 Chai in KW 49", "Exotic Liquids: 40 Chai | 2026-11-30"),
        ("40 Chai bis nächsten Montag", "Exotic Liquids: 40 Chai | 2026-11-23"),
        ("40 Chai zum kommenden Freitag", "Exotic Liquids: 40 Chai | 2026-11-20"),
        ("40 Chai bis Monatsende", "Exotic Liquids: 40 Chai | 2026-11-30"),
        ("40 Chai bis zum 15.12.2026", "Exotic Liquids: 40 Chai | 2026-12-15"),
        ("40 Chai bis Freitag, den 4. Dezember", "Exotic Liquids: 40 Chai | 2026-12-04"),
        ("Bestelle 40 Chai bis spätestens 1.12.", "Exotic Liquids: 40 Chai | 2026-12-01"),
        ("40 Chai heute in 14 Tagen", "Exotic Liquids: 40 Chai | 2026-12-02"),
        ("40 Chai Freitag nächster Woche", "Exotic Liquids: 40 Chai | 2026-11-27"),
    ]);
}

#[test]
fn preise() {
    check(&[
        ("40 Chai zu 8,90", "Exotic Liquids: 40 Chai @ 8.9"),
        ("40 Chai zu je 8,90 €", "Exotic Liquids: 40 Chai @ 8.9"),
        ("Bestelle 40 Chai für 12 € das Stück", "Exotic Liquids: 40 Chai @ 12"),
        ("Bestelle 40 Chai à 17,50 Euro", "Exotic Liquids: 40 Chai @ 17.5"),
        ("Bestelle 40 Chai zum Preis von 17,50", "Exotic Liquids: 40 Chai @ 17.5"),
        (
            "Bestelle 40 Kisten Chai, 17,50 pro Kiste, und 10 Chang zu 18",
            "Exotic Liquids: 40 Chai @ 17.5, 10 Chang @ 18",
        ),
        ("Bestelle 40 Chai für insgesamt 700 €", "Exotic Liquids: 40 Chai @ 17.5"),
    ]);
}

#[test]
fn korrekturen() {
    check(&[
        ("Bestelle 40 Chai, nein, doch 25", "Exotic Liquids: 25 Chai"),
        ("Bestelle 40 Chai und 12 Chang, nein, doch 25 Chang", "Exotic Liquids: 40 Chai, 25 Chang"),
        ("Bestelle 40 Chai, Entschuldigung, ich meine 30", "Exotic Liquids: 30 Chai"),
        ("Bestelle 30 statt 40 Chai", "Exotic Liquids: 30 Chai"),
        ("Bestelle nicht 40, sondern 30 Chai", "Exotic Liquids: 30 Chai"),
        ("Bestelle doch bitte 40 Chai", "Exotic Liquids: 40 Chai"),
        ("Bestelle 40 Chai, ach nein, lieber Chang", "Exotic Liquids: 40 Chang"),
    ]);
}

// Further phrasings, written after the planner first worked.

#[test]
fn weitere_bestellungen() {
    check(&[
        (
            "Bitte bestell 40 Kartons Chai und 20 Flaschen Chang beim Lieferanten Exotic Liquids, Lieferung bis 11. Dezember.",
            "Exotic Liquids: 40 Chai, 20 Chang | 2026-12-11",
        ),
        ("Wir brauchen dringend 30 Flaschen Sasquatch Ale", "Bigfoot Breweries: 30 Sasquatch Ale"),
        ("Könntest du 12 Gläser Röd Kaviar nachbestellen?", "Svensk Sjöföda AB: 12 Röd Kaviar"),
        (
            "Ich möchte 25 Tafeln Schoggi Schokolade bestellen, zu 42,50 je Stück",
            "Heli Süßwaren GmbH & Co. KG: 25 Schoggi Schokolade @ 42.5",
        ),
        (
            "Bestellung: 15x Gnocchi di nonna Alice, 10x Ravioli Angelo",
            "Pasta Buttini s.r.l.: 15 Gnocchi di nonna Alice, 10 Ravioli Angelo",
        ),
        (
            "Bitte 3 Dutzend Rhoenbraeu Klosterbier bis nächsten Dienstag",
            "Plutzer Lebensmittelgroßmärkte AG: 36 Rhönbräu Klosterbier | 2026-11-24",
        ),
        ("Mach mir bitte eine Bestellung über 50 Inlagd Sill fertig", "Svensk Sjöföda AB: 50 Inlagd Sill"),
        ("Für Freitag brauchen wir 20 Camembert Pierrot", "Gai pâturage: 20 Camembert Pierrot | 2026-11-20"),
        (
            "Kauf bitte hundertzwanzig Scottish Longbreads von Specialty Biscuits",
            "Specialty Biscuits, Ltd.: 120 Scottish Longbreads",
        ),
        (
            "Bestelle bei Tokyo Traders 5 Ikura und 8 Longlife Tofu für den 1.12.2026",
            "Tokyo Traders: 5 Ikura, 8 Longlife Tofu | 2026-12-01",
        ),
        ("10 Stück Nuss-Nougat-Creme bitte", "Heli Süßwaren GmbH & Co. KG: 10 NuNuCa Nuß-Nougat-Creme"),
        (
            "Wir hätten gerne sechs Kisten Steeleye Stout zum Preis von 17,20 € pro Kiste",
            "Bigfoot Breweries: 6 Steeleye Stout @ 17.2",
        ),
        (
            "Bestelle 1.500 Stück Gumbär Gummibärchen zu 30,50",
            "Heli Süßwaren GmbH & Co. KG: 1500 Gumbär Gummibärchen @ 30.5",
        ),
        ("Bitte ordere 45 Pavlova, Liefertermin 15.12.", "Pavlova, Ltd.: 45 Pavlova | 2026-12-15"),
        ("Ich hätte gern eine Palette Tofu", "Mayumi's: 1 Tofu"),
        (
            "Noch 12 Flaschen Chartreuse verte bitte, spätestens in zehn Tagen",
            "Aux joyeux ecclésiastiques: 12 Chartreuse verte | 2026-11-28",
        ),
        (
            "Bestelle zwölf Thüringer und zwanzig Sauerkraut",
            "Plutzer Lebensmittelgroßmärkte AG: 12 Thüringer Rostbratwurst, 20 Rössle Sauerkraut",
        ),
        ("Bitte 30 Chai, Moment, doch lieber 35", "Exotic Liquids: 35 Chai"),
        ("Bestelle 30 Chai. Korrektur: 25.", "Exotic Liquids: 25 Chai"),
        ("20 Ipoh Kaffee von Leka", "Leka Trading: 20 Ipoh Coffee"),
        (
            "Von Norske Meierier bitte je 15 Geitost, Flotemysost und Gudbrandsdalsost",
            "Norske Meierier: 15 Geitost, 15 Flotemysost, 15 Gudbrandsdalsost",
        ),
        ("Bestell mal bitte 8 Côte de Blaye für je 250 Euro", "Aux joyeux ecclésiastiques: 8 Côte de Blaye @ 250"),
        (
            "Lieferant: Karkki Oy\nMaxilaku: 20\nLakkalikööri: 10\nTermin: 04.12.2026",
            "Karkki Oy: 20 Maxilaku, 10 Lakkalikööri | 2026-12-04",
        ),
        ("Wir benötigen bis Ende des Monats 60 Tunnbröd", "PB Knäckebröd AB: 60 Tunnbröd | 2026-11-30"),
        ("Der Bestand an Chang ist niedrig, bitte 40 Flaschen nachbestellen", "Exotic Liquids: 40 Chang"),
        (
            "Bestelle ein Dutzend Sirop d'érable und zwei Dutzend Tarte au sucre",
            "Forêts d'érables: 12 Sirop d'érable, 24 Tarte au sucre",
        ),
        ("kannst du mir 40 chai besorgen", "Exotic Liquids: 40 Chai"),
        (
            "Hallo zusammen, bitte 14 Boston Crab Meat für nächste Woche Mittwoch. Danke!",
            "New England Seafood Cannery: 14 Boston Crab Meat | 2026-11-25",
        ),
        ("Bestelle dreißig Zaanse Koeken bei der Zaanse Snoepfabriek", "Zaanse Snoepfabriek: 30 Zaanse koeken"),
        ("Bestelle 5 Kilo Queso Cabrales", "Cooperativa de Quesos 'Las Cabras': 5 Queso Cabrales"),
        (
            "Bestelle 12 Grandmas Boysenbery Spread bei Grandma Kelly",
            "Grandma Kelly's Homestead: 12 Grandma's Boysenberry Spread",
        ),
        ("Bitte 100 Filo Mix zum 30. November", "G'day, Mate: 100 Filo Mix | 2026-11-30"),
        ("Bestelle 20 Chai und 10 Chang, Lieferung am Montag", "Exotic Liquids: 20 Chai, 10 Chang | 2026-11-23"),
        (
            "Bestelle 40 Kisten Chai zu 17,50 € und 12 Flaschen Aniseed Syrup zu 9,80 €",
            "Exotic Liquids: 40 Chai @ 17.5, 12 Aniseed Syrup @ 9.8",
        ),
        ("Setz bitte 30 Konbu auf die Bestellung", "Mayumi's: 30 Konbu"),
        ("Es fehlen 15 Flaschen Outback Lager, bitte bestellen", "Pavlova, Ltd.: 15 Outback Lager"),
        ("Bestellung an Exotic Liquids: 40 Chai", "Exotic Liquids: 40 Chai"),
        ("Wir brauchen Nachschub: 40 Chai", "Exotic Liquids: 40 Chai"),
        ("Peter möchte 12 Ikura für die Weihnachtsfeier", "Tokyo Traders: 12 Ikura"),
        ("Kannst du 40 Kisten Chai für Freitag ordern, Preis 17 Euro?", "Exotic Liquids: 40 Chai @ 17 | 2026-11-20"),
        ("Bestell 20 Tofu, aber nur wenn der Preis stimmt", "Mayumi's: 20 Tofu"),
        ("Die Küche braucht 6 Mascarpone bis Samstag", "Formaggi Fortini s.r.l.: 6 Mascarpone Fabioli | 2026-11-21"),
        ("Zwei Kisten Chai und eine Kiste Chang bitte", "Exotic Liquids: 2 Chai, 1 Chang"),
        ("Bestelle 20 Chai nicht 30", "Exotic Liquids: 20 Chai"),
        ("Bitte 15 Stück von Gustaf's Knäckebröd", "PB Knäckebröd AB: 15 Gustaf's Knäckebröd"),
        ("Bitte bei PB Knäckebröd 15 Tunnbröd bestellen", "PB Knäckebröd AB: 15 Tunnbröd"),
    ]);
}
