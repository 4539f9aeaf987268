//! A role of the company's own: new, changed, archived, restored.

use kontor_access::{OWNER, Verb};
use kontor_company::{Role, known_permissions};
use kontor_entity::{Entity, Mode, Record, Shape, parse_draft};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, Result};
use kontor_store::Origin;
use poem::Response;
use serde_json::json;
use uuid::Uuid;

use super::{Settings, role_right::Boxes, user::URL as USERS};
use crate::{
    account::form::{Form, refuse},
    answer,
    pages::{
        Target,
        activity::{AuditEntry, activity, read_activity},
        display::{Display, StoredJson},
        form::version_of,
        names::Names,
    },
    refusal::is_refusal,
    view::{Action, ActionTarget, Field, FieldKind, Icon, RoleFormView, Status, Tone},
};

const URL: &str = "/settings/roles";

pub(super) fn endpoints(settings: &Settings) -> Vec<Endpoint> {
    vec![
        settings.get("/settings/roles/new", blank),
        settings.post(URL, create),
        settings.get("/settings/roles/{id}", open),
        settings.post("/settings/roles/{id}", update),
        settings.post("/settings/roles/{id}/archive", |settings, incoming| async move {
            settings.archive_role(&incoming, true).await
        }),
        settings.post("/settings/roles/{id}/restore", |settings, incoming| async move {
            settings.archive_role(&incoming, false).await
        }),
    ]
}

/// What a form says that the role is to be.
struct Typed {
    code: String,
    name: String,
    permissions: Vec<String>,
}

impl Typed {
    fn of(incoming: &Incoming) -> Self {
        let form = Form::of(incoming);
        let permissions = incoming.form().into_iter().filter(|(name, _)| name == "permissions").map(|(_, value)| value);
        Self {
            code: form.text("code").to_owned(),
            name: form.text("name").to_owned(),
            permissions: permissions.collect(),
        }
    }
}

/// A role as it is stored.
struct StoredRole {
    record: StoredJson,
    role: Role,
    audit: Vec<AuditEntry>,
}

async fn blank(settings: Settings, incoming: Incoming) -> Result<Response> {
    let call = incoming.call(Origin::Web)?;
    settings.web.app.runner.admit(&call, settings.roles()?.operation(Verb::Create)).await?;
    settings.role_page(&incoming, None, None).await
}

async fn open(settings: Settings, incoming: Incoming) -> Result<Response> {
    let stored = settings.stored_role(&incoming, incoming.id("id")?).await?;
    settings.role_page(&incoming, Some(&stored), None).await
}

async fn create(settings: Settings, incoming: Incoming) -> Result<Response> {
    let (call, target) = (incoming.call(Origin::Web)?, settings.roles()?);
    settings.web.app.runner.admit(&call, target.operation(Verb::Create)).await?;
    let typed = Typed::of(&incoming);
    let body = json!({ "code": typed.code, "name": typed.name, "permissions": typed.permissions });
    let draft = parse_draft(Role::META, body.to_string().as_bytes(), Mode::Create);
    match settings.web.create(&call, target, draft).await {
        Ok(_) => Ok(answer::done(USERS, &format!("The role {} is made", typed.name.trim()))),
        Err(error) if is_refusal(&error) => settings.role_page(&incoming, None, Some((&typed, &error))).await,
        Err(error) => Err(error),
    }
}

async fn update(settings: Settings, incoming: Incoming) -> Result<Response> {
    let (call, target, id) = (incoming.call(Origin::Web)?, settings.roles()?, incoming.id("id")?);
    settings.web.app.runner.admit(&call, target.operation(Verb::Update)).await?;
    let (typed, version) = (Typed::of(&incoming), version_of(&incoming.form()));
    let body = json!({ "name": typed.name, "permissions": typed.permissions });
    let draft = parse_draft(Role::META, body.to_string().as_bytes(), Mode::Patch);
    match settings.web.update(&call, target, id, version, draft).await {
        Ok(saved) if saved.is_unchanged() => Ok(answer::done(&format!("{URL}/{id}"), "Nothing was changed")),
        Ok(_) => Ok(answer::done(&format!("{URL}/{id}"), "Changes saved")),
        Err(error) if is_refusal(&error) => {
            let stored = settings.stored_role(&incoming, id).await?;
            settings.role_page(&incoming, Some(&stored), Some((&typed, &error))).await
        }
        Err(error) => Err(error),
    }
}

impl Settings {
    fn roles(&self) -> Result<Target> {
        self.target(Role::META)
    }

    async fn stored_role(&self, incoming: &Incoming, id: Uuid) -> Result<StoredRole> {
        self.web
            .read(incoming, self.roles()?, &|tx| {
                Box::pin(async move {
                    let meta = Role::META;
                    let record = StoredJson::read(&tx.record_json(meta, id).await?.json)?;
                    let values = meta.fields.iter().map(|field| record.value(field)).collect();
                    let role = Role::from_record(&Record::new(values))
                        .ok_or_else(|| Error::internal("a role that does not fit its description"))?;
                    Ok(StoredRole { record, role, audit: read_activity(tx, meta, id).await? })
                })
            })
            .await
    }

    async fn archive_role(&self, incoming: &Incoming, archived: bool) -> Result<Response> {
        let (call, target, id) = (incoming.call(Origin::Web)?, self.roles()?, incoming.id("id")?);
        let version = version_of(&incoming.form());
        match self.web.archive(&call, target, id, version, archived).await {
            Ok(()) if archived => Ok(answer::done(USERS, "Role archived")),
            Ok(()) => Ok(answer::done(&format!("{URL}/{id}"), "Role restored")),
            Err(error) if is_refusal(&error) => Ok(answer::refused(&format!("{URL}/{id}"), error.text())),
            Err(error) => Err(error),
        }
    }

    async fn role_page(
        &self,
        incoming: &Incoming,
        stored: Option<&StoredRole>,
        refused: Option<(&Typed, &Error)>,
    ) -> Result<Response> {
        let caller = incoming.caller()?;
        let target = self.roles()?;
        let title = stored.map_or("New role", |stored| &stored.role.name);
        let (shell, nav) = self.frame(incoming, title, USERS).await?;
        let (typed, refusal) = refused.unzip();
        let mut fields = fields(stored, typed);
        // The boxes are one field to whoever reads what is wrong.
        fields.push(Field::new("permissions", "Rights", FieldKind::Text));
        let errors = refusal.map(|error| refuse(&mut fields, error, "this role can be saved"));
        fields.pop();
        let entries = typed.map(|typed| &typed.permissions).or(stored.map(|stored| &stored.role.permissions));
        let boxes = Boxes {
            known: known_permissions(),
            registry: &self.web.app.registry,
            own: &caller.permissions,
            entries: entries.map_or(&[], Vec::as_slice),
        };
        let owner = stored.is_some_and(|stored| stored.role.code == OWNER);
        let archived = stored.is_some_and(|stored| stored.record.is_archived());
        let verb = if stored.is_some() { Verb::Update } else { Verb::Create };
        let display = Display::of(caller, self.web.today(caller));
        let page = RoleFormView {
            shell,
            nav,
            title: title.to_owned(),
            statuses: statuses(owner, archived),
            action: stored.map_or_else(|| URL.to_owned(), |stored| url(&stored.record)),
            version: stored.map(|stored| stored.record.version()),
            editable: !owner && !archived && target.allows(caller, verb),
            menu: stored.filter(|_| !owner && target.allows(caller, Verb::Archive)).map(menu).unwrap_or_default(),
            general: boxes.general(),
            areas: boxes.areas(),
            fields,
            errors,
            activity: stored.map(|stored| activity(Role::META, &stored.audit, &Names::default(), &display)),
        };
        self.web.page(incoming, refusal.map_or(200, |error| error.kind().status()), &page)
    }
}

fn url(record: &StoredJson) -> String {
    format!("{URL}/{}", record.text("id"))
}

/// Name and code; users hold the role by its code, so that only a new one has it to type.
fn fields(stored: Option<&StoredRole>, typed: Option<&Typed>) -> Vec<Field> {
    let name = typed.map(|typed| &typed.name).or(stored.map(|stored| &stored.role.name));
    let code = stored.map(|stored| &stored.role.code).or(typed.map(|typed| &typed.code));
    let mut name = Field::new("name", "Name", FieldKind::Text).value(name.map_or("", String::as_str)).required();
    name.max = Some(100);
    name.autofocus = stored.is_none();
    let mut code = Field::new("code", "Code", FieldKind::Text)
        .value(code.map_or("", String::as_str))
        .required()
        .readonly(stored.is_some())
        .help("Short and for good, such as buyer: users hold the role by it.");
    code.max = Some(40);
    vec![name, code]
}

fn statuses(owner: bool, archived: bool) -> Vec<Status> {
    let built_in = owner.then(|| Status::quiet("Built in", Tone::Neutral));
    let archived = archived.then(|| Status::quiet("Archived", Tone::Neutral));
    built_in.into_iter().chain(archived).collect()
}

fn menu(stored: &StoredRole) -> Vec<Action> {
    let (url, version) = (url(&stored.record), Some(stored.record.version()));
    let post = |verb: &str| ActionTarget::Post { url: format!("{url}/{verb}"), version };
    vec![if stored.record.is_archived() {
        Action::new("Restore", Icon::RotateCcw, post("restore"))
    } else {
        Action::new("Archive", Icon::Trash, post("archive")).danger()
    }]
}
