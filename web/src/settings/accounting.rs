//! The books: through which day they are locked, how taxes are rounded, which taxes a new product begins with.

use chrono::NaiveDate;
use kontor_access::{Permission, Verb};
use kontor_accounting::{AccountingSettings, FEATURE, LockBooks, UnlockBooks};
use kontor_command::{Call, RecordAction};
use kontor_entity::{Entity, Mode, draft_from_texts};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, Fault, Result};
use kontor_store::{Origin, Written};
use poem::Response;
use uuid::Uuid;

use super::{Only, Page, Settings};
use crate::{
    account::form::{Form, refuse},
    answer,
    pages::{
        activity::activity,
        display::{Display, StoredJson},
        form::{Source, Typed, summary, version_of},
    },
    refusal::is_refusal,
    view::{AccountingView, Field, FieldKind, input},
};

const URL: &str = "/settings/accounting";

pub(super) const PAGE: Page =
    Page { url: URL, permission: Permission::new("accounting.settings.read"), feature: FEATURE };

pub(super) fn endpoints(settings: &Settings) -> Vec<Endpoint> {
    vec![
        settings.get(URL, |settings, incoming| async move { settings.accounting_page(&incoming, None).await }),
        settings.post(URL, update),
        settings.post("/settings/accounting/lock", lock),
    ]
}

/// The form that was sent, and why it was refused.
#[derive(Clone, Copy)]
enum Refused<'r> {
    Lock(&'r str, &'r Error),
    Taxes(&'r Typed, &'r Error),
}

async fn update(settings: Settings, incoming: Incoming) -> Result<Response> {
    let (call, caller) = (incoming.call(Origin::Web)?, incoming.caller()?);
    let (meta, target) = (AccountingSettings::META, settings.target(AccountingSettings::META)?);
    settings.web.app.runner.admit(&call, target.operation(Verb::Update)).await?;
    let form = incoming.form();
    let (typed, version) = (Typed::of_form(meta, &form), version_of(&form));
    let display = Display::of(caller, settings.web.today(caller));
    let id = id_of(&settings.only(&incoming, meta, Vec::new()).await?.record)?;
    let draft = draft_from_texts(meta, &typed.canonical(meta, &display), Mode::Patch);
    match settings.web.update(&call, target, id, version, draft).await {
        Ok(saved) if saved.is_unchanged() => Ok(answer::done(URL, "Nothing was changed")),
        Ok(_) => Ok(answer::done(URL, "Changes saved")),
        Err(error) if is_refusal(&error) => {
            settings.accounting_page(&incoming, Some(Refused::Taxes(&typed, &error))).await
        }
        Err(error) => Err(error),
    }
}

async fn lock(settings: Settings, incoming: Incoming) -> Result<Response> {
    let (call, caller) = (incoming.call(Origin::Web)?, incoming.caller()?);
    let form = Form::of(&incoming);
    let (typed, version) = (form.text("through"), version_of(&incoming.form()));
    let display = Display::of(caller, settings.web.today(caller));
    let record = settings.only(&incoming, AccountingSettings::META, Vec::new()).await?.record;
    let outcome = match read_day(typed, &display) {
        Ok(day) => settings.move_lock(&call, &record, version, day).await.map(|written| (written, day)),
        Err(error) => Err(error),
    };
    match outcome {
        Ok((written, _)) if written.version == record.version() => Ok(answer::done(URL, "Nothing was changed")),
        Ok((_, Some(day))) => {
            Ok(answer::done(URL, &format!("The books are locked through {}", display.locale.date(day))))
        }
        Ok((_, None)) => Ok(answer::done(URL, "Every day is open again")),
        Err(error) if is_refusal(&error) => {
            settings.accounting_page(&incoming, Some(Refused::Lock(typed, &error))).await
        }
        Err(error) => Err(error),
    }
}

fn read_day(typed: &str, display: &Display) -> Result<Option<NaiveDate>> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let unread = || {
        let example = display.locale.date(display.today);
        Fault::WrongType.on("through").with_detail(format!("must be a date such as {example}"))
    };
    input::date(typed, display.today).map(Some).ok_or_else(unread)
}

fn id_of(record: &StoredJson) -> Result<Uuid> {
    Uuid::try_parse(record.text("id")).map_err(Error::internal)
}

impl Settings {
    /// A later day than the present lock date locks, an earlier one or none unlocks; each asks for its own right.
    async fn move_lock(
        &self,
        call: &Call,
        record: &StoredJson,
        version: Option<i64>,
        day: Option<NaiveDate>,
    ) -> Result<Written> {
        let (id, present) = (id_of(record)?, record.date("locked_through"));
        match day {
            Some(day) if present.is_none_or(|present| day >= present) => {
                self.web.app.runner.run(call, LockBooks { through: day }.on(id, version)).await
            }
            _ => self.web.app.runner.run(call, UnlockBooks { through: day }.on(id, version)).await,
        }
    }

    async fn accounting_page(&self, incoming: &Incoming, refused: Option<Refused<'_>>) -> Result<Response> {
        let (caller, meta) = (incoming.caller()?, AccountingSettings::META);
        let typed = match refused {
            Some(Refused::Taxes(typed, error)) => Some((typed, error)),
            _ => None,
        };
        let links = typed.map(|(typed, _)| typed.links(meta)).unwrap_or_default();
        let Only { record, audit, names } = self.only(incoming, meta, links).await?;
        let (shell, nav) = self.frame(incoming, "Accounting", URL).await?;
        let display = Display::of(caller, self.web.today(caller));
        let (typed, refusal) = typed.unzip();
        let source = Source {
            web: &self.web,
            caller,
            display: &display,
            meta,
            record: Some(&record),
            typed,
            names: &names,
            refusal,
        };
        let taxes = ["default_purchase_tax_id", "default_sales_tax_id", "tax_method"];
        let taxes = taxes.into_iter().filter_map(|name| meta.field(name)).map(|field| source.field(field));
        // What the page says above all of them, it does not say below each.
        let taxes = taxes.map(|field| Field { help: field.help.filter(|_| field.kind == FieldKind::Choice), ..field });
        let may = |permission: Permission| caller.permissions.allow(permission);
        let (may_lock, may_unlock) = (may(LockBooks::PERMISSION), may(UnlockBooks::PERMISSION));
        let mut lock = [lock_field(&record, &display, may_unlock)];
        let mut lock_errors = None;
        if let Some(Refused::Lock(typed, error)) = refused {
            typed.clone_into(&mut lock[0].value);
            lock_errors = Some(refuse(&mut lock, error, "the books can be locked"));
        }
        let [lock] = lock;
        let status = match refused {
            Some(Refused::Lock(_, error) | Refused::Taxes(_, error)) => error.kind().status(),
            None => 200,
        };
        let page = AccountingView {
            shell,
            nav,
            lock,
            may_lock: may_lock || may_unlock && record.date("locked_through").is_some(),
            lock_errors,
            taxes: taxes.collect(),
            editable: self.target(meta)?.allows(caller, Verb::Update),
            version: record.version(),
            errors: refusal.map(|error| summary(meta, error, "the settings can be saved")),
            activity: activity(meta, &audit, &names, &display),
        };
        self.web.page(incoming, status, &page)
    }
}

fn lock_field(record: &StoredJson, display: &Display, may_unlock: bool) -> Field {
    let present = record.date("locked_through").map(|day| display.locale.date(day));
    let help = if may_unlock {
        "An earlier day, or none, unlocks what lies after it."
    } else {
        "Only who may unlock can move it back."
    };
    Field::new("through", "Locked through", FieldKind::Date)
        .value(present.as_deref().unwrap_or_default())
        .display(present.as_deref().unwrap_or("Not locked"))
        .placeholder("Not locked")
        .help(help)
}
