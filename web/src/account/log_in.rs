use kontor_access::{AccessFault, Brand, LogIn, Membership, SessionKind};
use kontor_http::{Endpoint, Incoming, LimitClass};
use kontor_kernel::{Error, Result};
use poem::{Response, http::Method};

use super::{
    Account,
    form::{Form, refuse, refused_for},
    visitor::local_path,
};
use crate::{
    answer,
    refusal::is_refusal,
    view::{Choice, ErrorItem, ErrorSummary, Field, FieldKind, LogInView},
};

pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    vec![
        account.get("/log-in", open),
        account.post("/log-in", LimitClass::LogIn, log_in),
        // The mount checks its token wherever there is a session to end.
        account.endpoint(Method::POST, "/log-out", log_out).optional(),
    ]
}

async fn open(account: Account, incoming: Incoming) -> Result<Response> {
    let next = incoming.query_value("next").and_then(local_path).unwrap_or_default().to_owned();
    if incoming.caller.is_some() {
        return Ok(answer::see_other(if next.is_empty() { "/" } else { &next }));
    }
    account.log_in_page(&incoming, &next, None).await
}

async fn log_in(account: Account, incoming: Incoming) -> Result<Response> {
    let form = account.form(&incoming)?;
    let next = local_path(form.text("next")).unwrap_or_default().to_owned();
    let visit = incoming.visit(SessionKind::Web);
    let place = account.identity.resolve_host(&incoming.host).await?;
    let mut log_in = match form.read::<LogIn>() {
        Ok(log_in) => log_in,
        Err(error) => return account.log_in_page(&incoming, &next, Some(&Refused::new(&form, error))).await,
    };
    if let Some(place) = &place {
        log_in.tenant = Some(place.slug.clone());
    }
    let error = match account.identity.log_in(&log_in, &visit).await {
        Ok(entered) => return account.enter(&entered, if next.is_empty() { "/" } else { &next }),
        Err(error) => error,
    };
    let mut refused = Refused::new(&form, error);
    if refused.wants_company() && place.is_none() {
        refused.companies = account.identity.log_in_companies(&log_in, &visit).await?;
    } else if !is_refusal(&refused.error) && !refused.error.is(AccessFault::InvalidCredentials) {
        return Err(refused.error);
    }
    account.log_in_page(&incoming, &next, Some(&refused)).await
}

/// A log-in that did not succeed.
struct Refused<'f> {
    form: &'f Form,
    error: Error,
    /// The companies to choose from, for whoever gave the right password.
    companies: Vec<Membership>,
}

impl<'f> Refused<'f> {
    const fn new(form: &'f Form, error: Error) -> Self {
        Self { form, error, companies: Vec::new() }
    }

    fn wants_company(&self) -> bool {
        let faults = [AccessFault::CompanyRequired, AccessFault::CompanyUnknown];
        faults.iter().any(|fault| refused_for(&self.error, fault.info()))
    }

    fn summary(&self, fields: &mut [Field], brand: Option<&Brand>) -> ErrorSummary {
        let (title, text) = match brand {
            _ if !self.wants_company() => return refuse(fields, &self.error, "you can log in"),
            Some(brand) => (
                "This was not done",
                format!("You do not work for {}. Log in at your own company's address.", brand.name),
            ),
            None => ("Choose a company", "You work for several. Choose one and give your password again.".to_owned()),
        };
        let field = fields.iter().find(|field| field.name == "tenant").map(|field| field.name.clone());
        ErrorSummary { title: title.to_owned(), items: vec![ErrorItem { text, field }] }
    }
}

impl Account {
    async fn log_in_page(&self, incoming: &Incoming, next: &str, refused: Option<&Refused<'_>>) -> Result<Response> {
        let visitor = self.visitor(incoming).await?;
        let email = refused.map_or("", |refused| refused.form.text("email"));
        let mut address =
            Field::new("email", "E-mail", FieldKind::Email).value(email).required().autocomplete("username");
        address.autofocus = refused.is_none();
        let mut fields = vec![
            address,
            Field::new("password", "Password", FieldKind::Password).required().autocomplete("current-password"),
        ];
        let companies = refused.map(|refused| refused.companies.as_slice()).unwrap_or_default();
        if let Some(first) = companies.first() {
            let choices = companies.iter().map(|company| Choice::new(&company.slug, &company.name)).collect();
            let company = Field::new("tenant", "Company", FieldKind::Choice).value(&first.slug).choices(choices);
            fields.insert(0, company.required());
        }
        let errors = refused.map(|refused| refused.summary(&mut fields, visitor.brand.as_ref()));
        let status = if errors.is_some() { 422 } else { 200 };
        let shell = self.public_shell(incoming, &visitor, "Log in");
        self.show(incoming, &visitor, status, &LogInView { shell, fields, errors, next: next.to_owned() })
    }
}

/// Ends the session, if it has not ended already; the cookie goes in any case.
async fn log_out(account: Account, incoming: Incoming) -> Result<Response> {
    if let Some(caller) = &incoming.caller {
        account.identity.log_out_caller(caller).await?;
    }
    let mut response = answer::done("/log-in", "You are logged out");
    account.forget(&mut response);
    Ok(response)
}
