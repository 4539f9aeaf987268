//! Reports as pages: the trial balance.

use kontor_command::Report;
use kontor_entity::{Kind, Record, Value};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::Result;
use kontor_store::Origin;
use poem::Response;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::{
    Target,
    display::{Display, StoredJson},
};
use crate::{
    Web,
    view::{Cell, Crumb, Field, FieldKind, ReportView, Table, TableColumn, TableRow, Tone, input},
};

const TRIAL_BALANCE: &str = "/accounting/trial-balance";

pub(super) fn endpoints(web: &Web) -> Vec<Endpoint> {
    let report = web.app.registry.reports().find(|report| report.path.ends_with("trial-balance")).copied();
    let endpoint = |report: Report| web.get(TRIAL_BALANCE, move |web, incoming| show(web, incoming, report));
    report.map(endpoint).into_iter().collect()
}

async fn show(web: Web, incoming: Incoming, report: Report) -> Result<Response> {
    let caller = incoming.caller()?;
    let display = Display::of(caller, web.today(caller));
    let typed = incoming.query_value("date").map(str::trim).filter(|text| !text.is_empty());
    let date = typed.and_then(|text| input::date(text, display.today));
    let day = date.unwrap_or(display.today);
    let parameters = report.parameters.iter().map(|field| match field.kind {
        Kind::Date => Value::Date(day),
        _ => Value::Null,
    });
    let parameters = Record::new(parameters.collect());
    let call = incoming.call(Origin::Web)?;
    let json = web.app.runner.read(&call, report.operation(), &|tx| (report.run)(tx, parameters.clone())).await?;
    let answer = StoredJson::read(&json)?;
    let mut field = Field::new("date", "Up to", FieldKind::Date)
        .value(typed.map_or_else(|| display.locale.date(day), str::to_owned));
    if typed.is_some() && date.is_none() {
        field = field.error(format!("Must be a date such as {}.", display.locale.date(display.today)));
    }
    let (debit, credit) = (answer.decimal("total_debit"), answer.decimal("total_credit"));
    let verdict = if debit == credit {
        (Tone::Success, "Debits equal credits")
    } else {
        (Tone::Danger, "Debits and credits differ")
    };
    let page = ReportView {
        shell: web
            .shell(&incoming, "Trial balance", vec![Crumb::here("Accounting"), Crumb::here("Trial balance")])
            .await?,
        title: "Trial balance".to_owned(),
        subtitle: format!("Posted entries up to {}, in {}", display.locale.date(day), display.currency),
        url: TRIAL_BALANCE.to_owned(),
        parameters: vec![field],
        exports: Vec::new(),
        verdict: Some((verdict.0, verdict.1.to_owned())),
        table: table(&web, &display, &answer),
    };
    web.page(&incoming, 200, &page)
}

fn table(web: &Web, display: &Display, answer: &StoredJson) -> Table {
    let accounts = Target::of(&web.app.registry, "accounts").map(Target::meta);
    let money = |amount: Decimal| Cell::money(display.locale.amount(amount, &display.currency));
    let amount = |line: &StoredJson, name: &str| money(line.decimal(name));
    // An account that was only debited has no credit.
    let side = |line: &StoredJson, name: &str| match line.decimal(name) {
        amount if amount.is_zero() => Cell::none(),
        amount => money(amount),
    };
    let rows = answer.lines().into_iter().map(|line| {
        let account = StoredJson(line.0.get("account").cloned().unwrap_or(Json::Null));
        let name = format!("{} {}", account.text("code"), account.text("name"));
        let account = match accounts {
            Some(meta) => Cell::link(name, meta.url(account.text("id"))),
            None => Cell::text(name),
        };
        TableRow::new(vec![account, side(&line, "debit"), side(&line, "credit"), amount(&line, "balance")])
    });
    let difference = answer.decimal("total_debit") - answer.decimal("total_credit");
    Table {
        title: "Accounts".to_owned(),
        more: None,
        columns: vec![
            TableColumn::text("Account"),
            TableColumn::numeric("Debit"),
            TableColumn::numeric("Credit"),
            TableColumn::numeric("Balance"),
        ],
        rows: rows.collect(),
        footer: vec![
            Cell::text("Total"),
            amount(answer, "total_debit"),
            amount(answer, "total_credit"),
            money(difference),
        ],
        empty: "Nothing is posted up to this day.".to_owned(),
    }
}
