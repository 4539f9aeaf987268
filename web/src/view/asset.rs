//! The browser's files, as the build of `web/` left them in `web/dist`.

use std::{borrow::Cow, collections::BTreeMap};

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "dist"]
#[allow_missing = true]
struct Dist;

/// One file for the browser.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub content_type: &'static str,
}

/// The built files and their names.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    manifest: BTreeMap<String, String>,
}

impl Assets {
    /// Reads the manifest. Before the first `npm run build` there is none: pages then name files
    /// that do not exist, which the log of the browser says plainly.
    #[must_use]
    pub fn load() -> Self {
        let manifest =
            Dist::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default();
        Self { manifest }
    }

    /// The address of a file by its plain name: `app.js` → `/assets/app-AB12CD34.js`.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        format!("/assets/{}", self.manifest.get(name).map_or(name, String::as_str))
    }

    /// The file behind `/assets/<file>`. Names carry a hash of the content, so it may be cached for ever.
    #[must_use]
    pub fn get(file: &str) -> Option<Asset> {
        if file == "manifest.json" {
            return None;
        }
        let content_type = match file.rsplit_once('.')?.1 {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            _ => return None,
        };
        let bytes = Dist::get(file)?.data;
        Some(Asset { bytes, content_type })
    }
}
