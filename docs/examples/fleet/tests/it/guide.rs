const GUIDE: &str = include_str!("../../../../adding-a-module.md");
const MANIFEST: &str = include_str!("../../Cargo.toml");

/// Where a block of the guide may come from.
const SOURCES: [&str; 4] = [
    include_str!("../../src/lib.rs"),
    include_str!("../../src/vehicle.rs"),
    include_str!("../../0100_fleet.sql"),
    include_str!("vehicle.rs"),
];

/// The guide's blocks in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let opening = format!("\n```{language}\n");
    let parts = GUIDE.split(opening.as_str()).skip(1);
    parts.map(|part| part.split_once("\n```").unwrap().0).collect()
}

#[test]
fn every_block_of_the_guide_stands_in_the_example() {
    let (rust, sql) = (blocks("rust"), blocks("sql"));
    assert!(
        rust.len() >= 3 && !sql.is_empty(),
        "the guide shows the declaration, the module, a test and the migration"
    );
    for block in rust.into_iter().chain(sql) {
        assert!(SOURCES.iter().any(|source| source.contains(block)), "not in the example:\n{block}");
    }
}

#[test]
fn the_guides_manifest_is_the_examples_in_its_own_folder() {
    let moved = MANIFEST
        .replace("kontor-example-fleet", "kontor-fleet")
        .replace("../../../platform/", "../../platform/")
        .replace("../../../modules/", "../")
        .replace("../../../billing", "../../billing");
    for block in blocks("toml") {
        assert!(moved.contains(block), "not in the example:\n{block}");
    }
}
