use pulldown_cmark::{CowStr, Event, Parser, Tag, html::push_html};

/// A page of our own documentation as HTML. The file beside it, `name.md`, is the page `name`.
pub fn html(markdown: &str) -> String {
    let events = Parser::new(markdown).map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: address(dest_url), title, id })
        }
        other => other,
    });
    let mut html = String::with_capacity(markdown.len() * 2);
    push_html(&mut html, events);
    html
}

fn address(link: CowStr<'_>) -> CowStr<'_> {
    match link.strip_suffix(".md") {
        Some(page) => CowStr::from(page.to_owned()),
        None => link,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_page_beside() {
        let html = html("> is *not* right\n\n**Check** [`in_use`](in_use.md) & https://kontor.example");
        let expected = "<blockquote>\n<p>is <em>not</em> right</p>\n</blockquote>\n\
                        <p><strong>Check</strong> <a href=\"in_use\"><code>in_use</code></a> &amp; https://kontor.example</p>\n";
        assert_eq!(html, expected);
    }
}
