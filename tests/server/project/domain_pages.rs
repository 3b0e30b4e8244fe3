//! Domains in the console: added, with the record to copy; looked for; made the primary one; and given up.

use std::sync::{Arc, Mutex};

use stele::{
    config::Config,
    domain::{
        access::Role,
        project::domain::{DnsAnswer, token},
    },
    service::project::domain::Names,
};

use crate::support::{SetClock, Site, Visitor};

const LIST: &str = "/o/acme/p/site/domains";

/// What every name answers.
struct Answers(Mutex<DnsAnswer>);

impl Names for Answers {
    fn texts(&self, _: String) -> std::pin::Pin<Box<dyn Future<Output = DnsAnswer> + Send + '_>> {
        Box::pin(std::future::ready(self.0.lock().unwrap().clone()))
    }
}

#[test]
fn a_domain_is_added_looked_for_and_given_up() {
    let names = Arc::new(Answers(Mutex::new(DnsAnswer::Nobody)));
    let site = Site::naming(&SetClock::new(), Config::default(), names.clone());
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    assert!(admin.get(LIST).is(200).text.contains("No domain yet"));
    let refused = admin.post(&format!("{LIST}/new"), &[("hostname", "https://journal.example.org"), ("appId", "")]).is(422);
    assert!(refused.text.contains("hostname-fault") && refused.text.contains("without https://"), "{}", refused.text);
    assert!(admin.post(&format!("{LIST}/new"), &[("hostname", "stele.test")]).is(422).text.contains("the name of this instance itself"));
    let app = site.here.app.to_string();
    assert_eq!(admin.post(&format!("{LIST}/new"), &[("hostname", "bücher.example"), ("appId", &app)]).is(303).to, LIST);
    let page = admin.get(LIST).is(200).text;
    for shown in ["<b>bücher.example</b>", "_stele-challenge.xn--bcher-kva.example", &token(site.here.project), "Waiting", "Web"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let verify = page.split("action=\"").map(|rest| rest.split('"').next().unwrap()).find(|to| to.ends_with("/verify")).unwrap().to_owned();
    for (found, says, state) in [
        (DnsAnswer::Nobody, "<div>No name server answered.", "status fault"),
        (DnsAnswer::Texts(vec!["else".into()]), "<div>The record was not found, or says something else.", "status fault"),
    ] {
        *names.0.lock().unwrap() = found;
        let refused = admin.post(&verify, &[]).is(422).text;
        assert!(refused.contains(says) && refused.contains(state), "{says}: {refused}");
    }
    *names.0.lock().unwrap() = DnsAnswer::Texts(vec![token(site.here.project)]);
    let sent = admin.post(&verify, &[]).is(303);
    assert_eq!(sent.to, LIST);
    let next = sent.next(&admin).text;
    assert!(next.contains("bücher.example is served.") && next.contains("status on"), "{next}");
    assert!(!admin.get(LIST).text.contains("_stele-challenge"), "what is served needs no record any more");
    admin.post(&verify.replace("/verify", "/primary"), &[]).is(303);
    assert!(admin.get(LIST).text.contains("<span class=\"tag\">Primary</span>"));
    let end = verify.replace("/verify", "/delete");
    assert!(admin.get(&end).is(200).text.contains("Give bücher.example up?"));
    admin.post(&end, &[]).is(422);
    assert_eq!(admin.post(&end, &[("sure", "on")]).is(303).to, LIST);
    assert!(admin.get(LIST).text.contains("No domain yet"));
}

#[test]
fn only_who_manages_the_project_has_a_say_in_its_names() {
    let site = Site::new();
    let made = site.make(&format!("{}/domains", site.project()), &serde_json::json!({ "hostname": "journal.example.org" }));
    let one = format!("{LIST}/{}", made["id"].as_str().unwrap());
    let editor = Visitor::new(&site.server, &site.here, "Edgar", Role::Editor);
    for path in [LIST.to_owned(), format!("{LIST}/new"), format!("{one}/delete")] {
        editor.get(&path).is(403);
    }
    for act in ["verify", "primary", "delete"] {
        editor.post(&format!("{one}/{act}"), &[("sure", "on")]).is(403);
    }
}
