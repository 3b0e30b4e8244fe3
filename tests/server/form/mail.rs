//! E-mails about what visitors send: who is told what, in which language, and what becomes of it.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use stele::{
    config::Config,
    domain::access::{Access, Role},
    jobs,
    smtp::Smtp,
};

use super::{contact, faults, forms, send};
use crate::support::{MailServer, SetClock, Site, UNKNOWN, Visitor, machine, tenant};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// A site that sends e-mails, and a form whose submissions are announced to this address, with these settings.
fn announcing(clock: &Arc<SetClock>, mail: &MailServer, notify: Option<&str>, settings: &Value) -> (Site, String, Value) {
    let site = Site::mailing(clock, Config::default(), &mail.url);
    let all = forms(&site);
    if let Some(notify) = notify {
        let app = all.split('/').rev().nth(1).unwrap();
        let path = format!("{}/apps/{app}/settings", site.project());
        site.change(&path, &json!({ "settings": { "notifyEmail": notify } }));
    }
    let mut body = contact();
    body["settings"] = settings.clone();
    let form = site.make(&all, &body);
    (site, format!("{all}/{}/submissions", form["id"].as_str().unwrap()), form)
}

fn ann(message: &str) -> Value {
    json!({ "name": "Ann Bell", "email": "ann@example.org", "message": message })
}

/// Where the e-mails about the newest submission are.
fn mails(site: &Site, all: &str) -> String {
    format!("{all}/{}/emails", site.items(all)[0]["id"].as_str().unwrap())
}

/// The only e-mail about the newest submission, once it is in this state.
fn once(site: &Site, all: &str, state: &str) -> Value {
    loop {
        let found = site.items(&mails(site, all)).remove(0);
        if found["state"] == state {
            return found;
        }
    }
}

#[test]
fn whoever_looks_after_the_forms_is_told_and_answers_the_visitor() {
    let (clock, mail) = (SetClock::new(), MailServer::start());
    let (site, all, form) = announcing(&clock, &mail, Some("desk@acme.example"), &json!({}));
    assert_eq!(send(&site, &form, &ann("Hello\n.\nBcc: everybody@example.com")).0, 201);
    let letter = mail.next();
    assert_eq!((letter.to.as_str(), letter.header("Subject").as_str()), ("desk@acme.example", "New submission: Contact"));
    assert_eq!((letter.header("Reply-To").as_str(), letter.header("Auto-Submitted").as_str()), ("ann@example.org", "auto-generated"));
    assert!(
        letter.body.contains("Your name\n  Ann Bell\n\nE-mail\n  ann@example.org\n\nMessage\n  Hello\n  .\n  Bcc: every"),
        "{}",
        letter.body
    );
    let id = site.items(&all)[0]["id"].clone();
    let place = format!("/o/acme/p/site/forms/forms/forms/{}/submissions?show={}", form["id"].as_str().unwrap(), id.as_str().unwrap());
    assert!(letter.link().ends_with(&place), "{}", letter.link());
    let known = once(&site, &all, "sent");
    assert_eq!((&known["kind"], &known["recipient"], &known["error"]), (&json!("notice"), &json!("desk@acme.example"), &Value::Null));
    assert_eq!(
        site.count("SELECT COUNT(*) FROM deliveries WHERE payload LIKE ?1", "%Ann%"),
        0,
        "what was answered stands in its place alone"
    );
    assert!(mail.is_empty(), "the visitor is told nothing unless the form says so");
}

#[test]
fn a_visitor_is_told_in_their_language_that_it_has_arrived_and_once_an_hour() {
    let (clock, mail) = (SetClock::new(), MailServer::start());
    let (mut site, all, form) = announcing(&clock, &mail, None, &json!({ "confirmationEnabled": true }));
    let mut answers = ann("Buy now");
    answers["stele.locale"] = json!("fr");
    assert_eq!(send(&site, &form, &answers).0, 201);
    let letter = mail.next();
    assert_eq!((letter.to.as_str(), letter.header("Subject").as_str()), ("ann@example.org", "Contact\u{a0}: vos réponses sont arrivées"));
    assert_eq!((letter.header("Reply-To").as_str(), letter.header("Auto-Submitted").as_str()), ("", "auto-generated"));
    assert!(letter.body.contains("Merci.") && !letter.body.contains("Buy") && !letter.body.contains("Ann Bell"), "{}", letter.body);
    // Whoever types the address of somebody else again and again reaches them once.
    let mut loud = ann("Again");
    loud["email"] = json!("ANN@example.org");
    assert_eq!(send(&site, &form, &loud).0, 201);
    assert_eq!(site.items(&mails(&site, &all)), Vec::<Value>::new());
    clock.pass(HOUR + Duration::from_secs(1));
    let key = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    site.token = site.server.token(&key.secret);
    let path = all.trim_end_matches("/submissions");
    site.change(path, &json!({ "settings": { "confirmationMessage": { "en": "We write back **soon**.", "fr": "Bientôt." } } }));
    assert_eq!(send(&site, &form, &loud).0, 201);
    assert_eq!(mail.next().body.trim_end(), "We write back **soon**.");
}

#[test]
fn whom_another_organization_has_written_to_nobody_learns() {
    let (clock, mail) = (SetClock::new(), MailServer::start());
    let confirming = json!({ "confirmationEnabled": true });
    let (mut site, _, form) = announcing(&clock, &mail, None, &confirming);
    assert_eq!(send(&site, &form, &ann("One")).0, 201);
    assert_eq!(mail.next().to, "ann@example.org");
    site.here = tenant(&site.server, "elsewhere");
    let key = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    site.token = site.server.token(&key.secret);
    site.change(&site.project(), &json!({ "enabledLocales": ["en", "fr"] }));
    let mut body = contact();
    body["settings"] = confirming;
    let form = site.make(&forms(&site), &body);
    assert_eq!(send(&site, &form, &ann("Two")).0, 201);
    assert_eq!(mail.next().to, "ann@example.org", "as if it were the first");
}

#[test]
fn a_form_that_asks_for_no_address_confirms_nothing() {
    let site = Site::new();
    let mut body = contact();
    body["content"][0]["columns"][0]["blocks"][1]["data"]["required"] = json!(false);
    body["settings"] = json!({ "confirmationEnabled": true });
    let found = faults(&site, "POST", &forms(&site), &body);
    assert_eq!(found, [("settings.confirmationEnabled".to_owned(), "needs_email".to_owned())]);
}

#[test]
fn a_server_that_is_down_is_tried_again_and_what_it_refuses_for_good_is_not() {
    let (clock, mail) = (SetClock::new(), MailServer::start());
    let (site, all, form) = announcing(&clock, &mail, Some(UNKNOWN), &json!({}));
    mail.down(true);
    assert_eq!(send(&site, &form, &ann("Stored all the same")).0, 201);
    mail.refused();
    let waits = loop {
        let found = site.items(&mails(&site, &all)).remove(0);
        if !found["error"].is_null() {
            break found;
        }
    };
    assert_eq!(
        (&waits["state"], &waits["attempts"], &waits["nextAttemptAt"]),
        (&json!("queued"), &json!(1), &json!("2030-01-01T00:01:00.000Z"))
    );
    let path = format!("{}/{}/resend", mails(&site, &all), waits["id"].as_str().unwrap());
    assert_eq!(site.ask("POST", &path, None).status, 409, "it waits");
    mail.down(false);
    clock.pass(Duration::from_secs(61));
    let smtp = Smtp::new(&mail.url, "stele@acme.example").unwrap_or_else(|faults| panic!("{faults:?}"));
    site.server.once(&jobs::email::job(&site.server.store, Arc::new(smtp)));
    mail.refused();
    let failed = once(&site, &all, "failed");
    assert!(failed["error"].as_str().unwrap().contains("550") && failed["attempts"] == 2 && failed["nextAttemptAt"].is_null(), "{failed}");
    let again = site.ask("POST", &path, None);
    assert_eq!((again.status, &again.body["state"], &again.body["attempts"]), (200, &json!("queued"), &json!(0)), "{}", again.body);
    mail.refused();
    assert_eq!(once(&site, &all, "failed")["attempts"], 1);
}

#[test]
fn what_was_sent_is_sent_again_and_what_is_deleted_is_not_known_any_more() {
    let (clock, mail) = (SetClock::new(), MailServer::start());
    let (site, all, form) = announcing(&clock, &mail, Some("desk@acme.example"), &json!({ "confirmationEnabled": true }));
    assert_eq!(send(&site, &form, &ann("Hello")).0, 201);
    let mut told = [mail.next().to, mail.next().to];
    told.sort();
    assert_eq!(told, ["ann@example.org", "desk@acme.example"]);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let sent = site.items(&all)[0]["id"].as_str().unwrap().to_owned();
    let at = format!("/o/acme/p/site/forms/forms/forms/{}/submissions", form["id"].as_str().unwrap());
    let notice = loop {
        let found = site.items(&format!("{}?kind=notice&state=sent", mails(&site, &all)));
        if let Some(one) = found.into_iter().next() {
            break one;
        }
    };
    let page = eva.get(&format!("{at}?show={sent}")).is(200).text;
    assert!(page.contains("Confirmation to the visitor") && page.contains("desk@acme.example"), "{page}");
    let typed = [("one", sent.as_str()), ("email", notice["id"].as_str().unwrap()), ("query", &format!("show={sent}"))];
    eva.post(&format!("{at}/resend"), &typed).is(303);
    let again = mail.next();
    assert!(again.to == "desk@acme.example" && again.body.contains("Hello") && again.link().contains(&sent), "{}", again.body);
    let path = format!("{}/{}/resend", mails(&site, &all), notice["id"].as_str().unwrap());
    assert_eq!(site.ask("DELETE", &format!("{all}/{sent}"), None).status, 200);
    assert_eq!(site.ask("POST", &path, None).status, 404);
    assert_eq!(site.count("SELECT COUNT(*) FROM deliveries WHERE recipient = ?1", "ann@example.org"), 0);
}

#[test]
fn where_no_mail_server_is_named_nothing_waits_for_one() {
    let site = Site::new();
    let mut body = contact();
    body["settings"] = json!({ "confirmationEnabled": true });
    let all = forms(&site);
    let form = site.make(&all, &body);
    assert_eq!(send(&site, &form, &ann("Hello")).0, 201);
    assert_eq!(site.items(&mails(&site, &format!("{all}/{}/submissions", form["id"].as_str().unwrap()))), Vec::<Value>::new());
}
