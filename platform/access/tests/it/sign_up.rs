#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use futures_util::future::join_all;
use kontor_access::{AccessFault, DefaultRole, NewCompany, SignUp};
use kontor_kernel::{Fault, Locale, Result};
use kontor_store::{Tx, sql_error};

use crate::house::{House, PASSWORD, api, credentials, sign_up, violations};

async fn first_records(tx: &mut Tx, company: &NewCompany) -> Result<()> {
    assert_eq!(company.locale, Locale::De);
    sqlx::query("insert into number_sequences (tenant_id, name, next) values ($1, 'first', 1)")
        .bind(company.tenant.0)
        .execute(tx.connection().await.unwrap())
        .await
        .map_err(sql_error)?;
    tx.audit("created", "number-sequences", company.tenant.0, &serde_json::json!({}));
    Ok(())
}

#[tokio::test]
async fn a_company_signs_up_with_everything_it_needs() {
    let house = House::with_setups(vec![|tx, company| Box::pin(first_records(tx, company))]).await;
    let entered = house.northwind().await;

    let caller = house.caller(&entered).await.unwrap();
    assert_eq!((caller.name.as_str(), caller.email.as_str()), ("Nancy Davolio", "nancy@northwind.example"));
    assert_eq!(caller.roles, ["owner"]);
    assert!(caller.permissions.cover("*"));
    assert_eq!(caller.company.slug, "northwind");
    assert_eq!(caller.company.currency.code(), "EUR");
    assert_eq!((caller.company.locale.as_str(), caller.company.time_zone.name()), ("de-DE", "Europe/Berlin"));
    let plan = house.identity.plan_of(caller.tenant()).await.unwrap().unwrap();
    assert_eq!((plan.code.as_str(), plan.state.as_str()), ("growth", "trial"));
    assert_eq!(plan.trial_ends_at.unwrap(), kontor_testing::at("2026-03-16T09:00:00Z"));
    assert_eq!(house.db.count("select count(*) from roles").await, i64::try_from(DefaultRole::ALL.len()).unwrap());
    assert_eq!(house.db.count("select count(*) from number_sequences where name = 'first'").await, 1);
    assert_eq!(house.db.count("select count(*) from audit_log where via = 'api' and action = 'signed_up'").await, 1);
    assert_eq!(house.db.count("select count(*) from outbox").await, 2);

    let mails = house.identity.recent_mails(10).await.unwrap();
    assert_eq!(mails.first().unwrap().recipient, "nancy@northwind.example");
    assert_eq!(mails.first().unwrap().subject, "Bitte bestätigen Sie Ihre E-Mail-Adresse");
    assert!(!house.identity.is_verified(caller.login).await.unwrap());
    let token = house.mailed_token("verify-email").await;
    house.identity.verify_email(&token).await.unwrap();
    assert!(house.identity.is_verified(caller.login).await.unwrap());
    let again = house.identity.verify_email(&token).await.unwrap_err();
    assert_eq!(violations(&again), ["token link_spent"]);
}

#[tokio::test]
async fn nothing_stays_of_a_sign_up_that_fails_at_its_last_step() {
    let house = House::with_setups(vec![|tx, company| Box::pin(first_records(tx, company)), |_, _| {
        Box::pin(async { Err(Fault::Unavailable.error()) })
    }])
    .await;
    let error = house.identity.sign_up(&sign_up("northwind"), &api()).await.unwrap_err();
    assert!(error.is(Fault::Unavailable));
    let rows = "select (select count(*) from platform.tenants) + (select count(*) from platform.logins)
                     + (select count(*) from platform.memberships) + (select count(*) from platform.subscriptions)
                     + (select count(*) from platform.sessions) + (select count(*) from platform.mails)
                     + (select count(*) from platform.mail_links) + (select count(*) from companies)
                     + (select count(*) from users) + (select count(*) from roles) + (select count(*) from audit_log)
                     + (select count(*) from outbox) + (select count(*) from number_sequences)";
    assert_eq!(house.db.count(rows).await, 0);
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let house = House::new().await;
    let wrong = SignUp {
        company: " ".to_owned(),
        slug: "north wind".to_owned(),
        country: "Atlantis".to_owned(),
        currency: Some("XXZ".to_owned()),
        name: String::new(),
        email: "nancy".to_owned(),
        password: "short".to_owned(),
    };
    let error = house.identity.sign_up(&wrong, &api()).await.unwrap_err();
    assert_eq!(
        violations(&error),
        [
            "company required",
            "name required",
            "slug slug_malformed",
            "country not_allowed",
            "currency not_allowed",
            "email wrong_type",
            "password password_short"
        ]
    );
}

#[tokio::test]
async fn an_address_belongs_to_the_first_company_that_takes_it() {
    let house = House::new().await;
    for reserved in ["www", "api", "Admin", "xn--bcher-kva"] {
        let error = house.identity.sign_up(&sign_up(reserved), &api()).await.unwrap_err();
        assert_eq!(violations(&error), ["slug slug_reserved"], "{reserved}");
    }
    let visit = api();
    let rivals: Vec<SignUp> = (0..6)
        .map(|number| SignUp { email: format!("nancy{number}@northwind.example"), ..sign_up("northwind") })
        .collect();
    let outcomes = join_all(rivals.iter().map(|rival| house.identity.sign_up(rival, &visit))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refusal in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert_eq!(violations(refusal), ["slug slug_taken"]);
    }
    assert_eq!(house.db.count("select count(*) from platform.logins").await, 1);
}

#[tokio::test]
async fn a_person_owns_a_second_company_with_the_password_they_have() {
    let house = House::new().await;
    let first = house.northwind().await;
    let wrong = SignUp { password: "another fine password".to_owned(), ..sign_up("southwind") };
    let refused = house.identity.sign_up(&wrong, &api()).await.unwrap_err();
    assert_eq!(violations(&refused), ["password login_known"]);
    assert_eq!(house.db.count("select failed_attempts::int8 from platform.logins").await, 1);

    let second = house.identity.sign_up(&sign_up("southwind"), &api()).await.unwrap();
    assert_eq!(second.member.login, first.member.login);
    assert_ne!(second.member.tenant, first.member.tenant);
    assert_eq!(house.db.count("select count(*) from platform.logins").await, 1);

    let unnamed = house.log_in("nancy@northwind.example", PASSWORD).await.unwrap_err();
    assert_eq!(violations(&unnamed), ["tenant company_required"]);
    assert!(unnamed.violations().first().unwrap().message.contains("northwind, southwind"));
    let guess = house.log_in("nancy@northwind.example", "not the password").await.unwrap_err();
    assert!(guess.is(AccessFault::InvalidCredentials) && guess.violations().is_empty());
    let named = credentials("nancy@northwind.example", PASSWORD, Some("southwind"));
    let entered = house.identity.log_in(&named, &api()).await.unwrap();
    assert_eq!(entered.member.tenant, second.member.tenant);
}

#[tokio::test]
async fn a_person_switches_between_their_companies_and_into_no_other() {
    let house = House::new().await;
    let first = house.northwind().await;
    let second = house.identity.sign_up(&sign_up("southwind"), &api()).await.unwrap();
    let other = SignUp { email: "andrew@tradewinds.example".to_owned(), ..sign_up("tradewinds") };
    house.identity.sign_up(&other, &api()).await.unwrap();

    let caller = house.caller(&first).await.unwrap();
    let companies = house.identity.companies_of(caller.login).await.unwrap();
    assert_eq!(companies.iter().map(|c| c.slug.as_str()).collect::<Vec<_>>(), ["northwind", "southwind"]);
    let switched = house.identity.switch(&caller, "southwind", &api()).await.unwrap();
    assert_eq!(house.caller(&switched).await.unwrap().tenant(), second.member.tenant);
    for foreign in ["tradewinds", "nowhere"] {
        let refused = house.identity.switch(&caller, foreign, &api()).await.unwrap_err();
        assert_eq!(violations(&refused), ["tenant company_unknown"], "{foreign}");
    }
    let foreign = credentials("nancy@northwind.example", PASSWORD, Some("tradewinds"));
    let refused = house.identity.log_in(&foreign, &api()).await.unwrap_err();
    assert_eq!(violations(&refused), ["tenant company_unknown"]);
}

#[tokio::test]
async fn a_host_leads_to_its_company_or_to_the_platform() {
    let house = House::new().await;
    assert_eq!(house.identity.resolve_host("northwind.localhost:8080").await.unwrap(), None);
    let entered = house.northwind().await;
    let place = house.identity.resolve_host("Northwind.localhost:8080").await.unwrap().unwrap();
    assert_eq!(place.tenant, entered.member.tenant, "also when the address was asked for before it was taken");
    for platform in
        ["localhost:8080", "127.0.0.1", "nobody.localhost", "a.northwind.localhost", "northwind.example.com"]
    {
        assert_eq!(house.identity.resolve_host(platform).await.unwrap(), None, "{platform}");
    }
    let brand = house.identity.brand_of(&place).await.unwrap().unwrap();
    assert_eq!((brand.name.as_str(), brand.color.as_str(), brand.has_logo), ("Northwind Traders", "#4F46E5", false));
    assert_eq!(house.identity.logo_of(place.tenant).await.unwrap(), None);
}
