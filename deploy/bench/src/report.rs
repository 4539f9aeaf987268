use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use crate::{
    load::{Measured, Work},
    pgbench::Yardstick,
    search::Asked,
};

/// Everything that was measured.
#[derive(Default)]
pub struct Report {
    /// Seconds until the first connection is taken, database up and nothing to migrate.
    pub starts: Vec<f64>,
    pub memory_mb: f64,
    pub idle_tenant_kb: f64,
    pub searches: Vec<Asked>,
    pub statements: BTreeMap<Work, f64>,
    rounds: BTreeMap<(Work, usize), Vec<(Measured, f64)>>,
    yardsticks: BTreeMap<(Work, usize), Vec<Yardstick>>,
}

/// One line of the result.
struct Line {
    what: String,
    value: f64,
    bound: f64,
    /// Whether the value must not be above the bound, or not below it.
    at_most: bool,
}

impl Line {
    fn holds(&self) -> bool {
        if self.at_most { self.value <= self.bound } else { self.value >= self.bound }
    }
}

impl Report {
    pub fn add(&mut self, work: Work, clients: usize, measured: Measured, cpu_ms: f64) {
        self.rounds.entry((work, clients)).or_default().push((measured, cpu_ms));
    }

    pub fn add_yardstick(&mut self, work: Work, clients: usize, yardstick: Yardstick) {
        self.yardsticks.entry((work, clients)).or_default().push(yardstick);
    }

    fn median(values: impl Iterator<Item = f64>) -> f64 {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    }

    fn of(&self, work: Work, clients: usize, figure: impl Fn(&Measured, f64) -> f64) -> f64 {
        Self::median(
            self.rounds.get(&(work, clients)).into_iter().flatten().map(|(measured, cpu)| figure(measured, *cpu)),
        )
    }

    fn rate(&self, work: Work, clients: usize) -> f64 {
        self.of(work, clients, |measured, _| to_f64(measured.count) / measured.seconds)
    }

    fn cpu_ms(&self, work: Work, clients: usize) -> f64 {
        self.of(work, clients, |measured, cpu| cpu / to_f64(measured.count))
    }

    fn yardstick(&self, work: Work, clients: usize, figure: impl Fn(&Yardstick) -> f64) -> f64 {
        Self::median(self.yardsticks.get(&(work, clients)).into_iter().flatten().map(figure))
    }

    fn search_p95(&self, what: &str) -> f64 {
        self.searches.iter().find(|asked| asked.what == what).map_or(f64::INFINITY, |asked| asked.p95_ms)
    }

    fn lines(&self) -> Vec<Line> {
        let ratio = |work| self.rate(work, 8) / self.yardstick(work, 8, |y| y.tps);
        let bare = self.yardstick(Work::Create, 1, |y| y.latency_ms);
        let statements = |work| self.statements.get(&work).copied().unwrap_or_default();
        let line = |what: &str, value, bound, at_most| Line { what: what.to_owned(), value, bound, at_most };
        vec![
            line("create, 8 clients: share of pgbench's transactions", ratio(Work::Create), 0.4, false),
            line(
                "create, 1 client: p50 as a multiple of pgbench's",
                self.of(Work::Create, 1, |m, _| m.p50_ms) / bare,
                2.2,
                true,
            ),
            line("create: statements", statements(Work::Create), 12.0, true),
            line("create: our CPU, ms", self.cpu_ms(Work::Create, 8), 0.5, true),
            line(
                "whole flow, 1 client: p50 as a multiple of one bare insert",
                self.of(Work::Flow, 1, |m, _| m.p50_ms) / bare,
                10.0,
                true,
            ),
            line("whole flow: statements", statements(Work::Flow), 60.0, true),
            line("list, 8 clients: share of pgbench's", ratio(Work::List), 0.18, false),
            line("list: statements", statements(Work::List), 4.0, true),
            line("read, 8 clients: share of pgbench's", ratio(Work::Read), 0.22, false),
            line("read: statements", statements(Work::Read), 5.0, true),
            line("search over 100,000 documents, 3 letters: p95, ms", self.search_p95("3 letters"), 10.0, true),
            line("start, seconds", Self::median(self.starts.iter().copied()), 0.5, true),
            line("memory after the load, MB", self.memory_mb, 150.0, true),
            line("memory for each further idle tenant, kB", self.idle_tenant_kb, 50.0, true),
        ]
    }

    /// Writes the result; `true` when every bound holds.
    pub fn write(&self, path: &Path) -> anyhow::Result<bool> {
        let mut text = String::from(
            "# Benchmarks\n\nWritten by `make bench`: the release build of `kontor serve` and pgbench (`-M prepared`) in turns over TCP to\n\
             the same private PostgreSQL with its default durability, 10,000 orders in place; medians of the rounds. Ratios\n\
             and counts decide; the machine is shared, so absolute figures are for orientation.\n\n| measure | value | bound | |\n|---|---|---|---|\n",
        );
        let lines = self.lines();
        for line in &lines {
            let sign = if line.at_most { "≤" } else { "≥" };
            let mark = if line.holds() { "holds" } else { "**does not hold**" };
            writeln!(text, "| {} | {:.2} | {sign} {} | {mark} |", line.what, line.value, line.bound)?;
        }
        text.push_str(
            "\n| work | clients | a second | p50 ms | p95 ms | our CPU ms | statements | pgbench a second | its mean ms |\n|---|---|---|---|---|---|---|---|---|\n",
        );
        for &(work, clients) in self.rounds.keys() {
            let yardstick = |figure: fn(&Yardstick) -> f64| self.yardstick(work, clients, figure);
            writeln!(
                text,
                "| {} | {clients} | {:.0} | {:.2} | {:.2} | {:.2} | {:.1} | {} | {} |",
                work.name(),
                self.rate(work, clients),
                self.of(work, clients, |m, _| m.p50_ms),
                self.of(work, clients, |m, _| m.p95_ms),
                self.cpu_ms(work, clients),
                self.statements.get(&work).copied().unwrap_or_default(),
                work.yardstick().map_or_else(String::new, |_| format!("{:.0}", yardstick(|y| y.tps))),
                work.yardstick().map_or_else(String::new, |_| format!("{:.2}", yardstick(|y| y.latency_ms))),
            )?;
        }
        text.push_str("\n| search over 100,000 documents | p50 ms | p95 ms |\n|---|---|---|\n");
        for asked in &self.searches {
            writeln!(text, "| {} | {:.2} | {:.2} |", asked.what, asked.p50_ms, asked.p95_ms)?;
        }
        fs::write(path, text)?;
        Ok(lines.iter().all(Line::holds))
    }
}

/// Counts here are far below the 52 bits that a double keeps exactly.
fn to_f64(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
