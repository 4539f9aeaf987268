//! From figures to the home page.

use chrono::{Datelike, Days, Months, NaiveDate, Timelike};
use kontor_access::Caller;
use kontor_kernel::Locale;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    Sees,
    figures::{DueOrder, Figures, Spend},
    history::levels,
    steps::checklist,
};
use crate::{
    Web,
    pages::display::Display,
    view::{
        ChartCard, ChartGroup, HomeView, Icon, Kpi, Link, PageShell, Period, RankItem, Status, TodoItem, Tone, Trend,
        format::lateness,
    },
};

const ORDERS: &str = "/purchasing/orders";
/// Entries of a list on the page.
const SHOWN: usize = 5;

/// How far back the ranking looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Span {
    Month,
    Quarter,
    Year,
}

impl Span {
    const ALL: [(Self, &'static str, &'static str); 3] =
        [(Self::Month, "30d", "30 days"), (Self::Quarter, "quarter", "Quarter"), (Self::Year, "year", "Year")];

    pub fn parse(text: &str) -> Self {
        Self::ALL.iter().find(|(_, name, _)| *name == text).map_or(Self::Year, |(span, ..)| *span)
    }

    pub fn since(self, today: NaiveDate) -> NaiveDate {
        let since = match self {
            Self::Month => today.checked_sub_days(Days::new(30)),
            Self::Quarter => today.checked_sub_months(Months::new(3)),
            Self::Year => today.checked_sub_months(Months::new(12)),
        };
        since.unwrap_or(today)
    }
}

pub(super) fn home(
    web: &Web,
    caller: &Caller,
    shell: PageShell,
    sees: Sees,
    period: Span,
    figures: &Figures,
    dismissed: bool,
) -> HomeView {
    let display = Display::of(caller, web.today(caller));
    let hour = web.app.runner.clock().now().with_timezone(&display.zone).hour();
    let periods = Span::ALL.map(|(span, name, label)| Period {
        label: label.to_owned(),
        url: format!("/?period={name}"),
        current: span == period,
    });
    HomeView {
        shell,
        greeting: greeting(hour, &caller.name),
        unverified: (!caller.email_verified).then(|| caller.email.clone()),
        checklist: checklist(&figures.setup).filter(|_| sees.orders_anew && !dismissed),
        periods: if sees.orders { periods.to_vec() } else { Vec::new() },
        kpis: kpis(sees, figures, &display),
        chart: chart(figures, &display),
        needs_you: needs_you(figures, &display),
        needs_you_more: sees.orders.then(|| Link::new("All orders", ORDERS)),
        top_suppliers: ranking(figures, &display),
        deliveries: deliveries(figures, &display),
        deliveries_more: sees.orders.then(|| Link::new("Open orders", format!("{ORDERS}?view=open"))),
        empty: None,
    }
}

fn greeting(hour: u32, name: &str) -> String {
    let day = match hour {
        4..=11 => "Good morning",
        12..=17 => "Good afternoon",
        _ => "Good evening",
    };
    match name.split_whitespace().next() {
        Some(first) => format!("{day}, {first}"),
        None => day.to_owned(),
    }
}

fn kpis(sees: Sees, figures: &Figures, display: &Display) -> Vec<Kpi> {
    let mut kpis = Vec::new();
    if sees.orders {
        kpis.extend([commitments(figures, display), spend(figures, display), deliveries_late(figures, display)]);
    }
    if sees.stock {
        kpis.push(stock(figures, display));
    }
    kpis
}

fn plain(label: &str, value: String, url: String, comparison: String) -> Kpi {
    Kpi {
        label: label.to_owned(),
        value,
        url,
        delta: String::new(),
        trend: Trend::Flat,
        tone: Tone::Neutral,
        comparison,
        line: String::new(),
        area: String::new(),
    }
}

/// The figure with its course over the months, and by how much it changed where that can be said in percent.
fn over_time(kpi: Kpi, points: &[Decimal], change: Option<Decimal>, since: &str, display: &Display) -> Kpi {
    let points: Vec<f64> = points.iter().map(|point| point.to_f64().unwrap_or(0.0)).collect();
    let (line, area) = Kpi::sparkline(&points);
    let kpi = Kpi { line, area, ..kpi };
    match change.filter(|change| !change.is_zero()) {
        Some(change) => Kpi {
            delta: display.locale.percent(change.abs()),
            trend: trend(change),
            comparison: since.to_owned(),
            ..kpi
        },
        None => kpi,
    }
}

fn trend(change: Decimal) -> Trend {
    if change > Decimal::ZERO { Trend::Up } else { Trend::Down }
}

/// The change in percent; nothing where there was nothing before, or next to nothing.
fn percent_of_change(now: Decimal, before: Decimal) -> Option<Decimal> {
    let change = ((now - before) * Decimal::ONE_HUNDRED).checked_div(before)?.round_dp(1);
    (change.abs() < Decimal::ONE_THOUSAND).then_some(change)
}

/// The last of the points against the one before it.
fn since_last_month(points: &[Decimal]) -> Option<Decimal> {
    let [.., before, now] = points else { return None };
    percent_of_change(*now, *before)
}

fn commitments(figures: &Figures, display: &Display) -> Kpi {
    let orders = &figures.orders;
    let in_words = match orders.open {
        0 => "no open orders".to_owned(),
        1 => "in 1 open order".to_owned(),
        more => format!("in {} open orders", display.locale.quantity(Decimal::from(more))),
    };
    let value = display.locale.money_rounded(orders.committed, &display.currency);
    let kpi = plain("Open commitments", value, format!("{ORDERS}?view=open"), in_words);
    let changes: Vec<Decimal> = figures.history.iter().map(|month| month.ordered - month.received).collect();
    let points = levels(orders.committed, &changes);
    over_time(kpi, &points, since_last_month(&points), "vs last month", display)
}

/// What was ordered in a month.
fn of_month(figures: &Figures, day: NaiveDate) -> Option<&Spend> {
    figures.months.iter().find(|spend| (spend.month.year(), spend.month.month()) == (day.year(), day.month()))
}

fn spend_of(figures: &Figures, day: NaiveDate) -> Decimal {
    of_month(figures, day).map(|spend| spend.whole).unwrap_or_default()
}

/// A month that has just begun is compared with as many days of the last.
fn spend(figures: &Figures, display: &Display) -> Kpi {
    let back = |months: u32| display.today.checked_sub_months(Months::new(months)).unwrap_or(display.today);
    let now = spend_of(figures, display.today);
    let before = of_month(figures, back(1)).map(|spend| spend.to_date).unwrap_or_default();
    let points: Vec<Decimal> = (0..8).rev().map(|months| spend_of(figures, back(months))).collect();
    let value = display.locale.money_rounded(now, &display.currency);
    let kpi = plain("Spend this month", value, ORDERS.to_owned(), "of confirmed orders".to_owned());
    let since = format!("vs {}", month_to(back(1), display.locale));
    over_time(kpi, &points, percent_of_change(now, before), &since, display)
}

/// `1–21 Oct`, `1.–21.10.`
fn month_to(day: NaiveDate, locale: Locale) -> String {
    match (day.day(), locale) {
        (1, _) => locale.day(day),
        (_, Locale::En) => format!("1–{}", locale.day(day)),
        (_, Locale::De) => format!("1.–{}", locale.day(day)),
    }
}

fn deliveries_late(figures: &Figures, display: &Display) -> Kpi {
    let late = Decimal::from(figures.orders.late);
    let in_words = if late.is_zero() { "everything is in time" } else { "past the expected day" };
    let kpi =
        plain("Late deliveries", display.locale.quantity(late), format!("{ORDERS}?view=late"), in_words.to_owned());
    let ended: Vec<Decimal> = figures.history.iter().rev().skip(1).map(|month| Decimal::from(month.late)).collect();
    let points: Vec<Decimal> = ended.iter().rev().copied().chain([late]).collect();
    let kpi = over_time(kpi, &points, None, "", display);
    match ended.first().map(|before| late - before).filter(|change| !change.is_zero()) {
        Some(change) => Kpi {
            delta: display.locale.quantity(change.abs()),
            trend: trend(change),
            tone: if change > Decimal::ZERO { Tone::Danger } else { Tone::Success },
            comparison: "vs last month".to_owned(),
            ..kpi
        },
        None => kpi,
    }
}

fn stock(figures: &Figures, display: &Display) -> Kpi {
    let worth = figures.setup.stock_value;
    let value = display.locale.money_rounded(worth, &display.currency);
    let kpi = plain("Stock value", value, "/inventory/stock".to_owned(), "at moving average".to_owned());
    let points = levels(worth, &figures.stock_changes);
    over_time(kpi, &points, since_last_month(&points), "vs last month", display)
}

fn chart(figures: &Figures, display: &Display) -> ChartCard {
    let year = display.today.year();
    let bar = |year: i32, month: u32| {
        let day = NaiveDate::from_ymd_opt(year, month, 1)?;
        (day <= display.today).then(|| spend_of(figures, day))
    };
    let text = |figure: Option<Decimal>| match figure {
        Some(figure) => {
            (Some(figure.round_dp(2).normalize().to_string()), display.locale.money_rounded(figure, &display.currency))
        }
        None => (None, String::new()),
    };
    let groups = (1..=12).filter_map(|month| {
        let day = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some(ChartGroup {
            label: day.format("%b").to_string(),
            bars: vec![text(bar(year, month)), text(bar(year - 1, month))],
        })
    });
    ChartCard {
        title: "Spend by month".to_owned(),
        series: vec![year.to_string(), (year - 1).to_string()],
        groups: groups.collect(),
        empty: figures
            .months
            .is_empty()
            .then(|| "What you order month by month stands here, beside the year before.".to_owned()),
    }
}

fn order_url(order: &DueOrder) -> String {
    format!("{ORDERS}/{}", order.id)
}

/// Late orders first, then what is short, then drafts; there is room for one of each kind.
fn needs_you(figures: &Figures, display: &Display) -> Vec<TodoItem> {
    let text =
        |order: &DueOrder| format!("{} · {}", order.supplier, display.locale.money(order.total, &order.currency));
    let item =
        |icon, tone, title: String, text: String, url: String| TodoItem { icon, tone, title, text, url, status: None };
    let late = figures.due.iter().filter_map(|order| {
        let days = (display.today - order.expected.filter(|_| !order.draft)?).num_days();
        let in_words = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        let title = format!("{} is {in_words} late", order.number);
        (days > 0).then(|| item(Icon::Truck, Tone::Danger, title, text(order), order_url(order)))
    });
    let short = figures.short.iter().map(|product| {
        let quantity = |figure| display.locale.quantity(figure);
        let text = format!("{} available, {} wanted", quantity(product.available), quantity(product.wanted));
        let url = format!("/inventory/products/{}", product.id);
        item(Icon::Boxes, Tone::Warning, format!("Reorder {}", product.name), text, url)
    });
    let drafts = figures.due.iter().filter(|order| order.draft).map(|order| {
        item(Icon::ShoppingCart, Tone::Warning, format!("Confirm {}", order.number), text(order), order_url(order))
    });
    let (late, short, drafts): (Vec<_>, Vec<_>, Vec<_>) = (late.collect(), short.collect(), drafts.collect());
    let for_drafts = drafts.len().min(1);
    let late_shown = late.len().min(SHOWN - for_drafts - short.len().min(1));
    let short_shown = short.len().min(SHOWN - for_drafts - late_shown);
    let shown = late.into_iter().take(late_shown).chain(short.into_iter().take(short_shown)).chain(drafts);
    shown.take(SHOWN).collect()
}

fn deliveries(figures: &Figures, display: &Display) -> Vec<TodoItem> {
    let expected = figures.due.iter().filter(|order| !order.draft).filter_map(|order| Some((order, order.expected?)));
    let items = expected.map(|(order, day)| TodoItem {
        icon: Icon::Truck,
        tone: Tone::Neutral,
        title: order.supplier.clone(),
        text: format!("{} · {} {}", order.number, order.lines, if order.lines == 1 { "line" } else { "lines" }),
        url: order_url(order),
        status: Some(match lateness(day, display.today) {
            Some(late) => Status::attention(late, Tone::Danger),
            None if day == display.today => Status::quiet("Today", Tone::Info),
            None => Status::quiet(display.locale.day(day), Tone::Neutral),
        }),
    });
    items.take(SHOWN).collect()
}

fn ranking(figures: &Figures, display: &Display) -> Vec<RankItem> {
    let most = figures.suppliers.first().map(|(.., spend)| *spend).filter(|spend| !spend.is_zero());
    let items = figures.suppliers.iter().map(|(id, name, spend)| RankItem {
        label: name.clone(),
        value: display.locale.money_rounded(*spend, &display.currency),
        url: format!("/purchasing/suppliers/{id}"),
        percent: most.and_then(|most| (spend * Decimal::ONE_HUNDRED / most).to_u8()).unwrap_or(0),
    });
    items.collect()
}
