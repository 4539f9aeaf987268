use std::sync::Arc;

use futures_util::FutureExt;
use kontor_command::{Registry, Runner};
use kontor_http::{CodePage, Incoming, Pages, problem_response};
use kontor_kernel::{Error, ErrorKind, Fault, Locale};
use poem::{
    Response,
    http::{StatusCode, header},
};
use tracing::error;

use crate::{
    answer, browser, markdown,
    shell::{self, Frame},
    view::{Action, ActionTarget, CodeView, Crumb, ErrorView, Icon, Page, PageShell, PublicShell, View},
};

/// Whether the person can do something about it on the same page.
pub(crate) fn is_refusal(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Violation | ErrorKind::Conflict | ErrorKind::Stale)
}

/// How refusals look to people: inside the app when they are logged in, before it otherwise.
#[derive(Clone)]
pub struct ErrorPages {
    view: Arc<View>,
    runner: Runner,
    registry: Arc<Registry>,
}

impl ErrorPages {
    pub fn new(view: Arc<View>, runner: Runner, registry: Arc<Registry>) -> Self {
        Self { view, runner, registry }
    }

    fn shell(&self, incoming: &Incoming, title: &str) -> Option<PageShell> {
        let caller = incoming.caller.as_ref()?;
        // The plan is known as a rule, as every page asks for it; an error page waits for nothing.
        let features = self.runner.gate().features(caller.tenant()).now_or_never();
        let frame = Frame {
            caller,
            features: features.and_then(Result::ok).unwrap_or_else(|| vec!["*".to_owned()]),
            tenants: Vec::new(),
            today: caller.company.today(self.runner.clock().now()),
        };
        Some(shell::page_shell(&self.registry, incoming, frame, title, vec![Crumb::here(title)]))
    }

    fn public_shell(&self, incoming: &Incoming, title: &str) -> PublicShell {
        PublicShell {
            title: title.to_owned(),
            csrf: incoming.csrf.clone().unwrap_or_default(),
            theme: browser::theme(incoming),
            locale: Locale::En,
            today: self.runner.clock().now().date_naive().to_string(),
            tenant: None,
            toast: None,
        }
    }
}

impl ErrorPages {
    /// What a code means, for somebody who follows the link of a problem.
    pub fn explain(&self, page: &CodePage, incoming: &Incoming) -> Response {
        let shell = self.public_shell(incoming, &answer::sentence(page.code.text));
        let view = CodeView { shell, html: markdown::html(&page.markdown) };
        answer::secured(answer::html(200, self.render(&view, page.code.id, incoming)))
    }

    /// The page, or at least its title when the template fails.
    fn render<P: Page>(&self, page: &P, title: &str, incoming: &Incoming) -> String {
        self.view.render(page).unwrap_or_else(|failure| {
            error!(request.id = incoming.request_id, "the error page failed: {failure}");
            title.to_owned()
        })
    }
}

impl Pages for ErrorPages {
    fn error(&self, error: &Error, incoming: &Incoming) -> Response {
        if browser::wants_json(incoming) {
            return answer::secured(problem_response(error, &incoming.request_id));
        }
        let (icon, title) = look(error.kind());
        let html = match self.shell(incoming, title) {
            Some(shell) => self.render(&view(shell, error, incoming, icon, title), title, incoming),
            None => {
                let shell = self.public_shell(incoming, title);
                self.render(&view(shell, error, incoming, icon, title), title, incoming)
            }
        };
        let mut response = answer::html(error.kind().status(), html);
        if let Some(seconds) = error.retry_after_seconds() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        answer::secured(response)
    }

    fn log_in(&self, incoming: &Incoming) -> Response {
        if browser::wants_json(incoming) {
            return answer::secured(problem_response(&Fault::Unauthenticated.error(), &incoming.request_id));
        }
        let url = format!("/log-in?next={}", browser::encode(&came_from(incoming)));
        // A whole page follows a redirect and then takes the window; a part of a page has to be told.
        if browser::swaps(incoming) && !browser::swaps_into(incoming, "page") {
            let response = Response::builder().status(StatusCode::UNAUTHORIZED).header("HX-Redirect", url).finish();
            return answer::secured(response);
        }
        answer::secured(answer::see_other(&url))
    }
}

/// The page to return to after the log-in: the one asked for, or the one a form was sent from.
fn came_from(incoming: &Incoming) -> String {
    if incoming.method == poem::http::Method::GET {
        let pairs: Vec<String> = incoming
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", browser::encode(name), browser::encode(value)))
            .collect();
        return if pairs.is_empty() { incoming.path.clone() } else { format!("{}?{}", incoming.path, pairs.join("&")) };
    }
    let referrer = incoming.header("referer").and_then(|url| url.split_once("://"));
    let path = referrer.and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    path.filter(|path| !path.starts_with("//")).unwrap_or("/").to_owned()
}

fn view<S>(shell: S, error: &Error, incoming: &Incoming, icon: Icon, title: &str) -> ErrorView<S> {
    let ours = matches!(error.kind(), ErrorKind::Internal | ErrorKind::Unavailable);
    let mut actions = vec![Action::new("Home", Icon::House, ActionTarget::Link { url: "/".to_owned() }).primary()];
    if error.kind() == ErrorKind::Plan {
        let url = "/settings/usage".to_owned();
        actions.push(Action::new("Plan and usage", Icon::Gauge, ActionTarget::Link { url }));
    }
    ErrorView {
        shell,
        status: error.kind().status(),
        icon,
        title: title.to_owned(),
        text: match error.kind() {
            ErrorKind::NotFound => "It may have been removed, or the address is not quite right.".to_owned(),
            _ => answer::sentence(error.text()),
        },
        request_id: ours.then(|| incoming.request_id.clone()),
        actions,
    }
}

const fn look(kind: ErrorKind) -> (Icon, &'static str) {
    match kind {
        ErrorKind::NotFound => (Icon::SearchX, "This page does not exist"),
        ErrorKind::Forbidden => (Icon::Ban, "You may not do this"),
        ErrorKind::Unauthenticated => (Icon::User, "You are not logged in"),
        ErrorKind::Plan => (Icon::CreditCard, "Your plan does not include this"),
        ErrorKind::Conflict | ErrorKind::Stale => (Icon::CircleAlert, "This is not possible now"),
        ErrorKind::Violation => (Icon::CircleAlert, "Some fields need attention"),
        ErrorKind::Limit => (Icon::CalendarClock, "That was too quick"),
        ErrorKind::TooLarge => (Icon::FileText, "That is too large"),
        ErrorKind::Malformed | ErrorKind::MediaType | ErrorKind::MethodNotAllowed => {
            (Icon::CircleAlert, "We did not understand that")
        }
        ErrorKind::Internal => (Icon::CircleAlert, "Something went wrong on our side"),
        ErrorKind::Unavailable => (Icon::CircleAlert, "A part of Kontor does not answer"),
    }
}
