use std::{fmt, time::Duration};

use kontor_kernel::{Error, Result};

/// What argon2id may cost, per password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl PasswordCost {
    /// As OWASP's Password Storage Cheat Sheet asks: 19 MiB, two passes, one lane.
    pub const STANDARD: Self = Self { memory_kib: 19 * 1_024, passes: 2 };
    /// For tests that log in hundreds of times; protects nothing.
    pub const CHEAP: Self = Self { memory_kib: 8, passes: 1 };
}

/// How identities are kept.
#[derive(Clone)]
pub struct IdentityConfig {
    pub(crate) secret: Vec<u8>,
    /// Scheme, host and port, without a slash at the end.
    pub(crate) public_url: String,
    /// The host of `public_url`; companies live on its subdomains.
    pub(crate) base_domain: String,
    pub password_cost: PasswordCost,
    /// A refused log-in and a reset of an unknown address take at least this long, as those of known addresses do.
    pub refusal_takes: Duration,
    /// Failed log-ins from one address within a quarter of an hour before it is refused.
    pub address_failures: u32,
}

impl IdentityConfig {
    /// `secret` signs tokens: 32 random bytes or more, the same on every node. `public_url` is where people reach the
    /// product, such as `https://kontor.example.com`.
    pub fn new(secret: &[u8], public_url: &str) -> Result<Self> {
        if secret.len() < 32 {
            return Err(Error::internal("the secret needs at least 32 bytes"));
        }
        let public_url = public_url.trim().trim_end_matches('/').to_owned();
        let host = public_url.strip_prefix("https://").or_else(|| public_url.strip_prefix("http://"));
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        let Some(host) = host.filter(|host| !host.is_empty() && host.chars().all(plain)) else {
            return Err(Error::internal(
                "the public address must be http:// or https:// with a host and nothing after it",
            ));
        };
        Ok(Self {
            secret: secret.to_vec(),
            base_domain: bare_host(host),
            public_url,
            password_cost: PasswordCost::STANDARD,
            refusal_takes: Duration::from_millis(300),
            address_failures: 300,
        })
    }

    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Whether cookies may only travel over HTTPS.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Where a company's pages are: the public address with its slug before it.
    pub fn company_url(&self, slug: &str) -> String {
        self.public_url.replacen("://", &format!("://{slug}."), 1)
    }

    /// The slug that a host names: one label before the base domain.
    pub(crate) fn slug_of<'h>(&self, host: &'h str) -> Option<&'h str> {
        let host =
            host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(h, _)| h);
        let host = host.strip_suffix('.').unwrap_or(host);
        let at = host.len().checked_sub(self.base_domain.len())?;
        let (front, base) = (host.get(..at)?, host.get(at..)?);
        let label = front.strip_suffix('.').filter(|_| base.eq_ignore_ascii_case(&self.base_domain))?;
        (!label.is_empty() && !label.contains('.')).then_some(label)
    }
}

/// A host in lower case without its port.
fn bare_host(host: &str) -> String {
    let bare = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    bare.to_ascii_lowercase()
}

impl fmt::Debug for IdentityConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityConfig").field("public_url", &self.public_url).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_company_lives_on_a_subdomain() {
        let config = IdentityConfig::new(&[7; 32], "http://localhost:8080/").unwrap();
        assert_eq!(config.slug_of("northwind.localhost:8080"), Some("northwind"));
        assert_eq!(config.slug_of("Northwind.LOCALHOST."), Some("Northwind"));
        for platform in
            ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "a.b.localhost", "xlocalhost", ".localhost", ""]
        {
            assert_eq!(config.slug_of(platform), None, "{platform}");
        }
        assert_eq!(config.company_url("northwind"), "http://northwind.localhost:8080");
        assert!(!config.secure());
    }

    #[test]
    fn a_short_secret_or_an_address_with_a_path_is_refused() {
        assert!(IdentityConfig::new(&[7; 31], "http://localhost").is_err());
        for wrong in ["localhost", "ftp://localhost", "https://", "https://example.com/erp", "https://a@b"] {
            assert!(IdentityConfig::new(&[7; 32], wrong).is_err(), "{wrong}");
        }
    }
}
