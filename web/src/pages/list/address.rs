use crate::browser;

/// A list's address: the parameters of its state, in order, without those of paging.
#[derive(Debug, Clone)]
pub(super) struct Address {
    url: String,
    pairs: Vec<(String, String)>,
}

/// Parameters that say which page of the list is on screen.
const PAGING: [&str; 3] = ["cursor", "before", "offset"];

impl Address {
    pub fn new(url: String, query: &[(String, String)]) -> Self {
        let kept = query.iter().filter(|(name, value)| !value.is_empty() && !PAGING.contains(&name.as_str()));
        Self { url, pairs: kept.cloned().collect() }
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether anything narrows the list beyond its view.
    pub fn is_narrowed(&self) -> bool {
        self.pairs.iter().any(|(name, _)| name == "q" || name.starts_with("filter["))
    }

    /// The address with parameters set, or dropped where the value is empty; it begins at the first page.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        self.of("", changes)
    }

    /// The same of a path below the list's own.
    pub fn of(&self, below: &str, changes: &[(&str, &str)]) -> String {
        let kept = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = kept.filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        let set = changes.iter().copied().filter(|(_, value)| !value.is_empty());
        address(&format!("{}{below}", self.url), kept.chain(set))
    }

    /// The address of the view alone: without search and filters.
    pub fn cleared(&self) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| name == "view" || name == "archived");
        address(&self.url, kept.map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The address of another view: search and filters stay.
    pub fn view(&self, name: &str) -> String {
        self.with(&[("view", name), ("archived", "")])
    }
}

fn address<'a>(url: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> =
        pairs.map(|(name, value)| format!("{}={}", name_in_address(name), browser::encode(value))).collect();
    if pairs.is_empty() { url.to_owned() } else { format!("{url}?{}", pairs.join("&")) }
}

/// Brackets stay readable; every browser and server takes them.
fn name_in_address(name: &str) -> String {
    browser::encode(name).replace("%5B", "[").replace("%5D", "]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(pairs: &[(&str, &str)]) -> Address {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Address::new("/purchasing/orders".to_owned(), &pairs)
    }

    #[test]
    fn a_new_sort_begins_at_the_first_page_and_keeps_the_filters() {
        let list = address(&[("q", "chai & co"), ("filter[state]", "draft"), ("sort", "number"), ("cursor", "ab")]);
        assert_eq!(
            list.with(&[("sort", "-total")]),
            "/purchasing/orders?q=chai%20%26%20co&filter[state]=draft&sort=-total"
        );
        assert_eq!(list.cleared(), "/purchasing/orders");
    }

    #[test]
    fn empty_parameters_are_no_state() {
        let list = address(&[("q", ""), ("filter[state]", "")]);
        assert!(!list.is_narrowed());
        assert_eq!(list.with(&[]), "/purchasing/orders");
    }
}
