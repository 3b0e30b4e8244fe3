//! Every route as every kind of caller, against one table of what each may do.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Access, Actor, Role},
        content::{KINDS, Kinds},
        id::AppId,
        project::app::{AppType, Draft},
    },
    http::{
        api::{route::Route, routes},
        base::transport::media::Transport,
    },
    service::{content::entry, project::app},
    store::key::key::unguarded_set_expiry,
};

use super::needs::{NEEDS, PUBLIC, needs, needs_of_kinds};
use crate::support::{JsonAnswer, Server, Tenant, machine, tenant};

/// An id of nothing.
const NOTHING: &str = "0190f4a2-0000-7000-8000-000000000000";

use Access::{Full, Read, Write};
use Role::{Admin, Collaborator, Editor, Viewer};

/// A body that is read without a fault, where the route has one: the gate shall be what refuses.
fn body(id: &str, here: &Tenant, page: &str) -> Value {
    match id {
        "create_organization" | "create_project" => json!({ "name": "New" }),
        "transfer_organization" => json!({ "userId": NOTHING }),
        "add_organization_member" | "add_project_member" | "add_app_member" => json!({ "userId": NOTHING, "role": "viewer" }),
        "create_organization_invitation" => json!({ "email": "new@acme.example", "role": "viewer" }),
        "create_service_account" => json!({ "name": "New", "role": "viewer" }),
        "create_my_api_key" => json!({ "organizationId": here.org.to_string(), "name": "New" }),
        "create_project_webhook" => json!({ "url": "https://new.example.org" }),
        "create_project_domain" => json!({ "hostname": "new.example.org" }),
        "create_project_branding" => json!({ "name": "New" }),
        "create_service_account_api_key" | "rename_my_api_key" | "rename_organization_api_key" => json!({ "name": "New" }),
        "create_project_app" => json!({ "appType": "website", "name": "New" }),
        "create_website_redirect" | "create_kb_redirect" => json!({ "fromPath": "/a", "toPath": "/b" }),
        "invite_website_viewer" => json!({ "email": "reader@acme.example" }),
        "submit_content_to_search_engines" => json!({ "contentType": "website_page", "contentId": NOTHING }),
        "save_file" => json!({ "filename": "a.txt", "content": "a" }),
        "replace_file_content" => json!({ "content": "a" }),
        "start_file_upload" => json!({ "filename": "a.bin", "sizeBytes": 1 }),
        "export_form_sender" | "erase_form_sender" => json!({ "email": "ann@example.org" }),
        "duplicate_form" => json!({ "name": "New", "slug": "new" }),
        "create_file_folder" => json!({ "name": "New" }),
        "restore_file_trash_item" | "permanent_delete_file_trash_item" => json!({ "type": "file" }),
        "update_app_settings" => json!({ "settings": {} }),
        "insert_section" | "publish_content" | "unpublish_content" | "set_content_visibility" | "create_content_preview" => {
            content(page, json!({}))
        }
        "update_section" => content(page, json!({ "sectionId": NOTHING, "patch": {} })),
        "move_section" | "delete_section" => content(page, json!({ "sectionId": NOTHING })),
        "insert_block" => content(page, json!({ "type": "divider", "data": {} })),
        "update_block" | "move_block" | "delete_block" => content(page, json!({ "blockId": NOTHING })),
        _ => json!({}),
    }
}

/// What the routes are about beside the place: an app for a knowledge base, one for forms, and a page.
struct Beside {
    kb: AppId,
    forms: AppId,
    page: String,
}

/// The same about a page that is there.
fn content(page: &str, mut body: Value) -> Value {
    body["contentType"] = "website_page".into();
    body["contentId"] = page.into();
    body
}

fn path(route: &Route, here: &Tenant, beside: &Beside) -> String {
    let app = match &route.path {
        path if path.contains("/apps/kb/") => beside.kb,
        path if path.contains("/apps/forms/") => beside.forms,
        _ => here.app,
    };
    let mut path = route.path.clone();
    for (name, value) in [
        ("{slug}", "acme".to_owned()),
        ("{organizationId}", here.org.to_string()),
        ("{projectId}", here.project.to_string()),
        ("{appId}", app.to_string()),
        ("{projectSlug}", "site".to_owned()),
        ("{appSlug}", "web".to_owned()),
    ] {
        path = path.replace(name, &value);
    }
    while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
        path.replace_range(from..=to, NOTHING);
    }
    path + &match route.id {
        "search_sources" | "search_content" | "search_files" => "?query=word".to_owned(),
        "list_content_versions" | "get_content" => format!("?contentType=website_page&contentId={}", beside.page),
        "get_website_sitemap" => "?base=https://example.org".to_owned(),
        "get_website_redirect_rules" | "get_kb_redirect_rules" => "?format=netlify".to_owned(),
        "get_block" => "?contentType=website_page".to_owned(),
        _ => String::new(),
    }
}

/// Somebody who calls.
pub struct Caller {
    pub name: &'static str,
    pub token: Option<String>,
    /// None for whoever is refused at the door.
    pub role: Option<Role>,
    pub access: Access,
    /// Whether the organization is theirs, and whether its first project is in their reach.
    pub member: bool,
    pub reaches: bool,
}

fn expected(caller: &Caller, route: &Route, kinds: Kinds) -> u16 {
    if route.public {
        return 0;
    }
    let Some(role) = caller.role else { return 401 };
    let in_org = route.path.starts_with("/organizations/") || route.path.contains("{slug}");
    let in_project = route.path.contains("/projects/{projectId}") || route.path.contains("{projectSlug}");
    if (in_org && !caller.member) || (in_project && !caller.reaches) {
        return 404;
    }
    let (lowest, narrowest) = match route.id {
        "create_my_api_key" => return 403,
        id => needs(kinds, id).expect("every route is in the table"),
    };
    // A key of chosen projects sees that the organization is there, and nothing else beside its projects, whoever owns it.
    let beyond = in_org && !in_project && !caller.reaches && lowest >= Viewer;
    if role < lowest || caller.access < narrowest || beyond { 403 } else { 0 }
}

fn check(caller: &Caller, route: &Route, kinds: Kinds, answer: &JsonAnswer) -> Option<String> {
    let wanted = expected(caller, route, kinds);
    let hidden = ["There is no such organization", "There is no such project"].iter().any(|words| answer.message().starts_with(words));
    let right = match wanted {
        0 if route.public => answer.status < 500 && answer.reason() != "token_missing",
        // Who may send a form with files is told that this is none.
        0 if route.takes == Transport::Files => matches!(answer.status, 404 | 415) && !hidden,
        0 => !matches!(answer.status, 401 | 403 | 405 | 415 | 500..) && answer.reason() != "no_route" && !hidden,
        404 => answer.status == 404 && answer.reason() != "no_route",
        status => answer.status == status,
    };
    let wanted = if wanted == 0 { "passed".to_owned() } else { wanted.to_string() };
    (!right).then(|| format!("{} as {}: wanted {wanted}, got {} {}", route.id, caller.name, answer.status, answer.body))
}

/// One of each.
pub fn callers(server: &Server, here: &Tenant) -> Vec<Caller> {
    let token = |org, role, access, projects| Some(server.token(&machine(server, org, role, access, projects).secret));
    let stranger = tenant(server, "elsewhere");
    let old = machine(server, here.org, Admin, Full, None);
    let old_token = server.token(&old.secret);
    server.write(move |tx| {
        let past = tx.now() - std::time::Duration::from_secs(1);
        unguarded_set_expiry(tx, old.key, past)
    });
    let of = |name, token, role, access| Caller { name, token, role: Some(role), access, member: true, reaches: true };
    vec![
        Caller { role: None, ..of("anonymous", None, Viewer, Read) },
        Caller { role: None, ..of("expired", Some(old_token), Viewer, Read) },
        Caller { member: false, reaches: false, ..of("stranger", token(stranger.org, Admin, Full, None), Admin, Full) },
        Caller { reaches: false, ..of("collaborator", token(here.org, Collaborator, Full, None), Collaborator, Full) },
        of("viewer", token(here.org, Viewer, Full, None), Viewer, Full),
        of("editor", token(here.org, Editor, Full, None), Editor, Full),
        of("read-only admin", token(here.org, Admin, Read, None), Admin, Read),
        of("writing admin", token(here.org, Admin, Write, None), Admin, Write),
        Caller { reaches: false, ..of("limited admin", token(here.org, Admin, Full, Some(vec![here.other])), Admin, Full) },
        of("admin", token(here.org, Admin, Full, None), Admin, Full),
    ]
}

fn beside(server: &Server, here: &Tenant) -> Beside {
    let (kind, at) = (server.store.kinds()[0], (here.org, here.project, here.app));
    let body = json!({ "name": "A page", "slug": "a-page" }).as_object().cloned().unwrap();
    server.write(move |tx| {
        let draft = |app_type, name: &str| Draft { app_type, name: name.into(), slug: None, description: None };
        let mut made = |of| app::create(tx, &Actor::operator(), (at.0, at.1), &of).map(|app| app.id);
        let (kb, forms) = (made(draft(AppType::KnowledgeBase, "Help"))?, made(draft(AppType::Forms, "Forms"))?);
        let page = entry::create_of(tx, &Actor::operator(), at, kind, &body, None)?.found.id.to_string();
        Ok(Beside { kb, forms, page })
    })
}

/// Calls every route as each of these, at each of its paths.
pub fn walk(server: &Server, here: &Tenant, callers: &[Caller]) {
    let kinds = server.store.kinds();
    let beside = beside(server, here);
    let at_both = |route: Route| {
        let alias = route.alias.map(|path| Route { path: path.to_owned(), ..route.clone() });
        [Some(route), alias].into_iter().flatten()
    };
    let mut all: Vec<_> = routes::all(kinds).into_iter().flat_map(at_both).collect();
    // Last what takes away the app and the project that the others are asked in.
    all.sort_by_key(|route| ["delete_project_app", "delete_project", "delete_organization"].iter().position(|id| *id == route.id));
    let mut wrong = Vec::new();
    for caller in callers {
        for route in &all {
            let body = route.body.is_some().then(|| body(route.id, here, &beside.page));
            let answer = server.ask(route.method.as_str(), &path(route, here, &beside), caller.token.as_deref(), body.as_ref());
            wrong.extend(check(caller, route, kinds, &answer));
            if route.method == "GET" {
                // What is wrong with a question is told to whoever may ask it, and to nobody else.
                let path = path(route, here, &beside);
                let path = format!("{path}{}nothing=1", if path.contains('?') { '&' } else { '?' });
                let answer = server.ask("GET", &path, caller.token.as_deref(), None);
                wrong.extend(check(caller, route, kinds, &answer));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_route_lets_through_whom_it_should_and_nobody_else() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    walk(&server, &here, &callers(&server, &here));
}

#[test]
fn the_table_has_a_line_for_every_route_and_no_other() {
    let fixed = PUBLIC.iter().copied().chain(NEEDS.iter().flat_map(|(_, _, ids)| ids.iter().copied()));
    let listed: Vec<&str> = fixed.chain(needs_of_kinds(KINDS).map(|(_, _, id)| id)).collect();
    let all = routes::all(KINDS);
    let there: BTreeSet<&str> = all.iter().map(|route| route.id).collect();
    assert_eq!(listed.iter().copied().collect::<BTreeSet<_>>(), there);
    assert_eq!(listed.len(), all.len(), "an id is in the table twice, or two routes share one");
    let public: BTreeSet<&str> = all.iter().filter(|route| route.public).map(|route| route.id).collect();
    assert_eq!(PUBLIC.iter().copied().collect::<BTreeSet<_>>(), public);
}
