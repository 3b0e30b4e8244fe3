//! Nobody reads or changes what is not theirs: random organizations, and what the product's rules say of each of their keys
//! against what the server answers. The rules are written here a second time, on plain structs.

use proptest::{
    collection::vec,
    prelude::any,
    test_runner::{Config, TestRunner},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    support::{Home, Server, page},
    world::{App, Key, Power, Project, World},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// There is no such thing for this caller: 404.
    Hidden,
    /// It may be seen, but this may not be done: 403.
    Refused,
    /// It is done.
    Allowed,
}

use Verdict::{Allowed, Hidden, Refused};

/// The highest of what the organization role implies and what was given in the project.
fn in_project(key: &Key, project: &Project) -> Option<Power> {
    let implied = key.org_role.filter(|role| *role != Power::Collaborator);
    implied.max(project.given(key.owner))
}

fn reaches(key: &Key, project: &Project) -> bool {
    key.org == project.org && key.projects.as_ref().is_none_or(|chosen| chosen.contains(&project.number))
}

/// What somebody with this role gets, of something that needs a role and an access.
fn verdict(key: &Key, role: Option<Power>, (needed, access): (Power, u8)) -> Verdict {
    match role {
        None => Hidden,
        Some(role) if role >= needed && key.access >= access => Allowed,
        Some(_) => Refused,
    }
}

const SEE: (Power, u8) = (Power::Collaborator, 0);
const READ: (Power, u8) = (Power::Viewer, 0);
const WRITE: (Power, u8) = (Power::Editor, 1);
const MANAGE: (Power, u8) = (Power::Admin, 2);

fn of_project(key: &Key, project: &Project, need: (Power, u8)) -> Verdict {
    if !reaches(key, project) {
        return Hidden;
    }
    // Whoever was added to an app only sees that its project is there.
    let guest = project.apps.iter().any(|app| app.given(key.owner).is_some()).then_some(Power::Collaborator);
    verdict(key, in_project(key, project).max(guest), need)
}

fn of_app(key: &Key, project: &Project, app: &App, need: (Power, u8)) -> Verdict {
    if !reaches(key, project) {
        return Hidden;
    }
    verdict(key, in_project(key, project).max(app.given(key.owner)), need)
}

#[test]
fn every_key_reaches_what_the_rules_say_and_nothing_else() {
    let config = Config { cases: 12, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    let tried = TestRunner::new(config).run(&vec(any::<u8>(), 160), |tape| {
        let home = Home::new();
        let world = World::build(&home, &tape);
        let server = Server::serve(&home, &Value::Null);
        for (number, key) in world.keys.iter().enumerate() {
            let token = server.api.exchange(&key.secret).unwrap().token();
            Caller { server: &server, world: &world, key, number, token }.try_all();
        }
        Ok(())
    });
    tried.unwrap();
}

struct Caller<'a> {
    server: &'a Server,
    world: &'a World,
    key: &'a Key,
    number: usize,
    token: String,
}

impl Caller<'_> {
    fn try_all(&self) {
        self.lists_of_projects();
        self.beside_the_projects();
        for project in &self.world.projects {
            // By its true address, and as if it lay in the caller's own organization.
            let foreign = (project.org != self.key.org).then_some(self.key.org);
            for org in [Some(project.org), foreign].into_iter().flatten() {
                let at = format!("/organizations/{}/projects/{}", self.world.orgs[org], project.id);
                let judged = |need| if org == project.org { of_project(self.key, project, need) } else { Hidden };
                self.one(Method::GET, &at, None, judged(SEE));
                self.one(Method::GET, &format!("{at}/apps"), None, judged(SEE));
                self.one(Method::GET, &format!("{at}/members"), None, judged(READ));
                self.one(Method::POST, &format!("{at}/members"), Some(self.member()), judged(MANAGE));
                for app in self.world.apps() {
                    let here = org == project.org && app.project == project.number;
                    self.app(&at, app, |need| if here { of_app(self.key, project, app, need) } else { Hidden });
                }
            }
            self.list_of_apps(project);
        }
    }

    fn app(&self, project: &str, app: &App, judged: impl Fn((Power, u8)) -> Verdict) {
        let pages = format!("{project}/apps/website/{}/pages", app.id);
        let (one, members) = (format!("{pages}/{}", app.page), format!("{project}/apps/{}/members", app.id));
        self.one(Method::GET, &pages, None, judged(READ));
        self.one(Method::GET, &one, None, judged(READ));
        let fresh = page(&format!("by-{}-{}", self.number, app.id));
        self.one(Method::POST, &pages, Some(fresh), judged(WRITE));
        self.one(Method::PATCH, &one, Some(json!({"name": format!("By {}", self.number)})), judged(WRITE));
        self.one(Method::GET, &members, None, judged(READ));
        self.one(Method::POST, &members, Some(self.member()), judged(MANAGE));
    }

    /// A member whose role no project has: the gate lets it pass or not, and then it is invalid, so that nothing changes.
    fn member(&self) -> Value {
        json!({"userId": self.world.owner_of(self.key.org), "role": "collaborator"})
    }

    fn one(&self, method: Method, path: &str, body: Option<Value>, expected: Verdict) {
        let reply = self.server.api.call(method.clone(), path, Some(&self.token), body.as_ref()).unwrap();
        let found = match (reply.status, reply.body["errors"][0]["field"].as_str()) {
            (404, _) => Hidden,
            (403, _) => Refused,
            (200 | 201, _) | (400, Some("role")) => Allowed,
            _ => panic!("{method} {path}: {reply:?}"),
        };
        assert_eq!(found, expected, "{method} {path} by {:?}: {reply:?}\n{:#?}", self.key, self.world);
    }

    /// The list of projects of each organization has those that the caller may see, and no other.
    fn lists_of_projects(&self) {
        for (org, id) in self.world.orgs.iter().enumerate() {
            let path = format!("/organizations/{id}/projects");
            if org != self.key.org {
                self.one(Method::GET, &path, None, Hidden);
                continue;
            }
            let seen = self.world.projects.iter().filter(|project| of_project(self.key, project, SEE) == Allowed);
            self.list(&path, seen.map(|project| project.id.clone()).collect());
        }
    }

    /// A key that is limited to projects learns nothing of the people of its organization, nor of its owner's other keys.
    fn beside_the_projects(&self) {
        for (org, id) in self.world.orgs.iter().enumerate() {
            let judged = match self.key.projects {
                _ if org != self.key.org => Hidden,
                Some(_) => Refused,
                None => verdict(self.key, self.key.org_role, READ),
            };
            self.one(Method::GET, &format!("/organizations/{id}/members"), None, judged);
        }
        if self.key.projects.is_some() {
            let reply = self.server.api.get("/me/api-keys?status=all", &self.token).unwrap();
            assert_eq!(reply.body["meta"]["total"], 1, "{reply:?}");
        }
    }

    fn list_of_apps(&self, project: &Project) {
        if of_project(self.key, project, SEE) == Allowed {
            let seen = project.apps.iter().filter(|app| of_app(self.key, project, app, READ) != Hidden);
            let path = format!("/organizations/{}/projects/{}/apps", self.world.orgs[project.org], project.id);
            self.list(&path, seen.map(|app| app.id.clone()).collect());
        }
    }

    fn list(&self, path: &str, mut expected: Vec<String>) {
        let reply = self.server.api.get(path, &self.token).unwrap();
        let items = reply.body["data"].as_array().unwrap_or_else(|| panic!("GET {path}: {reply:?}"));
        let mut found: Vec<_> = items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "GET {path} by {:?}\n{:#?}", self.key, self.world);
    }
}
