//! A request is asked back rather than drafted when something it says comes to nothing or leaves it open.

use crate::support::check_on;

/// A Friday.
const FRIDAY: &str = "2026-11-20";

#[test]
fn every_figure_comes_to_something() {
    check_on(
        FRIDAY,
        &[
            ("40 Chai. Or maybe it was 50?", "ask quantity"),
            ("20 Chai. 30 Chai.", "ask quantity"),
            ("We have decided on 40 Chai and 12 Chang.", "ask quantity"),
            ("Bring the Inlagd Sill up to 60, we have 40.", "ask quantity"),
            (
                "They'll give us Filo Mix for 6.50/unit if we take 60, so let's take 60.",
                "G'day, Mate: 60 Filo Mix @ 6.5",
            ),
            ("10 Chai, 5 Chang and another 10 Chai", "Exotic Liquids: 20 Chai, 5 Chang"),
        ],
    );
}

#[test]
fn conditions_and_questions_wait_for_an_answer() {
    check_on(
        FRIDAY,
        &[
            ("I'd go for 40 Chai if they come at 17, but at 18 just 30.", "ask quantity"),
            ("Price check first: is Ipoh Coffee still 46? If so order 10.", "ask quantity"),
            ("Please order 10 Ipoh Coffee, and check whether the price is still 46.", "ask quantity"),
            ("Maxilaku, 10 oder 15, bin nicht sicher. Was meinst du?", "ask quantity"),
            ("Nimm 25 Chartreuse verte. Preislich hatten wir uns auf 17,40 geeinigt.", "ask quantity"),
            ("10 Ipoh Coffee und 10 Gula Malacca. Streich den Kaffee wieder.", "ask quantity"),
            ("Could you order 30 Chang, plus tell me a joke?", "decline OutsideTools"),
        ],
    );
}

#[test]
fn prices_find_their_lines() {
    check_on(
        FRIDAY,
        &[
            (
                "50 Zaanse koeken and, at 12 euros each, 20 Chocolade.",
                "Zaanse Snoepfabriek: 50 Zaanse koeken, 20 Chocolade @ 12",
            ),
            (
                "Both Sasquatch Ale and Steeleye Stout at €13.75 a case, 20 cases of each",
                "Bigfoot Breweries: 20 Sasquatch Ale @ 13.75, 20 Steeleye Stout @ 13.75",
            ),
            (
                "Preis für Pâté chinois wurde von 24 auf 22,80 gesenkt – zu diesem neuen Preis bitte 30 bestellen.",
                "Ma Maison: 30 Pâté chinois @ 22.8",
            ),
            ("30 ravioli at 19 euros. Ravioli are 18.50 now", "Pasta Buttini s.r.l.: 30 Ravioli Angelo @ 18.5"),
            ("55 packs of Filo Mix. The price we settled on was 6.80.", "G'day, Mate: 55 Filo Mix @ 6.8"),
            ("10 Tarte au sucre, they're a hit. Budget is 500 euros.", "Forêts d'érables: 10 Tarte au sucre"),
            ("Chai - 10 - 17.50; Chang - 15 - 18.50", "Exotic Liquids: 10 Chai @ 17.5, 15 Chang @ 18.5"),
        ],
    );
}

#[test]
fn slips_are_forgiven() {
    check_on(
        FRIDAY,
        &[
            (
                "plaese oredr 20 tunnbrod adn 15 knakebröd form PB",
                "PB Knäckebröd AB: 20 Tunnbröd, 15 Gustaf's Knäckebröd",
            ),
            ("Svensk Sjofoda: 15 rod kaviar, 25 gravlax", "Svensk Sjöföda AB: 15 Röd Kaviar, 25 Gravad lax"),
            (
                "Formaggi: 24 mozz, 12 mascarpone",
                "Formaggi Fortini s.r.l.: 24 Mozzarella di Giovanni, 12 Mascarpone Fabioli",
            ),
            ("Teatime choc biscuits, 40 cartons", "Specialty Biscuits, Ltd.: 40 Teatime Chocolate Biscuits"),
            (
                "Nord Ost Matjes Hering, 35 Gläserkartons",
                "Nord-Ost-Fisch Handelsgesellschaft mbH: 35 Nord-Ost Matjeshering",
            ),
            ("Twenty Maxilaku. No, hang on, thirty.", "Karkki Oy: 30 Maxilaku"),
            ("two-dozen Outback Lager", "Pavlova, Ltd.: 24 Outback Lager"),
        ],
    );
}
