use poem::{
    http::{HeaderMap, StatusCode, header},
    test::TestResponse,
};

/// What a browser got.
#[derive(Debug)]
pub struct Screen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub location: String,
    pub set_cookie: Vec<String>,
    pub text: String,
}

impl Screen {
    pub async fn of(response: TestResponse) -> Self {
        let response = response.0;
        let headers = response.headers().clone();
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Self {
            status: response.status(),
            location: text(header::LOCATION),
            set_cookie: headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap().to_owned()).collect(),
            text: response.into_body().into_string().await.unwrap_or_default(),
            headers,
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    #[track_caller]
    pub fn expect(&self, status: u16, texts: &[&str]) {
        assert_eq!(self.status.as_u16(), status, "{}", self.words());
        for text in texts {
            assert!(self.shows(text), "the page lacks {text:?}:\n{}", self.words());
        }
    }

    /// The page's own text, without its frame and its tags: what a failed test shows.
    pub fn words(&self) -> String {
        let main = between(&self.text, "<div class=\"page\"", "</main>").unwrap_or(&self.text);
        let words = main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
        words.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | ").chars().take(3_000).collect()
    }

    /// The last part of the address that the answer leads to.
    pub fn new_id(&self) -> String {
        self.location.rsplit('/').next().unwrap().to_owned()
    }

    /// The value of the first input with this name, as it stands in the page.
    pub fn input(&self, name: &str) -> String {
        self.inputs(name).into_iter().next().unwrap_or_else(|| panic!("no input {name}:\n{}", self.words()))
    }

    /// The values of all inputs with this name.
    pub fn inputs(&self, name: &str) -> Vec<String> {
        let marker = format!("name=\"{name}\"");
        let tags = self.text.split('<').filter(|tag| tag.contains(&marker) && tag.starts_with("input"));
        tags.map(|tag| between(tag, "value=\"", "\"").unwrap_or_default().to_owned()).collect()
    }

    /// The address of a link with this text.
    pub fn link(&self, label: &str) -> String {
        let at =
            self.text.find(&format!(">{label}</a>")).unwrap_or_else(|| panic!("no link {label}:\n{}", self.words()));
        let before = &self.text[..at];
        let tag = &before[before.rfind("<a ").unwrap()..];
        between(tag, "href=\"", "\"").unwrap().replace("&amp;", "&")
    }
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    text.split_once(start)?.1.split_once(end).map(|(inner, _)| inner)
}
