//! People with personal keys, as the console makes them.

use stele::{
    domain::{
        Result,
        access::{Access, Actor, ActorKind, Role, Via},
        id::{OrgId, SessionId, UserId},
        key::key,
        org::member,
    },
    service::{self, account::user::NewUser},
    store::Tx,
};

use super::{Made, Server, Tenant};

/// A member and a personal key of theirs.
pub struct Person {
    pub made: Made,
    /// The id of the membership; none for the owner of a [`Tenant`].
    pub member: Option<String>,
}

/// Somebody who joins with this role, and their key with this access.
pub fn person(server: &Server, org: OrgId, role: Role, access: Access) -> Person {
    server.write(move |tx| {
        let new = NewUser { name: format!("{} person", role.word()), email: format!("{}.{}@{org}.example", role.word(), access.word()) };
        let id = service::account::user::create(tx, &new, "no password")?;
        let draft = member::Draft { user_id: id, role, title: None };
        let joined = service::org::member::create(tx, &Actor::operator(), org, &draft)?;
        Ok(Person { made: personal(tx, id, &new, org, access)?, member: Some(joined.id.to_string()) })
    })
}

/// The owner of the organization that [`super::place`] made with this slug, with a key of this access.
pub fn owner(server: &Server, here: &Tenant, slug: &'static str, access: Access) -> Person {
    let org = here.org;
    server.write(move |tx| {
        let user = service::account::user::by_email(tx, &format!("olga@{slug}.example"))?;
        let new = NewUser { name: user.name, email: user.email };
        Ok(Person { made: personal(tx, user.id, &new, org, access)?, member: None })
    })
}

fn personal(tx: &mut Tx<'_>, id: UserId, who: &NewUser, org: OrgId, access: Access) -> Result<Made> {
    let session = SessionId::new(tx.now(), tx.entropy());
    let (name, email) = (who.name.clone(), who.email.clone());
    let actor = Actor { id, kind: ActorKind::User, name, email, via: Via::Session(session), access: Access::Full };
    let draft = key::Draft { name: "Own".into(), access: Some(access), expires_in_days: Some(1), ..key::Draft::default() };
    let issued = service::key::key::create_personal(tx, &actor.into(), org, &draft, false)?;
    Ok(Made { account: id, key: issued.key.id, secret: issued.secret.reveal().to_owned() })
}
