//! What the mails say, in English and German, on the company's paper.

use kontor_kernel::{
    Locale,
    brand::{BrandColor, tokens},
};

use crate::mail::PUBLIC_URL;

/// The paper a letter is written on: whose it is, its colour and language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stationery {
    company: Option<String>,
    color: BrandColor,
    german: bool,
}

/// The product's own colour, for letters of no company.
const OWN_COLOR: BrandColor = BrandColor::new(0x4f, 0x46, 0xe5);

impl Stationery {
    /// The paper of a company; `color` as `#rrggbb`, the product's own when left out.
    pub fn of(company: &str, color: Option<&str>, locale: Locale) -> Self {
        Self {
            company: Some(company.to_owned()),
            color: color.and_then(BrandColor::parse).unwrap_or(OWN_COLOR),
            german: locale == Locale::De,
        }
    }

    /// The product's own paper, for a person who works for several companies or none.
    pub fn own() -> Self {
        Self { company: None, color: OWN_COLOR, german: false }
    }

    pub(crate) fn verification(&self, name: &str, token: &str) -> Letter {
        let link = link("verify-email", token);
        if self.german {
            self.letter(&Content {
                subject: "Bitte bestätigen Sie Ihre E-Mail-Adresse".to_owned(),
                greeting: format!("Guten Tag {name},"),
                body: "bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört.",
                button: Some(("E-Mail-Adresse bestätigen", &link)),
                footer: "Der Link gilt sieben Tage. Wenn Sie sich nicht angemeldet haben, können Sie diese Nachricht löschen.",
            })
        } else {
            self.letter(&Content {
                subject: "Please confirm your e-mail address".to_owned(),
                greeting: format!("Hello {name},"),
                body: "please confirm that this e-mail address is yours.",
                button: Some(("Confirm e-mail address", &link)),
                footer: "The link is good for seven days. If you did not sign up, you can delete this message.",
            })
        }
    }

    pub(crate) fn password_reset(&self, name: &str, token: &str) -> Letter {
        let link = link("reset-password", token);
        if self.german {
            self.letter(&Content {
                subject: "Neues Passwort setzen".to_owned(),
                greeting: format!("Guten Tag {name},"),
                body: "für Ihren Zugang wurde ein neues Passwort angefordert. Setzen Sie es hier:",
                button: Some(("Neues Passwort setzen", &link)),
                footer: "Der Link gilt eine Stunde und nur einmal. Wenn Sie kein neues Passwort wollen, tun Sie nichts.",
            })
        } else {
            self.letter(&Content {
                subject: "Set a new password".to_owned(),
                greeting: format!("Hello {name},"),
                body: "a new password was asked for your log-in. Set it here:",
                button: Some(("Set a new password", &link)),
                footer: "The link is good for one hour and once. If you do not want a new password, do nothing.",
            })
        }
    }

    pub(crate) fn password_changed(&self, name: &str) -> Letter {
        if self.german {
            self.letter(&Content {
                subject: "Ihr Passwort wurde geändert".to_owned(),
                greeting: format!("Guten Tag {name},"),
                body: "Ihr Passwort wurde soeben geändert, und alle Sitzungen wurden beendet.",
                button: None,
                footer: "Wenn Sie das nicht waren, setzen Sie sofort ein neues Passwort.",
            })
        } else {
            self.letter(&Content {
                subject: "Your password was changed".to_owned(),
                greeting: format!("Hello {name},"),
                body: "your password has just been changed, and all sessions have ended.",
                button: None,
                footer: "If this was not you, set a new password at once.",
            })
        }
    }

    pub(crate) fn invitation(&self, name: &str, inviter: &str, token: &str) -> Letter {
        let link = link("invitation", token);
        let company = self.company.as_deref().unwrap_or("Kontor");
        if self.german {
            self.letter(&Content {
                subject: format!("{inviter} lädt Sie zu {company} ein"),
                greeting: format!("Guten Tag {name},"),
                body: &format!("{inviter} lädt Sie ein, mit {company} in Kontor zu arbeiten."),
                button: Some(("Einladung annehmen", &link)),
                footer: "Die Einladung gilt sieben Tage.",
            })
        } else {
            self.letter(&Content {
                subject: format!("{inviter} invites you to {company}"),
                greeting: format!("Hello {name},"),
                body: &format!("{inviter} invites you to work with {company} in Kontor."),
                button: Some(("Accept the invitation", &link)),
                footer: "The invitation is good for seven days.",
            })
        }
    }

    fn letter(&self, content: &Content<'_>) -> Letter {
        let sender = self.company.as_deref().unwrap_or("Kontor");
        let Content { subject, greeting, body, button, footer } = content;
        let address = button.map_or_else(String::new, |(_, link)| format!("{link}\n\n"));
        Letter {
            // A line break would end the header that the subject stands in.
            subject: subject.replace(['\r', '\n'], " "),
            text: format!("{greeting}\n\n{body}\n\n{address}{footer}\n\n{sender}\n"),
            html: self.html(sender, content),
        }
    }

    /// Tables and inline styles: what mail programs understand. Nothing is loaded from anywhere.
    fn html(&self, sender: &str, content: &Content<'_>) -> String {
        let palette = tokens(self.color).light;
        let button = content.button.map_or_else(String::new, |(label, link)| {
            format!(
                "<p style=\"margin:24px 0\"><a href=\"{link}\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;\
                 background:{};color:{};text-decoration:none;font-weight:600\">{}</a></p>",
                palette.brand,
                palette.brand_on,
                escape(label),
            )
        });
        format!(
            "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\
             <body style=\"margin:0;padding:24px;background:#f4f4f6;font:16px/1.5 system-ui,sans-serif;color:#1c1c22\">\
             <table role=\"presentation\" width=\"100%\" style=\"max-width:560px;margin:0 auto;border-collapse:collapse\">\
             <tr><td style=\"padding:16px 24px;background:{brand};color:{brand_on};border-radius:12px 12px 0 0;font-weight:600\">\
             {sender}</td></tr>\
             <tr><td style=\"padding:24px;background:#ffffff;border-radius:0 0 12px 12px\">\
             <p style=\"margin:0 0 16px\">{greeting}</p><p style=\"margin:0\">{body}</p>{button}\
             <p style=\"margin:16px 0 0;font-size:14px;color:#5c5c66\">{footer}</p></td></tr></table></body></html>",
            lang = if self.german { "de" } else { "en" },
            subject = escape(&content.subject),
            brand = palette.brand,
            brand_on = palette.brand_on,
            sender = escape(sender),
            greeting = escape(&content.greeting),
            body = escape(content.body),
            footer = escape(content.footer),
        )
    }
}

struct Content<'a> {
    subject: String,
    greeting: String,
    body: &'a str,
    button: Option<(&'a str, &'a str)>,
    footer: &'a str,
}

/// A finished letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Where a token is redeemed. It is good once and briefly, and its page sends no referrer.
fn link(page: &str, token: &str) -> String {
    format!("{PUBLIC_URL}/{page}?token={token}")
}

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, c| {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_put_markup_or_headers_into_a_letter() {
        let paper = Stationery::of("<b>Evil</b> & Söhne", Some("#F5A300"), Locale::En);
        let letter = paper.invitation("Nan\"cy", "Andrew\r\nBcc: all@example.com", "abc");
        assert!(!letter.html.contains("<b>"), "{}", letter.html);
        assert!(letter.html.contains("&lt;b&gt;Evil&lt;/b&gt; &amp; Söhne"));
        assert!(!letter.subject.contains(['\r', '\n']));
        assert!(letter.text.contains("/invitation?token=abc"));
    }

    #[test]
    fn a_letter_speaks_the_company_s_language_on_its_paper() {
        let letter = Stationery::of("Nordwind", Some("#f5a300"), Locale::De).password_reset("Nancy", "t");
        assert_eq!(letter.subject, "Neues Passwort setzen");
        assert!(letter.html.contains("#f5a300"), "{}", letter.html);
        assert!(letter.html.contains("lang=\"de\""));
        assert!(Stationery::own().password_changed("Nancy").subject.starts_with("Your password"));
    }
}
