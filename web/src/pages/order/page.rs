//! From an order, or from what was typed, to its page.

use kontor_access::{Caller, Verb};
use kontor_accounting::TaxMethod;
use kontor_entity::Choices;
use kontor_http::Incoming;
use kontor_kernel::{Error, ErrorKind, Result};
use poem::Response;
use uuid::Uuid;

use super::{
    CANCEL, CONFIRM, Order, RECEIVE,
    facts::{OrderFacts, products_of},
    lines::{LinesView, TypedLine},
    receive::{self, TypedReceipt},
};
use crate::{
    Web,
    pages::{
        Target,
        activity::{AuditEntry, activity, mentioned, read_activity},
        display::{Display, StoredJson},
        form::{Source, Typed, conflict, summary},
        list::order_state,
        names::{Names, read_names},
    },
    view::{
        Action, ActionTarget, CancelDialog, ConflictField, DocumentView, Fact, Field, Icon, Rail, Status, Step, Tone,
        format::lateness,
    },
};

/// What a person typed into the page.
#[derive(Debug, Clone, Default)]
pub(super) struct TypedOrder {
    pub header: Typed,
    pub lines: Vec<TypedLine>,
}

/// Everything that the page was read as.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub record: Option<StoredJson>,
    audit: Vec<AuditEntry>,
    names: Names,
    facts: OrderFacts,
}

/// What happened before the page is shown.
#[derive(Clone, Copy, Default)]
pub(super) struct Outcome<'o> {
    pub typed: Option<&'o TypedOrder>,
    pub receipt: Option<&'o TypedReceipt>,
    pub refusal: Option<&'o Error>,
}

impl Order {
    pub(super) async fn load(
        self,
        web: &Web,
        incoming: &Incoming,
        id: Option<Uuid>,
        typed: Option<&TypedOrder>,
    ) -> Result<Loaded> {
        let meta = self.target.meta();
        let links = typed.map(|typed| typed.header.links(meta)).unwrap_or_default();
        let supplier = typed.and_then(|typed| typed.header.get("supplier_id")).and_then(|id| Uuid::try_parse(id).ok());
        let products: Vec<String> = typed.iter().flat_map(|t| &t.lines).map(|line| line.product_id.clone()).collect();
        web.read(incoming, self.target, &|tx| {
            let (mut links, products) = (links.clone(), products.clone());
            Box::pin(async move {
                let mut loaded = Loaded::default();
                let mut supplier = supplier;
                if let Some(id) = id {
                    let record = StoredJson::read(&tx.record_json(meta, id).await?.json)?;
                    supplier = Uuid::try_parse(record.text("supplier_id")).ok().or(supplier);
                    loaded.audit = read_activity(tx, meta, id).await?;
                    links.extend(mentioned(meta, &loaded.audit));
                    loaded.record = Some(record);
                }
                let products = products_of(loaded.record.as_ref(), products.into_iter());
                loaded.names = read_names(tx, &links).await?;
                loaded.facts = OrderFacts::read(tx, id, supplier, products).await?;
                Ok(loaded)
            })
        })
        .await
    }

    pub(super) async fn render(
        self,
        web: &Web,
        incoming: &Incoming,
        loaded: &Loaded,
        outcome: Outcome<'_>,
    ) -> Result<Response> {
        let caller = incoming.caller()?;
        let display = Display::of(caller, web.today(caller));
        let page = OrderPage { order: self, web, caller, display: &display, loaded, outcome };
        let status = outcome.refusal.map_or(200, |error| error.kind().status());
        let title = page.title();
        let shell = web.shell(incoming, &title, self.target.crumbs(Some(&title))).await?;
        web.page(incoming, status, &page.view(shell, title))
    }
}

struct OrderPage<'p> {
    order: Order,
    web: &'p Web,
    caller: &'p Caller,
    display: &'p Display,
    loaded: &'p Loaded,
    outcome: Outcome<'p>,
}

impl OrderPage<'_> {
    const fn target(&self) -> Target {
        self.order.target
    }

    fn record(&self) -> Option<&StoredJson> {
        self.loaded.record.as_ref()
    }

    fn state(&self) -> &str {
        self.record().map_or("", |record| record.text("state"))
    }

    fn title(&self) -> String {
        self.record().map_or_else(|| "New purchase order".to_owned(), |record| record.text("number").to_owned())
    }

    /// The address of the order, or of the list for a new one: where its form is sent.
    fn url(&self) -> String {
        let meta = self.target().meta();
        self.record().map_or_else(|| meta.list_url(), |record| meta.url(record.text("id")))
    }

    fn editable(&self) -> bool {
        match self.record() {
            None => self.target().allows(self.caller, Verb::Create),
            Some(_) => self.state() == "draft" && self.target().allows(self.caller, Verb::Update),
        }
    }

    /// A page of the registry that the caller may open.
    fn readable(&self, collection: &str) -> Option<Target> {
        Target::of(&self.web.app.registry, collection).filter(|target| target.allows(self.caller, Verb::Read))
    }

    fn source(&self) -> Source<'_> {
        Source {
            web: self.web,
            caller: self.caller,
            display: self.display,
            meta: self.target().meta(),
            record: self.record(),
            typed: self.outcome.typed.map(|typed| &typed.header),
            names: &self.loaded.names,
            refusal: self.outcome.refusal,
        }
    }

    fn view(&self, shell: crate::view::PageShell, title: String) -> DocumentView {
        let source = self.source();
        let (note, fields): (Vec<Field>, Vec<Field>) =
            source.fields().into_iter().partition(|field| field.name == "note");
        let fields = self.arranged(fields);
        let (rows, totals, method) = self.lines(&source);
        let show_received = matches!(self.state(), "confirmed" | "done");
        let lines = self.lines_view(&source).editor(rows, method, show_received);
        let late = self.late();
        DocumentView {
            shell,
            state: self.record().map(|record| order_state(record.text("state"), false)),
            progress: self.progress(late),
            steps: self.steps(),
            action: self.url(),
            version: self.record().map(StoredJson::version),
            editable: self.editable(),
            save_label: if self.record().is_some() { "Save".to_owned() } else { "Create order".to_owned() },
            actions: self.actions(),
            menu: self.menu(),
            print: printed(&fields),
            fields,
            // Beside the totals, which take the rest of the width.
            note: note.into_iter().next().unwrap_or_default().span(1),
            lines,
            totals,
            tables: self
                .loaded
                .facts
                .receipts_table(self.display, self.readable("goods-receipts"), self.readable("journal-entries"))
                .into_iter()
                .collect(),
            rail: self.rail(),
            receive: self.receive(),
            cancel: self.cancel(),
            errors: self.errors(),
            conflict: self.conflict(&source),
            unsaved: self.outcome.typed.is_some() && self.outcome.refusal.is_some(),
            title,
        }
    }

    /// Supplier first and wide; the exchange rate only where there is one to give.
    fn arranged(&self, fields: Vec<Field>) -> Vec<Field> {
        let foreign = self.source().currency() != self.display.currency;
        let shown =
            fields.into_iter().filter(|field| foreign || field.name != "exchange_rate" || field.error.is_some());
        let mut fields: Vec<Field> = shown.collect();
        for field in &mut fields {
            match field.name.as_str() {
                "supplier_id" => {
                    field.span = 2;
                    field.autofocus = self.record().is_none() && self.outcome.refusal.is_none();
                }
                "exchange_rate" => field.suffix = Some(self.display.currency.clone()),
                _ => {}
            }
        }
        fields
    }

    fn lines_view<'s>(&'s self, source: &Source<'_>) -> LinesView<'s> {
        LinesView {
            display: self.display,
            products: self.readable("products"),
            facts: &self.loaded.facts,
            currency: source.currency(),
            editable: self.editable(),
            refusal: self.outcome.refusal.filter(|_| self.outcome.typed.is_some()),
        }
    }

    fn lines(&self, source: &Source<'_>) -> (Vec<crate::view::DocumentLine>, Vec<crate::view::TotalLine>, TaxMethod) {
        let view = self.lines_view(source);
        let stored = self.record().and_then(|record| TaxMethod::parse(record.text("tax_method")));
        let method = stored.or(self.loaded.facts.tax_method).unwrap_or(TaxMethod::PerLine);
        match (self.outcome.typed, self.record()) {
            (Some(typed), _) if !typed.lines.is_empty() => {
                (view.typed(&typed.lines), view.typed_totals(&typed.lines, method), method)
            }
            (None, Some(record)) => (view.stored(record), view.stored_totals(record, method), method),
            _ => (vec![view.editor(Vec::new(), method, false).blank], view.typed_totals(&[], method), method),
        }
    }

    fn late(&self) -> Option<String> {
        let due = self.record()?.date("expected_date").filter(|_| self.state() == "confirmed")?;
        lateness(due, self.display.today)
    }

    fn progress(&self, late: Option<String>) -> Vec<Status> {
        let Some(record) = self.record().filter(|_| matches!(self.state(), "confirmed" | "done")) else {
            return Vec::new();
        };
        let receipt = match record.text("receipt") {
            "full" => Status::quiet("Received", Tone::Success),
            "partial" => Status::quiet("Partly received", Tone::Info),
            _ => Status::quiet("Not received", Tone::Neutral),
        };
        let billing = match record.text("billing") {
            "full" => Status::quiet("Billed", Tone::Success),
            "partial" => Status::quiet("Partly billed", Tone::Info),
            _ => Status::quiet("Not billed", Tone::Neutral),
        };
        let late = late.map(|late| Status::attention(late, Tone::Danger));
        late.into_iter().chain([receipt, billing]).collect()
    }

    fn steps(&self) -> Vec<Step> {
        match self.state() {
            "cancelled" => Step::along(&["Draft", "Cancelled"], 1),
            "confirmed" => Step::along(&["Draft", "Confirmed", "Done"], 1),
            "done" => Step::along(&["Draft", "Confirmed", "Done"], 2),
            _ => Step::along(&["Draft", "Confirmed", "Done"], 0),
        }
    }

    fn actions(&self) -> Vec<Action> {
        let Some(record) = self.record() else { return Vec::new() };
        let allows = |permission| self.caller.permissions.allow(permission);
        match self.state() {
            "draft" if allows(CONFIRM) => {
                let version = Some(record.version());
                let target = ActionTarget::Post { url: format!("{}/confirm", self.url()), version };
                vec![Action::new("Confirm order", Icon::Send, target).primary()]
            }
            "confirmed" if allows(RECEIVE) => {
                let target = ActionTarget::Dialog { id: "receive".to_owned() };
                vec![Action::new("Receive goods", Icon::PackageCheck, target).primary()]
            }
            _ => Vec::new(),
        }
    }

    fn menu(&self) -> Vec<Action> {
        let Some(record) = self.record() else { return Vec::new() };
        let mut menu = vec![
            Action::new("PDF", Icon::FileText, ActionTarget::Download { url: format!("{}/pdf", self.url()) }),
            Action::new("Print", Icon::Printer, ActionTarget::Print),
        ];
        if self.target().allows(self.caller, Verb::Create) {
            let url = format!("{}/new?from={}", self.target().meta().list_url(), record.text("id"));
            menu.push(Action::new("Duplicate", Icon::Copy, ActionTarget::Link { url }));
        }
        if self.cancel().is_some() {
            let target = ActionTarget::Dialog { id: "cancel".to_owned() };
            menu.push(Action::new("Cancel order…", Icon::Ban, target).danger());
        }
        menu
    }

    /// An order can be cancelled while nothing of it was received.
    fn cancel(&self) -> Option<CancelDialog> {
        let record = self.record()?;
        let open = matches!(self.state(), "draft" | "confirmed") && record.text("receipt") == "none";
        (open && self.caller.permissions.allow(CANCEL)).then(|| CancelDialog {
            action: format!("{}/cancel", self.url()),
            title: format!("Cancel {}?", record.text("number")),
            text: "It keeps its number and cannot be opened again.".to_owned(),
            keep_label: "Keep order".to_owned(),
            cancel_label: "Cancel order".to_owned(),
        })
    }

    fn receive(&self) -> Option<crate::view::ReceiveDialog> {
        let record = self.record().filter(|_| self.state() == "confirmed")?;
        if !self.caller.permissions.allow(RECEIVE) {
            return None;
        }
        let refusal = self.outcome.refusal.filter(|_| self.outcome.receipt.is_some());
        receive::dialog(record, self.display, &self.loaded.facts, self.url(), self.outcome.receipt, refusal)
    }

    fn rail(&self) -> Rail {
        let rail = self.loaded.facts.rail(self.display, self.readable("suppliers"));
        let meta = self.target().meta();
        Rail { activity: activity(meta, &self.loaded.audit, &self.loaded.names, self.display), ..rail }
    }

    /// The page's own summary; the receive dialog has one of its own.
    fn errors(&self) -> Option<crate::view::ErrorSummary> {
        let error = self.outcome.refusal.filter(|_| self.outcome.receipt.is_none())?;
        if error.kind() == ErrorKind::Stale && self.outcome.typed.is_some() {
            return None;
        }
        let before =
            if self.outcome.typed.is_some() { "this order can be saved" } else { "this order can be confirmed" };
        Some(summary(self.target().meta(), error, before))
    }

    fn conflict(&self, source: &Source<'_>) -> Option<crate::view::Conflict> {
        let stale = self.outcome.refusal.filter(|error| error.kind() == ErrorKind::Stale);
        let (typed, record) = stale.and(self.outcome.typed).zip(self.record())?;
        let mut conflict = conflict(source, &typed.header, record, &self.loaded.audit, self.url());
        let view = self.lines_view(source);
        let in_words = |lines: &[crate::view::DocumentLine]| {
            let lines = lines.iter().map(|line| format!("{} × {}", line.quantity, line.product));
            lines.collect::<Vec<_>>().join(", ")
        };
        let (yours, theirs) = (in_words(&view.typed(&typed.lines)), in_words(&view.stored(record)));
        if yours != theirs {
            conflict.fields.push(ConflictField { label: "Lines".to_owned(), yours, theirs });
        }
        Some(conflict)
    }
}

/// The header's facts on paper.
fn printed(fields: &[Field]) -> Vec<Fact> {
    let filled = fields.iter().filter(|field| !field.display.is_empty());
    filled.map(|field| Fact::new(&field.label, &field.display)).collect()
}
