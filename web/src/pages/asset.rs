//! The browser's files.

use kontor_http::{Endpoint, Incoming, static_file};
use kontor_kernel::Fault;

use crate::{
    Web,
    view::{Assets, DocsView},
};

const FAVICON: &str = include_str!("../../favicon.svg");

pub(super) fn endpoints(web: &Web) -> Vec<Endpoint> {
    let file = |_, incoming: Incoming| async move {
        let asset = Assets::get(incoming.path_value("file")).ok_or_else(|| Fault::NotFound.error())?;
        Ok(static_file(asset.content_type, asset.bytes.into_owned(), true))
    };
    let favicon = |_, _| async { Ok(static_file("image/svg+xml", FAVICON.as_bytes().to_vec(), false)) };
    vec![
        web.get("/assets/{file}", file).public(),
        web.get("/docs", |web: Web, incoming: Incoming| async move { web.page(&incoming, 200, &DocsView::default()) })
            .public(),
        web.get("/favicon.svg", favicon).public(),
        web.get("/favicon.ico", favicon).public(),
    ]
}
