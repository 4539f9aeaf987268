//! The first chart of accounts of a company.

mod austrian;
mod german;
mod international;

use kontor_kernel::Country;

use crate::{AccountKind, Purpose};

/// One account of a chart.
#[derive(Debug)]
pub(crate) struct Row {
    pub code: &'static str,
    pub kind: AccountKind,
    pub purpose: Option<Purpose>,
    pub english: &'static str,
    pub german: &'static str,
}

const fn row(code: &'static str, kind: AccountKind, english: &'static str, german: &'static str) -> Row {
    Row { code, kind, purpose: None, english, german }
}

impl Row {
    const fn for_purpose(mut self, purpose: Purpose) -> Self {
        self.purpose = Some(purpose);
        self
    }
}

/// The chart that companies of a country know.
pub(crate) fn of(country: Country) -> &'static [Row] {
    match country.code() {
        "AT" => &austrian::CHART,
        "DE" => &german::CHART,
        _ => &international::CHART,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use kontor_entity::Choices;

    use super::*;

    const CHARTS: [&[Row]; 3] = [&austrian::CHART, &german::CHART, &international::CHART];

    #[test]
    fn a_company_gets_the_chart_that_its_country_knows() {
        let bank = |country| {
            let chart = Country::from_code(country).map(of).unwrap_or_default();
            chart.iter().find(|row| row.purpose == Some(Purpose::Bank)).map(|row| row.code)
        };
        assert_eq!((bank("AT"), bank("DE"), bank("CH")), (Some("2800"), Some("1200"), Some("1010")));
    }

    #[test]
    fn every_chart_has_each_purpose_once_on_an_account_of_the_right_kind() {
        for chart in CHARTS {
            for (purpose, _) in Purpose::ALL {
                let kinds: Vec<AccountKind> =
                    chart.iter().filter(|row| row.purpose == Some(*purpose)).map(|row| row.kind).collect();
                assert_eq!(kinds, [expected_kind(*purpose)], "{}", purpose.as_str());
            }
        }
    }

    #[test]
    fn numbers_are_unique_and_in_order() {
        for chart in CHARTS {
            assert!(chart.is_sorted_by(|a, b| a.code < b.code));
            assert!(chart.iter().all(|row| row.code.len() == 4 && !row.english.is_empty() && !row.german.is_empty()));
            let names: HashSet<_> = chart.iter().map(|row| row.german).collect();
            assert_eq!(names.len(), chart.len());
            assert!((35..=60).contains(&chart.len()), "{}", chart.len());
        }
    }

    fn expected_kind(purpose: Purpose) -> AccountKind {
        match purpose {
            Purpose::Bank | Purpose::Receivable | Purpose::Inventory | Purpose::InputTax => AccountKind::Asset,
            Purpose::Payable | Purpose::GoodsReceived | Purpose::OutputTax => AccountKind::Liability,
            Purpose::RetainedEarnings => AccountKind::Equity,
            Purpose::Sales => AccountKind::Income,
            Purpose::CostOfSales | Purpose::StockAdjustment | Purpose::ExchangeDifference => AccountKind::Expense,
        }
    }
}
