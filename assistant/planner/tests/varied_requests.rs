//! Requests of every kind, mixed, as they come.
mod support;

use support::check;

#[test]
fn requests_of_every_kind() {
    check(&[
        (
            "Could you put together an order for Norske Meierier? 15 Geitost and 20 Flotemysost, needed by Dec 3.",
            "Norske Meierier: 15 Geitost, 20 Flotemysost | 2026-12-03",
        ),
        ("Get in touch with nobody, just order 5 Chai", "Exotic Liquids: 5 Chai"),
        (
            "hi there, we are low on Steeleye Stout. 48 bottles would do. Thanks!",
            "Bigfoot Breweries: 48 Steeleye Stout",
        ),
        ("30 Tofu. Deliver Monday.", "Mayumi's: 30 Tofu | 2026-11-23"),
        (
            "We'll be needing roughly 80 packs of Tunnbröd for the 7th of December",
            "PB Knäckebröd AB: 80 Tunnbröd | 2026-12-07",
        ),
        (
            "Make an order of 20 Alice Mutton and 10 Pavlova",
            "Pavlova, Ltd.: 20 Alice Mutton, 10 Pavlova",
        ),
        (
            "Want to buy 6 Sir Rodney's Scones at 9.75",
            "Specialty Biscuits, Ltd.: 6 Sir Rodney's Scones @ 9.75",
        ),
        ("ordr 12 chang frm exotic liquids", "Exotic Liquids: 12 Chang"),
        ("Purchase: Konbu (12), Tofu (6)", "Mayumi's: 12 Konbu, 6 Tofu"),
        (
            "Please send 100 bottles of Aniseed Syrup by the end of November at no more than 9.50 each",
            "Exotic Liquids: 100 Aniseed Syrup @ 9.5 | 2026-11-30",
        ),
        ("I'm after 15 bottles of Côte de Blaye", "Aux joyeux ecclésiastiques: 15 Côte de Blaye"),
        ("We could use 24 more Maxilaku", "Karkki Oy: 24 Maxilaku"),
        (
            "Let us have 10 Ravioli Angelo and 10 Gnocchi on Thursday",
            "Pasta Buttini s.r.l.: 10 Ravioli Angelo, 10 Gnocchi di nonna Alice | 2026-11-19",
        ),
        (
            "Six cases of Sasquatch, six of Steeleye and twelve of Lumberjack Lager",
            "Bigfoot Breweries: 6 Sasquatch Ale, 6 Steeleye Stout, 12 Laughing Lumberjack Lager",
        ),
        (
            "Order Mozzarella di Giovanni: 20 at 34.00; Gorgonzola Telino: 15 at 12.00; Mascarpone Fabioli: 10 at 31.00",
            "Formaggi Fortini s.r.l.: 20 Mozzarella di Giovanni @ 34, 15 Gorgonzola Telino @ 12, 10 Mascarpone Fabioli @ 31",
        ),
        ("Tokyo traders, 5 mishi kobe niku, 97 each", "Tokyo Traders: 5 Mishi Kobe Niku @ 97"),
        ("Order 3,5 dozen Ikura", "Tokyo Traders: 42 Ikura"),
        (
            "Ten boxes Chai for the 30th, ten bottles Chang too",
            "Exotic Liquids: 10 Chai, 10 Chang | 2026-11-30",
        ),
        (
            "From Ma Maison: 10 Tourtière @ 7, 12 Pâté chinois @ 23.50, deliver 2026-12-09",
            "Ma Maison: 10 Tourtière @ 7, 12 Pâté chinois @ 23.5 | 2026-12-09",
        ),
        ("Chai please, 40 boxes, by tomorrow", "Exotic Liquids: 40 Chai | 2026-11-19"),
        (
            "order the following from Svensk Sjöföda AB: 10 x Inlagd Sill, 5 x Gravad lax, 3 x Röd Kaviar",
            "Svensk Sjöföda AB: 10 Inlagd Sill, 5 Gravad lax, 3 Röd Kaviar",
        ),
        ("We've got only two Perth Pasties left. Order thirty.", "G'day, Mate: 30 Perth Pasties"),
        ("order 0,5 Konbu", "Mayumi's: 0.5 Konbu"),
        ("order two and a half dozen Ikura", "Tokyo Traders: 30 Ikura"),
        (
            "Order 20 jars of Boysenberry Spread from Grandma Kelly's",
            "Grandma Kelly's Homestead: 20 Grandma's Boysenberry Spread",
        ),
        (
            "Order a hundred bags of Gummibärchen from Heli",
            "Heli Süßwaren GmbH & Co. KG: 100 Gumbär Gummibärchen",
        ),
        (
            "order 10 Schoggi, 10 NuNuCa",
            "Heli Süßwaren GmbH & Co. KG: 10 Schoggi Schokolade, 10 NuNuCa Nuß-Nougat-Creme",
        ),
        (
            "order 20 Scotish Longbread and 20 Teetime Chocolat Biscuits",
            "Specialty Biscuits, Ltd.: 20 Scottish Longbreads, 20 Teatime Chocolate Biscuits",
        ),
        (
            "12 bottles of Gumbo Mix from New Orleans Cajun",
            "New Orleans Cajun Delights: 12 Chef Anton's Gumbo Mix",
        ),
        (
            "Order Chai 40 boxes at 17 and Chang 20 bottles at 18",
            "Exotic Liquids: 40 Chai @ 17, 20 Chang @ 18",
        ),
        ("Order 40 Chai. Sorry, I need 50 of them.", "Exotic Liquids: 50 Chai"),
        (
            "Order 40 Chai by Friday. Wait, Tuesday is better.",
            "Exotic Liquids: 40 Chai | 2026-11-24",
        ),
        ("Order 40 Chai and 10 Konbu. Forget the Konbu.", "Exotic Liquids: 40 Chai"),
        ("Order 40 Chai; change that to 45", "Exotic Liquids: 45 Chai"),
        ("Order 12 Chang and 40 Chai. Make the Chang 15.", "Exotic Liquids: 15 Chang, 40 Chai"),
        ("Order 12 Chang - oh no, I meant Chai", "Exotic Liquids: 12 Chai"),
        ("Bestelle 12 Chang, Quatsch, 15", "Exotic Liquids: 15 Chang"),
        (
            "Bestelle 12 Chang und 10 Chai. Halt, doch nur 5 Chai.",
            "Exotic Liquids: 12 Chang, 5 Chai",
        ),
        (
            "Bestelle 12 Chang für Freitag, nein, für Montag",
            "Exotic Liquids: 12 Chang | 2026-11-23",
        ),
        (
            "Ordere mal zwanzig Lakkalikööri und vierzig Maxilaku bei Karkki",
            "Karkki Oy: 20 Lakkalikööri, 40 Maxilaku",
        ),
        (
            "Wir brauchen zum 1. Dezember 25 Tourtière und 25 Pâté chinois",
            "Ma Maison: 25 Tourtière, 25 Pâté chinois | 2026-12-01",
        ),
        ("Einmal 30 Raclette Courdavault bitte", "Gai pâturage: 30 Raclette Courdavault"),
        ("Chai ist fast leer, bestell bitte 60 Kisten nach", "Exotic Liquids: 60 Chai"),
        (
            "Ich hätte gerne 2 Dutzend Escargots de Bourgogne bis in zwei Wochen",
            "Escargots Nouveaux: 24 Escargots de Bourgogne | 2026-12-02",
        ),
        (
            "Bestelle bitte jeweils 12 Gorgonzola Telino und Mascarpone Fabioli",
            "Formaggi Fortini s.r.l.: 12 Gorgonzola Telino, 12 Mascarpone Fabioli",
        ),
        (
            "Nächste Woche Donnerstag brauche ich 18 Gravad lax",
            "Svensk Sjöföda AB: 18 Gravad lax | 2026-11-26",
        ),
        (
            "Bestelle 50 Flaschen Klosterbier à 7,50 €",
            "Plutzer Lebensmittelgroßmärkte AG: 50 Rhönbräu Klosterbier @ 7.5",
        ),
        ("Bestelle 7 Guarana Fantastika", "Refrescos Americanas LTDA: 7 Guaraná Fantástica"),
        (
            "Für die Kantine: 100 Semmelknödel",
            "Plutzer Lebensmittelgroßmärkte AG: 100 Wimmers gute Semmelknödel",
        ),
        ("Bestelle tausend Stück Zaanse koeken", "Zaanse Snoepfabriek: 1000 Zaanse koeken"),
        ("Bestelle 1.250 Stück Chocolade", "Zaanse Snoepfabriek: 1250 Chocolade"),
        (
            "Auftrag: 8 Carnarvon Tigers, Preis 60, Lieferung Ende Dezember",
            "Pavlova, Ltd.: 8 Carnarvon Tigers @ 60 | 2026-12-31",
        ),
        (
            "Drei Kisten Outback Lager, vier Kisten Vegie-spread",
            "Pavlova, Ltd.: 3 Outback Lager, 4 Vegie-spread",
        ),
        ("What's on order from Exotic Liquids?", "open orders Exotic Liquids"),
        ("Anything still to come from Bigfoot?", "open orders Bigfoot Breweries"),
        ("Is Chai running low?", "stock Chai"),
        ("are we out of Tofu?", "stock Tofu"),
        ("how's our Chang stock", "stock Chang"),
        ("which purchase orders are late?", "overdue"),
        ("What can I get from Karkki Oy?", "products of Karkki Oy"),
        ("Where does Ikura come from?", "supplier of Ikura"),
        ("cost of Filo Mix?", "price Filo Mix"),
        ("Sind Lieferungen überfällig?", "overdue"),
        ("Wie viel kostet Pavlova?", "price Pavlova"),
        ("Haben wir genug Chai?", "stock Chai"),
        ("Von wem beziehen wir Konbu?", "supplier of Konbu"),
        ("Was haben wir bei Tokyo Traders bestellt?", "open orders Tokyo Traders"),
        ("Order 10 Chai from NonExistent GmbH", "decline UnknownSupplier"),
        ("order 15 Tofu burgers", "decline UnknownProduct"),
        ("order 12 Guinness", "decline UnknownProduct"),
        ("order some Nutella", "decline UnknownProduct"),
        ("order 10 Chai for 29 February 2027", "decline DateImpossible"),
        ("Can you hack Tokyo Traders?", "decline OutsideTools"),
        ("Issue a credit note to Leka Trading", "decline OutsideTools"),
        ("Approve the order for 40 Chai", "decline OutsideTools"),
        ("Double the price of everything", "decline OutsideTools"),
        ("What's 2+2?", "decline OutsideTools"),
        ("Please write a song", "decline OutsideTools"),
        ("Deactivate user Bob", "decline OutsideTools"),
        ("Show me another company's orders", "decline OutsideTools"),
        ("order 10 of something", "ask product"),
        ("Need Chai and Chang by Friday", "ask quantity"),
        ("order 10 Chai and some Chang", "ask quantity"),
    ]);
}
