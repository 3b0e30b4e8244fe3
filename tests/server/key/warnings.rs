//! Warnings that come in time: a key that lives on only for its grace period while its successor is revoked, and one whose owner is a
//! collaborator without a project.

use stele::{
    domain::{
        access::{Access, Actor, Role},
        id::KeyId,
        key::key as draft,
        org::service_account,
    },
    service::{self, key::key::KeyScope},
};

use crate::support::{Server, Visitor, machine, tenant};

const KEYS: &str = "/o/acme/settings/keys";

/// A key of this name that lives for 30 days.
fn month(name: &str) -> draft::Draft {
    draft::Draft {
        name: name.into(),
        access: None,
        expires_in_days: Some(30),
        expires_at: None,
        projects: None,
        networks: None,
        requests_per_minute: None,
        submissions: None,
    }
}

/// Puts a new key in the place of one, which lives on for a week.
fn regenerate(server: &Server, org: stele::domain::id::OrgId, key: KeyId) -> KeyId {
    server.write(move |tx| {
        let change = draft::Regenerate { grace: draft::Grace::Week, expires_in_days: Some(90), ..draft::Regenerate::default() };
        Ok(service::key::key::regenerate(tx, &Actor::operator(), KeyScope::Org(org), key, &change, false)?.key.id)
    })
}

#[test]
fn a_key_whose_successor_is_revoked_is_told_before_and_after_in_lists_on_its_page_and_in_a_notification() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let account = machine(&server, here.org, Role::Editor, Access::Write, None).account;
    let old = server.write(move |tx| {
        let draft = month("Deploy");
        Ok(service::key::key::create(tx, &Actor::operator(), (here.org, account), &draft, false)?.key.id)
    });
    let next = regenerate(&server, here.org, old);
    let told = |path: &str| owner.get(path).is(200).text;
    assert!(!told(KEYS).contains("its successor is revoked") && !told(&format!("{KEYS}/{old}")).contains("nothing takes its place"));

    let revoke = format!("{KEYS}/{next}/revoke");
    assert!(told(&revoke).contains("then nothing takes its place"), "before it is done");
    let said = owner.post(&revoke, &[("reason", "A mistake")]).is(303).next(&owner).text;
    assert!(said.contains("Deploy is revoked. The key before it, …"), "{said}");
    let list = told(KEYS);
    assert!(list.contains("works only until") && list.contains("its successor is revoked. Make a new key before."), "{list}");
    assert!(list.contains(", which is revoked</small>"), "its row says so, too");
    let page = told(&format!("{KEYS}/{old}"));
    assert!(
        page.contains("It works only until") && page.contains(&format!("/o/acme/settings/accounts/{account}/keys/new\">Create key")),
        "{page}"
    );
    assert!(told(&format!("/o/acme/settings/accounts/{account}")).contains("its successor is revoked"));
    let inbox = told("/account/notifications");
    assert!(
        inbox.contains("The key Deploy works only until its grace period is over") && inbox.contains(&format!("{KEYS}/{old}")),
        "{inbox}"
    );

    // Of a chain the next living one counts.
    let second = server.write(move |tx| {
        let draft = month("Chain");
        Ok(service::key::key::create(tx, &Actor::operator(), (here.org, account), &draft, false)?.key.id)
    });
    let third = regenerate(&server, here.org, second);
    server.write(move |tx| {
        let change = draft::Regenerate::default();
        service::key::key::regenerate(tx, &Actor::operator(), KeyScope::Org(here.org), third, &change, false).map(drop)
    });
    assert!(!told(&format!("{KEYS}/{second}")).contains("nothing takes its place"), "the one behind it lives");
}

#[test]
fn a_key_of_a_collaborator_without_a_project_reaches_nothing_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let key = machine(&server, here.org, Role::Collaborator, Access::Read, None);
    machine(&server, here.org, Role::Viewer, Access::Read, None);
    let (page, account) = (format!("{KEYS}/{}", key.key), key.account);
    let told = || (admin.get(KEYS).is(200).text.matches("reaches nothing").count(), admin.get(&page).is(200).text);
    let (rows, text) = told();
    assert_eq!(rows, 1, "one of both keys");
    assert!(text.contains("so this key reaches nothing") && text.contains(&format!("/o/acme/settings/accounts/{account}\">")), "{text}");
    server.write(move |tx| {
        let given = (here.project, Some(Role::Viewer));
        service::org::service_account::place(tx, &Actor::operator(), here.org, account, given)
    });
    let (rows, text) = told();
    assert!(rows == 0 && !text.contains("reaches nothing"), "it was added to a project");
    server.write(move |tx| {
        let given: service_account::RoleChange = (here.project, None);
        service::org::service_account::place(tx, &Actor::operator(), here.org, account, given)?;
        service::project::project::delete(tx, &Actor::operator(), (here.org, here.other), Some("other"))
    });
    assert_eq!(told().0, 1);

    let carl = Visitor::new(&server, &here, "Carl", Role::Collaborator);
    carl.key(here.org);
    assert!(carl.get("/account/keys").is(200).text.contains("reaches nothing"), "one's own list says it, too");
}

#[test]
fn a_key_whose_owner_is_disabled_ends_for_nobody_in_lists_and_counts_alike() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    machine(&server, here.org, Role::Editor, Access::Write, None);
    let asleep = machine(&server, here.org, Role::Editor, Access::Write, None);
    let told = |path: &str| owner.get(path).is(200).text;
    let counted = |name: &str, n: u32| format!("{name} <span class=\"count\">{n}</span>");
    let (list, own) = (format!("{KEYS}?status=expiring"), format!("/o/acme/settings/accounts/{}", asleep.account));
    let seen = |n: u32| {
        let text = told(&list);
        assert!(text.contains(&counted("Expiring", n)), "{n}: {text}");
        assert_eq!(text.matches("<td class=\"full\"><code class=\"keyish\">").count(), n as usize, "as many as are counted");
        assert_eq!(told("/o/acme/p/site").matches("<b>The key Test expires").count(), n as usize);
    };
    seen(2);
    assert!(told(&own).contains("1 key expires within 7 days."));
    let disable = |disabled: bool| {
        server.write(move |tx| {
            let patch = service_account::Patch { disabled: Some(disabled), ..service_account::Patch::default() };
            service::org::service_account::update(tx, &Actor::operator(), here.org, asleep.account, &patch).map(drop)
        });
    };
    disable(true);
    assert_eq!(server.exchange(&asleep.secret).status, 401, "it works no more");
    seen(1);
    assert!(!told(&own).contains("expires within 7 days"));
    disable(false);
    seen(2);
}
