//! The home page: figures, the chart, what waits for the person, and the first steps of a new company.

mod figures;
mod history;
mod steps;
mod view;

use kontor_access::Verb;
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::Result;
use kontor_store::{Origin, Tx, TxContext};
use poem::Response;

use super::Target;
use crate::{Web, answer, browser, shell::includes, view::Crumb};
use figures::Figures;

pub(super) fn endpoint(web: &Web) -> Endpoint {
    web.get("/", show)
}

pub(super) fn dismiss_endpoint(web: &Web) -> Endpoint {
    web.post("/onboarding/dismiss", dismiss)
}

/// What of the company's data the person may see here.
#[derive(Debug, Clone, Copy)]
struct Sees {
    orders: bool,
    stock: bool,
    /// May order, and so is shown the first steps.
    orders_anew: bool,
}

async fn show(web: Web, incoming: Incoming) -> Result<Response> {
    let sees = sees(&web, &incoming).await?;
    let period = view::Span::parse(incoming.query_value("period").unwrap_or_default());
    let figures = read(&web, &incoming, sees, period).await?;
    let shell = web.shell(&incoming, "Home", vec![Crumb::here("Home")]).await?;
    let dismissed = browser::cookie(&incoming, &dismissal(&incoming)?).is_some();
    let page = view::home(&web, incoming.caller()?, shell, sees, period, &figures, dismissed);
    web.page(&incoming, 200, &page)
}

async fn sees(web: &Web, incoming: &Incoming) -> Result<Sees> {
    let caller = incoming.caller()?;
    let features = web.app.runner.gate().features(caller.tenant()).await?;
    let allows = |collection: &str, verb| {
        Target::of(&web.app.registry, collection)
            .is_some_and(|target| target.allows(caller, verb) && includes(&features, target.feature))
    };
    Ok(Sees {
        orders: allows("purchase-orders", Verb::Read),
        stock: allows("stock-levels", Verb::Read) && allows("products", Verb::Read),
        orders_anew: allows("purchase-orders", Verb::Create),
    })
}

/// One transaction. Its parts ask for different rights, which were looked at before it began.
async fn read(web: &Web, incoming: &Incoming, sees: Sees, period: view::Span) -> Result<Figures> {
    let caller = incoming.caller()?;
    let now = web.app.runner.clock().now();
    let context = TxContext {
        tenant: caller.tenant(),
        user: Some(caller.user),
        origin: Origin::Web,
        request_id: incoming.request_id.clone(),
        address: incoming.address.clone(),
        now,
        today: caller.company.today(now),
        currency: caller.company.currency,
    };
    let mut tx = Tx::begin_read(web.app.runner.databases(), web.app.runner.sequences(), context).await?;
    let since = period.since(tx.today());
    let figures = Figures::read(&mut tx, sees, since).await?;
    tx.end_read()?;
    Ok(figures)
}

/// The cookie that says that this company's first steps are not to be shown here.
fn dismissal(incoming: &Incoming) -> Result<String> {
    Ok(format!("onboarding-{}", incoming.caller()?.company.slug))
}

async fn dismiss(_: Web, incoming: Incoming) -> Result<Response> {
    let mut response = answer::see_other("/");
    let name = dismissal(&incoming)?;
    answer::append_cookie(&mut response, &format!("{name}=hidden; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"));
    Ok(response)
}
