use std::collections::BTreeSet;

/// Every code that the product may answer with has its page, and no page is about a code that is gone.
#[test]
fn every_error_code_has_its_page() {
    let registry = kontor::modules::registry();
    let codes: BTreeSet<String> = kontor::compose::codes(&registry).iter().map(|code| code.id.to_owned()).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors");
    let pages: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            entry.unwrap().file_name().to_str().and_then(|name| name.strip_suffix(".md")).map(str::to_owned)
        })
        .filter(|name| name != "README")
        .collect();
    assert_eq!(pages, codes);
}
