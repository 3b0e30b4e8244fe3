//! The dashboard of a project: read at once, each part only for whom it is.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        content::{Kind, documents_of},
        id::ProjectPath,
        listing::Listing,
        org::{activity::Activity, invitation::InvitationFilter as Invitations},
        project::{
            app::App,
            dashboard::{Access, Contents, Dashboard},
        },
        spec::Order,
        time::{DAY, Instant},
    },
    service::{
        authorize,
        content::count,
        org::{invitation, service_account},
    },
    store::{
        Tx,
        key::{
            key::KeysOf,
            key_list::{self, KeyFilter as Keys},
        },
        org::activity,
    },
};

use super::{app, project, traffic};

/// Most keys that end soon, busy keys, and lines of what happened.
const MOST: u32 = 5;
/// So many wrong passwords of one person within a day are told: a slip of the finger needs nobody.
const FAILED: u64 = 3;

/// The dashboard with the traffic from `since` on.
pub fn of(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, since: Instant) -> Result<Dashboard> {
    let project = project::get(tx, actor, at)?;
    let mut contents = Vec::new();
    for app in app::list(tx, actor, at, &all())?.items {
        for kind in documents_of(tx.kinds(), app.app_type) {
            // Whoever sees one app of a project does not see into the others.
            contents.extend(authorize::if_granted(contents_of(tx, actor, &app, kind))?);
        }
    }
    Ok(Dashboard {
        project,
        contents,
        counts: authorize::if_granted(traffic::of_project(tx, actor, at, since))?.unwrap_or_default(),
        activities: authorize::if_granted(activities(tx, actor, at))?.unwrap_or_default(),
        access: authorize::if_granted(access(tx, actor, at, since))?,
        has_own_key: authorize::if_granted(own_keys(tx, actor))?.is_some_and(|keys| keys > 0),
    })
}

fn all() -> Listing {
    Listing { page_size: 200, ..Listing::default() }
}

fn few() -> Listing {
    Listing { page_size: MOST, ..Listing::default() }
}

fn contents_of(tx: &mut Tx<'_>, actor: &Arc<Actor>, app: &App, kind: &'static Kind) -> Result<Contents> {
    let counts = count::counts(tx, actor, (app.org, app.project, app.id), kind)?;
    Ok(Contents { kind, counts, app: app.clone() })
}

fn own_keys(tx: &mut Tx<'_>, actor: &Arc<Actor>) -> Result<u64> {
    let own = KeysOf::Own(authorize::own(tx, actor, Permission::OrganizationSee)?);
    key_list::in_use(tx, &own)
}

/// What happened in the project last.
fn activities(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath) -> Result<Vec<Activity>> {
    let at = authorize::project(tx, actor, at, Permission::ProjectManage)?;
    activity::newest_of_project(tx, &at, MOST)
}

fn access(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, since: Instant) -> Result<Access> {
    let org = at.0;
    authorize::org(tx, actor, org, Permission::AccessRead)?;
    let reaching = KeysOf::Project(authorize::project(tx, actor, at, Permission::ProjectRead)?);
    let soonest = Listing { order: Order { field: "expiresAt", descending: false }, ..few() };
    let ending = key_list::list(tx, &reaching, Keys::Expiring, &soonest)?;
    let mut failed = traffic::failed_sign_ins(tx, actor, org, tx.now() - DAY, MOST)?;
    failed.retain(|one| one.n >= FAILED);
    Ok(Access {
        has_accounts: service_account::list(tx, actor, org, &few())?.total > 0,
        keys: key_list::in_use(tx, &reaching)?,
        ending_total: ending.total,
        ending: ending.items,
        invitations: invitation::overview(tx, actor, org, Invitations::Pending, &few())?.1.pending,
        failed,
        busiest: traffic::busiest(tx, actor, at, since, MOST)?,
    })
}
