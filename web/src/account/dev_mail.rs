//! Mails that were kept, where no server sends them. The links in them are keys, so only a browser on the same machine
//! sees them.

use std::net::IpAddr;

use kontor_access::Mail;
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Fault, Locale, Result};
use poem::Response;
use uuid::Uuid;

use super::Account;
use crate::view::{MailMessage, MailView};

/// Mails that the page lists.
const SHOWN: u16 = 100;

/// None where the product is reached from elsewhere: a proxy on the same machine would make everybody local.
pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    let url = account.identity.config().public_url();
    if !is_local_host(url.split_once("://").map_or(url, |(_, host)| host)) {
        return Vec::new();
    }
    vec![
        account.get("/dev/mail", |account, incoming| async move { account.mail_page(&incoming, None).await }),
        account.get("/dev/mail/{id}", |account, incoming| async move {
            let id = incoming.id("id")?;
            account.mail_page(&incoming, Some(id)).await
        }),
    ]
}

impl Account {
    async fn mail_page(&self, incoming: &Incoming, id: Option<Uuid>) -> Result<Response> {
        // The host too: a page elsewhere may have its own name resolve to this machine.
        if !incoming.address.as_deref().is_some_and(is_loopback) || !is_local_host(&incoming.host) {
            return Err(Fault::NotFound.error());
        }
        let mails = self.identity.recent_mails(SHOWN).await?;
        let current = match id {
            Some(id) => Some(self.identity.mail(id).await?.ok_or_else(|| Fault::NotFound.error())?),
            None => mails.first().cloned(),
        };
        let visitor = self.visitor(incoming).await?;
        let today = self.web.app.runner.clock().now().date_naive();
        let messages = mails.iter().map(|mail| MailMessage {
            id: mail.id.to_string(),
            to: mail.recipient.clone(),
            subject: mail.subject.clone(),
            at: Locale::En.moment(mail.created_at.fixed_offset(), today),
            current: current.as_ref().is_some_and(|current| current.id == mail.id),
        });
        let (body, links) = current.as_ref().map(content).unwrap_or_default();
        let shell = self.public_shell(incoming, &visitor, "Mail box");
        let page = MailView { shell, messages: messages.collect(), body, links };
        self.show(incoming, &visitor, 200, &page)
    }
}

/// The paragraphs of a mail, and the links that stand alone among them.
fn content(mail: &Mail) -> (Vec<String>, Vec<String>) {
    let paragraphs =
        mail.text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).map(str::to_owned);
    paragraphs.partition(|paragraph| !paragraph.starts_with("http://") && !paragraph.starts_with("https://"))
}

fn is_loopback(address: &str) -> bool {
    address.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

/// `localhost`, a name below it or a loopback address, with or without a port.
fn is_local_host(host: &str) -> bool {
    let port = |(_, port): &(&str, &str)| port.bytes().all(|byte| byte.is_ascii_digit());
    let name = host.rsplit_once(':').filter(port).map_or(host, |(name, _)| name);
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare == "localhost" || bare.ends_with(".localhost") || is_loopback(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_local() {
        for local in
            ["localhost", "localhost:8080", "northwind.localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"]
        {
            assert!(is_local_host(local), "{local}");
        }
        for other in
            ["", "kontor.example", "localhost.example", "192.0.2.7:8080", "0.0.0.0", "[::2]:80", "notlocalhost"]
        {
            assert!(!is_local_host(other), "{other}");
        }
        assert!(is_loopback("::ffff:127.0.0.1") && !is_loopback("::ffff:192.0.2.7"));
    }
}
