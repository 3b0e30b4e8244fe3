//! What visitors have sent is found by its words, and what is gone stands nowhere any more: in no row, no index, no log, no e-mail and no message.

use std::{fs, time::Duration};

use serde_json::{Value, json};
use stele::{
    domain::access::{Access, Role},
    jobs,
    service::retention::Retention,
};

use super::{contact, forms, send};
use crate::{
    project::webhook::{hooks, open},
    support::{MailServer, Receiver, SetClock, Site, machine},
};

fn from(name: &str, message: &str) -> Value {
    json!({ "name": name, "email": format!("{}@example.org", name.to_lowercase()), "message": message })
}

#[test]
fn words_are_found_in_any_script_and_the_last_by_its_beginning() {
    let site = Site::new();
    let all = forms(&site);
    let [form, other] = ["contact", "other"].map(|slug| {
        let mut body = contact();
        body["slug"] = json!(slug);
        site.make(&all, &body)
    });
    for (name, message) in [("Ann", "Où est la Straße ?"), ("Bo", "東京都に行きました"), ("Cy", "strasse AND \"more\" OR less*")]
    {
        assert_eq!(send(&site, &form, &from(name, message)).0, 201);
    }
    send(&site, &other, &from("Di", "Straße"));
    let path = format!("{all}/{}/submissions", form["id"].as_str().unwrap());
    let found = |query: &str| {
        let listed = site.get(&format!("{path}?{query}")).body;
        let names: Vec<_> = listed["data"].as_array().unwrap().iter().map(|one| one["data"]["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(listed["meta"]["total"], json!(names.len()), "{query}");
        names.join(" ")
    };
    for (query, names) in [
        ("search=STRASSE", "Cy Ann"),
        ("search=stra", "Cy Ann"),
        ("search=stra+est", ""),
        ("search=est+stra", "Ann"),
        ("search=%E6%9D%B1%E4%BA%AC", "Bo"),
        ("search=%22more%22+OR", "Cy"),
        ("search=less*", "Cy"),
        ("search=bo%40example.org", "Bo"),
        ("search=%22", ""),
        ("search=strasse&sort=createdAt:asc", "Ann Cy"),
        ("search=strasse&mark=spam", ""),
    ] {
        assert_eq!(found(query), names, "{query}");
    }
}

/// Whether a word stands in the database or its log.
fn stands(folder: &std::path::Path, word: &str) -> bool {
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap_or_default());
    files.into_iter().any(|bytes| {
        let lower = bytes.to_ascii_lowercase();
        lower.windows(word.len()).any(|part| part == word.as_bytes())
    })
}

#[test]
fn what_is_gone_is_written_over() {
    let (clock, mail, receiver) = (SetClock::new(), MailServer::start(), Receiver::start());
    let mut site = Site::mailing(&clock, open(), &mail.url);
    site.make(&hooks(&site), &json!({ "url": receiver.url("127.0.0.1"), "events": ["form.submitted"] }));
    let all = forms(&site);
    let app = all.split('/').rev().nth(1).unwrap().to_owned();
    site.change(&format!("{}/apps/{app}/settings", site.project()), &json!({ "settings": { "notifyEmail": "desk@acme.example" } }));
    let [form, brief, doomed] =
        [("contact", json!({})), ("brief", json!({ "keepDays": 1 })), ("doomed", json!({}))].map(|(slug, settings)| {
            let mut body = contact();
            (body["slug"], body["settings"]) = (json!(slug), settings);
            body["settings"]["confirmationEnabled"] = json!(true);
            site.make(&all, &body)
        });
    // Each has some company in the index, so that no part of it is empty afterwards.
    for (to, name, message) in [
        (&form, "Quentina", "Zyzzyva"),
        (&form, "Benedikta", "Kwyjibo"),
        (&brief, "Theophila", "Xylocarp"),
        (&doomed, "Wilhelmine", "Jnanayoga"),
    ] {
        assert_eq!(send(&site, to, &from(name, message)).0, 201);
        assert!(receiver.next().text.contains(message));
        mail.next();
        mail.next();
    }
    let path = format!("{all}/{}/submissions", form["id"].as_str().unwrap());
    let first = site.items(&format!("{path}?search=zyzzyva"))[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(site.ask("DELETE", &format!("{path}/{first}"), None).status, 200);
    assert_eq!(site.ask("DELETE", &format!("{all}/{}", doomed["id"].as_str().unwrap()), None).status, 200);
    clock.pass(Duration::from_secs(86_401));
    let key = machine(&site.server, site.here.org, Role::Admin, Access::Full, None);
    site.token = site.server.token(&key.secret);
    site.server.once(&jobs::sweep::job(&site.server.store, Retention::default()));
    assert_eq!(site.ask("DELETE", &format!("{}/trash", site.project()), None).status, 200);
    assert_eq!(site.items(&format!("{path}?search=kwyjibo")).len(), 1);
    let Site { server, dir, .. } = site;
    drop(server);
    for word in ["zyzzyva", "quentina", "xylocarp", "theophila", "jnanayoga", "wilhelmine"] {
        assert!(!stands(dir.path(), word), "{word}");
    }
    assert!(stands(dir.path(), "kwyjibo") && stands(dir.path(), "benedikta"), "what is there is found this way");
}
