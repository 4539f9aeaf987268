use kontor_kernel::Locale;

/// A role that every new company has. Its permissions are patterns, so that they cover modules to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultRole {
    pub code: &'static str,
    english: &'static str,
    german: &'static str,
    pub permissions: &'static [&'static str],
}

/// The role that may do everything. Each company has at least one active user with it, and it never changes.
pub const OWNER: &str = "owner";

impl DefaultRole {
    pub const ALL: &'static [Self] = &[
        Self { code: OWNER, english: "Owner", german: "Inhaber", permissions: &["*"] },
        Self {
            code: "admin",
            english: "Administrator",
            german: "Administrator",
            permissions: &[
                "*.read",
                "company.*",
                "partners.*",
                "catalog.*",
                "inventory.*",
                "purchasing.*",
                "sales.*",
                "accounting.*",
                "assistant.*",
            ],
        },
        Self {
            code: "manager",
            english: "Manager",
            german: "Leitung",
            permissions: &[
                "*.read",
                "partners.*",
                "catalog.*",
                "inventory.*",
                "purchasing.*",
                "sales.*",
                "assistant.*",
            ],
        },
        Self {
            code: "sales_rep",
            english: "Sales representative",
            german: "Vertrieb",
            permissions: &[
                "partners.*.read",
                "partners.customer.*",
                "partners.contact.*",
                "catalog.*.read",
                "inventory.*.read",
                "sales.*",
                "assistant.*",
            ],
        },
        Self {
            code: "employee",
            english: "Employee",
            german: "Mitarbeiter",
            permissions: &["partners.*.read", "catalog.*.read", "inventory.*.read", "assistant.*"],
        },
        Self {
            code: "accountant",
            english: "Accountant",
            german: "Buchhaltung",
            permissions: &["*.read", "accounting.*", "partners.*", "assistant.*"],
        },
        Self { code: "viewer", english: "Viewer", german: "Nur Ansicht", permissions: &["*.read"] },
    ];

    /// What people of this language call it.
    pub const fn name(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => self.english,
            Locale::De => self.german,
        }
    }
}
