//! Orders in English: what is drafted.
mod support;

use support::check;

#[test]
fn lines_quantities_and_suppliers() {
    check(&[
        (
            "order 40 boxes of Chai and 12 bottles of Aniseed Syrup from Exotic Liquids for next Friday",
            "Exotic Liquids: 40 Chai, 12 Aniseed Syrup | 2026-11-20",
        ),
        ("Order 40 Chai", "Exotic Liquids: 40 Chai"),
        ("Please order two dozen Tofu", "Mayumi's: 24 Tofu"),
        ("We need half a dozen bottles of Chartreuse verte", "Aux joyeux ecclésiastiques: 6 Chartreuse verte"),
        ("buy 1,200 Ikura", "Tokyo Traders: 1200 Ikura"),
        ("get me 2.5 Konbu", "Mayumi's: 2.5 Konbu"),
        ("get me 2,5 Konbu", "Mayumi's: 2.5 Konbu"),
        ("a dozen Pavlova please", "Pavlova, Ltd.: 12 Pavlova"),
        ("Could you order twenty-five cases of Sasquatch Ale?", "Bigfoot Breweries: 25 Sasquatch Ale"),
        (
            "Can we get one hundred and twelve Ravioli Angelo by Monday?",
            "Pasta Buttini s.r.l.: 112 Ravioli Angelo | 2026-11-23",
        ),
        ("I'd like a case of Steeleye Stout", "Bigfoot Breweries: 1 Steeleye Stout"),
        ("Chai: 40, Chang: 20", "Exotic Liquids: 40 Chai, 20 Chang"),
        ("Chai x 40, Chang x 20", "Exotic Liquids: 40 Chai, 20 Chang"),
        ("40x Chai", "Exotic Liquids: 40 Chai"),
        ("10 each of Chai, Chang and Aniseed Syrup", "Exotic Liquids: 10 Chai, 10 Chang, 10 Aniseed Syrup"),
        ("Chai and Chang, 15 each", "Exotic Liquids: 15 Chai, 15 Chang"),
        ("order Chai and Chang, 10 of each, from Exotic Liquids", "Exotic Liquids: 10 Chai, 10 Chang"),
        ("20 of both Chai and Chang", "Exotic Liquids: 20 Chai, 20 Chang"),
        ("Exotic Liquids: 40 Chai, 12 Chang", "Exotic Liquids: 40 Chai, 12 Chang"),
        ("Pavlova: 10 Outback Lager and 5 Vegie-spread", "Pavlova, Ltd.: 10 Outback Lager, 5 Vegie-spread"),
        ("Please place an order with Tokyo Traders for 30 Longlife Tofu", "Tokyo Traders: 30 Longlife Tofu"),
        ("From Tokyo Traders we need 8 Ikura and 4 Longlife Tofu", "Tokyo Traders: 8 Ikura, 4 Longlife Tofu"),
        (
            "New order:\n- 40 boxes Chai\n- 24 bottles Chang\nSupplier: Exotic Liquids\nDelivery: 4 December",
            "Exotic Liquids: 40 Chai, 24 Chang | 2026-12-04",
        ),
        ("1. 40 Chai\n2. 12 Chang", "Exotic Liquids: 40 Chai, 12 Chang"),
        ("draft a purchase order for 16 Ipoh Coffee", "Leka Trading: 16 Ipoh Coffee"),
        ("Create a purchase order: 12 tins of Boston Crab Meat", "New England Seafood Cannery: 12 Boston Crab Meat"),
        ("We're almost out of Chai, please order 40 boxes", "Exotic Liquids: 40 Chai"),
        ("We only have 5 boxes of Chai left so order 40", "Exotic Liquids: 40 Chai"),
        (
            "Hi, hope you are well! Could you please order 14 jars of Grandma's Boysenberry Spread? Thanks, Anna",
            "Grandma Kelly's Homestead: 14 Grandma's Boysenberry Spread",
        ),
        ("restock the Camembert Pierrot with 30 more", "Gai pâturage: 30 Camembert Pierrot"),
        ("three hundred Filo Mix", "G'day, Mate: 300 Filo Mix"),
        ("order 5 x 500 g Geitost", "Norske Meierier: 5 Geitost"),
        ("10 PRD-00002 and 4 PRD-00001", "Exotic Liquids: 10 Chang, 4 Chai"),
        ("order 12 of product PRD-00003", "Exotic Liquids: 12 Aniseed Syrup"),
        ("order 12 of PRD00011 from S-0005", "Cooperativa de Quesos 'Las Cabras': 12 Queso Cabrales"),
        (
            "12 Jack's New England Clam Chowder from New England Seafood Cannery",
            "New England Seafood Cannery: 12 Jack's New England Clam Chowder",
        ),
        ("30 Chai tea", "Exotic Liquids: 30 Chai"),
        ("30 cases of Outback Lager beer", "Pavlova, Ltd.: 30 Outback Lager"),
        ("order ten of the Vegie-spread from Pavlova", "Pavlova, Ltd.: 10 Vegie-spread"),
        ("6 Chai; 7 Chang; 8 Aniseed Syrup", "Exotic Liquids: 6 Chai, 7 Chang, 8 Aniseed Syrup"),
        ("40 Chai 12 Aniseed Syrup", "Exotic Liquids: 40 Chai, 12 Aniseed Syrup"),
        ("Chai 40 Chang 12", "Exotic Liquids: 40 Chai, 12 Chang"),
        ("10 Chai and another 5 Chai", "Exotic Liquids: 15 Chai"),
        ("10 Lager from Bigfoot", "Bigfoot Breweries: 10 Laughing Lumberjack Lager"),
        ("20 Chai for the Christmas party by Friday", "Exotic Liquids: 20 Chai | 2026-11-20"),
        ("a couple of cases of Röd Kaviar", "Svensk Sjöföda AB: 2 Röd Kaviar"),
        ("twenty Spegesild plus thirty Rogede sild", "Lyngbysild: 20 Spegesild, 30 Rogede sild"),
        ("order 10 Chai from Tokyo Traders", "Tokyo Traders: 10 Chai"),
        ("stock up on Gnocchi di nonna Alice, 60 packs", "Pasta Buttini s.r.l.: 60 Gnocchi di nonna Alice"),
        ("1½ dozen Tourtière", "Ma Maison: 18 Tourtière"),
    ]);
}

#[test]
fn misspelt_and_partial_names() {
    check(&[
        ("order 10 Guarana Fantastica", "Refrescos Americanas LTDA: 10 Guaraná Fantástica"),
        ("order 10 Cote de Blaye", "Aux joyeux ecclésiastiques: 10 Côte de Blaye"),
        ("order 10 Anised Sirup from Exotic Liqiuds", "Exotic Liquids: 10 Aniseed Syrup"),
        ("order 10 Chnag", "Exotic Liquids: 10 Chang"),
        ("order 10 uncle bobs organic pears", "Grandma Kelly's Homestead: 10 Uncle Bob's Organic Dried Pears"),
        ("order 10 Jacks Clam Chowdr", "New England Seafood Cannery: 10 Jack's New England Clam Chowder"),
        ("order 10 northwood cranbery sauce", "Grandma Kelly's Homestead: 10 Northwoods Cranberry Sauce"),
        ("12 louisiana hot pepper sauce", "New Orleans Cajun Delights: 12 Louisiana Fiery Hot Pepper Sauce"),
        ("12 spiced okra", "New Orleans Cajun Delights: 12 Louisiana Hot Spiced Okra"),
        ("8 nunuca", "Heli Süßwaren GmbH & Co. KG: 8 NuNuCa Nuß-Nougat-Creme"),
        ("8 Nuss Nougat Creme", "Heli Süßwaren GmbH & Co. KG: 8 NuNuCa Nuß-Nougat-Creme"),
        ("10 mozarella", "Formaggi Fortini s.r.l.: 10 Mozzarella di Giovanni"),
        ("10 gorgonzola and 5 mascarpone", "Formaggi Fortini s.r.l.: 10 Gorgonzola Telino, 5 Mascarpone Fabioli"),
        ("10 long life tofu", "Tokyo Traders: 10 Longlife Tofu"),
        ("10 vegiespread", "Pavlova, Ltd.: 10 Vegie-spread"),
        ("10 sirop d erable", "Forêts d'érables: 10 Sirop d'érable"),
        ("24 gudbrandsdalost from norske", "Norske Meierier: 24 Gudbrandsdalsost"),
        ("30 Sir Rodneys Scones", "Specialty Biscuits, Ltd.: 30 Sir Rodney's Scones"),
        ("30 marmalade", "Specialty Biscuits, Ltd.: 30 Sir Rodney's Marmalade"),
        ("30 scottish longbread", "Specialty Biscuits, Ltd.: 30 Scottish Longbreads"),
        ("5 camembert, 3 raclette", "Gai pâturage: 5 Camembert Pierrot, 3 Raclette Courdavault"),
        ("15 manjimup apples from Gday Mate", "G'day, Mate: 15 Manjimup Dried Apples"),
        ("4 lumberjack lager", "Bigfoot Breweries: 4 Laughing Lumberjack Lager"),
        ("7 escargots", "Escargots Nouveaux: 7 Escargots de Bourgogne"),
        ("10 Zaanse koeken from Zaanse", "Zaanse Snoepfabriek: 10 Zaanse koeken"),
        ("10 Gumbo Mix", "New Orleans Cajun Delights: 10 Chef Anton's Gumbo Mix"),
        ("10 cajun seasoning from New Orleans", "New Orleans Cajun Delights: 10 Chef Anton's Cajun Seasoning"),
        ("45 coffee", "Leka Trading: 45 Ipoh Coffee"),
    ]);
}

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
fn prices() {
    check(&[
        ("40 Chai at 17.50 each", "Exotic Liquids: 40 Chai @ 17.5"),
        ("40 Chai @ 9.5", "Exotic Liquids: 40 Chai @ 9.5"),
        ("40 Chai at $17.50", "Exotic Liquids: 40 Chai @ 17.5"),
        ("40 Chang at 9.50 per bottle", "Exotic Liquids: 40 Chang @ 9.5"),
        ("40 Chang, 9.50 a bottle, and 10 Chai at 17", "Exotic Liquids: 40 Chang @ 9.5, 10 Chai @ 17"),
        ("40 Chai for €17.50 each by Friday", "Exotic Liquids: 40 Chai @ 17.5 | 2026-11-20"),
        ("40 Chai, 17.50 each", "Exotic Liquids: 40 Chai @ 17.5"),
        ("40 Chai (17.50 EUR apiece)", "Exotic Liquids: 40 Chai @ 17.5"),
        ("40 Chai for 700 in total", "Exotic Liquids: 40 Chai @ 17.5"),
        ("40 Chai at a unit price of 17.50", "Exotic Liquids: 40 Chai @ 17.5"),
        ("40 boxes of Chai at 1,250.75 per box", "Exotic Liquids: 40 Chai @ 1250.75"),
        ("40 Chai and 10 Chang, both at 18", "Exotic Liquids: 40 Chai @ 18, 10 Chang @ 18"),
        ("40 Chai for 700 dollars", "Exotic Liquids: 40 Chai @ 17.5"),
    ]);
}

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

// Further phrasings, written after the planner first worked.

#[test]
fn further_orders() {
    check(&[
        (
            "Please raise a PO to Exotic Liquids for 24 Chang, to be delivered by 11 December.",
            "Exotic Liquids: 24 Chang | 2026-12-11",
        ),
        (
            "hey can u get us 15 crates of laughing lumberjack lager asap",
            "Bigfoot Breweries: 15 Laughing Lumberjack Lager",
        ),
        ("We're running low on Konbu. Order fifty please.", "Mayumi's: 50 Konbu"),
        (
            "Need: 20 Tunnbröd, 15 Gustaf's Knäckebröd. From PB Knäckebröd AB. Delivery next Tuesday.",
            "PB Knäckebröd AB: 20 Tunnbröd, 15 Gustaf's Knäckebröd | 2026-11-24",
        ),
        (
            "Purchase 100 units of Filo Mix at 6.80 per unit from G'day, Mate, delivery by end of month",
            "G'day, Mate: 100 Filo Mix @ 6.8 | 2026-11-30",
        ),
        (
            "I would like to purchase eighteen bottles of Rhonbrau Klosterbier",
            "Plutzer Lebensmittelgroßmärkte AG: 18 Rhönbräu Klosterbier",
        ),
        ("Send us 12 Valkoinen suklaa and 6 Maxilaku from Karkki", "Karkki Oy: 12 Valkoinen suklaa, 6 Maxilaku"),
        (
            "order thirty-six Inlagd Sill plus a dozen Gravad lax, by December 1st",
            "Svensk Sjöföda AB: 36 Inlagd Sill, 12 Gravad lax | 2026-12-01",
        ),
        ("Could you please draft an order for 10 Perth Pasties?", "G'day, Mate: 10 Perth Pasties"),
        ("Let's order 5 Alice Mutton at $39 a tin", "Pavlova, Ltd.: 5 Alice Mutton @ 39"),
        (
            "We want 75 Escargots de Bourgogne from Escargots Nouveaux on 2 December",
            "Escargots Nouveaux: 75 Escargots de Bourgogne | 2026-12-02",
        ),
        (
            "Get 8 wheels of Camembert Pierrot and 4 Raclette Courdavault from Gai paturage",
            "Gai pâturage: 8 Camembert Pierrot, 4 Raclette Courdavault",
        ),
        (
            "Restock: 60 Singaporean Hokkien Fried Mee, 10 Ipoh Coffee, 25 Gula Malacca",
            "Leka Trading: 60 Singaporean Hokkien Fried Mee, 10 Ipoh Coffee, 25 Gula Malacca",
        ),
        ("Add 10 Chocolade to an order for Zaanse Snoepfabriek", "Zaanse Snoepfabriek: 10 Chocolade"),
        ("Tarte au sucre - 14 pcs - from Forets d'erables", "Forêts d'érables: 14 Tarte au sucre"),
        (
            "can I have two hundred Sirop d'erable for the 10th of December",
            "Forêts d'érables: 200 Sirop d'érable | 2026-12-10",
        ),
        ("Buy 16 Pate chinois and 20 Tourtiere from Ma Maison please", "Ma Maison: 16 Pâté chinois, 20 Tourtière"),
        (
            "Order from Heli: 50 bags of Gumbar Gummibarchen and 30 Schoggi Schokolade",
            "Heli Süßwaren GmbH & Co. KG: 50 Gumbär Gummibärchen, 30 Schoggi Schokolade",
        ),
        (
            "Nord-Ost Matjeshering: 40 glasses, please",
            "Nord-Ost-Fisch Handelsgesellschaft mbH: 40 Nord-Ost Matjeshering",
        ),
        (
            "I need 3 dozen Sasquatch Ale and 2 dozen Steeleye Stout for the weekend",
            "Bigfoot Breweries: 36 Sasquatch Ale, 24 Steeleye Stout | 2026-11-21",
        ),
        (
            "It looks like we'll need another 40 Geitost by Thursday next week",
            "Norske Meierier: 40 Geitost | 2026-11-26",
        ),
        (
            "Please order Chai (40 boxes) and Chang (24 bottles) from Exotic Liquids",
            "Exotic Liquids: 40 Chai, 24 Chang",
        ),
        (
            "40 boxes of Chai at 17.50 each and 12 bottles of Aniseed Syrup at 9.80 each from Exotic Liquids for 4 December",
            "Exotic Liquids: 40 Chai @ 17.5, 12 Aniseed Syrup @ 9.8 | 2026-12-04",
        ),
        ("order 7 cartons Genen Shouyu soy sauce", "Mayumi's: 7 Genen Shouyu"),
        ("order 1,5 Carnarvon Tigers", "Pavlova, Ltd.: 1.5 Carnarvon Tigers"),
        ("Order 2,000 Zaanse koeken in three weeks", "Zaanse Snoepfabriek: 2000 Zaanse koeken | 2026-12-09"),
        ("Would you mind ordering 22 Flotemysost?", "Norske Meierier: 22 Flotemysost"),
        ("Tokyo Traders - 5 Mishi Kobe Niku, 10 Ikura", "Tokyo Traders: 5 Mishi Kobe Niku, 10 Ikura"),
        ("five Mishi Kobe", "Tokyo Traders: 5 Mishi Kobe Niku"),
        ("I'll take 12 of the Queso Cabrales", "Cooperativa de Quesos 'Las Cabras': 12 Queso Cabrales"),
        ("From las cabras order 6 manchego", "Cooperativa de Quesos 'Las Cabras': 6 Queso Manchego La Pastora"),
        (
            "Please arrange for 90 Boston Crab Meat to arrive on the 27th",
            "New England Seafood Cannery: 90 Boston Crab Meat | 2026-11-27",
        ),
        (
            "Order Ravioli Angelo, quantity 20, price 19.00, needed by 30/11/2026",
            "Pasta Buttini s.r.l.: 20 Ravioli Angelo @ 19 | 2026-11-30",
        ),
        ("Ten Lakkalikööri", "Karkki Oy: 10 Lakkalikööri"),
        ("ten lakkalikoori pls", "Karkki Oy: 10 Lakkalikööri"),
        ("Order four thousand Teatime Chocolate Biscuits", "Specialty Biscuits, Ltd.: 4000 Teatime Chocolate Biscuits"),
        (
            "Order 10 Vegie-spread, 10 Outback Lager and 10 Carnarvon Tigers from Pavlova Ltd. by 20 December 2026",
            "Pavlova, Ltd.: 10 Vegie-spread, 10 Outback Lager, 10 Carnarvon Tigers | 2026-12-20",
        ),
        ("Order 50 pavlova from pavlova", "Pavlova, Ltd.: 50 Pavlova"),
        (
            "Order 9 Original Frankfurter from Plutzer",
            "Plutzer Lebensmittelgroßmärkte AG: 9 Original Frankfurter grüne Soße",
        ),
        (
            "order 15 Wimmers Semmelknodel at 33,25 from Plutzer",
            "Plutzer Lebensmittelgroßmärkte AG: 15 Wimmers gute Semmelknödel @ 33.25",
        ),
        ("order 40 chai & 20 chang", "Exotic Liquids: 40 Chai, 20 Chang"),
        ("Chai 40; Chang 20; for tomorrow", "Exotic Liquids: 40 Chai, 20 Chang | 2026-11-19"),
        ("Order one box of Konbu", "Mayumi's: 1 Konbu"),
        ("order an Ipoh Coffee", "Leka Trading: 1 Ipoh Coffee"),
        ("Put me down for sixty Filo Mix", "G'day, Mate: 60 Filo Mix"),
        (
            "We ran out of Tofu yesterday. Please order 40 packs from Mayumi's for tomorrow.",
            "Mayumi's: 40 Tofu | 2026-11-19",
        ),
        ("Order 40 Tofu - wait, Longlife Tofu, not Tofu", "Tokyo Traders: 40 Longlife Tofu"),
        ("Order 20 Ikura. Actually, make it 25. By Friday.", "Tokyo Traders: 25 Ikura | 2026-11-20"),
        ("order 40 Chai and 12 Chang; correction: 14 Chang", "Exotic Liquids: 40 Chai, 14 Chang"),
        ("I'd like 40 Chai, or rather 45", "Exotic Liquids: 45 Chai"),
        ("Please order 30 Chai... no, 35.", "Exotic Liquids: 35 Chai"),
        (
            "order 100 Gorgonzola Telino for 12 EUR each, delivery 2026-12-15, supplier Formaggi Fortini",
            "Formaggi Fortini s.r.l.: 100 Gorgonzola Telino @ 12 | 2026-12-15",
        ),
        (
            "Order 12 jars of Northwoods Cranberry Sauce and a dozen of Uncle Bob's Organic Dried Pears",
            "Grandma Kelly's Homestead: 12 Northwoods Cranberry Sauce, 12 Uncle Bob's Organic Dried Pears",
        ),
        (
            "We need forty Chef Anton's Cajun Seasoning, thirty Louisiana Hot Spiced Okra",
            "New Orleans Cajun Delights: 40 Chef Anton's Cajun Seasoning, 30 Louisiana Hot Spiced Okra",
        ),
        ("order 10 kg of Gudbrandsdalsost", "Norske Meierier: 10 Gudbrandsdalsost"),
        ("Could you order us a gross of Steeleye Stout", "Bigfoot Breweries: 144 Steeleye Stout"),
        ("order a hundred and fifty Rogede sild by noon tomorrow", "Lyngbysild: 150 Rogede sild | 2026-11-19"),
        ("Order 20 Chai and 30 Chang, delivery in a week", "Exotic Liquids: 20 Chai, 30 Chang | 2026-11-25"),
        ("order 12 Chartreuse", "Aux joyeux ecclésiastiques: 12 Chartreuse verte"),
        (
            "Reorder Guaraná Fantástica, 24 cans, from Refrescos Americanas",
            "Refrescos Americanas LTDA: 24 Guaraná Fantástica",
        ),
        ("Reorder 24 cans guarana", "Refrescos Americanas LTDA: 24 Guaraná Fantástica"),
        (
            "The kitchen needs 6 Mascarpone and 6 Mozzarella by Saturday",
            "Formaggi Fortini s.r.l.: 6 Mascarpone Fabioli, 6 Mozzarella di Giovanni | 2026-11-21",
        ),
        (
            "Order 12 Mozzarella @34.80 and 10 Gorgonzola @12.50",
            "Formaggi Fortini s.r.l.: 12 Mozzarella di Giovanni @ 34.8, 10 Gorgonzola Telino @ 12.5",
        ),
        (
            "Order Côte de Blaye from Aux joyeux ecclesiastiques: 3 bottles at 260",
            "Aux joyeux ecclésiastiques: 3 Côte de Blaye @ 260",
        ),
        ("order 10 boxs of chai and 5 botles of chang", "Exotic Liquids: 10 Chai, 5 Chang"),
        ("Quick one - 25 Spegesild please, same supplier as always", "Lyngbysild: 25 Spegesild"),
        ("Order twelve hundred Chai", "Exotic Liquids: 1200 Chai"),
        ("Schedule a delivery of 30 Chai for 1 December", "Exotic Liquids: 30 Chai | 2026-12-01"),
        ("order 40 chai for the first of December", "Exotic Liquids: 40 Chai | 2026-12-01"),
        ("Order 10 Chai two weeks from now", "Exotic Liquids: 10 Chai | 2026-12-02"),
        ("Order 10 Chai by the end of next week", "Exotic Liquids: 10 Chai | 2026-11-27"),
        ("Order 10 Chai for early December", "Exotic Liquids: 10 Chai | 2026-12-01"),
        ("Order 10 Chai by end of year", "Exotic Liquids: 10 Chai | 2026-12-31"),
        ("Order 10 Chai, deliver Nov 30", "Exotic Liquids: 10 Chai | 2026-11-30"),
        ("Order 10 Chai for Monday week", "Exotic Liquids: 10 Chai | 2026-11-30"),
        ("Order 10 Chai for delivery on Monday the 30th", "Exotic Liquids: 10 Chai | 2026-11-30"),
        ("order 20 of each Chai and Chang", "Exotic Liquids: 20 Chai, 20 Chang"),
        ("Order 20 apiece of Chai, Chang, and Aniseed Syrup", "Exotic Liquids: 20 Chai, 20 Chang, 20 Aniseed Syrup"),
        ("Order Chai, Chang and Aniseed Syrup: 20 of each", "Exotic Liquids: 20 Chai, 20 Chang, 20 Aniseed Syrup"),
        ("i need chai, 40 boxes, and syrup, 12 bottles", "Exotic Liquids: 40 Chai, 12 Aniseed Syrup"),
        ("order 10 tigers", "Pavlova, Ltd.: 10 Carnarvon Tigers"),
        (
            "order 6 clam chowders and 4 crab meats",
            "New England Seafood Cannery: 6 Jack's New England Clam Chowder, 4 Boston Crab Meat",
        ),
        ("order 15 grune sosse", "Plutzer Lebensmittelgroßmärkte AG: 15 Original Frankfurter grüne Soße"),
        ("order 18 knackebrod", "PB Knäckebröd AB: 18 Gustaf's Knäckebröd"),
    ]);
}

#[test]
fn more_varied_orders() {
    check(&[
        (
            "Kindly arrange an order of 35 cases of Laughing Lumberjack Lager with Bigfoot.",
            "Bigfoot Breweries: 35 Laughing Lumberjack Lager",
        ),
        (
            "Purchase order please: Leka Trading, 12 x Ipoh Coffee @ 44.00, 20 x Gula Malacca @ 19, due 9 Dec 2026",
            "Leka Trading: 12 Ipoh Coffee @ 44, 20 Gula Malacca @ 19 | 2026-12-09",
        ),
        ("we need a dozen and a half... no, make it two dozen Filo Mix", "G'day, Mate: 24 Filo Mix"),
        ("order Konbu x12, Tofu x24, Genen Shouyu x6 from Mayumi's", "Mayumi's: 12 Konbu, 24 Tofu, 6 Genen Shouyu"),
        ("top up our stock of Geitost with 30 units", "Norske Meierier: 30 Geitost"),
        ("Top up Chai by 20", "Exotic Liquids: 20 Chai"),
        ("Forty boxes of chai, please.", "Exotic Liquids: 40 Chai"),
        (
            "Could I get fifteen jars of Chef Anton's Cajun Seasoning and nine bottles of Louisiana Fiery Hot Pepper Sauce by the 5th of December?",
            "New Orleans Cajun Delights: 15 Chef Anton's Cajun Seasoning, 9 Louisiana Fiery Hot Pepper Sauce | 2026-12-05",
        ),
        ("Order: Chai, 40; Chang, 20; Aniseed Syrup, 10", "Exotic Liquids: 40 Chai, 20 Chang, 10 Aniseed Syrup"),
        ("I think we should order 25 Gravad lax from Svensk Sjofoda", "Svensk Sjöföda AB: 25 Gravad lax"),
        (
            "Please get 40 cartons of Zaanse koeken ordered from Zaanse Snoepfabriek, we need them on Monday",
            "Zaanse Snoepfabriek: 40 Zaanse koeken | 2026-11-23",
        ),
        (
            "Order 18 of Sir Rodney's Marmalade, price 80.50 each, for delivery 1st December",
            "Specialty Biscuits, Ltd.: 18 Sir Rodney's Marmalade @ 80.5 | 2026-12-01",
        ),
        (
            "Order 18 Sir Rodney's Marmalade and 24 Scones from Specialty Biscuits",
            "Specialty Biscuits, Ltd.: 18 Sir Rodney's Marmalade, 24 Sir Rodney's Scones",
        ),
        ("Our Chang is nearly finished - get 60 in by the end of the week.", "Exotic Liquids: 60 Chang | 2026-11-20"),
        (
            "My boss wants 12 Côte de Blaye for the gala on 18 December",
            "Aux joyeux ecclésiastiques: 12 Côte de Blaye | 2026-12-18",
        ),
        (
            "Order 25 Rössle Sauerkraut at €45 from Plutzer Lebensmittelgrossmarkte",
            "Plutzer Lebensmittelgroßmärkte AG: 25 Rössle Sauerkraut @ 45",
        ),
        ("order 1 200 g Konbu", "Mayumi's: 1 Konbu"),
        (
            "eighty bottles Steeleye Stout & eighty bottles Sasquatch Ale",
            "Bigfoot Breweries: 80 Steeleye Stout, 80 Sasquatch Ale",
        ),
        (
            "Please buy us 30 packages Gorgonzola at 12 a package and 24 packages Mascarpone at 31.50 a package",
            "Formaggi Fortini s.r.l.: 30 Gorgonzola Telino @ 12, 24 Mascarpone Fabioli @ 31.5",
        ),
        (
            "Need 50 Escargots by next Wednesday, usual supplier.",
            "Escargots Nouveaux: 50 Escargots de Bourgogne | 2026-11-25",
        ),
        (
            "Order from Exotic Liquids the following: Chai 40, Chang 24, Aniseed Syrup 12.",
            "Exotic Liquids: 40 Chai, 24 Chang, 12 Aniseed Syrup",
        ),
        ("Order from Exotic Liquids the following:\nChai 40\nChang 24", "Exotic Liquids: 40 Chai, 24 Chang"),
        (
            "* 10 Maxilaku\n* 20 Valkoinen suklaa\n* 5 Lakkalikööri\nall from Karkki Oy, for 3 December",
            "Karkki Oy: 10 Maxilaku, 20 Valkoinen suklaa, 5 Lakkalikööri | 2026-12-03",
        ),
        (
            "One hundred Tunnbrod please, and while you're at it 50 Gustafs Knackebrod",
            "PB Knäckebröd AB: 100 Tunnbröd, 50 Gustaf's Knäckebröd",
        ),
        (
            "Can you place an order for half a dozen bottles of Cote de Blaye at 255 a bottle for 15 December?",
            "Aux joyeux ecclésiastiques: 6 Côte de Blaye @ 255 | 2026-12-15",
        ),
        ("order 30 Perth Pastries", "G'day, Mate: 30 Perth Pasties"),
        ("order 14 Ravoli Angelo", "Pasta Buttini s.r.l.: 14 Ravioli Angelo"),
        ("order 14 Raviolli", "Pasta Buttini s.r.l.: 14 Ravioli Angelo"),
        ("10 gnochi", "Pasta Buttini s.r.l.: 10 Gnocchi di nonna Alice"),
        ("12 sasquach ale", "Bigfoot Breweries: 12 Sasquatch Ale"),
        ("12 stealeye stout", "Bigfoot Breweries: 12 Steeleye Stout"),
        ("12 singapore hokkien mee", "Leka Trading: 12 Singaporean Hokkien Fried Mee"),
        ("12 chartruse vert", "Aux joyeux ecclésiastiques: 12 Chartreuse verte"),
        ("7 boysenberry", "Grandma Kelly's Homestead: 7 Grandma's Boysenberry Spread"),
        ("7 grandmas spread", "Grandma Kelly's Homestead: 7 Grandma's Boysenberry Spread"),
        ("7 new england chowder", "New England Seafood Cannery: 7 Jack's New England Clam Chowder"),
        ("9 crab meat from new england seafood", "New England Seafood Cannery: 9 Boston Crab Meat"),
        ("25 Rhonbrau", "Plutzer Lebensmittelgroßmärkte AG: 25 Rhönbräu Klosterbier"),
        ("order 5 tea time biscuits", "Specialty Biscuits, Ltd.: 5 Teatime Chocolate Biscuits"),
        ("5 chocolate biscuits", "Specialty Biscuits, Ltd.: 5 Teatime Chocolate Biscuits"),
        ("order 22 matjes", "Nord-Ost-Fisch Handelsgesellschaft mbH: 22 Nord-Ost Matjeshering"),
        ("order 22 matjes hering", "Nord-Ost-Fisch Handelsgesellschaft mbH: 22 Nord-Ost Matjeshering"),
        ("order 100 gummibarchen", "Heli Süßwaren GmbH & Co. KG: 100 Gumbär Gummibärchen"),
        ("order 4 dozen rostbratwurst", "Plutzer Lebensmittelgroßmärkte AG: 48 Thüringer Rostbratwurst"),
        ("order 10 Chai by December", "Exotic Liquids: 10 Chai | 2026-12-01"),
        ("order 10 Chai by 4 Dec.", "Exotic Liquids: 10 Chai | 2026-12-04"),
        ("order 10 Chai before December 10", "Exotic Liquids: 10 Chai | 2026-12-10"),
        ("order 10 Chai by 2026/12/10", "Exotic Liquids: 10 Chai | 2026-12-10"),
        ("order 10 Chai for the week of December 7", "Exotic Liquids: 10 Chai | 2026-12-07"),
        ("order 10 Chai for Fri 4 Dec", "Exotic Liquids: 10 Chai | 2026-12-04"),
        ("order 10 Chai to arrive no later than 12 December", "Exotic Liquids: 10 Chai | 2026-12-12"),
        ("order 10 Chai for Dec. 24", "Exotic Liquids: 10 Chai | 2026-12-24"),
        ("order 10 Chai in the middle of December", "Exotic Liquids: 10 Chai | 2026-12-15"),
        ("order 10 Chai in a month", "Exotic Liquids: 10 Chai | 2026-12-18"),
        ("order 10 Chai by the last day of November", "Exotic Liquids: 10 Chai | 2026-11-30"),
        ("order 10 Chai three days from now", "Exotic Liquids: 10 Chai | 2026-11-21"),
        ("order 10 Chai next week", "Exotic Liquids: 10 Chai | 2026-11-23"),
        ("order 10 Chai for next month", "Exotic Liquids: 10 Chai | 2026-12-01"),
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
        (
            "Order 12 bottles of Chang and 10 boxes of Chai, both for 2 December",
            "Exotic Liquids: 12 Chang, 10 Chai | 2026-12-02",
        ),
        ("12 Chang and 10 Chai at 18 each", "Exotic Liquids: 12 Chang, 10 Chai @ 18"),
        ("Order 12 Chang at nineteen dollars each", "Exotic Liquids: 12 Chang @ 19"),
        (
            "My boss wants 12 Côte de Blaye for the gala on 18 December",
            "Aux joyeux ecclésiastiques: 12 Côte de Blaye | 2026-12-18",
        ),
        ("order 12 Chai for the gala", "Exotic Liquids: 12 Chai"),
        ("Please supply 10 Chai to our Hamburg office by Friday", "Exotic Liquids: 10 Chai | 2026-11-20"),
        ("I was wondering whether you could order 30 boxes of Konbu for me", "Mayumi's: 30 Konbu"),
        ("Customers love the Chai, so let's get 80 more boxes", "Exotic Liquids: 80 Chai"),
        ("Time to reorder Chang: 24 bottles please", "Exotic Liquids: 24 Chang"),
        ("Stocktake shows only 3 Ikura left. Order 20.", "Tokyo Traders: 20 Ikura"),
        ("Ikura - 20 - Tokyo Traders - next Friday", "Tokyo Traders: 20 Ikura | 2026-11-20"),
        (
            "Supplier: Tokyo Traders, product: Ikura, quantity: 20, date: 4 December, price: 30.50",
            "Tokyo Traders: 20 Ikura @ 30.5 | 2026-12-04",
        ),
        ("Hello! This is Peter from purchasing. We need 12 Ikura.", "Tokyo Traders: 12 Ikura"),
        (
            "Place order: Ikura (20), Longlife Tofu (10). Supplier Tokyo Traders. ETA 10 Dec.",
            "Tokyo Traders: 20 Ikura, 10 Longlife Tofu | 2026-12-10",
        ),
        ("Peter asked me to order 12 Ikura", "Tokyo Traders: 12 Ikura"),
        (
            "According to the inventory list we need 50 Filo Mix and 12 Perth Pasties",
            "G'day, Mate: 50 Filo Mix, 12 Perth Pasties",
        ),
        ("40 Chai from Exotic Liquids at their list price", "Exotic Liquids: 40 Chai"),
        ("order 2 pallets of Chai", "Exotic Liquids: 2 Chai"),
        ("Order Chai. 40 boxes.", "Exotic Liquids: 40 Chai"),
        ("Order forty (40) boxes of Chai", "Exotic Liquids: 40 Chai"),
        ("Order 24 x Rhönbräu Klosterbier 0.5 l", "Plutzer Lebensmittelgroßmärkte AG: 24 Rhönbräu Klosterbier"),
        (
            "Order 24 Rhönbräu Klosterbier (24 - 0.5 l bottles)",
            "Plutzer Lebensmittelgroßmärkte AG: 24 Rhönbräu Klosterbier",
        ),
        (
            "we'd like 5 cases Chang and, if they have it, 3 cases of Aniseed Syrup",
            "Exotic Liquids: 5 Chang, 3 Aniseed Syrup",
        ),
        (
            "ORDER 40 BOXES OF CHAI AND 12 BOTTLES OF ANISEED SYRUP FROM EXOTIC LIQUIDS",
            "Exotic Liquids: 40 Chai, 12 Aniseed Syrup",
        ),
        ("order 40boxes chai", "Exotic Liquids: 40 Chai"),
        ("order chai x40", "Exotic Liquids: 40 Chai"),
        (
            "order 20 bottles of Chang at a price of 18.50 each, plus 10 boxes of Chai at list price",
            "Exotic Liquids: 20 Chang @ 18.5, 10 Chai",
        ),
        (
            "Order 10 Chai from Exotic Liquids to be delivered to our warehouse on 7 December at 16 euros",
            "Exotic Liquids: 10 Chai @ 16 | 2026-12-07",
        ),
        ("Buy 5 Geitost - urgently!", "Norske Meierier: 5 Geitost"),
    ]);
}
