//! The tax of a document, exact to the minor unit.
//!
//! What is rounded, and when, is an algorithm with a name; the document keeps that name, so that the same lines give the
//! same totals on quote, order and invoice.

use kontor_entity::choices;
use kontor_kernel::{Currency, Money, Percent, Result, Rounding, Unrounded};
use rust_decimal::Decimal;

choices! {
    /// What the rounding is applied to.
    pub enum TaxMethod {
        /// The tax of each line is rounded; the document's tax is their sum.
        PerLine = "per_line" "Per line",
        /// The lines of each rate are summed, then taxed and rounded once.
        PerDocument = "per_document" "Per document",
    }
}

/// A line whose amount is without tax.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetLine {
    pub net: Money,
    pub percent: Percent,
}

/// A line whose amount contains the tax.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GrossLine {
    pub gross: Money,
    pub percent: Percent,
}

/// What one rate comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaxPart {
    pub percent: Percent,
    pub net: Money,
    pub tax: Money,
}

/// The totals of a document. `total` is `untaxed` plus `tax`, and both are the sums of the parts.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxTotals {
    /// One for each rate among the lines, lowest first.
    pub parts: Vec<TaxPart>,
    pub untaxed: Money,
    pub tax: Money,
    pub total: Money,
}

/// The tax on top of net amounts.
pub fn tax_on_net(currency: Currency, method: TaxMethod, rounding: Rounding, lines: &[NetLine]) -> Result<TaxTotals> {
    let mut groups = Groups::new(currency);
    for line in lines {
        let tax = match method {
            TaxMethod::PerLine => tax_of(line.net, line.percent, rounding)?,
            TaxMethod::PerDocument => Money::zero(currency),
        };
        groups.add(line.percent, line.net, tax)?;
    }
    if method == TaxMethod::PerDocument {
        for part in &mut groups.parts {
            part.tax = tax_of(part.net, part.percent, rounding)?;
        }
    }
    groups.totals()
}

/// The tax inside gross amounts, keeping their sum: only the net part is computed, and the tax is what remains.
pub fn tax_in_gross(
    currency: Currency,
    method: TaxMethod,
    rounding: Rounding,
    lines: &[GrossLine],
) -> Result<TaxTotals> {
    let mut groups = Groups::new(currency);
    for line in lines {
        let net = match method {
            TaxMethod::PerLine => net_of(line.gross, line.percent, rounding)?,
            // The group's gross amount, until it is complete.
            TaxMethod::PerDocument => line.gross,
        };
        groups.add(line.percent, net, line.gross.checked_sub(net)?)?;
    }
    if method == TaxMethod::PerDocument {
        for part in &mut groups.parts {
            let gross = part.net;
            part.net = net_of(gross, part.percent, rounding)?;
            part.tax = gross.checked_sub(part.net)?;
        }
    }
    groups.totals()
}

fn tax_of(net: Money, percent: Percent, rounding: Rounding) -> Result<Money> {
    Ok(net.exact().times(percent.rate())?.round(rounding)?)
}

fn net_of(gross: Money, percent: Percent, rounding: Rounding) -> Result<Money> {
    let value = gross.amount().value() / (Decimal::ONE + percent.rate().value());
    Ok(Unrounded::new(value, gross.currency()).round(rounding)?)
}

/// The lines by their rate.
struct Groups {
    currency: Currency,
    parts: Vec<TaxPart>,
}

impl Groups {
    const fn new(currency: Currency) -> Self {
        Self { currency, parts: Vec::new() }
    }

    fn add(&mut self, percent: Percent, net: Money, tax: Money) -> Result<()> {
        if let Some(part) = self.parts.iter_mut().find(|part| part.percent == percent) {
            part.net = part.net.checked_add(net)?;
            part.tax = part.tax.checked_add(tax)?;
        } else {
            let zero = Money::zero(self.currency);
            self.parts.push(TaxPart { percent, net: zero.checked_add(net)?, tax: zero.checked_add(tax)? });
        }
        Ok(())
    }

    fn totals(mut self) -> Result<TaxTotals> {
        self.parts.sort_by_key(|part| part.percent);
        let (mut untaxed, mut tax) = (Money::zero(self.currency), Money::zero(self.currency));
        for part in &self.parts {
            untaxed = untaxed.checked_add(part.net)?;
            tax = tax.checked_add(part.tax)?;
        }
        Ok(TaxTotals { untaxed, tax, total: untaxed.checked_add(tax)?, parts: self.parts })
    }
}

#[cfg(test)]
mod tests;
