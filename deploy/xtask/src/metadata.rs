use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::cargo;

/// The part of `cargo metadata` that the checks need.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: String,
}

#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    manifest_path: String,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    /// None for a normal dependency.
    kind: Option<String>,
    /// Set for crates of this workspace only.
    path: Option<String>,
}

/// A crate of this workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub name: String,
    /// Its folder, relative to the workspace, such as `platform/kernel`.
    pub folder: String,
    /// The folders of the crates that it is built from.
    pub uses: Vec<String>,
    /// The folders of the crates that only its tests are built from.
    pub tested_with: Vec<String>,
}

/// All crates of this workspace.
pub async fn members() -> Result<Vec<Member>> {
    let mut command = cargo::command();
    command.args(["metadata", "--no-deps", "--format-version", "1"]);
    let output = command.output().await.context("cannot run cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    parse(&output.stdout)
}

fn parse(json: &[u8]) -> Result<Vec<Member>> {
    let metadata: Metadata = serde_json::from_slice(json).context("cannot read what cargo metadata printed")?;
    let root = Path::new(&metadata.workspace_root);
    let folder = |path: &Path| -> Result<String> {
        let relative =
            path.strip_prefix(root).with_context(|| format!("{} lies outside the workspace", path.display()))?;
        Ok(relative.to_string_lossy().into_owned())
    };
    metadata
        .packages
        .iter()
        .map(|package| {
            let manifest = Path::new(&package.manifest_path);
            let mut member = Member {
                name: package.name.clone(),
                folder: folder(manifest.parent().unwrap_or(manifest))?,
                uses: Vec::new(),
                tested_with: Vec::new(),
            };
            for dependency in &package.dependencies {
                let Some(path) = &dependency.path else { continue };
                let list = match dependency.kind.as_deref() {
                    Some("dev") => &mut member.tested_with,
                    _ => &mut member.uses,
                };
                list.push(folder(Path::new(path))?);
            }
            Ok(member)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn only_the_workspace_s_own_crates_are_arrows() {
        let json = br#"{"workspace_root": "/w", "packages": [{
            "name": "kontor-store", "manifest_path": "/w/platform/store/Cargo.toml",
            "dependencies": [
                {"kind": null, "path": "/w/platform/entity"},
                {"kind": null},
                {"kind": "build", "path": "/w/platform/kernel"},
                {"kind": "dev", "path": "/w/platform/postgres"}
            ]}]}"#;
        let members = parse(json).unwrap();
        let expected = Member {
            name: "kontor-store".to_owned(),
            folder: "platform/store".to_owned(),
            uses: vec!["platform/entity".to_owned(), "platform/kernel".to_owned()],
            tested_with: vec!["platform/postgres".to_owned()],
        };
        assert_eq!(members, [expected]);
    }
}
