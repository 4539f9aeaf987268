//! What can be done to many records of a list at once, all of it or nothing.

use kontor_access::Verb;
use kontor_http::Incoming;
use kontor_kernel::{ErrorKind, Result};
use kontor_store::{Cursor, ListQuery, Origin, Tx};
use poem::Response;
use uuid::Uuid;

use super::{address::Address, query::PageQuery};
use crate::{
    Web, answer,
    pages::Target,
    refusal::is_refusal,
    view::{BulkAction, Icon},
};

/// Records of one press. Each is an audit row and an event of the same transaction.
const AT_MOST: usize = 1_000;

/// The form's own fields, which are no part of the list's address.
const OWN: [&str; 3] = ["csrf", "all", "id"];

pub(super) fn actions(incoming: &Incoming, target: Target, address: &Address) -> Vec<BulkAction> {
    let allowed = incoming.caller.as_ref().is_some_and(|caller| target.allows(caller, Verb::Archive));
    if !allowed {
        return Vec::new();
    }
    let restores = address.get("archived") == Some("true");
    let (label, icon) = if restores { ("Restore", Icon::RotateCcw) } else { ("Archive", Icon::Trash) };
    vec![BulkAction {
        id: label.to_lowercase(),
        label: label.to_owned(),
        icon,
        url: format!("{}/bulk", target.meta().list_url()),
        download: false,
        confirm: None,
    }]
}

/// Archives the chosen records, or restores them where the list showed archived ones.
pub(super) async fn archive(web: Web, incoming: Incoming, target: Target) -> Result<Response> {
    let form = incoming.form();
    let state: Vec<_> = form.iter().filter(|(name, _)| !OWN.contains(&name.as_str())).cloned().collect();
    let address = Address::new(target.meta().list_url(), &state);
    let query = PageQuery::read(target, &address, &[], web.today(incoming.caller()?))?;
    let whole = form.iter().any(|(name, value)| name == "all" && value == "true");
    let ids: Vec<Uuid> =
        form.iter().filter(|(name, _)| name == "id").filter_map(|(_, id)| Uuid::try_parse(id).ok()).collect();
    let (list, archived) = (query.list.clone(), !query.list.archived);
    let call = incoming.call(Origin::Web)?;
    let outcome = web
        .app
        .runner
        .write(&call, target.operation(Verb::Archive), &|tx| {
            let (list, ids) = (list.clone(), ids.clone());
            Box::pin(async move {
                let ids = if whole { view_ids(tx, target, list).await? } else { Some(ids) };
                let Some(ids) = ids.filter(|ids| ids.len() <= AT_MOST) else { return Ok(None) };
                for id in &ids {
                    target.entity.archive(tx, *id, None, archived).await?;
                }
                Ok(Some(ids.len()))
            })
        })
        .await;
    answer_of(target, &address, archived, outcome)
}

fn answer_of(target: Target, address: &Address, archived: bool, outcome: Result<Option<usize>>) -> Result<Response> {
    let url = address.with(&[]);
    let done = if archived { "archived" } else { "restored" };
    match outcome {
        Ok(Some(0)) => Ok(answer::refused(&url, "choose records first")),
        Ok(Some(1)) => Ok(answer::done(&url, &format!("1 {} {done}", target.label()))),
        Ok(Some(count)) => Ok(answer::done(&url, &format!("{count} {} {done}", target.noun()))),
        Ok(None) => Ok(answer::refused(&url, "at most 1,000 records at once; narrow the list first")),
        Err(error) if is_refusal(&error) || error.kind() == ErrorKind::NotFound => {
            Ok(answer::refused(&url, error.text()))
        }
        Err(error) => Err(error),
    }
}

/// Every record of the view; nothing when there are too many.
async fn view_ids(tx: &mut Tx, target: Target, list: ListQuery) -> Result<Option<Vec<Uuid>>> {
    let mut list = ListQuery { limit: ListQuery::MAX_LIMIT, cursor: None, ..list };
    let mut ids = Vec::new();
    loop {
        let (page, next) = tx.list_records(target.meta(), &list).await?;
        ids.extend(page.iter().map(|listed| listed.stored.id));
        if ids.len() > AT_MOST {
            return Ok(None);
        }
        match next.as_deref().and_then(Cursor::decode) {
            Some(cursor) => list.cursor = Some(cursor),
            None => return Ok(Some(ids)),
        }
    }
}
