//! What a caller shows to prove who they are: signed access tokens and opaque tokens.

use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, crypto::rust_crypto};
use kontor_kernel::{Error, Fault, Result, TenantId, UserId};
use rand::{TryRngCore, rngs::OsRng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How long an access token is good for.
pub const ACCESS_TOKEN_LASTS: Duration = Duration::minutes(15);

/// What an access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Claims {
    #[serde(rename = "sub")]
    pub user: UserId,
    #[serde(rename = "tid")]
    pub tenant: TenantId,
    /// The family of the session's refresh tokens.
    #[serde(rename = "sid")]
    pub session: Uuid,
    /// Seconds since 1970.
    exp: i64,
    iat: i64,
}

/// Signs and reads access tokens: JWT, HS256.
#[derive(Clone)]
pub(crate) struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl AccessTokens {
    pub fn new(secret: &[u8]) -> Self {
        // Another crate in the same program may switch on a second provider; without a choice jsonwebtoken then panics.
        // That one is installed already is no error.
        let _ = rust_crypto::DEFAULT_PROVIDER.install_default();
        let key = subkey(secret, "access-token");
        let mut validation = Validation::new(Algorithm::HS256);
        // Time is our clock's, checked below.
        validation.validate_exp = false;
        Self { encoding: EncodingKey::from_secret(&key), decoding: DecodingKey::from_secret(&key), validation }
    }

    pub fn sign(&self, tenant: TenantId, user: UserId, session: Uuid, now: DateTime<Utc>) -> Result<String> {
        let exp = (now + ACCESS_TOKEN_LASTS).timestamp();
        let claims = Claims { user, tenant, session, exp, iat: now.timestamp() };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).map_err(Error::internal)
    }

    /// Errors with `unauthenticated` for what we did not sign, `session_expired` for what is too old.
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Result<Claims> {
        let token = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .map_err(|error| Fault::Unauthenticated.error().caused_by(error))?;
        if token.claims.exp <= now.timestamp() {
            return Err(Fault::SessionExpired.error());
        }
        Ok(token.claims)
    }
}

/// A random text of 256 bits, and its hash: the text goes to its owner, the hash is kept.
pub(crate) struct OpaqueToken {
    pub text: String,
    pub hash: TokenHash,
}

pub(crate) type TokenHash = [u8; 32];

impl OpaqueToken {
    pub fn new() -> Result<Self> {
        let mut bytes = [0_u8; 32];
        OsRng.try_fill_bytes(&mut bytes).map_err(Error::internal)?;
        let text = hex(&bytes);
        Ok(Self { hash: hash_of(&text), text })
    }
}

/// SHA-256 is enough for what is as random as a key: there is nothing to guess.
pub(crate) fn hash_of(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// Ties a page's forms to its session: whoever cannot read the cookie cannot make it.
#[derive(Clone)]
pub(crate) struct CsrfTokens(TokenHash);

impl CsrfTokens {
    pub fn new(secret: &[u8]) -> Self {
        Self(subkey(secret, "csrf-token"))
    }

    pub fn of(&self, session_token: &str) -> String {
        hex(&authenticate(&self.0, session_token.as_bytes()))
    }
}

/// A key for one purpose, so that what is signed for one can never pass for another.
fn subkey(secret: &[u8], purpose: &str) -> TokenHash {
    authenticate(secret, purpose.as_bytes())
}

/// HMAC-SHA256.
fn authenticate(key: &[u8], message: &[u8]) -> TokenHash {
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(message);
            mac.finalize().into_bytes().into()
        }
        Err(_) => unreachable!("HMAC takes keys of any length"),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn noon() -> DateTime<Utc> {
        DateTime::parse_from_rfc3339("2026-03-02T12:00:00Z").unwrap().to_utc()
    }

    #[test]
    fn an_access_token_lasts_a_quarter_of_an_hour() {
        let tokens = AccessTokens::new(&[1; 32]);
        let (tenant, user, session) = (TenantId::new(), UserId::new(), Uuid::now_v7());
        let token = tokens.sign(tenant, user, session, noon()).unwrap();
        let claims = tokens.read(&token, noon() + Duration::minutes(15) - Duration::seconds(1)).unwrap();
        assert_eq!((claims.tenant, claims.user, claims.session), (tenant, user, session));
        let late = tokens.read(&token, noon() + Duration::minutes(15)).unwrap_err();
        assert!(late.is(Fault::SessionExpired));
    }

    #[test]
    fn a_token_that_is_not_ours_is_refused() {
        let tokens = AccessTokens::new(&[1; 32]);
        let token = tokens.sign(TenantId::new(), UserId::new(), Uuid::now_v7(), noon()).unwrap();
        let foreign = AccessTokens::new(&[2; 32]).read(&token, noon()).unwrap_err();
        assert!(foreign.is(Fault::Unauthenticated));
        let (_, rest) = token.split_once('.').unwrap();
        // {"alg":"none"}
        for forged in [format!("eyJhbGciOiJub25lIn0.{rest}"), token.replace('.', ""), String::new(), "a.b.c".to_owned()]
        {
            assert!(tokens.read(&forged, noon()).unwrap_err().is(Fault::Unauthenticated), "{forged}");
        }
    }

    #[test]
    fn opaque_tokens_differ_and_are_found_by_their_hash() {
        let (one, two) = (OpaqueToken::new().unwrap(), OpaqueToken::new().unwrap());
        assert_ne!(one.text, two.text);
        assert_eq!(one.text.len(), 64);
        assert_eq!(hash_of(&one.text), one.hash);
        let csrf = CsrfTokens::new(&[1; 32]);
        assert_eq!(csrf.of(&one.text), csrf.of(&one.text));
        assert_ne!(csrf.of(&one.text), csrf.of(&two.text));
    }
}
