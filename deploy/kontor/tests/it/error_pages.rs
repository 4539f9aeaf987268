use std::collections::{BTreeMap, BTreeSet};

use kontor_kernel::CodeInfo;

use crate::{client::Client, server::Server};

fn codes() -> Vec<&'static CodeInfo> {
    kontor::compose::codes(&kontor::modules::registry())
}

/// The pages by the code they are about.
fn pages() -> BTreeMap<String, String> {
    let files = std::fs::read_dir("../../docs/errors").unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap().strip_suffix(".md").unwrap().to_owned();
            (name, std::fs::read_to_string(&file).unwrap())
        })
        .collect()
}

/// Every code that the product may answer with is declared once and has its page, and no page is about a code that is
/// gone.
#[test]
fn every_error_code_has_its_page() {
    let ids: Vec<&str> = codes().iter().map(|code| code.id).collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "a code is declared twice");
    assert_eq!(pages().keys().map(String::as_str).collect::<BTreeSet<_>>(), once);
}

/// A page says what the answer says.
#[test]
fn every_page_has_the_status_and_the_text_of_its_code() {
    let pages = pages();
    for code in codes() {
        let page = &pages[code.id];
        let head = format!("# {}\n\nStatus {}.", code.id, code.kind.status());
        assert!(page.starts_with(&head), "{} begins otherwise than\n{head}", code.id);
        let quoted: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        assert_eq!(quoted.join(" "), code.text, "{}", code.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_of_a_problem_leads_people_to_a_page_and_programs_to_json() {
    let server = Server::start().await;
    let client = Client::anonymous(&server.url);
    let link = client.get("/api/v1/suppliers").await.expect(401).text("/type");
    assert_eq!(link, "/docs/errors/unauthenticated");

    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let page = client.send("GET", &link, &[("accept", browser)], None).await.expect(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    let html = page.body.as_str().unwrap();
    assert!(html.contains("<h1>unauthenticated</h1>") && html.contains("<strong>Fix</strong>"), "{html}");

    let written = client.send("GET", &link, &[("accept", "text/markdown")], None).await.expect(200);
    assert!(written.body.as_str().unwrap().starts_with("# unauthenticated\n"));
    for accept in ["*/*", "application/json", "application/json, text/html"] {
        let json = client.send("GET", &link, &[("accept", accept)], None).await.expect(200);
        assert_eq!(json.body["status"], 401, "{accept}");
        assert_eq!(json.header("vary"), "accept");
    }
    client.send("GET", "/docs/errors/no_such_code", &[("accept", browser)], None).await.expect(404);
    server.stop().await;
}
