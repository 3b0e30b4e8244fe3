//! The requests that show the pages of forms.

use super::samples::{Sample, at, help, proven, refused, sent, shown};

const FORMS: &str = "/p/site/forms/forms/forms";

/// One for each of their templates, and for what they show of an open field.
pub const SAMPLES: &[Sample] = &[
    shown("content/form/edit.html", |w| at(&format!("{FORMS}/{}", w.form))),
    proven(shown("content/form/edit.html", |w| at(&format!("{FORMS}/{}?open=one", w.form))), &["name=\"data.options\""]),
    proven(shown("content/form/edit.html", |w| at(&format!("{FORMS}/{}?open=two", w.form))), &["name=\"data.showIf.0.field\""]),
    proven(shown("content/form/edit.html", |w| at(&format!("{FORMS}/{}?adding=end", w.form))), &["value=\"add:emailField\""]),
    proven(shown("content/form/edit.html", |w| at(&format!("{FORMS}/{}?tab=sending", w.form))), &["name=\"settings.successMessage\""]),
    shown("content/form/edit.html", |w| at(&format!("{FORMS}/{}?tab=about", w.form))),
    refused("content/form/edit.html", |w| {
        let path = format!("{FORMS}/{}", w.form);
        let version = w.hidden(&format!("/o/acme{path}"), "version");
        let typed = [("settings.keepDays", w.text.as_str()), ("settings.allowedOrigins", &w.text)];
        sent(&path, &[&[("version", version.as_str()), ("locale", "en"), ("tab", "protection")], &typed[..]].concat())
    }),
    proven(shown("content/editor/blocks.html", |w| at(&format!("{FORMS}/{}?open=two&blocks=two", w.form))), &["name=\"data.pattern\""]),
    shown("content/form/duplicate.html", |w| at(&format!("{FORMS}/{}/duplicate", w.form))),
    refused("content/form/duplicate.html", |w| {
        sent(&format!("{FORMS}/{}/duplicate", w.form), &[("name", &w.name()), ("slug", &format!("No {}", w.text))])
    }),
    proven(shown("content/entry/new.html", |_| at(&format!("{FORMS}/new"))), &["name=\"starter\""]),
    shown("content/form/inbox/list.html", |w| at(&format!("{FORMS}/{}/submissions", w.form))),
    proven(
        shown("content/form/inbox/list.html", |w| at(&format!("{FORMS}/{}/submissions?show={}", w.form, w.sent))),
        &["<article class=\"sheet sticky\""],
    ),
    shown("content/form/inbox/list.html", |w| at(&format!("{FORMS}/{}/submissions?search={}", w.form, w.query()))),
    shown("content/form/inbox/delete.html", |w| at(&format!("{FORMS}/{}/submissions/{}/delete", w.form, w.sent))),
    proven(
        shown("content/form/inbox/sender.html", |w| at(&format!("{FORMS}/{}/submissions/sender?email=ann%40example.org", w.form))),
        &["name=\"email\"", "/submissions/sender\""],
    ),
    refused("content/form/inbox/sender.html", |w| sent(&format!("{FORMS}/{}/submissions/sender", w.form), &[("email", &w.text)])),
    proven(
        shown("content/form/edit.html", |w| at(&format!("{FORMS}/{}?tab=embed", w.form))),
        &["<pre id=\"embed-script\" tabindex=\"0\"", "data-copy=\"#embed-frame\""],
    ),
    proven(
        shown("content/form/figures/page.html", |w| at(&format!("{FORMS}/{}/figures", w.form))),
        &["<figure class=\"chart\">", "<h2 id=\"days-title\">"],
    ),
    proven(shown("help/en/forms/embedding.html", |_| help("embedding").nobody()), &["<a href=\"#frame\">In a frame</a></h2>"]),
    proven(shown("help/fr/forms/embedding.html", |_| help("embedding").french()), &["<a href=\"#frame\">Dans un cadre</a></h2>"]),
    proven(shown("help/en/forms/submissions.html", |_| help("submissions").nobody()), &["<a href=\"#read\">Read what was sent</a></h2>"]),
    proven(shown("help/fr/forms/submissions.html", |_| help("submissions").french()), &["<a href=\"#find\">En trouver un</a></h2>"]),
];
