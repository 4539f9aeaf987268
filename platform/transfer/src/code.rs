use kontor_kernel::{CodeInfo, codes};

codes! {
    /// What an import can be refused for beyond the platform's own codes; the last ones as the reader of files names them.
    pub enum Code {
        UnknownColumn = "unknown_column" => Violation, "the file has no such column";
        AmbiguousLink = "ambiguous_link" => Violation, "several records fit; give the code of the one that is meant";
        AmbiguousRecord = "ambiguous_record" => Violation, "several records have this name; give the code of the one that is meant";
        AmbiguousDate = "ambiguous_date" => Violation, "could be two dates; write it as year-month-day";
        DuplicateInFile = "duplicate_in_file" => Violation, "stands in the file more than once";
        Interrupted = "interrupted" => Unavailable, "the import was interrupted and nothing of it was written; start it again";
        EmptyFile = "empty_file" => Violation, "the file is empty";
        NoRows = "no_rows" => Violation, "the file has columns and no rows";
        FileTooLarge = "file_too_large" => Violation, "the file has more bytes than allowed; split it";
        TooManyRows = "too_many_rows" => Violation, "the file has more rows than allowed; split it";
        TooManyColumns = "too_many_columns" => Violation, "the file has more columns than allowed; leave out what is not needed";
        UnsupportedEncoding = "unsupported_encoding" => Violation, "the file's encoding is not understood; save it as UTF-8";
        UnsupportedFormat = "unsupported_format" => Violation, "the file is no text; save it as CSV";
        MissingHeader = "missing_header" => Violation, "a column has no name; name it or delete it";
        DuplicateColumn = "duplicate_column" => Violation, "two columns have one name; rename or delete one";
        RaggedRow = "ragged_row" => Violation, "the row has more or fewer fields than the header";
        NulByte = "nul_byte" => Violation, "the value has a NUL byte; take it out";
        UnclosedQuote = "unclosed_quote" => Violation, "a quote is never closed";
        StrayQuote = "stray_quote" => Violation, "the value goes on after its closing quote";
    }
}

/// The refusals of this crate, for the catalogue.
pub const CODES: &[&CodeInfo] = Code::CATALOGUE;

#[cfg(test)]
mod tests {
    use super::*;
    use kontor_exchange::code;

    #[test]
    fn every_code_of_the_reader_is_in_the_catalogue() {
        let known: Vec<&str> = CODES.iter().map(|info| info.id).collect();
        for code in [
            code::EMPTY_FILE,
            code::NO_ROWS,
            code::FILE_TOO_LARGE,
            code::TOO_MANY_ROWS,
            code::TOO_MANY_COLUMNS,
            code::UNSUPPORTED_ENCODING,
            code::UNSUPPORTED_FORMAT,
            code::MISSING_HEADER,
            code::DUPLICATE_COLUMN,
            code::RAGGED_ROW,
            code::NUL_BYTE,
            code::UNCLOSED_QUOTE,
            code::STRAY_QUOTE,
        ] {
            assert!(known.contains(&code), "{code}");
        }
    }
}
