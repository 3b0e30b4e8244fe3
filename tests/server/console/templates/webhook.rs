//! Requests for the templates of webhooks.

use super::samples::{Request, Sample, at, help, proven, refused, sent, shown};

const LIST: &str = "/p/site/webhooks";

fn one(id: &str, rest: &str) -> Request {
    at(&format!("{LIST}/{id}{rest}"))
}

/// Every template of webhooks, at least once.
pub const SAMPLES: &[Sample] = &[
    shown("project/webhook/list.html", |_| at(LIST)),
    shown("project/webhook/list.html", |w| at(&format!("{LIST}?search={}", w.query()))),
    shown("project/webhook/new.html", |_| at(&format!("{LIST}/new"))),
    refused("project/webhook/new.html", |w| {
        let once = w.hidden(&format!("/o/acme{LIST}/new"), "once");
        sent(&format!("{LIST}/new"), &[("once", &once), ("url", &w.text), ("description", &w.text)])
    }),
    shown("project/webhook/shown.html", |w| {
        let once = w.hidden(&format!("/o/acme{LIST}/new"), "once");
        sent(&format!("{LIST}/new"), &[("once", &once), ("url", "https://example.org/"), ("event", "member.removed")])
    }),
    shown("project/webhook/one.html", |w| one(&w.webhook, "")),
    shown("project/webhook/one.html", |w| one(&w.webhook, "?state=queued")),
    shown("project/webhook/edit.html", |w| one(&w.webhook, "/edit")),
    refused("project/webhook/edit.html", |w| sent(&format!("{LIST}/{}/edit", w.webhook), &[("url", &w.text), ("description", &w.text)])),
    shown("project/webhook/rotate.html", |w| one(&w.webhook, "/secret")),
    shown("project/webhook/delete.html", |w| one(&w.webhook, "/delete")),
    proven(shown("help/en/develop/webhooks.html", |_| help("webhooks").nobody()), &["<a href=\"#verify\">Is it from here?</a></h2>"]),
    proven(shown("help/fr/develop/webhooks.html", |_| help("webhooks").french()), &["<a href=\"#take\">Recevoir un message</a></h2>"]),
    shown("project/webhook/delivery.html", |w| one(&w.webhook, &format!("/log/{}", w.message))),
];
