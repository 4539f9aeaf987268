//! Renders every page with the Northwind company's data.
//!
//! With `KONTOR_PAGES_DIR` set, the pages are also written there: `tools/shots.mjs` looks at them in
//! a browser.

use std::{collections::BTreeSet, fs, path::PathBuf};

use kontor_web::view::{DocsView, Page, View};

use crate::fixture::{account, document, form, home, list, record, settings};

/// Renders pages, keeps their texts, and writes them where a browser can look at them.
struct Gallery {
    view: View,
    folder: Option<PathBuf>,
    seen: BTreeSet<&'static str>,
    texts: Vec<(String, String)>,
}

impl Gallery {
    fn new() -> Self {
        let folder = std::env::var_os("KONTOR_PAGES_DIR").map(PathBuf::from);
        if let Some(folder) = &folder {
            fs::create_dir_all(folder).unwrap();
        }
        Self { view: View::load().unwrap(), folder, seen: BTreeSet::new(), texts: Vec::new() }
    }

    fn show<P: Page>(&mut self, name: &str, page: &P) {
        self.seen.insert(P::TEMPLATE);
        let text = self.view.render(page).unwrap_or_else(|error| panic!("{name}: {error}"));
        self.keep(name, text);
    }

    fn keep(&mut self, name: &str, text: String) {
        if let Some(folder) = &self.folder {
            fs::write(folder.join(format!("{name}.html")), &text).unwrap();
        }
        self.texts.push((name.to_owned(), text));
    }
}

fn gallery() -> Gallery {
    let mut gallery = Gallery::new();
    gallery.show("home", &home::running());
    gallery.show("home-new", &home::new_company());
    gallery.show("orders", &list::orders());
    gallery.show("orders-empty", &list::orders_empty());
    gallery.show("suppliers", &list::suppliers());
    gallery.show("supplier", &form::supplier());
    gallery.show("supplier-new", &form::supplier_with_errors());
    gallery.show("supplier-conflict", &form::supplier_conflict());
    gallery.show("supplier-readonly", &form::supplier_readonly());
    gallery.show("product", &form::product());
    gallery.show("order-draft", &document::draft());
    gallery.show("order-new", &document::new());
    gallery.show("order-errors", &document::with_errors());
    gallery.show("order-confirmed", &document::confirmed());
    gallery.show("entry", &record::entry());
    gallery.show("trial-balance", &record::trial_balance());
    gallery.show("import", &record::import());
    gallery.show("settings-company", &settings::company());
    gallery.show("settings-branding", &settings::branding());
    gallery.show("settings-accounting", &settings::accounting());
    gallery.show("settings-users", &settings::users());
    gallery.show("settings-role", &settings::role());
    gallery.show("settings-usage", &settings::usage());
    gallery.show("error-403", &account::forbidden());
    gallery.show("error-404", &account::not_found());
    gallery.show("error-500", &account::fault());
    gallery.show("error-public", &account::not_found_in_public());
    gallery.show("error-code", &account::code());
    gallery.show("sign-up", &account::sign_up());
    gallery.show("log-in", &account::log_in());
    gallery.show("forgot-password", &account::forgot_password());
    gallery.show("reset-password", &account::reset_password());
    gallery.show("verify-email", &account::verify_email());
    gallery.show("accept-invitation", &account::accept_invitation());
    gallery.show("dev-mail", &account::mail());
    gallery.show("docs", &DocsView::default());
    let print = gallery.view.render_as("document/print.html", &document::confirmed()).unwrap();
    gallery.keep("order-print", print);
    gallery
}

#[test]
fn every_page_renders() {
    let gallery = gallery();
    let whole = |name: &&str| !name.contains("/_") && !name.ends_with("/base.html") && !name.starts_with("shell/");
    let apart = ["base.html", "components.html", "fields.html", "document/print.html"];
    for template in gallery.view.templates().filter(whole).filter(|name| !apart.contains(name)) {
        assert!(gallery.seen.contains(template), "no fixture renders {template}");
    }
    for (name, text) in &gallery.texts {
        assert!(!text.contains("[object") && !text.contains("undefined"), "{name} shows a missing value");
    }
}

#[test]
fn every_post_form_carries_its_csrf_token() {
    for (name, text) in gallery().texts {
        for form in text.split("<form").skip(1).filter_map(|part| part.split("</form>").next()) {
            let opening = form.split('>').next().unwrap_or_default();
            if opening.contains("method=\"post\"") {
                assert!(
                    form.contains("name=\"csrf\" value=\"csrf-token\""),
                    "{name}: a POST without its token: {opening}"
                );
            }
        }
    }
}

#[test]
fn text_from_records_never_becomes_markup() {
    let view = View::load().unwrap();
    let mut page = form::supplier();
    page.title = "<script>alert(1)</script>".to_owned();
    page.shell.tenant.name = "\"><img src=x>".to_owned();
    let text = view.render(&page).unwrap();
    assert!(!text.contains("<script>alert"));
    assert!(!text.contains("<img src=x>"));
}

#[test]
fn the_lists_part_is_the_same_as_in_its_page() {
    let view = View::load().unwrap();
    let page = view.render(&list::orders()).unwrap();
    let part = view.render_as("list/_list.html", &list::orders()).unwrap();
    assert!(page.contains(part.trim()));
}
