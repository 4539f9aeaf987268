//! Roles of the company's own.

use kontor_company::know_permissions;

use crate::{
    house::registry,
    server::{NOTHING, Server},
};

async fn server() -> Server {
    know_permissions(registry().permissions());
    Server::new().await
}

async fn role_url(server: &Server, code: &'static str) -> String {
    let admin = server.db.admin().await;
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from roles where code = $1").bind(code).fetch_one(&admin).await.unwrap();
    format!("/settings/roles/{id}")
}

#[tokio::test]
async fn a_role_is_made_given_changed_archived_and_restored() {
    let server = server().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/settings/users").await.expect(200, &["/settings/roles/new"]);
    let page = nancy.get("/settings/roles/new").await;
    page.expect(200, &["Create role", "Purchase orders", "value=\"purchasing.order.confirm\"", "value=\"*.read\""]);
    let role = [("name", "Buyer"), ("code", "The Buyer")];
    let wrong = nancy.post("/settings/roles", &role).await;
    wrong.expect(422, &["f-code-error", "Rights must have at least one entry", "value=\"Buyer\""]);
    let role = [
        ("name", "Buyer"),
        ("code", "buyer"),
        ("permissions", "purchasing.order.read"),
        ("permissions", "partners.*.read"),
    ];
    assert_eq!(nancy.post("/settings/roles", &role).await.location, "/settings/users");
    nancy.get("/settings/users").await.expect(200, &["The role Buyer is made", "Sees partners. One more right."]);
    let mut anne = server.colleague(&mut nancy, "anne", "buyer").await;
    anne.get("/purchasing/orders").await.expect(200, &[]);
    anne.get("/purchasing/orders/new").await.expect(403, &[]);

    let url = role_url(&server, "buyer").await;
    let page = nancy.get(&url).await;
    page.expect(
        200,
        &["value=\"partners.*.read\" checked", "value=\"purchasing.order.read\" checked", "created this role"],
    );
    let version = page.input("version");
    let change =
        [("version", version.as_str()), ("name", "Buyer"), ("permissions", "purchasing.*"), ("permissions", "*.read")];
    assert_eq!(nancy.post(&url, &change).await.location, url);
    nancy.get(&url).await.expect(200, &["Changes saved", "value=\"purchasing.*\" checked"]);
    anne.get("/purchasing/orders/new").await.expect(200, &[]);
    nancy.post(&url, &change).await.expect(412, &["This was not done"]);

    assert_eq!(nancy.post(&format!("{url}/archive"), &NOTHING).await.location, url, "anne has it");
    nancy.get(&url).await.expect(200, &["Users have this role"]);
    sqlx::query("update users set roles = '{viewer}' where name = 'anne'")
        .execute(&server.db.admin().await)
        .await
        .unwrap();
    assert_eq!(nancy.post(&format!("{url}/archive"), &NOTHING).await.location, "/settings/users");
    nancy.get("/settings/users").await.expect(200, &["Role archived", "Archived."]);
    let page = nancy.get(&url).await;
    page.expect(200, &["Restore"]);
    assert!(!page.shows("data-save>"));
    nancy.post(&format!("{url}/restore"), &NOTHING).await.expect(303, &[]);
    nancy.get(&url).await.expect(200, &["Role restored", "data-save>"]);
    let trail = "select count(*) from audit_log where entity = 'roles' and via = 'web'";
    assert_eq!(server.db.count(trail).await, 4, "made, changed, archived, restored");
}

#[tokio::test]
async fn the_owner_s_role_stays_and_nobody_passes_on_more_than_they_have() {
    let server = server().await;
    let mut nancy = server.company("northwind").await;
    let owner = role_url(&server, "owner").await;
    let page = nancy.get(&owner).await;
    page.expect(200, &["Built in"]);
    assert!(!page.shows("data-save>") && !page.shows("/archive"));
    let change = [("name", "Owner"), ("permissions", "*.read")];
    nancy.post(&owner, &change).await.expect(409, &["role cannot be changed"]);

    let mut admin = server.colleague(&mut nancy, "andrew", "admin").await;
    let page = admin.get("/settings/roles/new").await;
    page.expect(200, &["value=\"*\" disabled", "value=\"purchasing.*\">"]);
    let king = [("name", "King"), ("code", "king"), ("permissions", "*")];
    admin.post("/settings/roles", &king).await.expect(403, &["do not have these rights yourself"]);
    assert_eq!(server.db.count("select count(*) from roles where code = 'king'").await, 0);

    let mut viewer = server.colleague(&mut nancy, "robert", "viewer").await;
    let users = viewer.get("/settings/users").await;
    users.expect(200, &["/settings/roles/"]);
    assert!(!users.shows("New role"));
    viewer.get("/settings/roles/new").await.expect(403, &[]);
    viewer.get(&owner).await.expect(200, &["disabled"]);
    viewer.post("/settings/roles", &king).await.expect(403, &[]);
    viewer.post(&owner, &change).await.expect(403, &[]);
}

#[tokio::test]
async fn another_company_s_role_is_not_there() {
    let server = server().await;
    server.company("northwind").await;
    let url = role_url(&server, "viewer").await;
    let mut other = server.browser();
    other.get("/sign-up").await.expect(200, &[]);
    let mut fields = crate::server::sign_up("southwind");
    fields[5].1 = "andrew@southwind.example".to_owned();
    other.post("/sign-up", &fields).await.expect(303, &[]);
    other.get("/settings/users").await.expect(200, &[]);
    other.get(&url).await.expect(404, &[]);
    other.get("/settings/users").await.expect(200, &[]);
    for path in [url.clone(), format!("{url}/archive"), format!("{url}/restore")] {
        other.post(&path, &[("name", "Mine"), ("permissions", "*.read")]).await.expect(404, &[]);
        other.get("/settings/users").await.expect(200, &[]);
    }
}
