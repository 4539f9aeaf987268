//! What an administrator does with a user.

use kontor_access::{AccessFault, Feature, OWNER, Permission, access_changed, admit_member, send_invitation};
use kontor_command::{OnRecord, RecordAction};
use kontor_entity::{Entity, Shape};
use kontor_kernel::Result;
use kontor_store::{Meter, Tx, Written};
use serde_json::json;

use crate::{
    FEATURE, User, UserState,
    rights::{check_roles, keep_an_owner, require_rights_of_roles},
    user::LockedUser,
};

/// Shuts a user out: every session of theirs ends.
#[derive(Debug, Clone, Copy, Shape)]
pub struct DeactivateUser;

impl RecordAction for DeactivateUser {
    const NAME: &'static str = "company.user.deactivate";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("company.user.deactivate");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "deactivate";
    const SUMMARY: &'static str = "Shut a user out; every session of theirs ends";
    const CREATES: bool = false;

    type On = User;
    type Answer = User;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let locked = LockedUser::lock(tx, call.id, call.version).await?;
        if locked.user.state == UserState::Deactivated {
            return Err(AccessFault::UserState.error().with_detail("the user is deactivated already"));
        }
        require_rights_of_roles(tx, &locked.user.roles).await?;
        if locked.user.roles.iter().any(|role| role == OWNER) {
            keep_an_owner(tx, locked.id()).await?;
        }
        admit_member(tx, locked.id(), false).await?;
        let changed = User { state: UserState::Deactivated, ..locked.user.clone() };
        locked.write(tx, "deactivated", changed).await
    }
}

/// Lets a deactivated user in again; one who never accepted is invited anew.
#[derive(Debug, Clone, Copy, Shape)]
pub struct ReactivateUser;

impl RecordAction for ReactivateUser {
    const NAME: &'static str = "company.user.reactivate";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("company.user.reactivate");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "reactivate";
    const SUMMARY: &'static str = "Let a deactivated user in again";
    const CREATES: bool = false;

    type On = User;
    type Answer = User;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let locked = LockedUser::lock(tx, call.id, call.version).await?;
        if locked.user.state != UserState::Deactivated {
            return Err(AccessFault::UserState.error().with_detail("the user is not deactivated"));
        }
        require_rights_of_roles(tx, &locked.user.roles).await?;
        let state = if locked.user.joined_at.is_some() {
            admit_member(tx, locked.id(), true).await?;
            UserState::Active
        } else {
            send_invitation(tx, locked.id()).await?;
            UserState::Invited
        };
        let changed = User { state, ..locked.user.clone() };
        locked.write(tx, "reactivated", changed).await
    }
}

/// Gives a user other roles.
#[derive(Debug, Clone, Shape)]
pub struct SetUserRoles {
    /// Codes of roles; they replace those the user has.
    pub roles: Vec<String>,
}

impl RecordAction for SetUserRoles {
    const NAME: &'static str = "company.user.set_roles";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("company.user.set_roles");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "set-roles";
    const SUMMARY: &'static str = "Give a user other roles";
    const CREATES: bool = false;

    type On = User;
    type Answer = User;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let locked = LockedUser::lock(tx, call.id, call.version).await?;
        let roles = check_roles(tx, &call.body.roles, &locked.user.roles).await?;
        if roles == locked.user.roles {
            return tx.record_json(User::META, call.id).await;
        }
        // Also of the roles that stay: who may not do what a user may do has no say over that user.
        let all: Vec<String> = roles.iter().chain(&locked.user.roles).cloned().collect();
        require_rights_of_roles(tx, &all).await?;
        let was_owner = locked.user.roles.iter().any(|role| role == OWNER);
        if was_owner && !roles.iter().any(|role| role == OWNER) {
            keep_an_owner(tx, locked.id()).await?;
        }
        access_changed(tx.tenant());
        let changed = User { roles, ..locked.user.clone() };
        locked.write(tx, "updated", changed).await
    }
}

/// Sends the invitation again; the earlier link is worth nothing then.
#[derive(Debug, Clone, Copy, Shape)]
pub struct ResendInvitation;

impl RecordAction for ResendInvitation {
    const NAME: &'static str = "company.user.invite";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("company.user.invite");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "invite";
    const SUMMARY: &'static str = "Send the invitation again";
    const CREATES: bool = false;

    type On = User;
    type Answer = User;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let locked = LockedUser::lock(tx, call.id, call.version).await?;
        if locked.user.state != UserState::Invited {
            return Err(AccessFault::UserState
                .error()
                .with_detail("only somebody who has not accepted yet is invited again"));
        }
        require_rights_of_roles(tx, &locked.user.roles).await?;
        send_invitation(tx, locked.id()).await?;
        tx.audit("invited", User::META.collection, locked.id(), &json!({ "email": locked.user.email }));
        tx.record_json(User::META, locked.id()).await
    }
}
