//! Entries that balance: the only ones that can be posted.

use kontor_entity::Ref;
use kontor_kernel::{Currency, Error, Money, MoneyError, Result};
use kontor_partners::Partner;

use crate::{Account, Code};

/// The two sides of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Debit,
    Credit,
}

impl Side {
    pub const fn opposite(self) -> Self {
        match self {
            Self::Debit => Self::Credit,
            Self::Credit => Self::Debit,
        }
    }
}

/// An amount above zero on one side of an account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    pub account: Ref<Account>,
    pub partner: Option<Ref<Partner>>,
    pub side: Side,
    pub amount: Money,
}

impl Line {
    pub const fn debit(account: Ref<Account>, amount: Money) -> Self {
        Self { account, partner: None, side: Side::Debit, amount }
    }

    pub const fn credit(account: Ref<Account>, amount: Money) -> Self {
        Self { account, partner: None, side: Side::Credit, amount }
    }
}

/// Lines whose debits equal their credits, in one currency.
///
/// There is no other way to make one than [`Balanced::new`], and nothing else can be posted.
#[derive(Debug, Clone, PartialEq)]
pub struct Balanced {
    lines: Vec<Line>,
    amount: Money,
}

impl Balanced {
    /// Errors with `unbalanced_entry` unless there are at least two lines, each above zero, and both sides sum to the
    /// same.
    pub fn new(lines: Vec<Line>) -> Result<Self> {
        let Some(currency) = lines.first().map(|line| line.amount.currency()) else {
            return Err(Code::Unbalanced.error());
        };
        let (mut debits, mut credits) = (Money::zero(currency), Money::zero(currency));
        for line in &lines {
            if line.amount.is_zero() || line.amount.is_negative() {
                return Err(Code::Unbalanced.error().with_detail("each line of a journal entry must be above zero"));
            }
            let side = match line.side {
                Side::Debit => &mut debits,
                Side::Credit => &mut credits,
            };
            *side = side.checked_add(line.amount).map_err(sum_error)?;
        }
        let difference = debits.checked_sub(credits).map_err(sum_error)?;
        if lines.len() < 2 || !difference.is_zero() {
            let detail =
                format!("debits and credits of the journal entry differ by {} {currency}", difference.amount());
            return Err(Code::Unbalanced.error().with_detail(detail));
        }
        Ok(Self { lines, amount: debits })
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What either side sums to.
    pub const fn amount(&self) -> Money {
        self.amount
    }

    pub fn currency(&self) -> Currency {
        self.amount.currency()
    }

    /// The same amounts on the other sides.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        for line in &mut self.lines {
            line.side = line.side.opposite();
        }
        self
    }
}

fn sum_error(error: MoneyError) -> Error {
    match error {
        MoneyError::CurrencyMismatch => Error::internal("a journal entry in two currencies"),
        other => other.into(),
    }
}
