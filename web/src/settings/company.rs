use kontor_command::Command;
use kontor_company::{Company, UpdateCompany};
use kontor_entity::{Entity, Mode, draft_from_texts};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, ErrorKind, Locale, Result};
use kontor_store::Origin;
use poem::Response;

use super::Settings;
use crate::{
    answer,
    pages::{
        display::{Display, StoredJson},
        form::{Source, Typed, conflict, summary, version_of},
        names::Names,
    },
    refusal::is_refusal,
    view::{Choice, CompanyView, Field, FieldKind, FieldSection},
};

const URL: &str = "/settings/company";

pub(super) fn endpoints(settings: &Settings) -> Vec<Endpoint> {
    vec![
        settings.get(URL, |settings, incoming| async move { settings.company_page(&incoming, None).await }),
        settings.post(URL, update),
    ]
}

async fn update(settings: Settings, incoming: Incoming) -> Result<Response> {
    let (call, caller) = (incoming.call(Origin::Web)?, incoming.caller()?);
    caller.require(UpdateCompany::PERMISSION)?;
    let form = incoming.form();
    let typed = Typed::of_form(Company::META, &form);
    let display = Display::of(caller, settings.web.today(caller));
    let outcome = match draft_from_texts(Company::META, &typed.canonical(Company::META, &display), Mode::Patch) {
        Ok(draft) => settings.web.app.runner.run(&call, UpdateCompany { version: version_of(&form), draft }).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(answer::done(URL, "Changes saved")),
        Err(error) if is_refusal(&error) => settings.company_page(&incoming, Some((&typed, &error))).await,
        Err(error) => Err(error),
    }
}

impl Settings {
    async fn company_page(&self, incoming: &Incoming, refused: Option<(&Typed, &Error)>) -> Result<Response> {
        let caller = incoming.caller()?;
        let (record, audit) = self.company(incoming).await?;
        let (shell, nav) = self.frame(incoming, "Company", URL).await?;
        let display = Display::of(caller, self.web.today(caller));
        let (typed, refusal) = refused.unzip();
        let source = Source {
            web: &self.web,
            caller,
            display: &display,
            meta: Company::META,
            record: Some(&record),
            typed,
            names: &Names::default(),
            refusal,
        };
        let stale = refusal.filter(|error| error.kind() == ErrorKind::Stale);
        let page = CompanyView {
            shell,
            nav,
            sections: sections(&source, &record),
            version: record.version(),
            editable: caller.permissions.allow(UpdateCompany::PERMISSION),
            errors: refusal
                .filter(|_| stale.is_none())
                .map(|error| summary(Company::META, error, "the company can be saved")),
            conflict: stale.and(typed).map(|typed| conflict(&source, typed, &record, &audit, URL.to_owned())),
        };
        self.web.page(incoming, refusal.map_or(200, |error| error.kind().status()), &page)
    }
}

fn sections(source: &Source<'_>, record: &StoredJson) -> Vec<FieldSection> {
    let fields = |names: &[&str]| -> Vec<Field> {
        let known = names.iter().filter_map(|name| Company::META.field(name));
        known.map(|field| chosen(source.field(field))).collect()
    };
    let section = |title: &str, fields: Vec<Field>| FieldSection { title: Some(title.to_owned()), fields };
    let mut address = fields(&["street", "postal_code", "city"]);
    address.push(settled("country", "Country", record, &source.display.country(record.text("country"))));
    let mut region = fields(&["locale", "time_zone"]);
    region.push(settled("currency", "Currency", record, record.text("currency")));
    region.extend(fields(&["fiscal_year_start"]));
    vec![
        section("Name", fields(&["name", "legal_name", "tax_number"])),
        section("Address", address),
        section("Contact", fields(&["email", "phone"])),
        section("Region", region),
    ]
}

/// What was settled at sign-up and is only shown.
fn settled(name: &str, label: &str, record: &StoredJson, shown: &str) -> Field {
    Field::new(name, label, FieldKind::Text).value(record.text(name)).display(shown).readonly(true)
}

/// Texts of which the company can only have a few are chosen, not typed.
fn chosen(field: Field) -> Field {
    let choices = match field.name.as_str() {
        "locale" => locales(&field.value),
        "time_zone" => time_zones(&field.value),
        "fiscal_year_start" => {
            MONTHS.iter().zip(1..).map(|(name, month)| Choice::new(month.to_string(), *name)).collect()
        }
        _ => return field,
    };
    let mut field = Field { kind: FieldKind::Choice, help: None, ..field }.choices(choices);
    field.label = match field.name.as_str() {
        "locale" => "Figures and dates".to_owned(),
        "fiscal_year_start" => "Fiscal year starts in".to_owned(),
        _ => field.label,
    };
    field
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The two ways of writing. The one in use keeps its region, which other parts of the product may know.
fn locales(present: &str) -> Vec<Choice> {
    let tag = |locale: Locale| {
        if Locale::from_tag(present) == locale && !present.is_empty() { present } else { locale.code() }
    };
    vec![
        Choice::new(tag(Locale::En), "English: 1,234.50 · 20 Nov 2026"),
        Choice::new(tag(Locale::De), "German: 1.234,50 · 20.11.2026"),
    ]
}

/// Time zones by region and city; abbreviations and the like only where the company has one.
fn time_zones(present: &str) -> Vec<Choice> {
    const REGIONS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    let shown = |name: &&str| {
        let region = name.split_once('/').map(|(region, _)| region);
        *name == "UTC" || *name == present || region.is_some_and(|region| REGIONS.contains(&region))
    };
    names.filter(shown).map(|name| Choice::new(name, name.replace('_', " "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_in_use_keeps_its_region() {
        let tags = |present| locales(present).into_iter().map(|choice| choice.value).collect::<Vec<_>>();
        assert_eq!(tags("de-AT"), ["en", "de-AT"]);
        assert_eq!(tags("en-GB"), ["en-GB", "de"]);
    }

    #[test]
    fn time_zones_are_those_of_cities() {
        let names: Vec<String> = time_zones("CET").into_iter().map(|choice| choice.value).collect();
        for name in ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "CET"] {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
        assert!(!names.iter().any(|name| name == "EST" || name.starts_with("Etc/")));
    }
}
