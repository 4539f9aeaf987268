//! The import wizard's page. Its uploads are answered by the transfer of files.

use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Fault, Result};
use poem::Response;

use super::Target;
use crate::{
    Web,
    shell::includes,
    view::{Crumb, ImportEntity, ImportView},
};

/// What companies bring from elsewhere, in the order in which it points to each other; the rest comes after it.
const USUAL: [&str; 5] = ["suppliers", "product-categories", "products", "customers", "contacts"];

fn place(collection: &str) -> usize {
    USUAL.iter().position(|usual| *usual == collection).unwrap_or(USUAL.len())
}

pub(super) fn endpoints(web: &Web) -> Vec<Endpoint> {
    vec![web.get("/import", show)]
}

/// What the caller may import, with the one from the address chosen.
async fn show(web: Web, incoming: Incoming) -> Result<Response> {
    let caller = incoming.caller()?;
    let features = web.app.runner.gate().features(caller.tenant()).await?;
    let wanted = incoming.query_value("entity").unwrap_or_default();
    let targets = Target::all(&web).filter(|target| target.imports(caller) && includes(&features, target.feature));
    let mut targets: Vec<Target> = targets.collect();
    targets.sort_by_key(|target| place(target.meta().collection));
    let entities: Vec<ImportEntity> = targets
        .into_iter()
        .map(|target| ImportEntity {
            name: target.meta().collection.to_owned(),
            label: target.meta().plural.to_owned(),
            url: target.meta().list_url(),
            selected: target.meta().collection == wanted,
        })
        .collect();
    if entities.is_empty() {
        return Err(Fault::Forbidden.error().with_detail("your roles do not allow any import"));
    }
    let shell = web.shell(&incoming, "Import", vec![Crumb::here("Import")]).await?;
    web.page(&incoming, 200, &ImportView { shell, entities })
}
