//! What one e-mail address has sent is told to whoever asks for it, and erased when they want that: in all forms of the project, and nobody else's.

use std::fs;

use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Access, Role},
        form::sent::Sent,
        id::EntryId,
    },
    service::{
        form::submit::{self, SubmitOutcome, SubmitRequest, Which},
        org::invitation::Post,
    },
    store::Tx,
};

use super::{asking, contact, faults, forms, send};
use crate::{
    project::webhook::{hooks, open},
    support::{Receiver, Site, Visitor, machine},
};

fn from(name: &str, email: &str, message: &str) -> Value {
    json!({ "name": name, "email": email, "message": message })
}

fn path(site: &Site, what: &str) -> String {
    format!("{}/form-senders/{what}", site.project())
}

#[test]
fn what_an_address_has_sent_is_told_and_erased() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["form.submitted"] }));
    let all = forms(&site);
    let form = site.make(&all, &contact());
    // A form that asks for an address without need of one.
    let optional = json!([{ "id": "a", "type": "textField", "data": { "label": "Where do we write to?", "name": "where" } },
                          { "id": "b", "type": "textareaField", "data": { "label": "What", "name": "what" } }]);
    let other = site.make(&all, &json!({ "name": "Other", "slug": "other", "content": asking(&optional) }));
    for (to, answers) in [
        (&form, from("Zyxwania", "Zyxwania@example.org", "Kwyjibo")),
        (&form, from("Benedikta", "benedikta@example.org", "I know zyxwania@example.org")),
        (&other, json!({ "where": " ZYXWANIA@example.org ", "what": "Xylocarp" })),
        (&other, json!({ "where": "not-zyxwania@example.org", "what": "Nothing" })),
    ] {
        assert_eq!(send(&site, to, &answers).0, 201, "{answers}");
        receiver.next();
    }
    site.ask("DELETE", &format!("{all}/{}", other["id"].as_str().unwrap()), None);
    let asked = json!({ "email": "zyxwania@EXAMPLE.org" });
    let told = site.ask("POST", &path(&site, "export"), Some(&asked));
    assert_eq!(told.status, 200, "{}", told.body);
    let texts: Vec<_> = told.body["data"].as_array().unwrap().iter().map(|one| one["data"].to_string()).collect();
    assert!(texts.len() == 2 && texts[0].contains("Kwyjibo") && texts[1].contains("Xylocarp"), "{texts:?}");
    let erased = site.ask("POST", &path(&site, "erase"), Some(&asked));
    assert_eq!((erased.status, &erased.body["deletedCount"]), (200, &json!(2)), "{}", erased.body);
    assert_eq!(site.ask("POST", &path(&site, "erase"), Some(&asked)).body["deletedCount"], 0);
    let left = site.items(&format!("{all}/{}/submissions", form["id"].as_str().unwrap()));
    assert_eq!((left.len(), &left[0]["data"]["name"]), (1, &json!("Benedikta")));
    assert_eq!(site.count("SELECT COUNT(*) FROM activities WHERE action = ?1", "submission.erased"), 1);
    let Site { server, dir, .. } = site;
    drop(server);
    let bytes: Vec<u8> = fs::read_dir(dir.path()).unwrap().flat_map(|file| fs::read(file.unwrap().path()).unwrap_or_default()).collect();
    let lower = String::from_utf8_lossy(&bytes).to_lowercase();
    assert!(!lower.contains("kwyjibo") && !lower.contains("xylocarp"));
    // Others have named the address, which is theirs to tell.
    assert!(lower.contains("benedikta"));
}

#[test]
fn what_was_erased_does_not_come_back_by_a_repeat() {
    let site = Site::new();
    let form = site.make(&forms(&site), &contact());
    assert_eq!(send(&site, &form, &from("Zyxwania", "zyxwania@example.org", "Kwyjibo")).0, 201);
    let asked = json!({ "email": "zyxwania@example.org" });
    let export = || site.server.ask_with("POST", &path(&site, "export"), Some(&site.token), Some(&asked), &[("Idempotency-Key", "k")]);
    assert_eq!(export().body["data"][0]["data"]["message"], "Kwyjibo");
    assert_eq!(site.rows("idempotency_keys"), 0, "no answer with what somebody sent is kept");
    assert_eq!(site.ask("POST", &path(&site, "erase"), Some(&asked)).body["deletedCount"], 1);
    let again = export();
    assert_eq!((again.status, &again.body["data"], again.header("idempotency-replayed")), (200, &json!([]), ""));
}

#[test]
fn whoever_may_not_read_what_was_sent_neither_exports_nor_erases_it() {
    let site = Site::new();
    forms(&site);
    for what in ["export", "erase"] {
        assert_eq!(faults(&site, "POST", &path(&site, what), &json!({ "email": "nobody" })).len(), 1);
        let viewer = machine(&site.server, site.here.org, Role::Viewer, Access::Full, None);
        let token = site.server.token(&viewer.secret);
        let asked = json!({ "email": "ann@example.org" });
        assert_eq!(site.server.ask("POST", &path(&site, what), Some(&token), Some(&asked)).status, 403);
    }
}

/// Stores answers as the forms of visitors do, all in one write.
fn store(site: &Site, form: &Value, all: Vec<Value>) {
    let id: EntryId = form["id"].as_str().unwrap().parse().unwrap();
    site.server.write(move |tx| {
        let open = submit::open(tx, &Which::Id(id), None)?;
        for answers in &all {
            assert!(matches!(submit::accept(tx, &open, &submitted(answers), &[])?, SubmitOutcome::Stored(_)));
        }
        Ok(())
    });
}

fn submitted(answers: &Value) -> SubmitRequest {
    SubmitRequest {
        sent: Sent::of_json(answers.as_object().unwrap().clone()),
        token: None,
        trap: String::new(),
        solution: None,
        again: false,
        origin: None,
        address: "192.0.2.1".parse().unwrap(),
        user_agent: None,
        referer: None,
        post: Post { public_url: "https://example.org".into(), mail: false },
    }
}

#[test]
fn a_read_tells_of_what_stores_nothing() {
    let site = Site::new();
    let all = forms(&site);
    let id: EntryId = site.make(&all, &contact())["id"].as_str().unwrap().parse().unwrap();
    let look = |request: &SubmitRequest| {
        let look =
            |tx: &mut Tx<'_>| submit::open(tx, &Which::Id(id), None).and_then(|open| submit::judge_without_storing(tx, &open, request));
        site.server.store.read_now(look).unwrap()
    };
    let good = submitted(&from("Ann", "ann@example.org", "Hello"));
    assert_eq!(look(&good), None, "it is to be stored");
    assert!(matches!(look(&submitted(&json!({ "name": "Ann" }))), Some(SubmitOutcome::Wrong(wrong)) if wrong.len() == 1));
    let trapped = SubmitRequest { trap: "x".into(), ..good.clone() };
    assert_eq!(look(&trapped), Some(SubmitOutcome::Again(submit::Why::Trap)));
    assert_eq!(look(&SubmitRequest { again: true, ..trapped }), None, "what is refused is counted");
    site.ask("POST", &format!("{all}/{id}/deactivate"), None);
    assert_eq!(look(&good), Some(SubmitOutcome::Closed));
}

/// What each step answers, until one says that there is no more.
fn steps(site: &Site, what: &str, email: &str) -> Vec<Value> {
    let (mut asked, mut all) = (json!({ "email": email }), Vec::new());
    loop {
        let told = site.ask("POST", &path(site, what), Some(&asked));
        assert_eq!(told.status, 200, "{}", told.body);
        asked["after"] = told.body["next"].clone();
        all.push(told.body);
        if asked["after"].is_null() {
            return all;
        }
    }
}

#[test]
fn nothing_is_left_out_behind_thousands_who_have_named_the_address() {
    let site = Site::new();
    let optional = json!([{ "id": "a", "type": "textField", "data": { "label": "Where do we write to?", "name": "where" } },
                          { "id": "b", "type": "textareaField", "data": { "label": "What", "name": "what" } }]);
    let form = site.make(&forms(&site), &json!({ "name": "Much", "slug": "much", "content": asking(&optional) }));
    let of = |name: &str| json!({ "where": format!("{name}@example.org"), "what": "Mine" });
    let stranger = json!({ "what": "Write to zyxwania@example.org, or to yolanda@example.org" });
    let firsts = ["zyxwania", "yolanda"].map(of);
    store(&site, &form, [&firsts[..], &vec![stranger; 2_005], &firsts[..]].concat());
    let told = steps(&site, "export", "zyxwania@example.org");
    let sent: Vec<_> = told.iter().flat_map(|step| step["data"].as_array().unwrap()).map(|one| one["data"].clone()).collect();
    assert_eq!((sent, told.len()), (vec![of("zyxwania"); 2], 5), "no step looks at all of it");
    let erased: i64 = steps(&site, "erase", "yolanda@example.org").iter().map(|step| step["deletedCount"].as_i64().unwrap()).sum();
    assert_eq!((erased, site.rows("submissions")), (2, 2_007));
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let at = format!("/o/acme/p/site/forms/forms/forms/{}/submissions/sender", form["id"].as_str().unwrap());
    let asked = [("email", "zyxwania@example.org")];
    assert_eq!(eva.post(&format!("{at}/export"), &asked).is(200).text.lines().count(), 2);
    // What is erased is what was looked at: no other address is typed beside the button, and not more or less than was found.
    let page = eva.get(&format!("{at}?email=zyxwania%40example.org")).is(200).text;
    assert!(page.contains("type=\"hidden\" name=\"email\"") && !page.contains("type=\"email\""), "{page}");
    let found = page.split("name=\"found\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    for wrong in ["0", "", "17"] {
        let refused = eva.post(&at, &[asked[0], ("found", wrong)]);
        assert!(refused.text.contains("Look at it, then choose it again."), "{wrong}: {}", refused.text);
    }
    assert_eq!(site.rows("submissions"), 2_007);
    eva.post(&at, &[asked[0], ("found", &found)]).is(303);
    assert_eq!(site.rows("submissions"), 2_005, "one press is enough");
    assert!(page.contains("/sender/export"), "{page}");
    let nobody = eva.get(&format!("{at}?email=nobody%40example.org")).is(200).text;
    assert!(nobody.contains("Nothing was found.") && !nobody.contains("button danger"), "{nobody}");
    assert!(steps(&site, "export", "zyxwania@example.org").iter().all(|step| step["data"] == json!([])));
}
