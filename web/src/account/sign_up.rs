use kontor_access::{PASSWORD_MIN, SessionKind, SignUp};
use kontor_http::{Endpoint, Incoming, LimitClass};
use kontor_kernel::{Country, Currency, Error, Fault, Result};
use poem::Response;

use super::{
    Account,
    form::{Form, refuse},
};
use crate::{
    answer,
    refusal::is_refusal,
    view::{Choice, Field, FieldKind, SignUpView},
};

pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    vec![account.get("/sign-up", open), account.post("/sign-up", LimitClass::SignUp, sign_up)]
}

async fn open(account: Account, incoming: Incoming) -> Result<Response> {
    // A company's own address is no place for a new one: its session would not count there.
    if account.identity.resolve_host(&incoming.host).await?.is_some() {
        return Ok(answer::see_other(&format!("{}/sign-up", account.identity.config().public_url())));
    }
    account.sign_up_page(&incoming, None).await
}

async fn sign_up(account: Account, incoming: Incoming) -> Result<Response> {
    let form = account.form(&incoming)?;
    if account.identity.resolve_host(&incoming.host).await?.is_some() {
        return Err(Fault::NotFound.error());
    }
    let outcome = match form.read::<SignUp>() {
        Ok(sign_up) => account.identity.sign_up(&sign_up, &incoming.visit(SessionKind::Web)).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(entered) => {
            account.web.app.metrics.sign_ups.inc();
            account.enter(&entered, "/")
        }
        Err(error) if is_refusal(&error) => account.sign_up_page(&incoming, Some((&form, &error))).await,
        Err(error) => Err(error),
    }
}

impl Account {
    async fn sign_up_page(&self, incoming: &Incoming, refused: Option<(&Form, &Error)>) -> Result<Response> {
        let visitor = self.visitor(incoming).await?;
        let mut fields = self.sign_up_fields(incoming, refused.map(|(form, _)| form));
        let errors = refused.map(|(_, error)| refuse(&mut fields, error, "the company can be created"));
        let status = if errors.is_some() { 422 } else { 200 };
        let shell = self.public_shell(incoming, &visitor, "Sign up");
        self.show(incoming, &visitor, status, &SignUpView { shell, fields, errors })
    }

    fn sign_up_fields(&self, incoming: &Incoming, typed: Option<&Form>) -> Vec<Field> {
        let text = |name: &str| typed.map_or("", |form| form.text(name)).to_owned();
        let country = match typed {
            Some(form) => form.text("country").to_owned(),
            None => likely_country(incoming).map_or_else(String::new, |country| country.code().to_owned()),
        };
        let url = self.identity.config().public_url();
        let host = url.split_once("://").map_or(url, |(_, host)| host);
        let mut company = Field::new("company", "Company", FieldKind::Text).value(text("company"));
        company.autofocus = typed.is_none();
        let mut slug = Field::new("slug", "Address", FieldKind::Text).value(text("slug")).suffix(format!(".{host}"));
        slug.placeholder = Some("northwind".to_owned());
        vec![
            company.required().autocomplete("organization").span(2),
            slug.required().span(2),
            Field::new("country", "Country", FieldKind::Country)
                .value(country)
                .choices(countries())
                .required()
                .autocomplete("country"),
            Field::new("currency", "Currency", FieldKind::Currency)
                .value(text("currency"))
                .choices(currencies())
                .help("The country's own when left empty"),
            Field::new("name", "Your name", FieldKind::Text)
                .value(text("name"))
                .required()
                .autocomplete("name")
                .span(2),
            Field::new("email", "E-mail", FieldKind::Email)
                .value(text("email"))
                .required()
                .autocomplete("username")
                .span(2),
            Field::new("password", "Password", FieldKind::Password)
                .required()
                .autocomplete("new-password")
                .help(format!("At least {PASSWORD_MIN} characters"))
                .span(2),
        ]
    }
}

/// The country of the first language that the browser names with one: `de-AT` is Austria.
fn likely_country(incoming: &Incoming) -> Option<Country> {
    let languages = incoming.header("accept-language")?.split(',');
    let mut tags = languages.map(|language| language.split(';').next().unwrap_or_default().trim());
    tags.find_map(|tag| Country::from_code(tag.split_once('-')?.1))
}

fn countries() -> Vec<Choice> {
    let mut countries: Vec<Choice> =
        Country::all().map(|country| Choice::new(country.code(), country.name())).collect();
    countries.sort_by_cached_key(|choice| choice.label.replace(['Å', 'å'], "a").to_lowercase());
    countries
}

fn currencies() -> Vec<Choice> {
    Currency::all()
        .map(|currency| Choice::new(currency.code(), format!("{} – {}", currency.code(), currency.name())))
        .collect()
}
