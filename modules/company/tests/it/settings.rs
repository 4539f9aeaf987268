#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use kontor_company::{Branding, Company, LogoChange, UpdateBranding, UpdateCompany};
use kontor_entity::{Entity, Mode, parse_draft};
use kontor_kernel::{Fault, Result};
use kontor_store::Written;
use serde_json::{Value, json};

use crate::house::{House, violations};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot quite an image, but it begins as one";

async fn update(house: &House, version: Option<i64>, body: Value) -> Result<Written> {
    let draft = parse_draft(Company::META, body.to_string().as_bytes(), Mode::Patch)?;
    house.run(&house.nancy, UpdateCompany { version, draft }).await
}

fn branding(color: Option<&str>, footer: Option<&str>, logo: LogoChange) -> UpdateBranding {
    let branding = Branding { color: color.map(str::to_owned), footer: footer.map(str::to_owned) };
    UpdateBranding { version: None, branding, logo }
}

#[tokio::test]
async fn settings_change_and_are_seen_at_once() {
    let house = House::new().await;
    let written =
        update(&house, Some(1), json!({ "name": "Northwind Ltd", "time_zone": "Asia/Tokyo", "city": "London" }))
            .await
            .unwrap();
    assert_eq!(written.version, 2);
    let company = std::sync::Arc::clone(&house.call(&house.nancy).await.caller.company);
    assert_eq!((company.name.as_str(), company.time_zone.name()), ("Northwind Ltd", "Asia/Tokyo"));
    assert_eq!(house.record("companies", written.id).await["country"], "GB");

    assert!(update(&house, Some(1), json!({ "city": "Leeds" })).await.unwrap_err().is(Fault::StaleVersion));
    assert_eq!(update(&house, Some(2), json!({ "city": "London" })).await.unwrap().version, 2, "nothing changed");
    let wrong = update(&house, None, json!({ "time_zone": "Mars/Olympus", "locale": "xx" })).await.unwrap_err();
    assert_eq!(violations(&wrong), ["locale not_allowed", "time_zone not_allowed"]);
    let settled = update(&house, None, json!({ "currency": "USD", "fiscal_year_start": 13 })).await.unwrap_err();
    assert_eq!(violations(&settled), ["currency read_only_field", "fiscal_year_start too_big"]);
}

#[tokio::test]
async fn a_brand_has_a_colour_a_logo_and_a_footer() {
    let house = House::new().await;
    let place = house.identity.resolve_host("northwind.localhost").await.unwrap().unwrap();
    house
        .run(&house.nancy, branding(Some("#f5a300"), Some("  Bank 123 "), LogoChange::Set(PNG.to_vec())))
        .await
        .unwrap();
    let brand = house.identity.brand_of(&place).await.unwrap().unwrap();
    assert_eq!((brand.color.as_str(), brand.version, brand.has_logo), ("#F5A300", 2, true));
    let logo = house.identity.logo_of(place.tenant).await.unwrap().unwrap();
    assert_eq!((logo.content_type.as_str(), logo.bytes.as_slice()), ("image/png", PNG));
    assert_eq!(house.call(&house.nancy).await.caller.company.brand_color, "#F5A300");

    house.run(&house.nancy, branding(None, Some(""), LogoChange::Keep)).await.unwrap();
    house.run(&house.nancy, branding(None, None, LogoChange::Remove)).await.unwrap();
    let brand = house.identity.brand_of(&place).await.unwrap().unwrap();
    assert_eq!((brand.color.as_str(), brand.version, brand.has_logo), ("#F5A300", 4, false));
    assert_eq!(house.db.count("select count(*) from companies where document_footer is null").await, 1);

    let wrong = branding(Some("orange"), None, LogoChange::Set(b"<svg onload='alert(1)'/>".to_vec()));
    let refused = house.run(&house.nancy, wrong).await.unwrap_err();
    assert_eq!(violations(&refused), ["color not_allowed", "logo bad_logo"]);
}
