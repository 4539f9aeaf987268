use chrono::{DateTime, Utc};
use kontor_access::{Caller, OWNER, Verb};
use kontor_billing::Plan;
use kontor_command::{Command, RecordAction};
use kontor_company::{DeactivateUser, InviteUser, Role, SetUserRoles, User, UserState};
use kontor_entity::Entity;
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, Result, UserId};
use kontor_store::{Cursor, ListQuery, Tx};
use poem::Response;
use uuid::Uuid;

use super::{Settings, role};
use crate::{
    account::form::{Form, refuse},
    pages::display::Display,
    view::{Choice, ErrorSummary, Field, FieldKind, Invitation, Member, RoleView, Status, Tone, UserBadge, UsersView},
};

pub(super) const URL: &str = "/settings/users";

pub(super) fn endpoints(settings: &Settings) -> Vec<Endpoint> {
    vec![settings.get(URL, |settings, incoming| async move { settings.users_page(&incoming, None).await })]
}

/// The company's people and roles.
struct Team {
    users: Vec<(Uuid, User)>,
    roles: Vec<Role>,
    /// The roles with their pages, those that are archived last.
    role_views: Vec<RoleView>,
    last_seen: Vec<(UserId, DateTime<Utc>)>,
    invited_until: Vec<(UserId, DateTime<Utc>)>,
}

impl Settings {
    pub(super) async fn users_page(&self, incoming: &Incoming, refused: Option<(&Form, &Error)>) -> Result<Response> {
        let caller = incoming.caller()?;
        let team = self.team(incoming).await?;
        let (shell, nav) = self.frame(incoming, "Users and roles", URL).await?;
        let display = Display::of(caller, self.web.today(caller));
        let (invite, errors) = invite_form(&role::given_by(caller, &team.roles), refused);
        let roles = self.target(Role::META)?;
        let plan = self.gate.plan(caller.tenant()).await?;
        let page = UsersView {
            shell,
            nav,
            members: team.members(caller, &display),
            invitations: team.invitations(&display),
            seats: team.seats(&plan),
            may_add_role: roles.allows(caller, Verb::Create),
            roles: if roles.allows(caller, Verb::Read) { team.role_views } else { Vec::new() },
            invite,
            editable: caller.permissions.allow(InviteUser::PERMISSION),
            invite_open: errors.is_some(),
            errors,
        };
        self.web.page(incoming, refused.map_or(200, |(_, error)| error.kind().status()), &page)
    }

    async fn team(&self, incoming: &Incoming) -> Result<Team> {
        let (users, roles, archived) = self
            .web
            .read(incoming, self.target(User::META)?, &|tx| {
                Box::pin(async move {
                    let users = read_all::<User>(tx, false).await?;
                    Ok((users, read_all::<Role>(tx, false).await?, read_all::<Role>(tx, true).await?))
                })
            })
            .await?;
        let tenant = incoming.caller()?.tenant();
        Ok(Team {
            role_views: role_views(&users, &roles, &archived),
            users,
            roles: roles.into_iter().map(|(_, role)| role).collect(),
            last_seen: self.identity.last_seen(tenant).await?,
            invited_until: self.identity.open_invitations(tenant).await?,
        })
    }
}

/// Every record of an entity that has few.
async fn read_all<E: Entity>(tx: &mut Tx, archived: bool) -> Result<Vec<(Uuid, E)>> {
    let mut all = Vec::new();
    let mut list = ListQuery { limit: ListQuery::MAX_LIMIT, archived, ..ListQuery::all(E::META) };
    loop {
        let (records, next) = tx.list_records(E::META, &list).await?;
        for record in &records {
            all.push((record.stored.id, record.stored.typed::<E>()?));
        }
        match next.as_deref().and_then(Cursor::decode) {
            Some(cursor) => list.cursor = Some(cursor),
            None => return Ok(all),
        }
    }
}

impl Team {
    fn members(&self, caller: &Caller, display: &Display) -> Vec<Member> {
        let joined = self.users.iter().filter(|(_, user)| user.state != UserState::Invited);
        joined.map(|(id, user)| self.member(*id, user, caller, display)).collect()
    }

    fn member(&self, id: Uuid, user: &User, caller: &Caller, display: &Display) -> Member {
        let active = user.state == UserState::Active;
        let may =
            caller.permissions.allow(SetUserRoles::PERMISSION) && caller.permissions.allow(DeactivateUser::PERMISSION);
        let last_owner = active && user.roles.iter().any(|role| role == OWNER) && self.owners() == 1;
        // Nobody locks themselves out by a slip; another administrator can.
        let editable = may && id != caller.user.0 && !last_owner && role::covers(caller, &user.roles, &self.roles);
        let seen = self.last_seen.iter().find(|(user, _)| user.0 == id);
        Member {
            id: id.to_string(),
            initials: UserBadge::new(&user.name, "", "").initials,
            name: user.name.clone(),
            email: user.email.clone(),
            roles: self.choices(user, caller),
            status: if active {
                Status::quiet("Active", Tone::Success)
            } else {
                Status::quiet("Deactivated", Tone::Neutral)
            },
            last_seen: seen.map_or_else(String::new, |(_, at)| format!("seen {}", lower_first(&display.moment(*at)))),
            editable,
            active,
        }
    }

    /// The roles to choose from, the present one marked. Several at once are one choice of their own.
    fn choices(&self, user: &User, caller: &Caller) -> Vec<Choice> {
        let present = user.roles.join(",");
        let mut choices = role::given_by(caller, &self.roles);
        if !choices.iter().any(|choice| choice.value == present) {
            choices.insert(0, Choice::new(&present, role::names(&user.roles, &self.roles)));
        }
        Choice::select(choices, &present)
    }

    fn owners(&self) -> usize {
        let is_owner = |user: &User| user.state == UserState::Active && user.roles.iter().any(|role| role == OWNER);
        self.users.iter().filter(|(_, user)| is_owner(user)).count()
    }

    fn invitations(&self, display: &Display) -> Vec<Invitation> {
        let invited = self.users.iter().filter(|(_, user)| user.state == UserState::Invited);
        let invitations = invited.map(|(id, user)| {
            let until = self.invited_until.iter().find(|(user, _)| user.0 == *id);
            let date = |at: DateTime<Utc>| display.locale.date(at.with_timezone(&display.zone).date_naive());
            Invitation {
                id: id.to_string(),
                email: user.email.clone(),
                role: role::names(&user.roles, &self.roles),
                expires: until.map_or_else(|| "expired".to_owned(), |(_, at)| format!("expires {}", date(*at))),
            }
        });
        invitations.collect()
    }

    /// `3 of the 25 users of the plan Growth, open invitations included.`
    fn seats(&self, plan: &Plan) -> String {
        let taken = self.users.iter().filter(|(_, user)| user.state != UserState::Deactivated).count();
        let limit = plan.limits.seats();
        limit.map_or_else(String::new, |limit| {
            format!("{taken} of the {limit} users of the plan {}, open invitations included.", plan.name)
        })
    }
}

fn role_views(users: &[(Uuid, User)], roles: &[(Uuid, Role)], archived: &[(Uuid, Role)]) -> Vec<RoleView> {
    let members = |code: &str| {
        let has = |user: &User| user.state == UserState::Active && user.roles.iter().any(|role| role == code);
        users.iter().filter(|(_, user)| has(user)).count()
    };
    let present = roles.iter().map(|(id, role)| role::view(*id, role, members(&role.code)));
    present.chain(archived.iter().map(|(id, role)| role::archived(*id, role))).collect()
}

/// `Today, 09:42` within a sentence.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn invite_form(roles: &[Choice], refused: Option<(&Form, &Error)>) -> (Vec<Field>, Option<ErrorSummary>) {
    let text = |name: &str| refused.map_or("", |(form, _)| form.text(name)).to_owned();
    let mut fields = vec![
        Field::new("name", "Name", FieldKind::Text).value(text("name")).required().autofocus(),
        Field::new("email", "E-mail", FieldKind::Email).value(text("email")).required(),
        Field::new("role", "Role", FieldKind::Choice).value(text("role")).choices(roles.to_vec()).required(),
    ];
    let errors = refused.map(|(_, error)| refuse(&mut fields, error, "the invitation can be sent"));
    (fields, errors)
}
