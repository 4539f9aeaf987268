use poem::http::Method;
use serde_json::json;

use crate::company::Company;

#[tokio::test]
async fn a_vehicle_is_bought_driven_listed_and_exported() {
    let company = Company::new().await;
    let dealer = company.json(Method::POST, "/suppliers", &json!({ "name": "Autohaus Nord" }), 201).await;
    let van = json!({
        "name": "Sprinter", "plate": "HH KT 42", "acquired_on": "2026-03-02", "supplier_id": dealer["id"],
    });
    let van = company.json(Method::POST, "/vehicles", &van, 201).await;
    assert_eq!((&van["code"], &van["mileage_km"]), (&json!("V-0001"), &json!(0)));
    assert_eq!(van["supplier"]["name"], "Autohaus Nord");

    let path = format!("/vehicles/{}", van["id"].as_str().unwrap());
    let driven = company.json(Method::PATCH, &path, &json!({ "mileage_km": 1200 }), 200).await;
    assert_eq!((&driven["version"], &driven["plate"]), (&json!(2), &json!("HH KT 42")));

    let page = company.get("/vehicles?q=sprinter&sort=-mileage_km&filter[mileage_km][gte]=1000", 200).await;
    assert_eq!(page["data"][0]["id"], van["id"]);
    let file = company.download("/vehicles/export?format=csv", 200).await;
    assert!(file.contains("V-0001") && file.contains("HH KT 42") && file.contains("1200"), "{file}");
}

#[tokio::test]
async fn what_is_wrong_with_a_vehicle_is_said_by_field() {
    let company = Company::new().await;
    let dealer = company.json(Method::POST, "/suppliers", &json!({ "name": "Autohaus Nord" }), 201).await;
    let undated = json!({ "name": "Sprinter", "plate": "HH KT 42", "supplier_id": dealer["id"] });
    let refused = company.json(Method::POST, "/vehicles", &undated, 422).await;
    assert_eq!(refused["errors"][0]["field"], "acquired_on");

    let van = json!({ "name": "Sprinter", "plate": "HH KT 42" });
    company.json(Method::POST, "/vehicles", &van, 201).await;
    let twin = company.json(Method::POST, "/vehicles", &van, 422).await;
    assert_eq!((&twin["errors"][0]["field"], &twin["errors"][0]["code"]), (&json!("plate"), &json!("duplicate")));
}
