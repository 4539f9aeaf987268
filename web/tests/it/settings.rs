//! What an owner sets, and who else may.

use crate::server::{NOTHING, PASSWORD, Server};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000";

#[tokio::test]
async fn the_company_s_data_are_changed_and_checked() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    assert_eq!(nancy.get("/settings").await.location, "/settings/company");
    let page = nancy.get("/settings/company").await;
    page.expect(200, &["value=\"Northwind Traders\"", "United Kingdom", "Europe/London", "Fiscal year starts in"]);
    let version = page.input("version");
    let base =
        [("name", "Northwind Ltd"), ("locale", "de"), ("time_zone", "Europe/Berlin"), ("fiscal_year_start", "4")];
    let with = |more: &[(&'static str, &str)]| -> Vec<(String, String)> {
        let all = base.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        all.collect()
    };
    nancy
        .post("/settings/company", &with(&[("version", &version), ("email", "nowhere")]))
        .await
        .expect(422, &["f-email-error"]);
    let saved = nancy.post("/settings/company", &with(&[("version", &version), ("city", "Hamburg")])).await;
    assert_eq!(saved.location, "/settings/company", "{}", saved.words());
    nancy
        .get("/settings/company")
        .await
        .expect(200, &["Changes saved", "value=\"Northwind Ltd\"", "value=\"Hamburg\"", "April"]);
    let stale = nancy.post("/settings/company", &with(&[("version", &version), ("city", "Bremen")])).await;
    stale.expect(412, &["Hamburg", "Bremen", "Nancy Davolio"]);
}

#[tokio::test]
async fn a_new_colour_is_in_the_style_sheet_at_a_new_address() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    let before = nancy.get("/brand.css?v=northwind-1").await;
    before.expect(200, &[":root{--bg:light-dark(", "--brand:light-dark(#4f46e5"]);
    assert_eq!(before.header("cache-control"), "private, max-age=31536000, immutable");
    assert!(before.header("content-type").starts_with("text/css"));
    assert_eq!(nancy.get("/brand.css").await.header("cache-control"), "no-cache");
    assert_eq!(nancy.get("/brand.css?v=southwind-1").await.header("cache-control"), "no-cache");

    let page = nancy.get("/settings/branding").await;
    page.expect(200, &["/brand.css?v=northwind-1", "#4F46E5"]);
    let preview = nancy.get("/settings/branding/preview?color=F5A300").await;
    preview.expect(200, &["\"css\":\":root{", "\"ok\":true", "Button text"]);
    nancy.get("/settings/branding/preview?color=red").await.expect(422, &[]);
    let version = page.input("version");
    nancy
        .post("/settings/branding", &[("version", version.as_str()), ("color", "#12")])
        .await
        .expect(422, &["must be a colour"]);
    let fields = [("version", version.as_str()), ("color", "f5a300"), ("document_footer", "Northwind Ltd.\r\nLondon")];
    assert_eq!(nancy.post("/settings/branding", &fields).await.location, "/settings/branding");
    nancy
        .get("/settings/branding")
        .await
        .expect(200, &["/brand.css?v=northwind-2", "#F5A300", "Northwind Ltd.\nLondon"]);
    nancy.get("/brand.css?v=northwind-2").await.expect(200, &["--brand:light-dark(#f5a300"]);
    nancy.post("/settings/branding", &fields).await.expect(412, &["This was not done"]);
    // Nobody in particular sees the product's own colours.
    server.browser().get("/brand.css").await.expect(200, &["#4f46e5"]);
    server.browser().get("/brand/logo").await.expect(200, &["<svg"]);
}

#[tokio::test]
async fn a_logo_is_an_image_and_nothing_else() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/settings/branding").await.expect(200, &["Replace"]);
    nancy.upload_with("/settings/branding/logo", "", "logo", PNG).await.expect(403, &[]);
    nancy.get("/settings/branding").await.expect(200, &[]);
    let script = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for bad in [&script[..], b"GIF89a", b"", &vec![0; 300_000]] {
        nancy.upload("/settings/branding/logo", "logo", bad).await.expect(422, &["PNG, JPEG, WebP or plain SVG"]);
    }
    assert_eq!(nancy.upload("/settings/branding/logo", "logo", PNG).await.location, "/settings/branding");
    nancy.get("/settings/branding").await.expect(200, &["Logo saved", "/brand/logo?v=northwind-2", "Remove"]);
    let shown = nancy.get("/brand/logo?v=northwind-2").await;
    assert_eq!((shown.header("content-type"), shown.header("x-content-type-options")), ("image/png", "nosniff"));
    assert_eq!(shown.header("cache-control"), "private, max-age=31536000, immutable");

    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"9\" height=\"9\"/></svg>";
    nancy.upload("/settings/branding/logo", "logo", svg).await.expect(303, &[]);
    let shown = nancy.get("/brand/logo?v=northwind-3").await;
    shown.expect(200, &["<rect"]);
    assert_eq!(shown.header("content-type"), "image/svg+xml");
    assert_eq!(shown.header("content-security-policy"), "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    nancy.post("/settings/branding/logo", &[("remove", "true")]).await.expect(303, &[]);
    nancy.get("/brand/logo?v=northwind-4").await.expect(200, &[">NT<"]);
}

#[tokio::test]
async fn a_viewer_sees_the_settings_and_changes_nothing() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    let mut viewer = server.colleague(&mut nancy, "robert", "viewer").await;
    let company = viewer.get("/settings/company").await;
    company.expect(200, &["Northwind Traders"]);
    assert!(!company.shows("data-save>") && !company.shows("name=\"legal_name\""));
    let users = viewer.get("/settings/users").await;
    users.expect(200, &["Nancy Davolio", "robert"]);
    assert!(!users.shows("Invite somebody") && !users.shows("/deactivate"));
    viewer.get("/settings/usage").await.expect(200, &[]);
    let branding = viewer.get("/settings/branding").await;
    assert!(!branding.shows("Replace"));
    for (url, fields) in [
        ("/settings/company", vec![("name", "Mine")]),
        ("/settings/branding", vec![("color", "#000000")]),
        ("/settings/branding/logo", vec![("remove", "true")]),
        ("/settings/users/invite", vec![("name", "x"), ("email", "x@northwind.example"), ("role", "owner")]),
        ("/settings/users/0197f000-0000-7000-8000-000000000000/role", vec![("role", "owner")]),
        ("/settings/users/0197f000-0000-7000-8000-000000000000/deactivate", vec![]),
    ] {
        viewer.post(url, &fields).await.expect(403, &[]);
    }
    viewer.upload("/settings/branding/logo", "logo", PNG).await.expect(403, &[]);
    assert_eq!(
        server.db.count("select count(*) from companies where name = 'Northwind Traders' and brand_version = 1").await,
        1
    );
    assert_eq!(server.db.count("select count(*) from users").await, 2);
}

#[tokio::test]
async fn people_are_given_roles_shut_out_and_let_in() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    let mut robert = server.colleague(&mut nancy, "robert", "viewer").await;
    let page = nancy.get("/settings/users").await;
    page.expect(200, &["seen today, 09:00", "Sees everything.", "Everything."]);
    let robert_id = user_id(&page.text, "/deactivate");
    assert_eq!(page.text.matches("/deactivate").count(), 1, "nobody shuts themselves out");

    let role = format!("/settings/users/{robert_id}/role");
    nancy.post(&role, &[("role", "manager")]).await.expect(303, &[]);
    nancy.get("/settings/users").await.expect(200, &["robert has another role"]);
    robert.get("/purchasing/suppliers/new").await.expect(200, &[]);
    assert_eq!(nancy.post(&role, &[("role", "nobody")]).await.location, "/settings/users");
    nancy.get("/settings/users").await.expect(200, &["no role nobody"]);

    nancy.post(&format!("/settings/users/{robert_id}/deactivate"), &NOTHING).await.expect(303, &[]);
    robert.get("/").await.expect(303, &[]);
    nancy.get("/settings/users").await.expect(200, &["Deactivated", "Activate"]);
    nancy.post(&format!("/settings/users/{robert_id}/activate"), &NOTHING).await.expect(303, &[]);
    robert.get("/log-in").await.expect(200, &[]);
    robert.post("/log-in", &[("email", "robert@northwind.example"), ("password", PASSWORD)]).await.expect(303, &[]);
}

#[tokio::test]
async fn an_invitation_is_refused_sent_again_and_taken_back() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/settings/users").await.expect(200, &[]);
    let missing = nancy.post("/settings/users/invite", &[("name", "Anne"), ("email", "nowhere")]).await;
    missing.expect(422, &["f-email-error", "f-role-error", "data-open", "value=\"Anne\""]);
    let twice = [("name", "Nancy"), ("email", "Nancy@northwind.example"), ("role", "viewer")];
    nancy.post("/settings/users/invite", &twice).await.expect(422, &["already a user"]);
    let fields = [("name", "Anne"), ("email", "anne@northwind.example"), ("role", "viewer")];
    nancy.post("/settings/users/invite", &fields).await.expect(303, &[]);
    let first = server.mailed_token("invitation").await;
    let page = nancy.get("/settings/users").await;
    page.expect(200, &["Anne is invited", "anne@northwind.example"]);
    let id = user_id(&page.text, "/revoke");
    nancy.post(&format!("/settings/users/invitations/{id}/resend"), &NOTHING).await.expect(303, &[]);
    let second = server.mailed_token("invitation").await;
    server.browser().get(&format!("/invitation?token={first}")).await.expect(422, &[]);
    server.browser().get(&format!("/invitation?token={second}")).await.expect(200, &[]);
    nancy.post(&format!("/settings/users/invitations/{id}/revoke"), &NOTHING).await.expect(303, &[]);
    server.browser().get(&format!("/invitation?token={second}")).await.expect(422, &[]);
}

#[tokio::test]
async fn the_plan_and_what_was_used_of_it() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/settings/usage").await.expect(
        200,
        &[
            "Growth",
            "Trial until 4 Dec 2026, 14 days left",
            "1–30 Nov 2026",
            "Records written",
            "5,000,000",
            "Assistant",
        ],
    );
}

/// The id in the first address that ends so.
fn user_id(text: &str, end: &str) -> String {
    let before = text.split_once(end).unwrap().0;
    before.rsplit('/').next().unwrap().to_owned()
}
