//! The home page.

use serde::Serialize;

use super::{EmptyState, Icon, Link, Page, PageShell, Status, Tone};

/// One step of the onboarding.
#[derive(Debug, Clone, Serialize)]
pub struct ChecklistStep {
    /// `Import your suppliers`.
    pub label: String,
    /// Why, or how long it takes.
    pub text: String,
    /// Where it is done.
    pub url: String,
    /// Whether it is.
    pub done: bool,
}

/// The onboarding, until every step is done or it is dismissed (POST `/onboarding/dismiss`).
#[derive(Debug, Clone, Serialize)]
pub struct Checklist {
    /// Its steps.
    pub steps: Vec<ChecklistStep>,
    /// How many are done.
    pub done: usize,
    /// The width of the bar in percent.
    pub percent: usize,
}

impl Checklist {
    /// A checklist with its progress counted.
    #[must_use]
    pub fn new(steps: Vec<ChecklistStep>) -> Self {
        let done = steps.iter().filter(|step| step.done).count();
        let percent = (done * 100).checked_div(steps.len()).unwrap_or(0);
        Self { steps, done, percent }
    }
}

/// One choice of the period.
#[derive(Debug, Clone, Serialize)]
pub struct Period {
    /// `30 days`.
    pub label: String,
    /// The home page with it.
    pub url: String,
    /// Whether it is the one on screen.
    pub current: bool,
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Trend {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Nowhere.
    Flat,
}

/// A figure at the top of the home page.
#[derive(Debug, Clone, Serialize)]
pub struct Kpi {
    /// What it is.
    pub label: String,
    /// The figure, ready to show.
    pub value: String,
    /// Where it comes from.
    pub url: String,
    /// How much it changed: `8.2 %`; empty when there is nothing to compare with.
    pub delta: String,
    /// Which way.
    pub trend: Trend,
    /// Whether that is good.
    pub tone: Tone,
    /// What it is compared with: `vs last month`.
    pub comparison: String,
    /// The path of its small line, in a box of 72 × 28; from [`Kpi::sparkline`].
    pub line: String,
    /// The path of the area under it.
    pub area: String,
}

impl Kpi {
    /// The paths of a small line through `points`, and of the area under it; none where nothing changed.
    #[must_use]
    pub fn sparkline(points: &[f64]) -> (String, String) {
        let (low, high) =
            points.iter().fold((f64::MAX, f64::MIN), |(low, high), &point| (low.min(point), high.max(point)));
        if points.len() < 2 || high <= low {
            return (String::new(), String::new());
        }
        let span = high - low;
        let last = f64::from(u32::try_from(points.len() - 1).unwrap_or(1));
        let line = points
            .iter()
            .zip(0_u32..)
            .map(|(point, index)| {
                let x = 72.0 * f64::from(index) / last;
                let y = 25.0 - 22.0 * (point - low) / span;
                format!("{}{x:.1},{y:.1}", if index == 0 { "M" } else { "L" })
            })
            .collect::<String>();
        let area = format!("{line}L72,28L0,28Z");
        (line, area)
    }
}

/// One group of bars: a month.
#[derive(Debug, Clone, Serialize)]
pub struct ChartGroup {
    /// `Jan`.
    pub label: String,
    /// One bar per series: the plain figure as text, none for no bar, and what people read.
    pub bars: Vec<(Option<String>, String)>,
}

/// The chart. Its table is what people who hear the page get.
#[derive(Debug, Clone, Serialize)]
pub struct ChartCard {
    /// `Spend by month`.
    pub title: String,
    /// The series' names, the newest first: `2026`, `2025`.
    pub series: Vec<String>,
    /// The groups.
    pub groups: Vec<ChartGroup>,
    /// Said instead of bars while there is nothing to draw.
    pub empty: Option<String>,
}

/// Something that waits for the person, or a delivery.
#[derive(Debug, Clone, Serialize)]
pub struct TodoItem {
    /// Its icon.
    pub icon: Icon,
    /// The colour of its icon.
    pub tone: Tone,
    /// `PO-10391 is 6 days late`.
    pub title: String,
    /// `Exotic Liquids · € 12,480`.
    pub text: String,
    /// Where it is dealt with.
    pub url: String,
    /// A state at its end.
    pub status: Option<Status>,
}

/// One bar of a ranking.
#[derive(Debug, Clone, Serialize)]
pub struct RankItem {
    /// Its name.
    pub label: String,
    /// Its figure, ready to show.
    pub value: String,
    /// Its page.
    pub url: String,
    /// 0–100 of the first.
    pub percent: u8,
}

/// The home page. Template `home.html`.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The frame.
    pub shell: PageShell,
    /// `Good morning, Nancy`.
    pub greeting: String,
    /// The person's address, as long as it is not confirmed (POST `/verify-email/send` sends the message again).
    pub unverified: Option<String>,
    /// The onboarding, while it lasts.
    pub checklist: Option<Checklist>,
    /// The periods to choose from.
    pub periods: Vec<Period>,
    /// Four figures.
    pub kpis: Vec<Kpi>,
    /// The chart.
    pub chart: ChartCard,
    /// What waits for the person.
    pub needs_you: Vec<TodoItem>,
    /// Where all of it is.
    pub needs_you_more: Option<Link>,
    /// The suppliers with the most spend.
    pub top_suppliers: Vec<RankItem>,
    /// What is expected this week.
    pub deliveries: Vec<TodoItem>,
    /// Where all of it is.
    pub deliveries_more: Option<Link>,
    /// Said instead of figures while there is nothing to count.
    pub empty: Option<EmptyState>,
}

impl Page for HomeView {
    const TEMPLATE: &'static str = "home.html";
}

#[cfg(test)]
mod tests {
    use super::Kpi;

    #[test]
    fn a_sparkline_spans_its_box() {
        let (line, area) = Kpi::sparkline(&[1.0, 3.0, 2.0]);
        assert_eq!(line, "M0.0,25.0L36.0,3.0L72.0,14.0");
        assert!(area.ends_with("L72,28L0,28Z"));
        assert_eq!(Kpi::sparkline(&[1.0]), (String::new(), String::new()));
        assert_eq!(Kpi::sparkline(&[0.0, 0.0]), (String::new(), String::new()));
    }
}
