//! Random organizations with all that is in them: made in the database, and remembered in plain structs.

use std::sync::Arc;

use stele::{
    database,
    domain::{
        access::{Access, Actor, Permission, Role},
        content::kinds::website_page,
        id::{AppId, OrgId, ProjectId, UserId},
        key::{
            key,
            secret::{KeyKind, PlainKey},
        },
        org::{member, organization, service_account},
        project::{app as apps, project},
    },
    service,
    store::Tx,
};

use crate::support::{Home, page};

/// A role, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Power {
    Collaborator,
    Viewer,
    Editor,
    Admin,
    Owner,
}

use Power::{Admin, Collaborator, Editor, Owner, Viewer};

impl Power {
    fn role(self) -> Role {
        match self {
            Collaborator => Role::Collaborator,
            Viewer => Role::Viewer,
            Editor => Role::Editor,
            Admin => Role::Admin,
            Owner => Role::Owner,
        }
    }
}

/// Somebody, by number.
pub type Who = usize;

#[derive(Debug)]
pub struct App {
    pub id: String,
    pub project: usize,
    pub page: String,
    members: Vec<(Who, Power)>,
}

#[derive(Debug)]
pub struct Project {
    pub id: String,
    pub number: usize,
    pub org: usize,
    pub apps: Vec<App>,
    members: Vec<(Who, Power)>,
}

fn given(members: &[(Who, Power)], who: Who) -> Option<Power> {
    members.iter().find(|(one, _)| *one == who).map(|(_, power)| *power)
}

impl App {
    /// The role that was given in this app.
    pub fn given(&self, who: Who) -> Option<Power> {
        given(&self.members, who)
    }
}

impl Project {
    /// The role that was given in this project.
    pub fn given(&self, who: Who) -> Option<Power> {
        given(&self.members, who)
    }
}

#[derive(Debug)]
pub struct Key {
    pub secret: String,
    pub owner: Who,
    pub org: usize,
    /// Its owner's role in its organization.
    pub org_role: Option<Power>,
    /// 0 reads, 1 writes, 2 does all.
    pub access: u8,
    /// Numbers of the chosen projects.
    pub projects: Option<Vec<usize>>,
}

#[derive(Debug, Default)]
pub struct World {
    pub orgs: Vec<String>,
    pub projects: Vec<Project>,
    pub keys: Vec<Key>,
    people: Vec<UserId>,
    /// Organization, person, role.
    roles: Vec<(usize, Who, Power)>,
}

/// Choices read off a tape of bytes; an empty tape always chooses the first.
struct Tape<'a>(std::slice::Iter<'a, u8>);

impl Tape<'_> {
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::from(self.0.next().copied().unwrap_or(0)) % from.len()]
    }

    fn given(&mut self) -> Option<Power> {
        self.pick(&[None, None, None, Some(Viewer), Some(Editor), Some(Admin), Some(Owner)])
    }
}

impl World {
    /// Makes a world in a new database and closes it.
    pub fn build(home: &Home, tape: &[u8]) -> Self {
        let (store, _engine) = database::open(&home.data(), "a test").unwrap();
        let tape = tape.to_owned();
        let world = store.write_now(move |tx| {
            let mut tape = Tape(tape.iter());
            let mut builder = Builder { tx, operator: Actor::operator(), world: Self::default(), ids: Vec::new() };
            builder.all(&mut tape);
            Ok(builder.world)
        });
        store.stop();
        world.unwrap()
    }

    pub fn apps(&self) -> impl Iterator<Item = &App> {
        self.projects.iter().flat_map(|project| &project.apps)
    }

    /// The id of the owner of an organization.
    pub fn owner_of(&self, org: usize) -> String {
        self.people[org].to_string()
    }
}

struct Builder<'a, 'b> {
    tx: &'a mut Tx<'b>,
    operator: Arc<Actor>,
    world: World,
    ids: Vec<(OrgId, ProjectId)>,
}

const ORGS: usize = 2;

impl Builder<'_, '_> {
    fn all(&mut self, tape: &mut Tape<'_>) {
        let orgs = self.organizations();
        for (number, org) in orgs.iter().enumerate() {
            self.members(tape, number, *org);
            for _ in 0..tape.pick(&[1, 2]) {
                self.project(tape, number, *org);
            }
        }
        for (number, org) in orgs.iter().enumerate() {
            self.keys(tape, number, *org);
        }
    }

    /// The first people own one organization each; two more belong nowhere yet.
    fn organizations(&mut self) -> Vec<OrgId> {
        for number in 0..ORGS + 2 {
            let new = service::account::user::NewUser { name: format!("Person {number}"), email: format!("p{number}@example.com") };
            self.world.people.push(service::account::user::create(self.tx, &new, "no password").unwrap());
        }
        let make = |number: usize| {
            let draft = organization::Draft { name: format!("Org {number}"), slug: None, description: None, website: None };
            let made = service::org::organization::create_owned(self.tx, self.world.people[number], &draft).unwrap();
            self.world.orgs.push(made.id.to_string());
            self.world.roles.push((number, number, Owner));
            made.id
        };
        (0..ORGS).map(make).collect()
    }

    fn members(&mut self, tape: &mut Tape<'_>, number: usize, org: OrgId) {
        for who in (0..ORGS + 2).filter(|who| *who != number) {
            if let Some(power) = tape.pick(&[None, Some(Collaborator), Some(Collaborator), Some(Viewer), Some(Editor), Some(Admin)]) {
                let draft = member::Draft { user_id: self.world.people[who], role: power.role(), title: None };
                service::org::member::create(self.tx, &self.operator, org, &draft).unwrap();
                self.world.roles.push((number, who, power));
            }
        }
        for _ in 0..tape.pick(&[1, 2]) {
            let power = tape.pick(&[Collaborator, Viewer, Editor, Admin]);
            let name = format!("Machine {}", self.world.people.len());
            let draft = service_account::Draft { name, role: power.role(), description: None };
            let made = service::org::service_account::create(self.tx, &self.operator, org, &draft).unwrap();
            self.world.roles.push((number, self.world.people.len(), power));
            self.world.people.push(made.id);
        }
    }

    fn project(&mut self, tape: &mut Tape<'_>, org_number: usize, org: OrgId) {
        let number = self.world.projects.len();
        let draft = project::Draft {
            name: format!("Project {number}"),
            slug: None,
            description: None,
            default_locale: None,
            enabled_locales: None,
        };
        let id = service::project::project::create(self.tx, &self.operator, org, &draft).unwrap().id;
        let members = self.pick_members(tape, org_number);
        for draft in self.drafts(&members) {
            service::project::placed_member::create(self.tx, &self.operator, (org, id), &draft).unwrap();
        }
        let apps = (0..tape.pick(&[1, 2])).map(|app| self.app(tape, org_number, (org, id), (number, app))).collect();
        self.ids.push((org, id));
        self.world.projects.push(Project { id: id.to_string(), number, org: org_number, apps, members });
    }

    fn app(&mut self, tape: &mut Tape<'_>, org_number: usize, (org, project): (OrgId, ProjectId), numbers: (usize, usize)) -> App {
        let name = format!("Site {}", numbers.1);
        let draft = apps::Draft { app_type: apps::AppType::Website, name, slug: None, description: None };
        let id: AppId = service::project::app::create(self.tx, &self.operator, (org, project), &draft).unwrap().id;
        let members = self.pick_members(tape, org_number);
        for draft in self.drafts(&members) {
            service::project::placed_member::create(self.tx, &self.operator, (org, project, id), &draft).unwrap();
        }
        let body = page(&format!("first-{}-{}", numbers.0, numbers.1));
        let entry = service::content::entry::create_of(
            self.tx,
            &self.operator,
            (org, project, id),
            &website_page::KIND,
            body.as_object().unwrap(),
            None,
        )
        .unwrap();
        App { id: id.to_string(), project: numbers.0, page: entry.found.id.to_string(), members }
    }

    /// Some members of an organization, with a role each.
    fn pick_members(&self, tape: &mut Tape<'_>, org: usize) -> Vec<(Who, Power)> {
        let here = self.world.roles.iter().filter(|(number, ..)| *number == org);
        here.filter_map(|(_, who, _)| tape.given().map(|power| (*who, power))).collect()
    }

    fn drafts(&self, members: &[(Who, Power)]) -> Vec<member::Draft> {
        let draft = |(who, power): &(Who, Power)| member::Draft { user_id: self.world.people[*who], role: power.role(), title: None };
        members.iter().map(draft).collect()
    }

    /// Keys of some members, people and machines, with random access and projects.
    fn keys(&mut self, tape: &mut Tape<'_>, number: usize, org: OrgId) {
        let at = service::authorize::org(self.tx, &self.operator, org, Permission::KeyManage).unwrap();
        let here: Vec<_> = self.world.roles.iter().filter(|(one, ..)| *one == number).copied().collect();
        for (_, owner, power) in here {
            let own: Vec<_> = self.world.projects.iter().filter(|project| project.org == number).map(|project| project.number).collect();
            let projects = tape.pick(&[None, None, Some(0), Some(1)]).map(|from: usize| own[from.min(own.len() - 1)..].to_vec());
            let (access, grade) = tape.pick(&[(2, Access::Full), (1, Access::Write), (0, Access::Read)]);
            let chosen = projects.as_ref().map(|numbers| numbers.iter().map(|number| self.ids[*number].1).collect());
            let draft = key::Draft { name: "Key".into(), access: Some(grade), projects: chosen, ..Default::default() };
            let secret = PlainKey::new(KeyKind::Service, false, self.tx.entropy());
            let issued = service::key::key::issue(self.tx, &at, self.world.people[owner], &draft, secret).unwrap();
            let secret = issued.secret.reveal().to_owned();
            self.world.keys.push(Key { secret, owner, org: number, org_role: Some(power), access, projects });
        }
    }
}
