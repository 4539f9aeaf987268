//! From figures to the home page.

use chrono::{Datelike, Days, Months, NaiveDate, Timelike};
use kontor_access::Caller;
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    Sees,
    figures::{DueOrder, Figures},
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
        let (open, late) = (figures.orders.open, figures.orders.late);
        let committed = display.locale.money_rounded(figures.orders.committed, &display.currency);
        let in_words = match open {
            0 => "no open orders".to_owned(),
            1 => "in 1 open order".to_owned(),
            more => format!("in {} open orders", display.locale.quantity(Decimal::from(more))),
        };
        kpis.push(plain("Open commitments", committed, format!("{ORDERS}?view=open"), in_words));
        kpis.push(spend(figures, display));
        let mut deliveries = plain(
            "Late deliveries",
            display.locale.quantity(Decimal::from(late)),
            format!("{ORDERS}?view=late"),
            if late == 0 { "everything is in time".to_owned() } else { "past the expected day".to_owned() },
        );
        deliveries.tone = if late == 0 { Tone::Success } else { Tone::Danger };
        kpis.push(deliveries);
    }
    if sees.stock {
        let value = display.locale.money_rounded(figures.setup.stock_value, &display.currency);
        kpis.push(plain("Stock value", value, "/inventory/stock".to_owned(), "at moving average".to_owned()));
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

/// What was ordered in a month.
fn of_month(figures: &Figures, day: NaiveDate) -> Decimal {
    let month = figures.months.iter().find(|(first, _)| (first.year(), first.month()) == (day.year(), day.month()));
    month.map(|(_, spend)| *spend).unwrap_or_default()
}

fn spend(figures: &Figures, display: &Display) -> Kpi {
    let back = |months: u32| display.today.checked_sub_months(Months::new(months)).unwrap_or(display.today);
    let (now, before) = (of_month(figures, display.today), of_month(figures, back(1)));
    let points: Vec<f64> = (0..8).rev().map(|months| of_month(figures, back(months)).to_f64().unwrap_or(0.0)).collect();
    let (line, area) = Kpi::sparkline(&points);
    let change = ((now - before) * Decimal::ONE_HUNDRED).checked_div(before).map(|change| change.round_dp(1));
    let value = display.locale.money_rounded(now, &display.currency);
    Kpi {
        delta: change.map(|change| display.locale.percent(change.abs())).unwrap_or_default(),
        trend: match change {
            Some(change) if change > Decimal::ZERO => Trend::Up,
            Some(change) if change < Decimal::ZERO => Trend::Down,
            _ => Trend::Flat,
        },
        line,
        area,
        ..plain("Spend this month", value, ORDERS.to_owned(), "vs last month".to_owned())
    }
}

fn chart(figures: &Figures, display: &Display) -> ChartCard {
    let year = display.today.year();
    let bar = |year: i32, month: u32| {
        let day = NaiveDate::from_ymd_opt(year, month, 1)?;
        (day <= display.today).then(|| of_month(figures, day))
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
    }
}

fn order_url(order: &DueOrder) -> String {
    format!("{ORDERS}/{}", order.id)
}

/// Late orders first, then what is short, then drafts.
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
        let title = format!("{} is below its reorder point", product.name);
        item(Icon::Boxes, Tone::Warning, title, text, format!("/inventory/products/{}", product.id))
    });
    let drafts = figures.due.iter().filter(|order| order.draft).map(|order| {
        item(Icon::ShoppingCart, Tone::Warning, format!("Confirm {}", order.number), text(order), order_url(order))
    });
    late.take(SHOWN).chain(short.take(3)).chain(drafts.take(SHOWN)).take(SHOWN + 3).collect()
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
    items.take(SHOWN + 1).collect()
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
