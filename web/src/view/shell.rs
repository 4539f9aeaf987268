//! The frame around every page of the app.

use serde::Serialize;

use super::{AssistantPanel, Icon, Toast, format::Locale};

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the person's system says.
    #[default]
    System,
}

/// The height of rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Density {
    /// Rows of 40 px.
    #[default]
    Comfortable,
    /// Rows of 32 px.
    Compact,
}

/// One step of the breadcrumb; the last is the page itself.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// Its text.
    pub label: String,
    /// Its page; none for a heading and for the page itself.
    pub url: Option<String>,
}

impl Crumb {
    /// A step that is no link.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), url: None }
    }

    /// A step that is a link.
    pub fn to(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self { label: label.into(), url: Some(url.into()) }
    }
}

/// One page in the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// Its text.
    pub label: String,
    /// Its path.
    pub url: String,
    /// Its icon.
    pub icon: Icon,
    /// How many wait there; ready to show.
    pub count: Option<String>,
    /// Whether it is, or lies above, the page on screen.
    pub current: bool,
    /// The letter that opens it after G.
    pub go: Option<char>,
}

impl NavItem {
    fn new(label: &str, url: &str, icon: Icon, go: Option<char>) -> Self {
        Self { label: label.to_owned(), url: url.to_owned(), icon, count: None, current: false, go }
    }
}

/// A group of the navigation; the first, without a label, is always open.
#[derive(Debug, Clone, Serialize)]
pub struct NavGroup {
    /// Its heading.
    pub label: Option<String>,
    /// Its pages.
    pub items: Vec<NavItem>,
}

/// All pages of the navigation, with the one at `path` marked. The caller drops what the tenant's
/// plan or the person's rights do not allow.
#[must_use]
pub fn navigation(path: &str) -> Vec<NavGroup> {
    let group = |label: Option<&str>, items: Vec<NavItem>| NavGroup { label: label.map(str::to_owned), items };
    let mut groups = vec![
        group(None, vec![NavItem::new("Home", "/", Icon::House, Some('h'))]),
        group(
            Some("Purchasing"),
            vec![
                NavItem::new("Orders", "/purchasing/orders", Icon::ShoppingCart, Some('o')),
                NavItem::new("Suppliers", "/purchasing/suppliers", Icon::Building, Some('s')),
                NavItem::new("Goods receipts", "/purchasing/receipts", Icon::PackageCheck, Some('r')),
            ],
        ),
        group(
            Some("Sales"),
            vec![
                NavItem::new("Customers", "/sales/customers", Icon::Users, Some('c')),
                NavItem::new("Contacts", "/sales/contacts", Icon::User, None),
                NavItem::new("Partner categories", "/sales/partner-categories", Icon::Tags, None),
            ],
        ),
        group(
            Some("Inventory"),
            vec![
                NavItem::new("Products", "/inventory/products", Icon::Package, Some('p')),
                NavItem::new("Categories", "/inventory/categories", Icon::Tags, None),
                NavItem::new("Units", "/inventory/units", Icon::Ruler, None),
                NavItem::new("Warehouses", "/inventory/warehouses", Icon::Warehouse, Some('w')),
                NavItem::new("Stock", "/inventory/stock", Icon::Boxes, Some('t')),
                NavItem::new("Stock moves", "/inventory/moves", Icon::Truck, Some('m')),
            ],
        ),
        group(
            Some("Accounting"),
            vec![
                NavItem::new("Journal entries", "/accounting/entries", Icon::BookOpen, Some('j')),
                NavItem::new("Journals", "/accounting/journals", Icon::Layers, None),
                NavItem::new("Accounts", "/accounting/accounts", Icon::Landmark, Some('a')),
                NavItem::new("Taxes", "/accounting/taxes", Icon::Percent, None),
                NavItem::new("Trial balance", "/accounting/trial-balance", Icon::Scale, Some('b')),
            ],
        ),
        group(Some("Company"), vec![NavItem::new("Settings", "/settings", Icon::Settings, Some(','))]),
    ];
    for item in groups.iter_mut().flat_map(|group| &mut group.items) {
        let below = path.strip_prefix(item.url.as_str()).is_some_and(|rest| rest.starts_with('/'));
        item.current = item.url == path || (item.url != "/" && below);
    }
    groups
}

/// The company whose data is on screen.
#[derive(Debug, Clone, Serialize)]
pub struct TenantBadge {
    /// Its name.
    pub name: String,
    /// Its logo: `/brand/logo?v=N`.
    pub logo_url: String,
    /// Its colours: `/brand.css?v=N`.
    pub brand_url: String,
}

/// A company the person may switch to.
#[derive(Debug, Clone, Serialize)]
pub struct TenantChoice {
    /// Its id, sent by POST to `/switch-company`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the one on screen.
    pub current: bool,
}

/// The person who is logged in.
#[derive(Debug, Clone, Serialize)]
pub struct UserBadge {
    /// Full name.
    pub name: String,
    /// Two letters of it.
    pub initials: String,
    /// The main role: `Owner`.
    pub role: String,
    /// The address, shown in the menu.
    pub email: String,
}

impl UserBadge {
    /// A person by name, role and address.
    pub fn new(name: impl Into<String>, role: impl Into<String>, email: impl Into<String>) -> Self {
        let name = name.into();
        Self { initials: initials(&name), name, role: role.into(), email: email.into() }
    }
}

/// The first letters of the first and the last word.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// What every page of the app carries.
#[derive(Debug, Clone, Serialize)]
pub struct PageShell {
    /// The window's title, before the company's name.
    pub title: String,
    /// The path from the section to the page.
    pub crumbs: Vec<Crumb>,
    /// The navigation, from [`navigation`].
    pub nav: Vec<NavGroup>,
    /// What the + of the phone's bar and the palette offer to create.
    pub create: Vec<NavItem>,
    /// The company on screen.
    pub tenant: TenantBadge,
    /// All companies of the person, the one on screen among them.
    pub tenants: Vec<TenantChoice>,
    /// The person.
    pub user: UserBadge,
    /// From the cookie `theme`.
    pub theme: Theme,
    /// From the cookie `density`.
    pub density: Density,
    /// How the tenant writes figures and dates.
    pub locale: Locale,
    /// The tenant's today, as `2026-11-20`: dates like `+7` count from it.
    pub today: String,
    /// The token every POST carries.
    pub csrf: String,
    /// The docked conversation.
    pub assistant: AssistantPanel,
    /// A notice to show once.
    pub toast: Option<Toast>,
}

impl PageShell {
    /// What the create menu offers by default.
    #[must_use]
    pub fn create_items() -> Vec<NavItem> {
        vec![
            NavItem::new("New purchase order", "/purchasing/orders/new", Icon::ShoppingCart, None),
            NavItem::new("New supplier", "/purchasing/suppliers/new", Icon::Building, None),
            NavItem::new("New product", "/inventory/products/new", Icon::Package, None),
            NavItem::new("New customer", "/sales/customers/new", Icon::Users, None),
            NavItem::new("Import from a file", "/import", Icon::FileSpreadsheet, None),
        ]
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_record_marks_its_list_and_nothing_else() {
        let groups = navigation("/purchasing/orders/42");
        let current: Vec<_> = groups.iter().flat_map(|group| &group.items).filter(|item| item.current).collect();
        assert_eq!(current.len(), 1);
        assert_eq!(current.first().unwrap().url, "/purchasing/orders");
    }

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(initials("Nancy Davolio"), "ND");
        assert_eq!(initials("Cher"), "C");
        assert_eq!(initials("José María Álvarez"), "JÁ");
        assert_eq!(initials(""), "");
    }
}
