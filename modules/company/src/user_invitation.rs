use kontor_access::{Feature, NewUser, Permission, invite_user};
use kontor_command::Command;
use kontor_entity::{Entity, Shape};
use kontor_kernel::Result;
use kontor_store::{Meter, Tx, Written};
use serde_json::json;

use crate::{
    FEATURE, User,
    rights::{check_roles, require_rights_of_roles},
};

/// A colleague to be invited.
#[derive(Debug, Clone, PartialEq, Shape)]
pub struct UserInvitation {
    #[field(max = 200)]
    pub name: String,
    #[field(email, label = "E-mail")]
    pub email: String,
    /// Codes of roles.
    pub roles: Vec<String>,
}

/// Makes a user in the state *invited* and mails them the link that lets them in.
#[derive(Debug, Clone)]
pub struct InviteUser(pub UserInvitation);

impl Command for InviteUser {
    const NAME: &'static str = "company.user.invite";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("company.user.invite");
    const METER: Meter = Meter::Write;

    type Output = Written;

    async fn run(self, tx: &mut Tx) -> Result<Written> {
        let UserInvitation { name, email, roles } = self.0;
        let roles = check_roles(tx, &roles, &[]).await?;
        require_rights_of_roles(tx, &roles).await?;
        let new = NewUser { name, email: email.to_lowercase(), roles };
        let id = invite_user(tx, &new).await?;
        let changes = json!({ "name": new.name, "email": new.email, "roles": new.roles, "state": "invited" });
        tx.tell(User::META.collection, "created", id, 1, &changes);
        tx.record_json(User::META, id).await
    }
}
