use std::fmt::Write;
use std::path::Path;

/// A connection URL over the unix socket in `directory`, understood by sqlx and by libpq.
pub(crate) fn socket_url(user: &str, database: &str, directory: &Path, port: u16) -> String {
    let user = encode(user);
    let database = encode(database);
    let directory = encode(&directory.to_string_lossy());
    format!("postgres://{user}@localhost:{port}/{database}?host={directory}")
}

/// A connection URL over TCP.
pub(crate) fn tcp_url(user: &str, password: &str, database: &str, port: u16) -> String {
    let (user, password, database) = (encode(user), encode(password), encode(database));
    format!("postgres://{user}:{password}@127.0.0.1:{port}/{database}")
}

/// The same server and parameters as `url`, another user and database.
///
/// The password goes with the user: it is kept only if the user stays the same.
pub(crate) fn at(url: &str, user: Option<&str>, database: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (address, query) = rest.split_once('?').map_or((rest, None), |(a, q)| (a, Some(q)));
    let (authority, _) = address.split_once('/').unwrap_or((address, ""));
    let (credentials, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let name = credentials.split_once(':').map_or(credentials, |(name, _)| name);
    let credentials = match user.map(encode) {
        Some(user) if user != name => user,
        _ => credentials.to_owned(),
    };
    let database = encode(database);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{scheme}://{credentials}@{host}/{database}{query}"))
}

/// The directory of the unix socket that `url` names, if it names one.
pub(crate) fn socket_directory(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let host = query.split('&').find_map(|pair| pair.strip_prefix("host="))?;
    let path = decode(host)?;
    path.starts_with('/').then_some(path)
}

/// Percent-encodes all but unreserved characters.
fn encode(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, encoded)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        bytes.push(u8::from_str_radix(encoded.get(..2)?, 16).ok()?);
        rest = encoded.get(2..)?;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_socket_url_survives_the_round_trip() {
        let url = socket_url("kontor", "a b", Path::new("/tmp/ä b/run"), 5433);
        assert_eq!(url, "postgres://kontor@localhost:5433/a%20b?host=%2Ftmp%2F%C3%A4%20b%2Frun");
        assert_eq!(socket_directory(&url).unwrap(), "/tmp/ä b/run");
    }

    #[test]
    fn another_user_does_not_inherit_the_password() {
        let admin = tcp_url("postgres", "secret", "postgres", 5433);
        assert_eq!(at(&admin, None, "shop").unwrap(), "postgres://postgres:secret@127.0.0.1:5433/shop");
        assert_eq!(at(&admin, Some("app"), "shop").unwrap(), "postgres://app@127.0.0.1:5433/shop");
        assert_eq!(socket_directory(&admin), None);
    }

    #[test]
    fn parameters_are_kept() {
        let admin = "postgres://localhost?host=%2Ftmp";
        assert_eq!(at(admin, Some("app"), "shop").unwrap(), "postgres://app@localhost/shop?host=%2Ftmp");
    }
}
