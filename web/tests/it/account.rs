//! From the first visit to the last log-out.

use kontor_http::SESSION_COOKIE;
use kontor_kernel::TenantId;

use crate::{
    screen::Screen,
    server::{Jar, NOTHING, PASSWORD, Server, sign_up},
};

const NANCY: &str = "nancy@northwind.example";

async fn log_in(browser: &mut Jar, email: &str, password: &str) -> Screen {
    browser.get("/log-in").await.expect(200, &["Log in"]);
    browser.post("/log-in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn a_company_signs_up_and_is_at_its_home_page() {
    let server = Server::new().await;
    let mut nancy = server.browser();
    nancy.get("/").await.expect(303, &[]);
    let page = nancy.get("/sign-up").await;
    page.expect(200, &["Start with Kontor", ".localhost:8080", "At least 10 characters"]);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let answer = nancy.post("/sign-up", &sign_up("northwind")).await;
    assert_eq!((answer.status.as_u16(), answer.location.as_str()), (303, "/"), "{}", answer.words());
    let cookie = answer.set_cookie.iter().find(|cookie| cookie.starts_with(SESSION_COOKIE)).unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
    nancy.get("/").await.expect(200, &["Northwind Traders", "Import your suppliers"]);
    assert_eq!(nancy.get("/log-in?next=/purchasing/orders").await.location, "/purchasing/orders");
}

#[tokio::test]
async fn what_is_wrong_with_a_sign_up_is_said_at_its_fields() {
    let server = Server::new().await;
    server.company("northwind").await;
    let mut andrew = server.browser();
    andrew.get("/sign-up").await.expect(200, &[]);
    let mut fields = sign_up("northwind");
    fields[5].1 = "andrew@northwind.example".to_owned();
    fields[6].1 = "short".to_owned();
    let page = andrew.post("/sign-up", &fields).await;
    page.expect(
        422,
        &["2 things to fix", "Is taken by another company", "Needs at least 10 characters", "andrew@northwind"],
    );
    assert!(!page.shows("short\""), "a password is never sent back");
    andrew.post("/sign-up", &[("slug", "x")]).await.expect(422, &["f-company-error", "f-password-error"]);
    assert_eq!(server.db.count("select count(*) from platform.tenants").await, 1);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let server = Server::new().await;
    server.company("northwind").await;
    let mut texts = Vec::new();
    for (email, password) in [(NANCY, "wrong"), ("nobody@northwind.example", PASSWORD)] {
        let page = log_in(&mut server.browser(), email, password).await;
        page.expect(422, &["The e-mail address or the password is not right."]);
        let same = page.text.replace(email, "…");
        let csrf = page.input("csrf");
        texts.push(same.replace(&csrf, "…"));
    }
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn a_person_of_two_companies_chooses_one_and_switches() {
    let server = Server::new().await;
    server.company("northwind").await;
    let mut again = server.browser();
    again.get("/sign-up").await.expect(200, &[]);
    let mut fields = sign_up("southwind");
    fields[0].1 = "Southwind Traders".to_owned();
    again.post("/sign-up", &fields).await.expect(303, &[]);

    let mut nancy = server.browser();
    nancy.get("/log-in?next=/purchasing/suppliers").await.expect(200, &["/purchasing/suppliers"]);
    let right = [("email", NANCY), ("password", PASSWORD)];
    let page = nancy.post("/log-in", &right).await;
    page.expect(422, &["Choose a company", "Northwind Traders", "value=\"southwind\""]);
    let chosen = [right[0], right[1], ("tenant", "southwind"), ("next", "/purchasing/suppliers")];
    assert_eq!(nancy.post("/log-in", &chosen).await.location, "/purchasing/suppliers");
    nancy.get("/").await.expect(200, &["Southwind Traders", "value=\"northwind\""]);

    let old = nancy.clone();
    assert_eq!(nancy.post("/switch-company", &[("tenant", "northwind")]).await.location, "/");
    nancy.get("/settings/company").await.expect(200, &["value=\"Northwind Traders\""]);
    old.clone().get("/").await.expect(303, &[]);
    nancy.get("/").await.expect(200, &[]);
    nancy.post("/switch-company", &[("tenant", "acme")]).await.expect(422, &[]);

    let mut wrong = server.browser();
    let page = log_in(&mut wrong, NANCY, "wrong").await;
    assert!(!page.shows("southwind"), "only the right password tells the companies");
}

#[tokio::test]
async fn on_its_own_host_a_company_shows_its_brand_and_lets_in_its_own_people() {
    let server = Server::new().await;
    server.company("northwind").await;
    let mut nancy = server.browser_at("northwind.localhost:8080");
    nancy.get("/log-in").await.expect(200, &["Northwind Traders", "/brand.css?v=northwind-1"]);
    nancy.get("/brand/logo?v=northwind-1").await.expect(200, &["<svg", ">NT<"]);
    assert_eq!(nancy.get("/sign-up").await.location, "http://localhost:8080/sign-up");
    assert_eq!(log_in(&mut nancy, NANCY, PASSWORD).await.location, "/");
    nancy.get("/").await.expect(200, &[]);

    let mut again = server.browser();
    again.get("/sign-up").await.expect(200, &[]);
    let mut other = sign_up("southwind");
    other[0].1 = "Southwind".to_owned();
    other[5].1 = "andrew@southwind.example".to_owned();
    again.post("/sign-up", &other).await.expect(303, &[]);
    let page = log_in(&mut server.browser_at("northwind.localhost:8080"), "andrew@southwind.example", PASSWORD).await;
    page.expect(422, &["You do not work for Northwind Traders"]);
    assert!(!page.shows("southwind\""));

    // A session of one company is worth nothing at another's host.
    let mut stray = server.browser_at("northwind.localhost:8080");
    stray.cookies.clone_from(&again.cookies);
    stray.get("/").await.expect(303, &[]);
}

#[tokio::test]
async fn on_a_company_s_host_the_other_company_is_at_its_own() {
    let server = Server::new().await;
    server.company("northwind").await;
    let mut again = server.browser();
    again.get("/sign-up").await.expect(200, &[]);
    again.post("/sign-up", &sign_up("southwind")).await.expect(303, &[]);
    let mut nancy = server.browser_at("northwind.localhost:8080");
    log_in(&mut nancy, NANCY, PASSWORD).await.expect(303, &[]);
    nancy.get("/").await.expect(200, &[]);
    let page = nancy.post("/switch-company", &[("tenant", "southwind")]).await;
    page.expect(200, &["http://southwind.localhost:8080"]);
    assert_eq!(page.header("refresh"), "0; url=http://southwind.localhost:8080");
    nancy.get("/").await.expect(200, &[]);
    nancy.post("/switch-company", &[("tenant", "acme")]).await.expect(422, &[]);
}

#[tokio::test]
async fn logging_out_ends_the_session_and_takes_the_cookie() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    let stolen = nancy.clone();
    let answer = nancy.post_bare("/log-out", &[]).await;
    answer.expect(403, &[]);
    nancy.get("/").await.expect(200, &[]);
    assert_eq!(nancy.post("/log-out", &NOTHING).await.location, "/log-in");
    assert_eq!(nancy.cookie(SESSION_COOKIE), None);
    assert_eq!(stolen.clone().get("/").await.location, "/log-in?next=%2F");
    nancy.get("/log-in").await.expect(200, &["You are logged out"]);
    assert_eq!(nancy.post_bare("/log-out", &[]).await.location, "/log-in");
}

#[tokio::test]
async fn a_form_that_does_not_come_from_our_page_is_refused() {
    let server = Server::new().await;
    server.company("northwind").await;
    let fields = [("email", NANCY), ("password", PASSWORD), ("token", "x")];
    for url in ["/sign-up", "/log-in", "/forgot-password", "/reset-password", "/invitations/accept"] {
        let mut other_site = server.browser();
        other_site.post_bare(url, &fields).await.expect(403, &[]);
        other_site.get("/log-in").await.expect(200, &[]);
        other_site.post_bare(url, &fields).await.expect(403, &[]);
        other_site.csrf = "0".repeat(32);
        other_site.post(url, &fields).await.expect(403, &[]);
        assert_eq!(other_site.cookie(SESSION_COOKIE), None);
    }
    assert_eq!(server.db.count("select count(*) from platform.sessions").await, 1);
}

#[tokio::test]
async fn over_https_no_cookie_travels_in_the_clear() {
    let server = Server::at("https://kontor.example").await;
    let mut nancy = server.browser_at("kontor.example");
    let page = nancy.get("/sign-up").await;
    assert!(page.set_cookie[0].starts_with("__Host-kontor_form=") && page.set_cookie[0].contains("Secure"));
    let answer = nancy.post("/sign-up", &sign_up("northwind")).await;
    answer.expect(303, &[]);
    assert!(answer.set_cookie.iter().any(|cookie| cookie.starts_with(SESSION_COOKIE) && cookie.contains("; Secure")));
    // Mails are never shown where others may come from elsewhere.
    nancy.address = "127.0.0.1".to_owned();
    nancy.get("/dev/mail").await.expect(404, &[]);
}

#[tokio::test]
async fn a_mailed_link_sets_a_password_and_ends_all_sessions() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    let mut elsewhere = server.browser();
    elsewhere.get("/forgot-password").await.expect(200, &["Reset your password"]);
    let known = elsewhere.post("/forgot-password", &[("email", NANCY)]).await;
    known.expect(200, &["a message with a link is on its way"]);
    let unknown = elsewhere.post("/forgot-password", &[("email", "nobody@northwind.example")]).await;
    assert_eq!(known.text.replace(NANCY, "…"), unknown.text.replace("nobody@northwind.example", "…"));
    assert_eq!(server.db.count("select count(*) from platform.mail_links where purpose = 'reset'").await, 1);

    let token = server.mailed_token("reset-password").await;
    let url = format!("/reset-password?token={token}");
    elsewhere.get(&url).await.expect(200, &["Set a new password"]);
    elsewhere
        .post("/reset-password", &[("token", token.as_str()), ("password", "short")])
        .await
        .expect(422, &["Needs at least 10"]);
    nancy.get("/").await.expect(200, &[]);
    let new = [("token", token.as_str()), ("password", "twelve crates of Chang")];
    assert_eq!(elsewhere.post("/reset-password", &new).await.location, "/log-in");
    elsewhere.get("/log-in").await.expect(200, &["Your password is set"]);
    nancy.get("/").await.expect(303, &[]);
    log_in(&mut elsewhere, NANCY, PASSWORD).await.expect(422, &[]);
    assert_eq!(log_in(&mut elsewhere, NANCY, "twelve crates of Chang").await.location, "/");

    let mut late = server.browser();
    late.get(&url).await.expect(200, &[]);
    late.post("/reset-password", &new).await.expect(422, &["This link has expired"]);
}

#[tokio::test]
async fn a_mailed_link_confirms_an_address() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    let url = format!("/verify-email?token={}", server.mailed_token("verify-email").await);
    server.browser().get(&url).await.expect(200, &["nancy@northwind.example is confirmed"]);
    server.browser().get(&url).await.expect(422, &["This link has expired"]);
    nancy.get(&url).await.expect(200, &["nancy@northwind.example is confirmed"]);
}

#[tokio::test]
async fn the_home_page_asks_for_the_confirmation_until_it_is_there() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/").await.expect(200, &["nancy@northwind.example is not confirmed", "/verify-email/send"]);
    nancy.post_bare("/verify-email/send", &[]).await.expect(403, &[]);
    nancy.get("/").await.expect(200, &[]);
    let sent = "select count(*) from platform.mails where subject = 'Please confirm your e-mail address'";
    assert_eq!(nancy.post("/verify-email/send", &NOTHING).await.location, "/");
    assert_eq!(server.db.count(sent).await, 2);
    nancy.get("/").await.expect(200, &["on its way to nancy@northwind.example"]);
    for _ in 0..3 {
        nancy.post("/verify-email/send", &NOTHING).await.expect(303, &[]);
    }
    nancy.get("/").await.expect(200, &[]);
    nancy.post("/verify-email/send", &NOTHING).await.expect(303, &[]);
    nancy.get("/").await.expect(200, &["Enough messages were sent for now"]);
    assert_eq!(server.db.count(sent).await, 5);

    let url = format!("/verify-email?token={}", server.mailed_token("verify-email").await);
    server.browser().get(&url).await.expect(200, &["is confirmed"]);
    assert!(!nancy.get("/").await.shows("is not confirmed"));
    nancy.post("/verify-email/send", &NOTHING).await.expect(303, &[]);
    assert_eq!(server.db.count(sent).await, 5);
    server.browser().post_bare("/verify-email/send", &[]).await.expect(303, &[]);
}

#[tokio::test]
async fn a_plan_s_seats_are_said_where_somebody_is_invited_and_where_they_come_in() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/settings/users").await.expect(200, &["1 of the 25 users of the plan Growth"]);
    let invite = async |nancy: &mut Jar, first: &str| {
        let email = format!("{first}@northwind.example");
        nancy.get("/settings/users").await.expect(200, &[]);
        let fields = [("name", first), ("email", &email), ("role", "viewer")];
        nancy.post("/settings/users/invite", &fields).await
    };
    let mut tokens = Vec::new();
    for first in ["anne", "robert"] {
        invite(&mut nancy, first).await.expect(303, &[]);
        tokens.push(server.mailed_token("invitation").await);
    }
    // The trial of Growth is over.
    sqlx::query("update platform.subscriptions set trial_ends_at = '2026-11-20T08:00:00Z'")
        .execute(&server.db.admin().await)
        .await
        .unwrap();
    let tenant =
        sqlx::query_scalar("select id from platform.tenants").fetch_one(&server.db.admin().await).await.unwrap();
    server.gate.invalidate(TenantId(tenant));
    let refused = invite(&mut nancy, "laura").await;
    refused
        .expect(402, &["data-open", "Users: the 2 of the plan Free are taken; there is room in Starter and Growth."]);
    nancy.get("/settings/users").await.expect(200, &["3 of the 2 users of the plan Free"]);
    nancy.get("/settings/usage").await.expect(200, &["nobody more can be invited"]);

    let join = async |token: &str| {
        let mut browser = server.browser();
        browser.get(&format!("/invitation?token={token}")).await.expect(200, &[]);
        browser.post("/invitations/accept", &[("token", token), ("name", "x"), ("password", PASSWORD)]).await
    };
    join(&tokens[0]).await.expect(303, &[]);
    join(&tokens[1]).await.expect(402, &["Users: the 2 of the plan Free are taken"]);
}

#[tokio::test]
async fn an_invited_colleague_comes_in_with_the_rights_of_the_role() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/settings/users").await.expect(200, &["Nancy Davolio", "Invite somebody", "Sales representative"]);
    let fields = [("name", "Anne Dodsworth"), ("email", "anne@northwind.example"), ("role", "employee")];
    nancy.post("/settings/users/invite", &fields).await.expect(303, &[]);
    nancy.get("/settings/users").await.expect(200, &["Anne Dodsworth is invited", "expires 27 Nov 2026"]);

    let mut anne = server.browser();
    let token = server.mailed_token("invitation").await;
    let page = anne.get(&format!("/invitation?token={token}")).await;
    page.expect(
        200,
        &["Join Northwind Traders", "Nancy Davolio invited anne@northwind.example as Employee", "Anne Dodsworth"],
    );
    let weak = [("token", token.as_str()), ("name", "Anne Dodsworth"), ("password", "short")];
    anne.post("/invitations/accept", &weak).await.expect(422, &["Needs at least 10 characters"]);
    let fields = [weak[0], weak[1], ("password", PASSWORD)];
    assert_eq!(anne.post("/invitations/accept", &fields).await.location, "/");
    let home = anne.get("/inventory/products").await;
    home.expect(200, &["Anne Dodsworth", "/inventory/stock"]);
    for hidden in ["href=\"/settings\"", "href=\"/accounting/entries\"", "href=\"/purchasing/orders\""] {
        assert!(!home.shows(hidden), "{hidden}");
    }
    anne.get("/settings").await.expect(403, &[]);
    anne.get("/settings/users").await.expect(403, &[]);
    server.browser().get(&format!("/invitation?token={token}")).await.expect(422, &["no longer holds"]);
    server.browser().get("/invitations/accept").await.expect(422, &["no longer holds"]);
}

#[tokio::test]
async fn who_has_a_log_in_joins_with_its_password() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    let mut andrew = server.browser();
    andrew.get("/sign-up").await.expect(200, &[]);
    let mut own = sign_up("southwind");
    own[5].1 = "andrew@southwind.example".to_owned();
    andrew.post("/sign-up", &own).await.expect(303, &[]);
    nancy.get("/settings/users").await.expect(200, &[]);
    let fields = [("name", "Andrew"), ("email", "andrew@southwind.example"), ("role", "manager")];
    nancy.post("/settings/users/invite", &fields).await.expect(303, &[]);
    let token = server.mailed_token("invitation").await;
    let page = andrew.get(&format!("/invitation?token={token}")).await;
    page.expect(200, &["Password of your log-in"]);
    assert!(!page.shows("name=\"name\""));
    let wrong = [("token", token.as_str()), ("password", "wrong")];
    andrew.post("/invitations/accept", &wrong).await.expect(422, &["password is not right"]);
    andrew.post("/invitations/accept", &[wrong[0], ("password", PASSWORD)]).await.expect(303, &[]);
    andrew.get("/").await.expect(200, &["value=\"southwind\"", "Set up Northwind Traders"]);
}

#[tokio::test]
async fn kept_mails_are_shown_to_this_machine_only() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/dev/mail").await.expect(404, &[]);
    nancy.address = "127.0.0.1".to_owned();
    let page = nancy.get("/dev/mail").await;
    page.expect(200, &["Please confirm your e-mail address", NANCY, "http://localhost:8080/verify-email?token="]);
    let mail = server.identity.recent_mails(1).await.unwrap().swap_remove(0);
    nancy.get(&format!("/dev/mail/{}", mail.id)).await.expect(200, &["aria-current"]);
    nancy.get("/dev/mail/0197f000-0000-7000-8000-000000000000").await.expect(404, &[]);
    let mut rebound = server.browser_at("evil.example");
    rebound.address = "127.0.0.1".to_owned();
    rebound.get("/dev/mail").await.expect(404, &[]);
}
