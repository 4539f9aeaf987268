//! Which goods, how many, from whom.

use crate::support::check;

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
fn lines_in_every_order_and_writing() {
    check(&[
        (
            "Nord-Ost Matjeshering: 40 glasses, please",
            "Nord-Ost-Fisch Handelsgesellschaft mbH: 40 Nord-Ost Matjeshering",
        ),
        ("order 1,5 Carnarvon Tigers", "Pavlova, Ltd.: 1.5 Carnarvon Tigers"),
        ("Tokyo Traders - 5 Mishi Kobe Niku, 10 Ikura", "Tokyo Traders: 5 Mishi Kobe Niku, 10 Ikura"),
        ("Order four thousand Teatime Chocolate Biscuits", "Specialty Biscuits, Ltd.: 4000 Teatime Chocolate Biscuits"),
        ("order 40 chai & 20 chang", "Exotic Liquids: 40 Chai, 20 Chang"),
        ("Order one box of Konbu", "Mayumi's: 1 Konbu"),
        ("order an Ipoh Coffee", "Leka Trading: 1 Ipoh Coffee"),
        (
            "Order 12 jars of Northwoods Cranberry Sauce and a dozen of Uncle Bob's Organic Dried Pears",
            "Grandma Kelly's Homestead: 12 Northwoods Cranberry Sauce, 12 Uncle Bob's Organic Dried Pears",
        ),
        (
            "We need forty Chef Anton's Cajun Seasoning, thirty Louisiana Hot Spiced Okra",
            "New Orleans Cajun Delights: 40 Chef Anton's Cajun Seasoning, 30 Louisiana Hot Spiced Okra",
        ),
        ("order 10 kg of Gudbrandsdalsost", "Norske Meierier: 10 Gudbrandsdalsost"),
        ("Order twelve hundred Chai", "Exotic Liquids: 1200 Chai"),
        ("order 20 of each Chai and Chang", "Exotic Liquids: 20 Chai, 20 Chang"),
        ("Order 20 apiece of Chai, Chang, and Aniseed Syrup", "Exotic Liquids: 20 Chai, 20 Chang, 20 Aniseed Syrup"),
        ("Order Chai, Chang and Aniseed Syrup: 20 of each", "Exotic Liquids: 20 Chai, 20 Chang, 20 Aniseed Syrup"),
        ("order Konbu x12, Tofu x24, Genen Shouyu x6 from Mayumi's", "Mayumi's: 12 Konbu, 24 Tofu, 6 Genen Shouyu"),
        ("Order: Chai, 40; Chang, 20; Aniseed Syrup, 10", "Exotic Liquids: 40 Chai, 20 Chang, 10 Aniseed Syrup"),
        (
            "Order 18 Sir Rodney's Marmalade and 24 Scones from Specialty Biscuits",
            "Specialty Biscuits, Ltd.: 18 Sir Rodney's Marmalade, 24 Sir Rodney's Scones",
        ),
        ("order 1 200 g Konbu", "Mayumi's: 1 Konbu"),
        (
            "eighty bottles Steeleye Stout & eighty bottles Sasquatch Ale",
            "Bigfoot Breweries: 80 Steeleye Stout, 80 Sasquatch Ale",
        ),
        (
            "Order from Exotic Liquids the following: Chai 40, Chang 24, Aniseed Syrup 12.",
            "Exotic Liquids: 40 Chai, 24 Chang, 12 Aniseed Syrup",
        ),
        ("Order from Exotic Liquids the following:\nChai 40\nChang 24", "Exotic Liquids: 40 Chai, 24 Chang"),
        ("order 2 pallets of Chai", "Exotic Liquids: 2 Chai"),
        ("Order Chai. 40 boxes.", "Exotic Liquids: 40 Chai"),
        ("Order forty (40) boxes of Chai", "Exotic Liquids: 40 Chai"),
        ("Order 24 x Rhönbräu Klosterbier 0.5 l", "Plutzer Lebensmittelgroßmärkte AG: 24 Rhönbräu Klosterbier"),
        (
            "Order 24 Rhönbräu Klosterbier (24 - 0.5 l bottles)",
            "Plutzer Lebensmittelgroßmärkte AG: 24 Rhönbräu Klosterbier",
        ),
        (
            "ORDER 40 BOXES OF CHAI AND 12 BOTTLES OF ANISEED SYRUP FROM EXOTIC LIQUIDS",
            "Exotic Liquids: 40 Chai, 12 Aniseed Syrup",
        ),
        ("order 40boxes chai", "Exotic Liquids: 40 Chai"),
        ("order chai x40", "Exotic Liquids: 40 Chai"),
    ]);
}

#[test]
fn requests_within_other_words() {
    check(&[
        (
            "hey can u get us 15 crates of laughing lumberjack lager asap",
            "Bigfoot Breweries: 15 Laughing Lumberjack Lager",
        ),
        ("We're running low on Konbu. Order fifty please.", "Mayumi's: 50 Konbu"),
        ("Could you please draft an order for 10 Perth Pasties?", "G'day, Mate: 10 Perth Pasties"),
        (
            "Restock: 60 Singaporean Hokkien Fried Mee, 10 Ipoh Coffee, 25 Gula Malacca",
            "Leka Trading: 60 Singaporean Hokkien Fried Mee, 10 Ipoh Coffee, 25 Gula Malacca",
        ),
        ("Add 10 Chocolade to an order for Zaanse Snoepfabriek", "Zaanse Snoepfabriek: 10 Chocolade"),
        (
            "Please order Chai (40 boxes) and Chang (24 bottles) from Exotic Liquids",
            "Exotic Liquids: 40 Chai, 24 Chang",
        ),
        ("Would you mind ordering 22 Flotemysost?", "Norske Meierier: 22 Flotemysost"),
        ("Put me down for sixty Filo Mix", "G'day, Mate: 60 Filo Mix"),
        ("Could you order us a gross of Steeleye Stout", "Bigfoot Breweries: 144 Steeleye Stout"),
        ("Quick one - 25 Spegesild please, same supplier as always", "Lyngbysild: 25 Spegesild"),
        ("i need chai, 40 boxes, and syrup, 12 bottles", "Exotic Liquids: 40 Chai, 12 Aniseed Syrup"),
        (
            "Kindly arrange an order of 35 cases of Laughing Lumberjack Lager with Bigfoot.",
            "Bigfoot Breweries: 35 Laughing Lumberjack Lager",
        ),
        ("top up our stock of Geitost with 30 units", "Norske Meierier: 30 Geitost"),
        ("Top up Chai by 20", "Exotic Liquids: 20 Chai"),
        ("Forty boxes of chai, please.", "Exotic Liquids: 40 Chai"),
        ("order 12 Chai for the gala", "Exotic Liquids: 12 Chai"),
        ("I was wondering whether you could order 30 boxes of Konbu for me", "Mayumi's: 30 Konbu"),
        ("Customers love the Chai, so let's get 80 more boxes", "Exotic Liquids: 80 Chai"),
        ("Time to reorder Chang: 24 bottles please", "Exotic Liquids: 24 Chang"),
        ("Stocktake shows only 3 Ikura left. Order 20.", "Tokyo Traders: 20 Ikura"),
        ("Hello! This is Peter from purchasing. We need 12 Ikura.", "Tokyo Traders: 12 Ikura"),
        ("Peter asked me to order 12 Ikura", "Tokyo Traders: 12 Ikura"),
        (
            "According to the inventory list we need 50 Filo Mix and 12 Perth Pasties",
            "G'day, Mate: 50 Filo Mix, 12 Perth Pasties",
        ),
        ("40 Chai from Exotic Liquids at their list price", "Exotic Liquids: 40 Chai"),
        (
            "we'd like 5 cases Chang and, if they have it, 3 cases of Aniseed Syrup",
            "Exotic Liquids: 5 Chang, 3 Aniseed Syrup",
        ),
        ("Buy 5 Geitost - urgently!", "Norske Meierier: 5 Geitost"),
    ]);
}
