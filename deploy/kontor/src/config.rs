//! Settings from the environment. Everything that is wrong is said at once, at start.

use std::{collections::BTreeMap, env, fmt, net::SocketAddr, num::NonZero, path::PathBuf};

use kontor_http::Limits;
use kontor_store::DatabaseUrls;
use kontor_telemetry::{LogFormat, init_logs};

/// A setting: its name, its default and what it is for. The documentation's table is held against this list by a test.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub name: &'static str,
    pub default: Option<&'static str>,
    pub help: &'static str,
    secret: bool,
}

const fn setting(name: &'static str, default: Option<&'static str>, help: &'static str) -> Setting {
    Setting { name, default, help, secret: false }
}

const fn secret(name: &'static str, help: &'static str) -> Setting {
    Setting { name, default: None, help, secret: true }
}

pub const SETTINGS: &[Setting] = &[
    secret("DATABASE_URL", "PostgreSQL as the role kontor_app; required"),
    secret("DATABASE_IDENTITY_URL", "The same as kontor_identity; DATABASE_URL with that user when left out"),
    secret("DATABASE_READER_URL", "The same as kontor_reader; DATABASE_URL with that user when left out"),
    secret("DATABASE_OWNER_URL", "The same as kontor_owner, for migrate; DATABASE_URL with that user when left out"),
    setting("DATABASE_CONNECTIONS", None, "Connections for the companies' work; three per core when left out"),
    secret("KONTOR_SECRET", "At least 32 characters that sign tokens, the same on every node; required"),
    setting(
        "KONTOR_PUBLIC_URL",
        Some("http://localhost:8080"),
        "Where people reach the product; companies live on its subdomains",
    ),
    setting("KONTOR_LISTEN", Some("127.0.0.1:8080"), "Address and port of the web app and the API"),
    setting("KONTOR_METRICS_LISTEN", Some("127.0.0.1:9464"), "Address and port of /metrics, for the operator"),
    setting("KONTOR_DATA", Some("/var/lib/kontor"), "The folder of the search index"),
    setting("KONTOR_TRUST_PROXY", Some("false"), "true: a proxy in front sets X-Forwarded-For"),
    secret("REDIS_URL", "Shared rate limits over several nodes; in process when left out"),
    secret(
        "SMTP_URL",
        "Mail server, such as smtps://user:password@mail.example.com; mail is kept and shown when left out",
    ),
    setting("KONTOR_MAIL_FROM", Some("Kontor <kontor@localhost>"), "The sender of mails"),
    setting("KONTOR_LLM_URL", None, "An OpenAI-compatible endpoint for the assistant; it works offline when left out"),
    secret("KONTOR_LLM_KEY", "The key for that endpoint"),
    setting("KONTOR_LLM_MODEL", Some("gpt-4o-mini"), "The model at that endpoint"),
    setting("KONTOR_LIMIT_CALLS", Some("1200"), "Requests a minute, a token"),
    setting("KONTOR_LIMIT_ASSISTANT", Some("120"), "Messages to the assistant a minute, a token"),
    setting("KONTOR_LIMIT_SIGN_UPS", Some("60"), "Sign-ups an hour, an address"),
    setting("KONTOR_LIMIT_LOG_INS", Some("60"), "Log-ins and the like a minute, an address"),
    setting("KONTOR_LOG", Some("info"), "What is logged, in the syntax of RUST_LOG"),
    setting("KONTOR_LOG_FORMAT", Some("json"), "json or text"),
];

/// The settings of one process.
#[derive(Clone)]
pub struct Config {
    pub databases: DatabaseUrls,
    pub owner_url: String,
    pub secret: String,
    pub public_url: String,
    pub listen: SocketAddr,
    pub metrics_listen: SocketAddr,
    pub data: PathBuf,
    pub trust_proxy: bool,
    pub redis_url: Option<String>,
    pub smtp_url: Option<String>,
    pub mail_from: String,
    pub model: Option<ModelConfig>,
    pub limits: Limits,
    log: String,
    log_format: LogFormat,
    shown: BTreeMap<&'static str, String>,
}

/// The language model's endpoint.
#[derive(Clone)]
pub struct ModelConfig {
    pub url: String,
    pub key: String,
    pub model: String,
}

/// Everything that is wrong with the settings.
#[derive(Debug, Default)]
pub struct Problems(Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "kontor: the configuration needs attention (see docs/configuration.md):")?;
        self.0.iter().try_for_each(|problem| writeln!(f, "  {problem}"))
    }
}

/// Reads settings and gathers what is wrong.
struct Reader<'a> {
    values: &'a BTreeMap<String, String>,
    problems: Problems,
    shown: BTreeMap<&'static str, String>,
}

impl Reader<'_> {
    fn text(&mut self, name: &'static str) -> Option<String> {
        let setting = SETTINGS.iter().find(|setting| setting.name == name)?;
        let value = self.values.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let value = value.or_else(|| setting.default.map(str::to_owned));
        let shown = match &value {
            Some(_) if setting.secret => "(set)".to_owned(),
            Some(value) => value.clone(),
            None => "(not set)".to_owned(),
        };
        self.shown.insert(name, shown);
        value
    }

    fn required(&mut self, name: &'static str) -> String {
        let value = self.text(name);
        if value.is_none() {
            let help = SETTINGS.iter().find(|setting| setting.name == name).map_or("", |setting| setting.help);
            self.problems.0.push(format!("{name} is missing: {help}"));
        }
        value.unwrap_or_default()
    }

    fn parsed<T: std::str::FromStr>(&mut self, name: &'static str, what: &str, fallback: T) -> T {
        let Some(text) = self.text(name) else { return fallback };
        text.parse().unwrap_or_else(|_| {
            self.problems.0.push(format!("{name} is {text:?}, but must be {what}"));
            fallback
        })
    }

    /// `DATABASE_URL` with another user, unless the role has an address of its own.
    fn database(&mut self, name: &'static str, base: &str, role: &str) -> String {
        self.text(name).unwrap_or_else(|| with_user(base, role))
    }
}

/// Three for each core. More keep more of PostgreSQL's processes busy than there are cores for: on two cores reads were a
/// fifth slower with 8 than with 4; fewer share their commits less often.
fn three_per_core() -> NonZero<u32> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    u32::try_from(3 * cores).ok().and_then(NonZero::new).unwrap_or(NonZero::<u32>::MIN)
}

fn with_user(url: &str, role: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (login, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let password = login.split_once(':').map(|(_, password)| format!(":{password}")).unwrap_or_default();
    format!("{scheme}://{role}{password}@{host}{path}")
}

impl Config {
    pub fn from_environment() -> Result<Self, Problems> {
        Self::from_values(&env::vars().collect())
    }

    pub fn from_values(values: &BTreeMap<String, String>) -> Result<Self, Problems> {
        let mut reader = Reader { values, problems: Problems::default(), shown: BTreeMap::new() };
        let app = reader.required("DATABASE_URL");
        if !app.is_empty() && !app.starts_with("postgres://") && !app.starts_with("postgresql://") {
            reader.problems.0.push("DATABASE_URL must begin with postgres://".to_owned());
        }
        let databases = DatabaseUrls {
            identity: reader.database("DATABASE_IDENTITY_URL", &app, "kontor_identity"),
            reader: reader.database("DATABASE_READER_URL", &app, "kontor_reader"),
            app_connections: reader.parsed("DATABASE_CONNECTIONS", "a whole number from 1", three_per_core()).get(),
            app: app.clone(),
        };
        let owner_url = reader.database("DATABASE_OWNER_URL", &app, "kontor_owner");
        let secret = reader.required("KONTOR_SECRET");
        if !secret.is_empty() && secret.len() < 32 {
            reader.problems.0.push(format!("KONTOR_SECRET has {} characters, but must have at least 32", secret.len()));
        }
        let local = SocketAddr::from(([127, 0, 0, 1], 8080));
        let config = Self {
            databases,
            owner_url,
            secret,
            public_url: public_url(&mut reader),
            listen: reader.parsed("KONTOR_LISTEN", "an address and port such as 0.0.0.0:8080", local),
            metrics_listen: reader.parsed("KONTOR_METRICS_LISTEN", "an address and port such as 0.0.0.0:9464", local),
            data: PathBuf::from(reader.text("KONTOR_DATA").unwrap_or_default()),
            trust_proxy: reader.parsed("KONTOR_TRUST_PROXY", "true or false", false),
            redis_url: reader.text("REDIS_URL"),
            smtp_url: reader.text("SMTP_URL"),
            mail_from: reader.text("KONTOR_MAIL_FROM").unwrap_or_default(),
            model: model(&mut reader),
            limits: limits(&mut reader),
            log: reader.text("KONTOR_LOG").unwrap_or_default(),
            log_format: log_format(&mut reader),
            shown: BTreeMap::new(),
        };
        if reader.problems.0.is_empty() { Ok(Self { shown: reader.shown, ..config }) } else { Err(reader.problems) }
    }

    /// Settings with which the product can be described but not served: nothing is asked of the database they name.
    pub fn for_description() -> anyhow::Result<Self> {
        let folder = env::temp_dir().join(format!("kontor-description-{}", std::process::id()));
        let values = [
            ("DATABASE_URL", "postgres://kontor_app@localhost/kontor".to_owned()),
            ("KONTOR_SECRET", "nothing is signed with this secret".to_owned()),
            ("KONTOR_DATA", folder.display().to_string()),
        ];
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self::from_values(&values).map_err(|problems| anyhow::anyhow!("{problems}"))
    }

    pub fn start_logs(&self) {
        init_logs(self.log_format, &self.log);
    }
}

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown.iter().try_for_each(|(name, value)| writeln!(f, "{name:<24} {value}"))
    }
}

fn public_url(reader: &mut Reader<'_>) -> String {
    let url = reader.text("KONTOR_PUBLIC_URL").unwrap_or_default();
    if !url.starts_with("http://") && !url.starts_with("https://") {
        reader.problems.0.push(format!("KONTOR_PUBLIC_URL is {url:?}, but must begin with http:// or https://"));
    }
    url
}

fn model(reader: &mut Reader<'_>) -> Option<ModelConfig> {
    let (url, key) = (reader.text("KONTOR_LLM_URL"), reader.text("KONTOR_LLM_KEY"));
    let model = reader.text("KONTOR_LLM_MODEL").unwrap_or_default();
    url.map(|url| ModelConfig { url, key: key.unwrap_or_default(), model })
}

fn limits(reader: &mut Reader<'_>) -> Limits {
    let standard = Limits::default();
    let mut limit = |name, fallback| match reader.parsed(name, "a whole number from 1", fallback) {
        0 => {
            reader.problems.0.push(format!("{name} is 0, but must be at least 1"));
            fallback
        }
        limit => limit,
    };
    Limits {
        calls_a_minute: limit("KONTOR_LIMIT_CALLS", standard.calls_a_minute),
        assistant_a_minute: limit("KONTOR_LIMIT_ASSISTANT", standard.assistant_a_minute),
        sign_ups_an_hour: limit("KONTOR_LIMIT_SIGN_UPS", standard.sign_ups_an_hour),
        log_ins_a_minute: limit("KONTOR_LIMIT_LOG_INS", standard.log_ins_a_minute),
    }
}

fn log_format(reader: &mut Reader<'_>) -> LogFormat {
    match reader.text("KONTOR_LOG_FORMAT").as_deref() {
        Some("text") => LogFormat::Text,
        Some("json") | None => LogFormat::Json,
        Some(other) => {
            reader.problems.0.push(format!("KONTOR_LOG_FORMAT is {other:?}, but must be json or text"));
            LogFormat::Json
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    const GOOD: [(&str, &str); 2] = [
        ("DATABASE_URL", "postgres://kontor_app:pw@db:5432/kontor"),
        ("KONTOR_SECRET", "0123456789abcdef0123456789abcdef"),
    ];

    #[test]
    fn the_other_roles_share_host_and_password() {
        let config = Config::from_values(&values(&GOOD)).ok().unwrap();
        assert_eq!(config.databases.identity, "postgres://kontor_identity:pw@db:5432/kontor");
        assert_eq!(config.owner_url, "postgres://kontor_owner:pw@db:5432/kontor");
        assert_eq!(
            with_user("postgres://kontor_app@/db?host=/run/pg", "kontor_reader"),
            "postgres://kontor_reader@/db?host=/run/pg"
        );
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let wrong = values(&[
            ("DATABASE_CONNECTIONS", "0"),
            ("KONTOR_SECRET", "short"),
            ("KONTOR_LISTEN", "somewhere"),
            ("KONTOR_LIMIT_CALLS", "0"),
            ("KONTOR_LOG_FORMAT", "xml"),
        ]);
        let problems = Config::from_values(&wrong).err().unwrap().to_string();
        for name in [
            "DATABASE_URL",
            "DATABASE_CONNECTIONS",
            "KONTOR_SECRET",
            "KONTOR_LISTEN",
            "KONTOR_LIMIT_CALLS",
            "KONTOR_LOG_FORMAT",
        ] {
            assert!(problems.contains(name), "{problems}");
        }
    }

    #[test]
    fn a_secret_is_not_shown() {
        let shown = Config::from_values(&values(&GOOD)).ok().unwrap().to_string();
        assert!(!shown.contains("pw@") && !shown.contains("0123456789abcdef"), "{shown}");
    }

    #[test]
    fn every_setting_is_documented() {
        let table = include_str!("../../../docs/configuration.md");
        for setting in SETTINGS {
            assert!(
                table.contains(&format!("| `{}` |", setting.name)),
                "{} is missing in docs/configuration.md",
                setting.name
            );
            assert!(table.contains(setting.help), "the help of {} differs in docs/configuration.md", setting.name);
        }
    }
}
