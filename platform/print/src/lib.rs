//! Documents as PDF, in the company's brand, through typst.
//!
//! A template is typst source that reads its data from a virtual `data.json`: nothing a user wrote is ever part of the
//! source. Templates import `letter.typ`, which lays out the company's letterhead, addresses and footer.

mod world;

use chrono::{DateTime, Datelike, Utc};
use kontor_kernel::{Error, Result};
use serde::Serialize;

/// What stands on every document of a company.
#[derive(Debug, Clone, Serialize)]
pub struct Letterhead {
    pub name: String,
    /// Street, postal code and city, country: as printed, one line each.
    pub address: Vec<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub tax_number: Option<String>,
    pub footer: Option<String>,
    /// `#rrggbb`.
    pub color: String,
    /// `en` or `de`: hyphenation and the words of the template.
    pub language: String,
    /// Whether `logo` lies beside the data.
    pub has_logo: bool,
}

/// A document to be printed.
#[derive(Debug, Clone)]
pub struct PrintJob {
    /// Typst source of the template.
    pub template: &'static str,
    /// Merged with the letterhead as `company`.
    pub data: serde_json::Value,
    pub letterhead: Letterhead,
    /// PNG, JPEG or SVG.
    pub logo: Option<Vec<u8>>,
    /// The document's date of making, in the PDF's properties.
    pub now: DateTime<Utc>,
}

/// The PDF. Laying out takes tens of milliseconds of CPU, so it runs beside the async threads.
///
/// Errors are ours: a template that does not compile, with typst's own messages as the cause.
pub async fn print(job: PrintJob) -> Result<Vec<u8>> {
    tokio::task::spawn_blocking(move || print_now(job)).await.map_err(Error::internal)?
}

fn print_now(mut job: PrintJob) -> Result<Vec<u8>> {
    let company = serde_json::to_value(&job.letterhead).map_err(Error::internal)?;
    if let Some(data) = job.data.as_object_mut() {
        data.insert("company".to_owned(), company);
    }
    let data = serde_json::to_vec(&job.data).map_err(Error::internal)?;
    let world = world::PrintWorld::new(job.template, data, job.logo, (job.now.year(), job.now.month(), job.now.day()));
    let document = typst::compile::<typst_layout::PagedDocument>(&world).output.map_err(|errors| messages(&errors))?;
    let pdf = typst_pdf::pdf(&document, &typst_pdf::PdfOptions::default()).map_err(|errors| messages(&errors));
    // Layouts of past documents would be kept for ever: a server prints each only once.
    comemo::evict(2);
    pdf
}

fn messages(errors: &[typst::diag::SourceDiagnostic]) -> Error {
    let texts: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    Error::internal(format!("the template does not print: {}", texts.join("; ")))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use serde_json::json;

    use super::*;

    fn job(template: &'static str) -> PrintJob {
        PrintJob {
            template,
            data: json!({ "number": "PO-00001", "name": "Müller & Söhne #1 $x$ [y]" }),
            letterhead: Letterhead {
                name: "Northwind Traders".to_owned(),
                address: vec!["Hauptstr. 1".to_owned(), "10115 Berlin".to_owned()],
                email: None,
                phone: None,
                tax_number: None,
                footer: Some("Northwind Traders · Berlin".to_owned()),
                color: "#4f46e5".to_owned(),
                language: "de".to_owned(),
                has_logo: false,
            },
            logo: None,
            now: DateTime::UNIX_EPOCH,
        }
    }

    #[tokio::test]
    async fn a_letter_becomes_a_pdf_and_text_stays_text() {
        let template =
            "#import \"letter.typ\": letter\n#let d = json(\"data.json\")\n#letter(d, title: d.number)[#d.name]";
        let pdf = print(job(template)).await.unwrap();
        assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 3_000);
    }

    #[tokio::test]
    async fn a_broken_template_says_what_is_wrong() {
        let error = print(job("#unknown")).await.err().unwrap();
        assert!(format!("{error:?}").contains("unknown variable"));
    }
}
