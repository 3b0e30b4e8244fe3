//! Invitations: their JSON and their routes.

use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Error, Result,
        access::Role,
        account::user,
        error::{Faults, Reason},
        id::{AppId, InvitationId, OrgId, ProjectId, UserId},
        key::secret::PlainToken,
        org::{invitation as domain, invitation::Accept},
        text,
        time::Instant,
    },
    http::{
        api::{
            route::{Route, act, custom, delete, get, group, list, write_hiding},
            schema::of,
        },
        base::{bearer::call::ApiCall, body, hashing::QueueKey, reply::json},
    },
    service::{
        account::throttle::Asker,
        org::invitation::{self, Joining, NewPerson},
    },
    store::org::invitation::INVITATIONS,
};

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    id: InvitationId,
    organization_id: OrgId,
    email: String,
    role: Role,
    invited_by: UserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted_at: Option<Instant>,
    /// Until when it can be accepted, or could be.
    expires_at: Instant,
    /// When it ended because whoever made it may not invite any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<Instant>,
    created_at: Instant,
    organization: InvitedTo,
    inviter: Inviter,
    /// The project or the app that it is for; without one, it is for the organization as such.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<InvitedIn>,
    /// Whether an e-mail was sent; only in answers to create and resend.
    #[serde(skip_serializing_if = "Option::is_none")]
    email_sent: Option<bool>,
    /// The link to pass on, where no mail can be sent; only in answers to create and resend.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

/// The organization of an invitation.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitedTo {
    name: String,
    slug: String,
}

/// The project, or one of its apps, that an invitation is for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitedIn {
    project_id: ProjectId,
    project_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<AppId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_name: Option<String>,
    /// The role there.
    role: Role,
    /// Whether it was deleted since, so that the invitation cannot be accepted.
    deleted: bool,
}

impl From<domain::NamedAssignment> for InvitedIn {
    fn from(one: domain::NamedAssignment) -> Self {
        let domain::RoleAssignment { project, app, role } = one.at;
        Self { project_id: project, project_name: one.project, app_id: app, app_name: one.app, role, deleted: one.gone }
    }
}

/// Who invited.
#[derive(Debug, Serialize, ToSchema)]
pub struct Inviter {
    name: String,
    email: String,
}

impl From<domain::Invitation> for Invitation {
    fn from(one: domain::Invitation) -> Self {
        Self {
            expires_at: one.open_until(),
            id: one.id,
            organization_id: one.org,
            email: one.email,
            role: one.role,
            invited_by: one.invited_by,
            accepted_at: one.accepted_at,
            ended_at: one.ended_at,
            created_at: one.created_at,
            organization: InvitedTo { name: one.organization.0, slug: one.organization.1 },
            inviter: Inviter { name: one.inviter.0, email: one.inviter.1 },
            place: one.place.map(InvitedIn::from),
            email_sent: None,
            link: None,
        }
    }
}

impl Invitation {
    /// What was just made or sent again, with its link where no e-mail carries that.
    pub fn delivered((one, link): (domain::Invitation, String), mail: bool) -> Self {
        Self { email_sent: Some(mail), link: (!mail).then_some(link), ..one.into() }
    }
}

const ALL: &str = "/organizations/{organizationId}/invitations";
const ONE: &str = "/organizations/{organizationId}/invitations/{invitationId}";

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    group(
        "invitations",
        vec![
            list(
                "list_organization_invitations",
                ALL,
                "The invitations of an organization",
                &INVITATIONS,
                &[],
                |call, tx, actor, listing| Ok(invitation::list(tx, actor, call.org()?, listing)?.map(Invitation::from)),
            ),
            write_hiding(&["link"], Method::POST, "create_organization_invitation", ALL, "Invite somebody", |call, tx, actor, draft| {
                let post = call.state().post();
                Ok(Invitation::delivered(invitation::create(tx, actor, call.org()?, draft, &post)?, post.mail))
            }),
            get("get_organization_invitation", ONE, "An invitation", |call, tx, actor| {
                invitation::get(tx, actor, call.org()?, call.id("invitationId")?).map(Invitation::from)
            }),
            delete("cancel_organization_invitation", ONE, "Take an invitation back", |call, tx, actor| {
                invitation::delete(tx, actor, call.org()?, call.id("invitationId")?)
            }),
            act(
                Method::POST,
                "resend_organization_invitation",
                "/organizations/{organizationId}/invitations/{invitationId}/resend",
                "Send the same link again, with another week",
                |call, tx, actor| {
                    let post = call.state().post();
                    let sent = invitation::resend(tx, actor, call.org()?, call.id("invitationId")?, &post)?;
                    Ok(Invitation::delivered(sent, post.mail))
                },
            )
            .secret(true),
            custom(Method::POST, "accept_invitation", "/invitations/accept", "Join with the secret of a link", of::<Invitation>(), accept)
                .public()
                .body(of::<Accept>()),
        ],
    )
}

/// Passwords are hashed off the workers, a few at a time, and outside the writer.
async fn accept(call: ApiCall) -> Result<actix_web::HttpResponse> {
    call.only(&[])?;
    let wanted: Accept = body::json(call.body())?;
    let secret = PlainToken::from_text(&wanted.token);
    let link = secret.clone();
    let (open, known) = call.state().store.read(move |tx| invitation::open(tx, &link)).await?;
    let (password, state) = (wanted.password.clone(), call.state().clone());
    let name = wanted.name.clone();
    let joining = match known {
        Some(_) => {
            let proof = state.verify(&open.email, call.ip(), password, |_| Asker::Stranger).await?.proof;
            Joining::Known(proof.ok_or(Error::Unauthenticated(Reason::WrongPassword))?)
        }
        None => {
            let mut faults = Faults::default();
            faults.keep(text::name("name", name.as_deref().unwrap_or_default()));
            faults.keep(user::password("password", &password, (name.as_deref().unwrap_or_default(), &open.email)));
            faults.into_result()?;
            let hash = state.hashed(&QueueKey::invited(&open.email, call.ip()), password).await?;
            Joining::New(NewPerson { name: name.unwrap_or_default(), hash, locale: None })
        }
    };
    let joined = call.state().store.write(move |tx| invitation::accept(tx, &secret, &joining)).await?;
    json(200, &Invitation::from(joined))
}
