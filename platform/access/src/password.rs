//! How passwords are judged, kept and compared.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kontor_kernel::{CodeInfo, Error, Result};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

use crate::{AccessFault, PasswordCost};

/// Least length, as NIST SP 800-63B asks of a password that is the only factor, and a little more than its older 8.
pub const PASSWORD_MIN: usize = 10;
/// Longest: enough for a passphrase, short enough not to be a burden to hash.
pub const PASSWORD_MAX: usize = 200;

/// What is left of a password without the words that everybody knows of its owner must still be this long.
const OWN_CHARACTERS: usize = 8;
/// zxcvbn's work grows fast with the length; what comes after adds strength only.
const JUDGED_CHARACTERS: usize = 64;

/// Long enough to pass the length and yet among the first that anybody tries.
const COMMON: &[&str] = &[
    "0123456789",
    "0987654321",
    "1111111111",
    "1234512345",
    "1234567890",
    "12345678910",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "abcdefghij",
    "abcd1234567",
    "administrator",
    "asdfghjkl1",
    "asdfghjklo",
    "changeme123",
    "football123",
    "geheim1234",
    "hallo12345",
    "hallohallo",
    "iloveyou123",
    "kontor1234",
    "letmein123",
    "liverpool1",
    "passw0rd123",
    "password12",
    "password123",
    "password1234",
    "passwort12",
    "passwort123",
    "passwort1234",
    "princess123",
    "q1w2e3r4t5",
    "qwerasdfzxcv",
    "qwerty1234",
    "qwerty12345",
    "qwertyuiop",
    "qwertzuiop",
    "qwertzuiop1",
    "schatz1234",
    "sommer2025",
    "sunshine123",
    "welcome123",
    "welcome1234",
    "willkommen",
    "willkommen1",
];

/// Why a password may not be chosen; `known` are the words that everybody knows of its owner: address, name, company.
pub fn password_refusal(password: &str, known: &[&str]) -> Option<&'static CodeInfo> {
    if password.chars().count() < PASSWORD_MIN {
        return Some(AccessFault::PasswordShort.info());
    }
    let lower = password.to_lowercase();
    if COMMON.contains(&lower.as_str()) {
        return Some(AccessFault::PasswordCommon.info());
    }
    let words = known_words(known);
    let rest = words.iter().fold(lower.clone(), |rest, word| rest.replace(word, ""));
    if rest != lower && rest.chars().filter(|c| c.is_alphanumeric()).count() < OWN_CHARACTERS {
        return Some(AccessFault::PasswordPersonal.info());
    }
    let judged: String = password.chars().take(JUDGED_CHARACTERS).collect();
    let inputs: Vec<&str> = words.iter().map(String::as_str).collect();
    (zxcvbn(&judged, &inputs).score() < Score::Two).then(|| AccessFault::PasswordCommon.info())
}

/// The texts and their words of four letters and more, longest first, in lower case.
fn known_words(known: &[&str]) -> Vec<String> {
    let texts = known.iter().map(|text| text.to_lowercase());
    let parts: Vec<String> = texts
        .flat_map(|text| {
            let words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
            words.into_iter().chain([text.replace(' ', ""), text])
        })
        .collect();
    let mut words: Vec<String> = parts.into_iter().filter(|word| word.chars().count() >= 4).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

/// Hashes and compares passwords away from the threads that serve requests, a few at a time: each takes 19 MiB.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    argon2: Argon2<'static>,
    /// Compared with when there is nothing to compare with, so that an unknown address takes as long as a known one.
    nobody: Arc<str>,
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub fn new(cost: PasswordCost) -> Result<Self> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|e| Error::internal(e.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, "nobody has this password")?.into();
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self { argon2, nobody, turns: Arc::new(Semaphore::new(cores)) })
    }

    /// The hash as it is kept: a PHC string with its salt and cost.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        self.aside(move || hash(&argon2, &password)).await?
    }

    /// Whether the password is the one of the hash. Takes as long for no hash, and says no.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let known = hash.is_some();
        let (argon2, password) = (self.argon2.clone(), password.to_owned());
        let hash = hash.unwrap_or(&self.nobody).to_owned();
        let same = self.aside(move || same(&argon2, &password, &hash)).await??;
        Ok(same && known)
    }

    /// Judges a password a person wants to use.
    pub async fn refusal(&self, password: &str, known: &[&str]) -> Result<Option<&'static CodeInfo>> {
        let password = password.to_owned();
        let known: Vec<String> = known.iter().map(|text| (*text).to_owned()).collect();
        self.aside(move || password_refusal(&password, &known.iter().map(String::as_str).collect::<Vec<_>>())).await
    }

    async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        });
        done.await.map_err(Error::internal)
    }
}

fn hash(argon2: &Argon2<'_>, password: &str) -> Result<String> {
    let hash: PasswordHash =
        argon2.hash_password(password.as_bytes()).map_err(|error| Error::internal(error.to_string()))?;
    Ok(hash.to_string())
}

fn same(argon2: &Argon2<'_>, password: &str, hash: &str) -> Result<bool> {
    let hash = PasswordHash::new(hash).map_err(|error| Error::internal(error.to_string()))?;
    Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const KNOWN: &[&str] = &["nancy.davolio@northwind.example", "Nancy Davolio", "Northwind Traders"];

    fn code(password: &str) -> Option<&'static str> {
        password_refusal(password, KNOWN).map(|code| code.id)
    }

    #[test]
    fn a_password_is_long_uncommon_and_not_about_its_owner() {
        assert_eq!(code("nine char"), Some("password_short"));
        assert_eq!(code("Password123"), Some("password_common"));
        assert_eq!(code("aaaaaaaaaaaaaa"), Some("password_common"));
        assert_eq!(code("nancydavolio1"), Some("password_personal"));
        assert_eq!(code("Northwind2026"), Some("password_personal"));
        assert_eq!(code("nancy.davolio@northwind.example"), Some("password_personal"));
        assert_eq!(code("correct horse battery staple"), None);
        assert_eq!(code("Northwind sells pickled gherkins"), None);
        assert_eq!(code(&"Grünkohl mit Pinkel! ".repeat(9)), None);
    }

    #[tokio::test]
    async fn a_password_is_recognised_and_another_is_not() {
        let passwords = Passwords::new(PasswordCost::CHEAP).unwrap();
        let hash = passwords.hash("correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
        assert!(passwords.verify("correct horse", Some(&hash)).await.unwrap());
        assert!(!passwords.verify("correct horsf", Some(&hash)).await.unwrap());
        assert!(!passwords.verify("nobody has this password", None).await.unwrap());
    }
}
