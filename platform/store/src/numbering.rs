//! Statements put together of parts that count their parameters on their own.

use std::{borrow::Cow, fmt::Write as _};

/// The SQL with its parameters after the `shared` first ones counted `taken` further.
pub(crate) fn renumbered(sql: &str, shared: usize, taken: usize) -> Cow<'_, str> {
    if taken == 0 {
        return Cow::Borrowed(sql);
    }
    let mut text = String::with_capacity(sql.len() + 16);
    let mut parts = sql.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        match number.parse::<usize>() {
            Ok(number) if number > shared => {
                let _ = write!(text, "${}{rest}", number + taken);
            }
            _ => {
                let _ = write!(text, "${number}{rest}");
            }
        }
    }
    Cow::Owned(text)
}

/// The highest parameter of the SQL.
pub(crate) fn highest(sql: &str) -> usize {
    let number = |part: &str| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        part.get(..digits).and_then(|number| number.parse().ok())
    };
    sql.split('$').skip(1).filter_map(number).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{highest, renumbered};

    #[test]
    fn own_parameters_move_and_shared_ones_stay() {
        assert_eq!(renumbered("a = $1 and b = $2 or c = any ($3)", 1, 0), "a = $1 and b = $2 or c = any ($3)");
        assert_eq!(renumbered("a = $1 and b = $2 or c = any ($3)", 1, 9), "a = $1 and b = $11 or c = any ($12)");
        assert_eq!(renumbered("$2, $4, $10", 3, 1), "$2, $5, $11");
    }

    #[test]
    fn the_highest_counts_wherever_it_stands() {
        assert_eq!(highest("$1, $12, $3"), 12);
        assert_eq!(highest("none"), 0);
    }
}
