//! Who is found, and who first, with the names of Northwind.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{env, fs, path::PathBuf};

use kontor_command::{FindQuery, Found};
use kontor_kernel::{TenantId, new_id};
use kontor_store::Snapshot;
use uuid::Uuid;

use crate::{
    schema::Document,
    shard::{Change, Shard},
};

const PRODUCTS: &[&str] = &[
    "Chai",
    "Chang",
    "Aniseed Syrup",
    "Chef Anton's Cajun Seasoning",
    "Chef Anton's Gumbo Mix",
    "Grandma's Boysenberry Spread",
    "Uncle Bob's Organic Dried Pears",
    "Northwoods Cranberry Sauce",
    "Mishi Kobe Niku",
    "Ikura",
    "Queso Cabrales",
    "Queso Manchego La Pastora",
    "Konbu",
    "Tofu",
    "Genen Shouyu",
    "Pavlova",
    "Alice Mutton",
    "Carnarvon Tigers",
    "Teatime Chocolate Biscuits",
    "Sir Rodney's Marmalade",
    "Sir Rodney's Scones",
    "Gustaf's Knäckebröd",
    "Tunnbröd",
    "Guaraná Fantástica",
    "NuNuCa Nuß-Nougat-Creme",
    "Gumbär Gummibärchen",
    "Schoggi Schokolade",
    "Rössle Sauerkraut",
    "Thüringer Rostbratwurst",
    "Nord-Ost Matjeshering",
    "Gorgonzola Telino",
    "Mascarpone Fabioli",
    "Geitost",
    "Sasquatch Ale",
    "Steeleye Stout",
    "Inlagd Sill",
    "Gravad lax",
    "Côte de Blaye",
    "Chartreuse verte",
    "Boston Crab Meat",
    "Singaporean Hokkien Fried Mee",
    "Ipoh Coffee",
    "Gula Malacca",
    "Røgede sild",
    "Spegesild",
    "Zaanse koeken",
    "Chocolade",
    "Maxilaku",
    "Valkoinen suklaa",
    "Perth Pasties",
    "Tourtière",
    "Pâté chinois",
    "Gnocchi di nonna Alice",
    "Ravioli Angelo",
    "Escargots de Bourgogne",
    "Raclette Courdavault",
    "Camembert Pierrot",
    "Sirop d'érable",
    "Tarte au sucre",
    "Vegie-spread",
    "Wimmers gute Semmelknödel",
    "Louisiana Fiery Hot Pepper Sauce",
    "Louisiana Hot Spiced Okra",
    "Laughing Lumberjack Lager",
    "Scottish Longbreads",
    "Gudbrandsdalsost",
    "Outback Lager",
    "Fløtemysost",
    "Mozzarella di Giovanni",
    "Röd Kaviar",
    "Longlife Tofu",
    "Rhönbräu Klosterbier",
    "Lakkalikööri",
    "Original Frankfurter grüne Soße",
];

const SUPPLIERS: &[(&str, &str)] = &[
    ("Exotic Liquids", "London, United Kingdom"),
    ("New Orleans Cajun Delights", "New Orleans, United States"),
    ("Grandma Kelly's Homestead", "Ann Arbor, United States"),
    ("Tokyo Traders", "Tokyo, Japan"),
    ("Cooperativa de Quesos 'Las Cabras'", "Oviedo, Spain"),
    ("Forêts d'érables", "Ste-Hyacinthe, Canada"),
    ("Aux joyeux ecclésiastiques", "Paris, France"),
    ("London Tea Traders", "Leeds, United Kingdom"),
];

struct Shop {
    shard: Shard,
    folder: PathBuf,
    tenant: TenantId,
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Shop {
    fn northwind() -> Self {
        let folder = env::temp_dir().join(format!("kontor-search-{}", new_id().simple()));
        let shop = Self { shard: Shard::open(&folder).unwrap(), folder, tenant: TenantId::new() };
        for (number, name) in PRODUCTS.iter().enumerate() {
            shop.put(shop.tenant, "products", &format!("P-{:05}", number + 1), name, "");
        }
        for (number, (name, place)) in SUPPLIERS.iter().enumerate() {
            shop.put(shop.tenant, "suppliers", &format!("S-{:05}", number + 1), name, place);
        }
        for (number, supplier) in [(12, 0), (120, 0), (13, 2)] {
            let code = format!("PO-{number:05}");
            shop.put(shop.tenant, "purchase-orders", &code, &code, SUPPLIERS[supplier].0);
        }
        shop.commit();
        shop
    }

    fn put(&self, tenant: TenantId, collection: &'static str, code: &str, title: &str, body: &str) -> Uuid {
        let id = new_id();
        let text = str::to_owned;
        let (code, title, body, subtitle) = (text(code), text(title), text(body), String::new());
        self.shard.stage([Change::Put(Document { tenant, collection, id, code, title, subtitle, body })]).unwrap();
        id
    }

    fn commit(&self) {
        self.shard.commit(&Snapshot::beginning()).unwrap();
    }

    fn ask(&self, tenant: TenantId, text: &str, collections: &[&'static str]) -> Vec<Found> {
        let find = FindQuery { tenant, text: text.to_owned(), collections: collections.to_vec(), limit: 10 };
        self.shard.find(&find).unwrap()
    }

    fn titles(&self, text: &str) -> Vec<String> {
        let found = self.ask(self.tenant, text, &["products", "suppliers", "purchase-orders"]);
        found.into_iter().map(|found| found.title).collect()
    }
}

#[test]
fn the_first_match_is_the_one_meant() {
    let shop = Shop::northwind();
    for (asked, first) in [
        // Whole names, whatever their case and accents.
        ("chai", "Chai"),
        ("CHANG", "Chang"),
        ("cote de blaye", "Côte de Blaye"),
        ("cÔte de blaye", "Côte de Blaye"),
        ("pate chinois", "Pâté chinois"),
        ("tofu", "Tofu"),
        // Unfinished words.
        ("gravad", "Gravad lax"),
        ("anis", "Aniseed Syrup"),
        ("sir rod sco", "Sir Rodney's Scones"),
        ("lou hot spi", "Louisiana Hot Spiced Okra"),
        // Typing errors: a letter less, another, one more, two in the wrong order.
        ("anised syrup", "Aniseed Syrup"),
        ("anissed sirup", "Aniseed Syrup"),
        ("gorgonzloa", "Gorgonzola Telino"),
        ("mozarela", "Mozzarella di Giovanni"),
        ("camenbert", "Camembert Pierrot"),
        ("exotik liquids", "Exotic Liquids"),
        ("sauerkrout", "Rössle Sauerkraut"),
        // An umlaut written out is one letter more.
        ("roessle", "Rössle Sauerkraut"),
        ("semmelknoedel", "Wimmers gute Semmelknödel"),
        ("thueringer", "Thüringer Rostbratwurst"),
        ("flotemysost", "Fløtemysost"),
        ("gruene sosse", "Original Frankfurter grüne Soße"),
        ("nunuca nuss", "NuNuCa Nuß-Nougat-Creme"),
        // Marks within words.
        ("grandma kelly", "Grandma Kelly's Homestead"),
        ("kellys", "Grandma Kelly's Homestead"),
        ("kelly's", "Grandma Kelly's Homestead"),
        ("d'erable", "Sirop d'érable"),
        ("vegie spread", "Vegie-spread"),
        ("vegiespread", "Vegie-spread"),
        // By what else is known of them.
        ("oviedo", "Cooperativa de Quesos 'Las Cabras'"),
        ("japan tok", "Tokyo Traders"),
    ] {
        assert_eq!(shop.titles(asked).first().map(String::as_str), Some(first), "{asked}");
    }
}

#[test]
fn a_title_comes_before_other_texts_and_a_whole_word_before_a_begun_one() {
    let shop = Shop::northwind();
    assert_eq!(shop.titles("london"), ["London Tea Traders", "Exotic Liquids"]);
    assert_eq!(shop.titles("tofu"), ["Tofu", "Longlife Tofu"]);
    let begun = shop.titles("cha");
    assert_eq!(begun[..2], ["Chai", "Chang"]);
    assert!(begun.contains(&"Chartreuse verte".to_owned()));
}

#[test]
fn a_code_is_found_exactly_and_by_its_beginning_and_never_by_another() {
    let shop = Shop::northwind();
    assert_eq!(shop.titles("PO-00012")[0], "PO-00012");
    assert_eq!(shop.titles("po00012")[0], "PO-00012");
    assert_eq!(shop.titles("po 12"), ["PO-00012", "PO-00120"]);
    assert_eq!(shop.titles("PO-0001"), ["PO-00012", "PO-00013"]);
    assert!(shop.titles("PO-00099").is_empty());
    assert!(shop.titles("12").contains(&"PO-00012".to_owned()));
    assert_eq!(shop.titles("p-00001")[0], "Chai");
}

#[test]
fn every_word_must_match() {
    let shop = Shop::northwind();
    assert!(shop.titles("chai liquids").is_empty());
    assert_eq!(shop.titles("exotic po"), ["PO-00012", "PO-00120"]);
    for nothing in ["", "   ", "'", "!?-", "\u{0}", "zzz", "(chai OR", "title:chang", "*"] {
        let found = shop.titles(nothing);
        assert!(found.is_empty(), "{nothing}: {found:?}");
    }
}

#[test]
fn only_the_collections_asked_for_are_searched() {
    let shop = Shop::northwind();
    assert_eq!(shop.ask(shop.tenant, "exotic", &["products"]), []);
    assert_eq!(shop.ask(shop.tenant, "exotic", &[]), []);
    assert_eq!(shop.ask(shop.tenant, "exotic", &["suppliers"]).len(), 1);
}

#[test]
fn t1_another_tenant_finds_nothing_of_it() {
    let shop = Shop::northwind();
    let other = TenantId::new();
    let all = ["products", "suppliers", "purchase-orders"];
    shop.put(other, "products", "P-00001", "Chai of the others", "");
    shop.commit();
    let found = shop.ask(other, "chai", &all);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].title, "Chai of the others");
    assert_eq!(shop.ask(other, "exotic", &all), []);
    assert_eq!(shop.ask(TenantId::new(), "chai", &all), []);
    assert!(shop.titles("others").is_empty());
    shop.shard.stage([Change::Forget(shop.tenant)]).unwrap();
    shop.commit();
    assert!(shop.titles("chai").is_empty());
    assert_eq!(shop.shard.count(), 1);
}

#[test]
fn a_change_replaces_what_was_said_before() {
    let shop = Shop::northwind();
    let id = shop.put(shop.tenant, "products", "P-1", "Pumpernickel", "");
    shop.commit();
    let text = str::to_owned;
    let renamed = Document {
        tenant: shop.tenant,
        collection: "products",
        id,
        code: text("P-1"),
        title: text("Zwieback"),
        subtitle: String::new(),
        body: String::new(),
    };
    shop.shard.stage([Change::Put(renamed)]).unwrap();
    assert_eq!(shop.titles("pumpernickel"), ["Pumpernickel"], "nothing is seen before the commit");
    shop.commit();
    assert!(shop.titles("pumpernickel").is_empty());
    assert_eq!(shop.titles("zwie"), ["Zwieback"]);
    shop.shard.stage([Change::Remove("products", (shop.tenant, id))]).unwrap();
    shop.commit();
    assert!(shop.titles("zwieback").is_empty());
}

#[test]
fn what_is_discarded_is_never_committed() {
    let shop = Shop::northwind();
    shop.shard.stage([Change::Clear]).unwrap();
    shop.shard.discard();
    shop.put(shop.tenant, "products", "P-1", "Pumpernickel", "");
    shop.commit();
    assert_eq!(shop.titles("pumper"), ["Pumpernickel"]);
    assert_eq!(shop.titles("chai"), ["Chai"]);
}

#[test]
fn a_damaged_folder_is_begun_anew() {
    let shop = Shop::northwind();
    assert!(shop.shard.position().is_some());
    fs::write(shop.folder.join("meta.json"), "{").unwrap();
    let again = Shard::open(&shop.folder).unwrap();
    assert!(again.position().is_none());
    assert_eq!(again.count(), 0);
}

#[test]
fn long_and_strange_questions_are_answered_quickly() {
    let shop = Shop::northwind();
    let long = "a".repeat(200);
    let many = "ab ".repeat(66);
    let letters: String = ('a'..='z').chain('a'..='z').collect();
    for strange in [long, many, letters, "ａｂｃ ①② Ω 日本語 🦀".to_owned(), "\u{300}\u{301}".to_owned()] {
        shop.titles(&strange);
    }
}
