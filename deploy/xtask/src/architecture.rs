//! The directions in which crates may depend on one another.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::process::ExitCode;

use anyhow::Result;

use crate::metadata::{self, Member};

/// The platform's backbone: each may use those before it. The platform's other crates (jobs,
/// telemetry, …) stand beside it.
const BACKBONE: [&str; 7] = ["kernel", "entity/derive", "entity", "store", "access", "command", "http"];

/// The backbone's first crates do without anything beside them.
const PURE: [&str; 3] = ["kernel", "entity/derive", "entity"];

/// The business modules: each may use those before it. A new one is entered here.
const MODULES: [&str; 7] = ["company", "partners", "accounting", "catalog", "inventory", "purchasing", "sales"];

/// Where a crate stands, from bottom to top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer<'a> {
    Platform(&'a str),
    /// Its place in [`MODULES`].
    Module(usize),
    /// `billing`, `search`, `assistant`.
    Service(&'a str),
    Web,
    /// A module that a guide builds, beside the product: `docs/examples/fleet`.
    Example,
    Deploy,
}

impl<'a> Layer<'a> {
    /// The layer of a crate's folder, or what is wrong with the folder.
    fn of(folder: &'a str) -> Result<Self, String> {
        let (top, rest) = folder.split_once('/').unwrap_or((folder, ""));
        match top {
            "platform" if !rest.is_empty() => Ok(Self::Platform(rest)),
            "modules" => {
                // A module's own derive or test crate stands where the module stands.
                let noun = rest.split_once('/').map_or(rest, |(noun, _)| noun);
                MODULES
                    .iter()
                    .position(|module| *module == noun)
                    .map(Self::Module)
                    .ok_or_else(|| format!("{folder}: enter the module at its place in MODULES ({})", file!()))
            }
            "billing" | "search" | "assistant" => Ok(Self::Service(top)),
            "web" => Ok(Self::Web),
            "docs" if rest.starts_with("examples/") => Ok(Self::Example),
            "deploy" => Ok(Self::Deploy),
            _ => Err(format!(
                "{folder}: a crate lies in platform, modules, billing, search, assistant, web or \
                 deploy"
            )),
        }
    }

    /// Why a crate of this layer may not be built from one of layer `used`; none if it may.
    fn refuses(self, used: Layer<'_>) -> Option<&'static str> {
        match (self, used) {
            (_, Layer::Example) => Some("an example is no part of the product"),
            (Self::Deploy, _) => None,
            (_, Layer::Deploy) => Some("only deploy uses deploy"),
            (Self::Platform(user), Layer::Platform(used)) => platform_refuses(user, used),
            (Self::Platform(_), _) => Some("the platform knows nothing above it"),
            (Self::Module(_) | Self::Example, Layer::Service(_) | Layer::Web) => {
                Some("a module uses the platform and earlier modules only")
            }
            (Self::Module(user), Layer::Module(used)) if used > user => Some("a module uses earlier modules only"),
            (Self::Service(user), Layer::Service(used)) if user != used => {
                Some("billing, search and assistant meet in traits of the platform")
            }
            (Self::Service(_), Layer::Web) => Some("pages are made from services, not for them"),
            _ => None,
        }
    }
}

fn backbone(crate_name: &str) -> Option<usize> {
    BACKBONE.iter().position(|name| *name == crate_name)
}

fn platform_refuses(user: &str, used: &str) -> Option<&'static str> {
    match (backbone(user), backbone(used)) {
        (Some(user), Some(used)) if used >= user => {
            Some("the backbone is kernel ← entity ← store ← access ← command ← http")
        }
        (Some(_), None) if PURE.contains(&user) => Some("kernel and entity do without the crates beside the backbone"),
        _ => None,
    }
}

/// Prints each wrong arrow; the exit code tells whether there was one.
pub async fn arrows() -> Result<ExitCode> {
    let members = metadata::members().await?;
    let wrong = wrong_arrows(&members);
    for line in &wrong {
        eprintln!("{line}");
    }
    if !wrong.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    let count: usize = members.iter().map(|member| member.uses.len()).sum();
    println!("{count} arrows between {} crates all point down", members.len());
    Ok(ExitCode::SUCCESS)
}

/// Every dependency that the architecture forbids, as a line to print.
fn wrong_arrows(members: &[Member]) -> Vec<String> {
    let mut wrong = BTreeSet::new();
    for member in members {
        let layer = match Layer::of(&member.folder) {
            Ok(layer) => layer,
            Err(reason) => {
                wrong.insert(reason);
                continue;
            }
        };
        for used in &member.uses {
            // A folder without a layer is reported as the crate that it is.
            let reason = Layer::of(used).ok().and_then(|used| layer.refuses(used));
            if let Some(reason) = reason {
                wrong.insert(format!("{} → {used}: {reason}", member.folder));
            }
        }
        for used in &member.tested_with {
            if layer != Layer::Deploy && Layer::of(used) == Ok(Layer::Deploy) {
                wrong.insert(format!("{} → {used} (for tests): only deploy uses deploy", member.folder));
            }
        }
    }
    wrong.extend(detours(members));
    wrong.into_iter().collect()
}

/// Ways up the backbone that lead through crates beside it, such as store → jobs → command.
fn detours(members: &[Member]) -> Vec<String> {
    let uses: BTreeMap<&str, &[String]> =
        members.iter().map(|member| (member.folder.as_str(), member.uses.as_slice())).collect();
    let mut found = Vec::new();
    for (rank, start) in BACKBONE.iter().enumerate() {
        let start = format!("platform/{start}");
        let mut paths = VecDeque::from([vec![start.as_str()]]);
        let mut seen = BTreeSet::new();
        while let Some(path) = paths.pop_front() {
            let Some(last) = path.last().copied() else { continue };
            for used in uses.get(last).copied().unwrap_or_default() {
                let name = used.strip_prefix("platform/").unwrap_or_default();
                let mut longer = path.clone();
                longer.push(used.as_str());
                match backbone(name) {
                    Some(higher) if higher > rank && longer.len() > 2 => {
                        found.push(format!("{}: a detour up the backbone", longer.join(" → ")));
                    }
                    // What lies behind another crate of the backbone is that crate's own matter.
                    Some(_) => {}
                    None if seen.insert(used.as_str()) => paths.push_back(longer),
                    None => {}
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]

    use super::*;

    fn member(folder: &str, uses: &[&str]) -> Member {
        Member {
            name: format!("kontor-{}", folder.replace('/', "-")),
            folder: folder.to_owned(),
            uses: uses.iter().map(|used| (*used).to_owned()).collect(),
            tested_with: Vec::new(),
        }
    }

    /// What is said of one crate that uses one other.
    fn verdict(folder: &str, used: &str) -> Vec<String> {
        wrong_arrows(&[member(folder, &[used])])
    }

    #[test]
    fn a_house_built_to_plan_has_no_wrong_arrow() {
        let house = [
            member("platform/kernel", &[]),
            member("platform/entity/derive", &[]),
            member("platform/entity", &["platform/entity/derive", "platform/kernel"]),
            member("platform/postgres", &[]),
            member("platform/store", &["platform/entity", "platform/telemetry"]),
            member("platform/command", &["platform/access", "platform/store"]),
            member("platform/http", &["platform/command", "platform/jobs"]),
            member("platform/jobs", &["platform/command"]),
            member("modules/partners", &["platform/http"]),
            member("modules/purchasing", &["modules/inventory", "modules/partners"]),
            member("search", &["modules/purchasing", "platform/jobs"]),
            member("assistant", &["modules/catalog"]),
            member("web", &["assistant", "search", "billing", "modules/sales"]),
            member("deploy/kontor", &["web", "platform/postgres"]),
            member("deploy/bench", &["deploy/kontor"]),
            member("docs/examples/fleet", &["modules/partners"]),
        ];
        assert_eq!(wrong_arrows(&house), Vec::<String>::new());
    }

    #[test]
    fn arrows_up_are_wrong() {
        for (folder, used) in [
            ("platform/kernel", "platform/entity"),
            ("platform/entity/derive", "platform/entity"),
            ("platform/store", "platform/access"),
            ("platform/command", "platform/http"),
            ("platform/entity", "platform/telemetry"),
            ("platform/jobs", "modules/partners"),
            ("platform/http", "web"),
            ("platform/store", "search"),
            ("modules/partners", "modules/accounting"),
            ("modules/catalog", "assistant"),
            ("modules/catalog", "web"),
            ("billing", "web"),
            ("web", "deploy/kontor"),
            ("modules/sales", "deploy/xtask"),
            ("docs/examples/fleet", "search"),
            ("deploy/kontor", "docs/examples/fleet"),
        ] {
            let wrong = verdict(folder, used);
            assert_eq!(wrong.len(), 1, "{folder} → {used}: {wrong:?}");
            assert!(wrong[0].starts_with(&format!("{folder} → {used}: ")), "{wrong:?}");
        }
    }

    #[test]
    fn billing_search_and_assistant_do_not_know_one_another() {
        let services = ["billing", "search", "assistant"];
        for user in services {
            for used in services.iter().filter(|used| **used != user) {
                assert_eq!(verdict(user, used).len(), 1, "{user} → {used}");
            }
        }
    }

    #[test]
    fn a_detour_beside_the_backbone_is_found() {
        let house = [
            member("platform/store", &["platform/jobs"]),
            member("platform/jobs", &["platform/exchange"]),
            member("platform/exchange", &["platform/command"]),
        ];
        let expected = "platform/store → platform/jobs → platform/exchange → platform/command: \
                        a detour up the backbone";
        assert_eq!(wrong_arrows(&house), [expected]);
    }

    #[test]
    fn a_crate_at_an_unknown_place_is_reported() {
        assert!(verdict("tools/mill", "platform/kernel")[0].starts_with("tools/mill: a crate lies"));
        assert!(verdict("modules/astrology", "platform/kernel")[0].contains("MODULES"));
    }

    #[test]
    fn tests_may_use_anything_but_deploy() {
        let mut store = member("platform/store", &[]);
        store.tested_with = vec!["modules/partners".to_owned(), "deploy/kontor".to_owned()];
        let wrong = wrong_arrows(&[store]);
        assert_eq!(wrong, ["platform/store → deploy/kontor (for tests): only deploy uses deploy"]);
    }
}
