//! The demo of a sandbox: Northwind Press, a small publisher with a site in English and French.
//!
//! Its keys are derived from the instance's secret, so that a kept sandbox prints the same ones at each start and still
//! stores none.

mod content;
mod keys;
mod pictures;
pub mod seeded;
mod traffic;

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Access, Actor, Permission, Role},
        content::site::{
            redirect as redirects,
            settings::{ViewerAuth, ViewerAuthPatch},
            viewer as viewers,
        },
        id::{AppId, AppPath, Entropy, OrgId, ProjectId, ProjectPath, UserId},
        key::{
            key::Draft,
            secret::{KeyKind, PlainKey},
        },
        org::{invitation as invitations, member::Draft as MemberDraft, organization as orgs, service_account},
        project::{
            app::{self, AppType},
            project as projects,
        },
        time::Instant,
    },
    service::{
        account::{password, user},
        authorize,
        content::site::{redirect, settings, viewer},
        key::key,
        org::{invitation, member, organization, service_account as accounts},
        project::{app as apps, placed_member, project},
    },
    store::{Store, Tx, account::notification, instance, unguarded},
};

/// What a sandbox tells at its start.
#[derive(Debug, Clone)]
pub struct Demo {
    /// A service-account key of an admin, with full access.
    pub service_key: String,
    /// A personal key of an admin, with full access.
    pub personal_key: String,
    /// The organization.
    pub org: OrgId,
    /// The project.
    pub project: ProjectId,
    /// Slug and id of its apps.
    pub apps: Vec<(String, AppId)>,
}

/// The e-mail address and the name of the demo's people, with their roles.
const PEOPLE: [(&str, &str, Role); 5] = [
    ("ada@northwind.example", "Ada Winter", Role::Owner),
    ("bruno@northwind.example", "Bruno Keller", Role::Admin),
    ("chloe@northwind.example", "Chloé Martin", Role::Editor),
    ("daoud@northwind.example", "Daoud Haddad", Role::Viewer),
    ("eva@northwind.example", "Eva Lind", Role::Collaborator),
];
/// Who is signed in by one click: the owner.
pub const VISITOR: &str = PEOPLE[0].0;
const SLUG: &str = "northwind-press";
const SITE: &str = "northwind-site";

/// Seeds a new database and finds the demo in an old one. `service_key` replaces the derived service key.
///
/// # Errors
/// Those of the store; a database that holds something else than a sandbox's data is not touched.
pub fn seed(store: &Store, service_key: Option<&PlainKey>, empty: bool) -> Result<Demo> {
    let made = store.write_now(instance::unguarded_get_or_make)?;
    let derived = |label: &'static str, kind| PlainKey::new(kind, true, &Derived { secret: &made.secret, label });
    let service = service_key.cloned().unwrap_or_else(|| derived("service", KeyKind::Service));
    let personal = derived("personal", KeyKind::Personal);
    let hash = password::hash("northwind-demo", store.entropy())?;
    let (key, own) = (service.clone(), personal.clone());
    let demo = store.write_now(move |tx| match unguarded::unguarded_org_by_slug(tx, SLUG)? {
        Some(org) => reopen_demo(tx, org, &key, &own),
        None => fresh(tx, &hash, &key, &own, empty),
    })?;
    Ok(Demo { service_key: service.reveal().to_owned(), personal_key: personal.reveal().to_owned(), ..demo })
}

/// Randomness that is the same for the same instance and label.
struct Derived<'a> {
    secret: &'a [u8],
    label: &'static str,
}

impl Entropy for Derived<'_> {
    fn fill(&self, bytes: &mut [u8]) {
        let mut hasher = blake3::Hasher::new_derive_key("stele 2026-11 sandbox key");
        hasher.update(self.secret).update(self.label.as_bytes()).finalize_xof().fill(bytes);
    }
}

/// The demo of a kept sandbox; a service key that it does not know yet is added.
fn reopen_demo(tx: &mut Tx<'_>, org: OrgId, service: &PlainKey, personal: &PlainKey) -> Result<Demo> {
    let operator = Actor::operator();
    let site = project::get_by_slug(tx, &operator, org, SITE)?;
    if unguarded::unguarded_key_by_hash(tx, &service.hashed())?.is_none() {
        let listing = crate::domain::listing::Listing::default();
        let page = accounts::list(tx, &operator, org, &listing)?;
        if let Some(admin) = page.items.iter().find(|account| account.role == Role::Admin) {
            issue(tx, org, (admin.id, "Bruno Keller"), "Given at the start", service.clone(), never())?;
        }
    }
    let apps = site.apps.into_iter().map(|app| (app.slug, app.id)).collect();
    Ok(Demo { service_key: String::new(), personal_key: personal.display(), org, project: site.id, apps })
}

fn fresh(tx: &mut Tx<'_>, hash: &str, service: &PlainKey, personal: &PlainKey, empty: bool) -> Result<Demo> {
    let mut people = Vec::new();
    for (email, name, _) in PEOPLE {
        let new = user::NewUser { name: name.into(), email: email.into() };
        people.push(user::create(tx, &new, hash)?);
    }
    let ada = Actor::founding(people[0], PEOPLE[0].1, PEOPLE[0].0);
    let draft = orgs::Draft {
        name: "Northwind Press".into(),
        slug: Some(SLUG.into()),
        description: Some("A small publisher of books about the sea and the weather.".into()),
        website: Some("https://northwind.example".into()),
    };
    let org = organization::create_by(tx, &ada, people[0], &draft)?.id;
    for (at, (_, _, role)) in PEOPLE.iter().enumerate().skip(1) {
        member::create(tx, &Actor::operator(), org, &MemberDraft { user_id: people[at], role: *role, title: None })?;
    }
    let site = project::create(tx, &ada, org, &project_draft("Northwind site", SITE, &["en", "fr"]))?;
    let website = make_app(tx, &ada, (org, site.id), AppType::Website, "Website")?;
    let machines = machines(tx, &ada, org)?;
    issue(tx, org, (machines[0], "Ada Winter"), "Sandbox", service.clone(), never())?;
    issue(tx, org, (people[1], "Bruno Keller"), "Bruno's laptop", personal.clone(), never())?;
    let mut apps = vec![("website".to_owned(), website)];
    if !empty {
        let forms = make_app(tx, &ada, (org, site.id), AppType::Forms, "Forms")?;
        let help = make_app(tx, &ada, (org, site.id), AppType::KnowledgeBase, "Help")?;
        apps.extend([("forms".to_owned(), forms), ("help".to_owned(), help)]);
        furnish(tx, &ada, (org, site.id, website), &people, &machines)?;
        let pictures = pictures::make(tx, &ada, (org, site.id, website))?;
        content::write(tx, &ada, (org, site.id, website), (help, forms), &pictures)?;
    }
    Ok(Demo { service_key: String::new(), personal_key: personal.display(), org, project: site.id, apps })
}

fn project_draft(name: &str, slug: &str, locales: &[&str]) -> projects::Draft {
    projects::Draft {
        name: name.into(),
        slug: Some(slug.into()),
        description: None,
        default_locale: Some("en".into()),
        enabled_locales: Some(locales.iter().map(|tag| (*tag).to_owned()).collect()),
    }
}

fn make_app(tx: &mut Tx<'_>, by: &Arc<Actor>, at: ProjectPath, app_type: AppType, name: &str) -> Result<AppId> {
    let draft = app::Draft { app_type, name: name.into(), slug: None, description: None };
    Ok(apps::create(tx, by, at, &draft)?.id)
}

/// A service account of each role.
fn machines(tx: &mut Tx<'_>, by: &Arc<Actor>, org: OrgId) -> Result<Vec<UserId>> {
    let machines = [
        ("Deployment", Role::Admin, "Publishes the site after each change"),
        ("Nightly import", Role::Editor, "Brings new titles in from the warehouse"),
        ("Site reader", Role::Viewer, "Fetches pages and posts for the public site"),
        ("Partner feed", Role::Collaborator, "Hands the list of titles to bookshops"),
    ];
    let make = |(name, role, purpose): (&str, Role, &str)| {
        let draft = service_account::Draft { name: name.into(), role, description: Some(purpose.into()) };
        accounts::create(tx, by, org, &draft).map(|account| account.id)
    };
    machines.into_iter().map(make).collect()
}

fn never() -> Option<Option<Instant>> {
    Some(None)
}

fn issue(tx: &mut Tx<'_>, org: OrgId, owner: (UserId, &str), name: &str, secret: PlainKey, ends: Option<Option<Instant>>) -> Result<()> {
    let at = authorize::org(tx, &Actor::founding(owner.0, owner.1, ""), org, Permission::KeyManage)?;
    let draft = Draft { name: name.into(), access: Some(Access::Full), expires_in_days: None, expires_at: ends, ..Draft::default() };
    key::issue(tx, &at, owner.0, &draft, secret).map(|_| ())
}

/// All that makes the demo believable: something of everything that can be listed.
fn furnish(tx: &mut Tx<'_>, ada: &Arc<Actor>, site: AppPath, people: &[UserId], machines: &[UserId]) -> Result<()> {
    let (org, project, _) = site;
    let atlas = project::create(tx, ada, org, &project_draft("Weather atlas", "weather-atlas", &["en"]))?;
    make_app(tx, ada, (org, atlas.id), AppType::Website, "Website")?;
    let old = make_app(tx, ada, (org, project), AppType::Website, "Old website")?;
    apps::delete(tx, ada, (org, project, old))?;
    let eva = MemberDraft { user_id: people[4], role: Role::Editor, title: Some("Translator".into()) };
    placed_member::create(tx, ada, (org, project), &eva)?;
    let partner = MemberDraft { user_id: machines[3], role: Role::Viewer, title: None };
    placed_member::create(tx, ada, site, &partner)?;
    let post = invitation::Post { public_url: String::new(), mail: false };
    let invited = invitations::Draft { email: "farid@example.com".into(), role: Role::Editor };
    invitation::create(tx, ada, org, &invited, &post)?;
    neighbour(tx, &post)?;
    let keys = keys::seed(tx, ada, org, machines)?;
    traffic::seed(tx, project, &keys)?;
    for user in [people[1], machines[0]] {
        let notice = notification::Notice {
            kind: "sandbox.welcome",
            title: "Welcome to the sandbox",
            body: Some("Everything here is made up. POST /sandbox/reset brings the start back."),
            link: None,
        };
        notification::unguarded_insert(tx, user, org, notice)?;
    }
    settings::change::<ViewerAuth>(tx, ada, site, &ViewerAuthPatch { enabled: Some(true), access_model: None })?;
    for reader in ["greta@readers.example", "hugo@readers.example"] {
        viewer::invite(tx, ada, site, &viewers::Draft { email: reader.into() })?;
    }
    let old = redirects::Draft { from_path: "/catalogue".into(), to_path: "/books".into(), status: None };
    redirect::create(tx, ada, (site, AppType::Website), &old).map(drop)
}

/// Another organization, which invites somebody of this one: nobody sees it before they accept.
fn neighbour(tx: &mut Tx<'_>, post: &invitation::Post) -> Result<()> {
    let finn = user::create(tx, &user::NewUser { name: "Finn Harbour".into(), email: "finn@harbour.example".into() }, "")?;
    let draft = orgs::Draft { name: "Harbour Collective".into(), slug: None, description: None, website: None };
    let acting = Actor::founding(finn, "Finn Harbour", "finn@harbour.example");
    let org = organization::create_by(tx, &acting, finn, &draft)?.id;
    let invited = invitations::Draft { email: PEOPLE[1].0.into(), role: Role::Viewer };
    invitation::create(tx, &acting, org, &invited, post).map(drop)
}
