//! What one costs.

use crate::support::check;

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
fn prices_within_an_order() {
    check(&[
        ("Let's order 5 Alice Mutton at $39 a tin", "Pavlova, Ltd.: 5 Alice Mutton @ 39"),
        (
            "order 15 Wimmers Semmelknodel at 33,25 from Plutzer",
            "Plutzer Lebensmittelgroßmärkte AG: 15 Wimmers gute Semmelknödel @ 33.25",
        ),
        (
            "Order 12 Mozzarella @34.80 and 10 Gorgonzola @12.50",
            "Formaggi Fortini s.r.l.: 12 Mozzarella di Giovanni @ 34.8, 10 Gorgonzola Telino @ 12.5",
        ),
        (
            "Order Côte de Blaye from Aux joyeux ecclesiastiques: 3 bottles at 260",
            "Aux joyeux ecclésiastiques: 3 Côte de Blaye @ 260",
        ),
        (
            "Order 25 Rössle Sauerkraut at €45 from Plutzer Lebensmittelgrossmarkte",
            "Plutzer Lebensmittelgroßmärkte AG: 25 Rössle Sauerkraut @ 45",
        ),
        (
            "Please buy us 30 packages Gorgonzola at 12 a package and 24 packages Mascarpone at 31.50 a package",
            "Formaggi Fortini s.r.l.: 30 Gorgonzola Telino @ 12, 24 Mascarpone Fabioli @ 31.5",
        ),
        ("12 Chang and 10 Chai at 18 each", "Exotic Liquids: 12 Chang, 10 Chai @ 18"),
        ("Order 12 Chang at nineteen dollars each", "Exotic Liquids: 12 Chang @ 19"),
        (
            "order 20 bottles of Chang at a price of 18.50 each, plus 10 boxes of Chai at list price",
            "Exotic Liquids: 20 Chang @ 18.5, 10 Chai",
        ),
    ]);
}

#[test]
fn prices_beside_days() {
    check(&[
        (
            "Purchase 100 units of Filo Mix at 6.80 per unit from G'day, Mate, delivery by end of month",
            "G'day, Mate: 100 Filo Mix @ 6.8 | 2026-11-30",
        ),
        (
            "40 boxes of Chai at 17.50 each and 12 bottles of Aniseed Syrup at 9.80 each from Exotic Liquids for 4 December",
            "Exotic Liquids: 40 Chai @ 17.5, 12 Aniseed Syrup @ 9.8 | 2026-12-04",
        ),
        (
            "Order Ravioli Angelo, quantity 20, price 19.00, needed by 30/11/2026",
            "Pasta Buttini s.r.l.: 20 Ravioli Angelo @ 19 | 2026-11-30",
        ),
        (
            "order 100 Gorgonzola Telino for 12 EUR each, delivery 2026-12-15, supplier Formaggi Fortini",
            "Formaggi Fortini s.r.l.: 100 Gorgonzola Telino @ 12 | 2026-12-15",
        ),
        (
            "Purchase order please: Leka Trading, 12 x Ipoh Coffee @ 44.00, 20 x Gula Malacca @ 19, due 9 Dec 2026",
            "Leka Trading: 12 Ipoh Coffee @ 44, 20 Gula Malacca @ 19 | 2026-12-09",
        ),
        (
            "Order 18 of Sir Rodney's Marmalade, price 80.50 each, for delivery 1st December",
            "Specialty Biscuits, Ltd.: 18 Sir Rodney's Marmalade @ 80.5 | 2026-12-01",
        ),
        (
            "Can you place an order for half a dozen bottles of Cote de Blaye at 255 a bottle for 15 December?",
            "Aux joyeux ecclésiastiques: 6 Côte de Blaye @ 255 | 2026-12-15",
        ),
        (
            "Supplier: Tokyo Traders, product: Ikura, quantity: 20, date: 4 December, price: 30.50",
            "Tokyo Traders: 20 Ikura @ 30.5 | 2026-12-04",
        ),
        (
            "Order 10 Chai from Exotic Liquids to be delivered to our warehouse on 7 December at 16 euros",
            "Exotic Liquids: 10 Chai @ 16 | 2026-12-07",
        ),
    ]);
}
