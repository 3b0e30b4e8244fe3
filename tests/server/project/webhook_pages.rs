//! Webhooks in the console: made, with a secret that is shown once; changed, tried out, and given up.

use stele::domain::access::Role;

use super::webhook::open;
use crate::support::{Receiver, Site, Visitor};

const LIST: &str = "/o/acme/p/site/webhooks";

/// What stands in a page between these.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    page.split(before).nth(1).and_then(|rest| rest.split(after).next()).unwrap_or_else(|| panic!("no {before}: {page}"))
}

#[test]
fn a_webhook_is_made_tried_out_and_given_up_in_the_console() {
    let (site, receiver) = (Site::as_set(open()), Receiver::start());
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    assert!(admin.get(LIST).is(200).text.contains("No webhook yet"));
    let form = |path: &str| between(&admin.get(path).is(200).text, "name=\"once\" value=\"", "\"").to_owned();
    let (new, once) = (format!("{LIST}/new"), form(&format!("{LIST}/new")));
    let refused = admin.post(&new, &[("once", &once), ("url", "ftp://example.org"), ("event", "entry.created")]).is(422).text;
    assert!(refused.contains("url-fault") && refused.contains("An http or https address"), "{refused}");
    assert!(refused.contains("value=\"entry.created\" checked"), "{refused}");
    let url = receiver.url("127.0.0.1");
    let once = form(&new);
    let typed = [
        ("once", once.as_str()),
        ("url", url.as_str()),
        ("event", "entry.created"),
        ("event", "entry.deleted"),
        ("description", "The index"),
    ];
    let made = admin.post(&new, &typed).is(200).text;
    let secret = between(&made, "aria-label=\"Secret\">", "<").to_owned();
    assert!(secret.starts_with("whsec_") && made.contains("<code>entry.deleted</code>"), "{made}");
    // Sent again, it makes no other one, and shows no secret.
    assert_eq!(admin.post(&new, &typed).is(303).to, LIST);
    let list = admin.get(LIST).is(200).text;
    assert!(
        list.contains("2 events") && list.contains("The index") && !list.contains(&secret) && list.matches("status on").count() == 1,
        "{list}"
    );
    let one = format!("{LIST}/{}", between(&list, &format!("href=\"{LIST}/0"), "\"").to_owned().replacen("", "0", 1));
    let page = admin.get(&one).is(200).text;
    assert!(page.contains("Nothing was told yet") && page.contains(&url) && !page.contains(&secret), "{page}");
    // A test arrives, and can be sent again.
    assert_eq!(admin.post(&format!("{one}/ping"), &[]).is(303).to, one);
    let told = receiver.next();
    let message = format!("{one}/log/{}", told.header("webhook-id"));
    let page = loop {
        let page = admin.get(&message).is(200).text;
        if page.contains("Arrived") {
            break page;
        }
    };
    assert!(page.contains("<code>204</code>") && page.contains("&#34;webhook.ping&#34;"), "{page}");
    assert_eq!(admin.post(&format!("{message}/resend"), &[]).is(303).to, message);
    assert_eq!(receiver.next().header("webhook-id"), told.header("webhook-id"));
    assert!(admin.get(&one).is(200).text.contains("<code>webhook.ping</code>"));
    // Another secret.
    let once = form(&format!("{one}/secret"));
    let rotated = admin.post(&format!("{one}/secret"), &[("once", &once)]).is(200).text;
    let other = between(&rotated, "aria-label=\"Secret\">", "<");
    assert!(other.starts_with("whsec_") && other != secret && rotated.contains("The old one signs as well until"), "{rotated}");
    // Switched off, it takes no test.
    assert_eq!(admin.post(&format!("{one}/edit"), &[("url", &url), ("description", "")]).is(303).to, one);
    let page = admin.get(&one).is(200).text;
    assert!(page.contains("<span class=\"status\">Off</span>") && !page.contains("/ping"), "{page}");
    assert!(admin.post(&format!("{one}/ping"), &[]).is(422).text.contains("This webhook is switched off."));
    assert_eq!(admin.post(&format!("{one}/delete"), &[("sure", "on")]).is(303).to, LIST);
    assert!(admin.get(LIST).is(200).text.contains("No webhook yet"));
    admin.get(&one).is(404);
}

#[test]
fn only_those_who_look_after_a_project_see_its_webhooks() {
    let site = Site::new();
    let (admin, editor) =
        (Visitor::new(&site.server, &site.here, "Anna", Role::Admin), Visitor::new(&site.server, &site.here, "Ed", Role::Editor));
    assert!(admin.get("/o/acme/p/site").is(200).text.contains(LIST));
    assert!(!editor.get("/o/acme/p/site").is(200).text.contains(LIST));
    for path in [LIST, "/o/acme/p/site/webhooks/new"] {
        editor.get(path).is(403);
    }
}
