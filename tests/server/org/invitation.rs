//! Invitations in the console: from the inviter's form to the new person's first page.

use std::time::Duration;

use stele::domain::access::Role;

use crate::support::{HOSTILE, Server, SetClock, ShownPage, Tenant, Visitor, tenant};

const INVITATIONS: &str = "/o/acme/settings/invitations";
const NEW: &str = "/o/acme/settings/invitations/new";
const GOOD: &str = "a long passphrase";

fn start() -> (tempfile::TempDir, Server, Tenant) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    (dir, server, here)
}

/// The path and the secret of the link that a page shows.
fn link(shown: &ShownPage) -> (String, String) {
    let (_, rest) = shown.text.split_once("/invitations/accept?token=").expect("the link");
    let token: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    (format!("/invitations/accept?token={token}"), token)
}

/// The address below which an invitation's forms are.
fn one(list: &ShownPage) -> String {
    let (before, _) = list.text.split_once("/resend\"").expect("the form");
    before.rsplit('"').next().unwrap().to_owned()
}

#[test]
fn a_new_person_is_invited_joins_and_is_signed_in() {
    let (_dir, server, here) = start();
    let owner = Visitor::owner(&server, &here);
    let made = owner.invite("acme", "Nina@New.example", "editor");
    let (page, token) = link(&made);
    let guest = Visitor::nobody(&server);
    let shown = guest.get(&page).is(200);
    assert!(shown.text.contains("nina@new.example") && shown.text.contains("name=\"name\""));
    // Both faults at once, the name comes back, the password does not, and nobody was made.
    let refused = guest.post("/invitations/accept", &[("token", &token), ("name", HOSTILE), ("password", "short")]).is(422);
    assert!(refused.text.contains("&#60;script") && !refused.text.contains("<script>alert") && !refused.text.contains("short\""));
    for own in ["nina and the sea", "I am Nora Long.", "NORALONG 123"] {
        let refused = guest.post("/invitations/accept", &[("token", &token), ("name", "Nora Long"), ("password", own)]).is(422);
        assert!(refused.text.contains("contains your name or your e-mail address"), "{}", refused.text);
        let wish = serde_json::json!({ "token": token, "name": "Nora Long", "password": own });
        let refused = server.ask("POST", "/invitations/accept", None, Some(&wish));
        assert_eq!((refused.status, &refused.body["errors"][0]["code"]), (400, &"personal".into()), "{}", refused.body);
    }
    let joined = guest.post("/invitations/accept", &[("token", &token), ("name", "Nina"), ("password", GOOD)]).is(303);
    assert_eq!(joined.to, "/o/acme");
    let guest = guest.signed(&joined);
    assert!(guest.get("/o/acme").is(200).text.contains("Nina"));
    guest.get(NEW).is(403);
    // The link works once.
    Visitor::nobody(&server).get(&page).is(404);
    Visitor::nobody(&server).post("/sign-in", &[("email", "nina@new.example"), ("password", GOOD)]).is(303);
    assert!(owner.get("/o/acme/settings/members").is(200).text.contains("Nina"));
}

#[test]
fn somebody_who_is_known_joins_by_session_or_password() {
    let (_dir, server, here) = start();
    tenant(&server, "elsewhere");
    let (owner, olga) = (Visitor::owner(&server, &here), "olga@elsewhere.example");
    let id = server.write(move |tx| {
        let id = stele::service::account::user::by_email(tx, olga)?.id;
        let hash = stele::service::account::password::hash(GOOD, tx.entropy())?;
        stele::service::account::user::reset_password(tx, id, &hash)?;
        Ok(id)
    });
    let (page, token) = link(&owner.invite("acme", olga, "viewer"));
    let nobody = Visitor::nobody(&server);
    assert!(!nobody.get(&page).is(200).text.contains("name=\"name\""), "no new name for who has one");
    nobody.post("/invitations/accept", &[("token", &token), ("password", "not the password")]).is(422);
    let known = Visitor::of(&server, id);
    known.get("/o/acme").is(404);
    assert!(!known.get(&page).is(200).text.contains("type=\"password\""));
    assert_eq!(known.post("/invitations/accept", &[("token", &token)]).is(303).to, "/o/acme");
    known.get("/o/acme").is(200);
    // Another organization's invitation, by the password this time.
    let third = tenant(&server, "third");
    let (_, token) = link(&Visitor::owner(&server, &third).invite("third", olga, "viewer"));
    let joined = nobody.post("/invitations/accept", &[("token", &token), ("password", GOOD)]).is(303);
    nobody.signed(&joined).get("/o/third").is(200);
}

#[test]
fn an_invitation_is_refused_sent_again_and_cancelled() {
    let (_dir, server, here) = start();
    let owner = Visitor::owner(&server, &here);
    for (email, role) in [("no address", "viewer"), ("a@b.example", "owner"), ("a@b.example", ""), ("olga@acme.example", "viewer")] {
        let refused = owner.post(NEW, &[("email", email), ("role", role)]).is(422);
        assert!(refused.text.contains(&format!("value=\"{email}\"")), "{email} {role}: what was typed comes back");
    }
    let made = owner.invite("acme", "b@new.example", "viewer");
    owner.post(NEW, &[("email", "b@new.example"), ("role", "viewer")]).is(422);
    let list = owner.get(INVITATIONS).is(200);
    assert!(!list.text.contains("/invitations/accept?token="), "the link is not on the list");
    let one = one(&list);
    let again = owner.post(&format!("{one}/resend"), &[("sure", "on")]).is(303);
    assert_eq!(again.to, format!("{one}/link"), "a reload of what it leads to sends nothing");
    assert_eq!(link(&owner.get(&again.to).is(200)), link(&made), "the same link again");
    // Cancelling asks first.
    let asked = owner.get(&format!("{one}/cancel")).is(200).text;
    assert!(asked.contains("b@new.example") && asked.contains("Keep it"), "{asked}");
    Visitor::nobody(&server).get(&link(&made).0).is(200);
    assert_eq!(owner.post(&format!("{one}/cancel"), &[("sure", "on")]).is(303).to, INVITATIONS);
    let over = Visitor::nobody(&server).get(&link(&made).0).is(404);
    assert!(over.text.contains("does not work any more") && !over.text.contains("b@new.example"), "{}", over.text);
    owner.post(&format!("{one}/cancel"), &[("sure", "on")]).is(404);
}

#[test]
fn a_reload_of_what_an_invitation_leads_to_changes_nothing() {
    let (dir, server, here) = start();
    let owner = Visitor::owner(&server, &here);
    let made = owner.invite("acme", "b@new.example", "viewer");
    let one = one(&owner.get(INVITATIONS).is(200));
    owner.post(&format!("{one}/resend"), &[("sure", "on")]).is(303);
    let raw = rusqlite::Connection::open(dir.path().join("stele.db")).unwrap();
    let lines = || raw.query_row("SELECT COUNT(*) FROM activities", [], |row| row.get::<_, i64>(0)).unwrap();
    let before = lines();
    for _ in 0..3 {
        assert_eq!(link(&owner.get(&format!("{one}/link")).is(200)), link(&made));
    }
    assert_eq!(lines(), before);
    // Once it is accepted there is no link to show.
    let joined = [("token", link(&made).1), ("name", "Bo".into()), ("password", GOOD.into())];
    let joined: Vec<_> = joined.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Visitor::nobody(&server).post("/invitations/accept", &joined).is(303);
    owner.get(&format!("{one}/link")).is(404);
}

#[test]
fn invitations_are_listed_by_what_became_of_them() {
    let clock = SetClock::new();
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start_with(&dir.path().join("stele.db"), clock.clone());
    let here = tenant(&server, "acme");
    let owner = Visitor::owner(&server, &here);
    let old = link(&owner.invite("acme", "old@new.example", "viewer"));
    let (_, token) = link(&owner.invite("acme", "in@new.example", "viewer"));
    let joined = [("token", token.as_str()), ("name", "Ina"), ("password", GOOD)];
    Visitor::nobody(&server).post("/invitations/accept", &joined).is(303);
    clock.pass(Duration::from_secs(8 * 24 * 3600));
    let owner = Visitor::owner(&server, &here);
    owner.invite("acme", "new@new.example", "viewer");
    let emails = ["old@new.example", "in@new.example", "new@new.example"];
    let shown = |status: &str| {
        let text = owner.get(&format!("{INVITATIONS}?status={status}")).is(200).text;
        emails.into_iter().filter(|email| text.contains(&format!("<b>{email}</b>"))).collect::<Vec<_>>()
    };
    assert_eq!(shown(""), emails);
    assert_eq!(shown("pending"), ["new@new.example"]);
    assert_eq!(shown("accepted"), ["in@new.example"]);
    assert_eq!(shown("expired"), ["old@new.example"]);
    let list = owner.get(INVITATIONS).is(200).text;
    for count in [
        "All <span class=\"count\">3",
        "Open <span class=\"count\">1",
        "Accepted <span class=\"count\">1",
        "Expired <span class=\"count\">1",
    ] {
        assert!(list.contains(count), "{count}");
    }
    // The pages of links say why they do not work: one is over, the other was used.
    let over = Visitor::nobody(&server).get(&old.0).is(404).text;
    assert!(over.contains("ended on") && over.contains("Olga Owner"), "{over}");
    Visitor::nobody(&server).post("/invitations/accept", &[("token", &old.1), ("name", "Late"), ("password", GOOD)]).is(404);
    let used = Visitor::nobody(&server).get(&format!("/invitations/accept?token={token}")).is(404).text;
    assert!(used.contains("was accepted"), "{used}");
    // An expired link is not shown, but works again once it is sent again.
    let expired = one(&owner.get(&format!("{INVITATIONS}?status=expired")).is(200));
    let refused = owner.get(&format!("{expired}/link")).is(200).text;
    assert!(refused.contains("Send it again first") && !refused.contains("/invitations/accept?token="));
    owner.post(&format!("{expired}/resend"), &[("sure", "on")]).is(303);
    assert_eq!(link(&owner.get(&format!("{expired}/link")).is(200)), old);
    Visitor::nobody(&server).get(&old.0).is(200);
}

#[test]
fn a_viewer_invites_nobody_and_a_stranger_finds_nothing() {
    let (_dir, server, here) = start();
    let elsewhere = tenant(&server, "elsewhere");
    let owner = Visitor::owner(&server, &here);
    let (viewer, stranger) = (Visitor::new(&server, &here, "Vera", Role::Viewer), Visitor::new(&server, &elsewhere, "Sam", Role::Admin));
    owner.invite("acme", "b@new.example", "viewer");
    let one = one(&owner.get(INVITATIONS).is(200));
    for path in [format!("{one}/link"), format!("{one}/cancel")] {
        assert!(!viewer.get(&path).is(403).text.contains("token="));
        stranger.get(&path).is(404);
    }
    for path in [NEW.to_owned(), format!("{one}/resend"), format!("{one}/cancel")] {
        viewer.post(&path, &[("email", "c@new.example"), ("role", "admin")]).is(403);
        stranger.post(&path, &[("email", "c@new.example"), ("role", "admin")]).is(404);
    }
    stranger.get(INVITATIONS).is(404);
    let list = owner.get(INVITATIONS).is(200).text;
    assert!(list.contains("b@new.example") && !list.contains("c@new.example"));
}
