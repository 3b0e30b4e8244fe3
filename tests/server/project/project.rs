//! Projects in the console: a new one with its languages and apps, its settings, and the pages of its apps.

use stele::domain::access::Role;

use crate::support::{HOSTILE, Server, ShownPage, Tenant, Visitor, tenant};

const NEW: &str = "/o/acme/projects/new";
const SETTINGS: &str = "/o/acme/p/site/settings";

fn start() -> (tempfile::TempDir, Server, Tenant) {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    let here = tenant(&server, "acme");
    (dir, server, here)
}

/// The form of the settings as it was filled, with another name and these languages.
fn settings<'a>(seen: &'a str, name: &'a str, default: &'a str, others: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("seen", seen), ("name", name), ("slug", "site"), ("description", "Words"), ("defaultLocale", default)];
    form.extend(others.iter().map(|tag| ("enabledLocales", *tag)));
    form
}

/// The address of the app of this name.
fn app_of(shown: &ShownPage, name: &str) -> String {
    let (before, _) = shown.text.split_once(&format!("\"><b>{name}</b>")).expect("the app");
    before.rsplit('"').next().unwrap().to_owned()
}

#[test]
fn a_project_is_made_with_languages_and_apps_or_not_at_all() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let form = [
        ("name", "Journal"),
        ("slug", ""),
        ("defaultLocale", "fr"),
        ("enabledLocales", "de"),
        ("enabledLocales", "pt-AO, sw-TZ"),
        ("apps", "website"),
        ("apps", "forms"),
        ("apps", "knowledgeBase"),
    ];
    assert_eq!(admin.post(NEW, &form).is(303).to, "/o/acme/p/journal");
    admin.get("/o/acme/p/journal/website/website/pages").is(200);
    let page = admin.get("/o/acme/p/journal/settings").is(200);
    for shown in [
        "<b>Website</b>",
        "<b>Forms</b>",
        "<b>Knowledge base</b>",
        "value=\"pt-AO\" checked",
        "value=\"sw-TZ\" checked",
        "value=\"de\" checked",
    ] {
        assert!(page.text.contains(shown), "{shown}");
    }
    // What is wrong with a language is told, what was typed comes back, and nothing of it is made.
    let wrong = [
        ("name", HOSTILE),
        ("defaultLocale", "other"),
        ("otherLocale", "no tag"),
        ("enabledLocales", "de"),
        ("enabledLocales", "Not!"),
        ("apps", "forms"),
    ];
    let refused = admin.post(NEW, &wrong).is(422);
    for shown in [
        "value=\"no tag\"",
        "value=\"de\" checked",
        "value=\"Not!\"",
        "defaultLocale-fault",
        "enabledLocales-fault",
        "value=\"forms\" checked",
    ] {
        assert!(refused.text.contains(shown), "{shown}: {}", refused.text);
    }
    assert!(!refused.text.contains("<script>alert"));
    assert!(!admin.get("/o/acme").is(200).text.contains("/o/acme/p/script"), "no project was made");
    let other = [("name", "Typed"), ("defaultLocale", "other"), ("otherLocale", "tlh"), ("slug", "typed")];
    assert_eq!(admin.post(NEW, &other).is(303).to, "/o/acme/p/typed");
    assert!(admin.get("/o/acme/p/typed/settings").is(200).text.contains("value=\"tlh\" checked"));
    // Only for whom it is.
    let viewer = Visitor::new(&server, &here, "Vic", Role::Viewer);
    viewer.get(NEW).is(403);
    viewer.post(NEW, &form).is(403);
}

#[test]
fn the_settings_of_a_project_are_changed_and_the_second_tab_is_told() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let seen = admin.get(SETTINGS).is(200).hidden("seen");
    admin.post(SETTINGS, &settings(&seen, "First tab", "en", &["en", "fr"])).is(303);
    let told = admin.post(SETTINGS, &settings(&seen, "Second tab", "en", &["en"])).is(412);
    assert!(told.text.contains("value=\"Second tab\"") && told.text.contains("note warn"), "{}", told.text);
    let now = admin.get(SETTINGS).is(200).text;
    assert!(now.contains("value=\"First tab\"") && now.contains("value=\"fr\" checked"), "nothing was changed");
    admin.post(SETTINGS, &settings(&told.hidden("seen"), "Second tab", "de", &["en"])).is(303);
    let now = admin.get(SETTINGS).is(200).text;
    assert!(now.contains("value=\"Second tab\"") && now.contains("value=\"de\" checked") && !now.contains("value=\"fr\" checked"));
    let seen = admin.get(SETTINGS).is(200).hidden("seen");
    let mut wrong = settings(&seen, " ", "en", &["en"]);
    wrong[2].1 = "Not a slug!";
    let refused = admin.post(SETTINGS, &wrong).is(422).text;
    assert!(refused.contains("name-fault") && refused.contains("slug-fault") && refused.contains("Not a slug!"));
    assert!(refused.contains("Small letters, digits and dashes"), "it says what would be right: {refused}");
    let viewer = Visitor::new(&server, &here, "Vic", Role::Viewer);
    viewer.get(SETTINGS).is(403);
    viewer.post(SETTINGS, &settings(&seen, "Viewer", "en", &[])).is(403);
}

fn form<'a>(seen: &'a str, name: &'a str, slug: &'a str, email: &'a str) -> [(&'a str, &'a str); 4] {
    [("seen", seen), ("name", name), ("slug", slug), ("settings.notifyEmail", email)]
}

#[test]
fn the_page_of_an_app_is_drawn_from_the_settings_of_its_type() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    admin.post(&format!("{SETTINGS}/apps"), &[("appType", "forms"), ("appName", "Letters")]).is(303);
    admin.post(&format!("{SETTINGS}/apps"), &[("appType", "forms"), ("appName", " ")]).is(422);
    let list = admin.get(SETTINGS).is(200);
    let (website, forms) = (app_of(&list, "Web"), app_of(&list, "Letters"));
    assert!(admin.get(&website).is(200).text.contains("name=\"settings.pageDesign\""));
    let page = admin.get(&forms).is(200);
    assert!(page.text.contains("name=\"settings.notifyEmail\"") && !page.text.contains("settings.pageDesign"));
    let seen = page.hidden("seen");
    // Faults of the app and of its settings at once, each beside its field.
    let refused = admin.post(&forms, &form(&seen, HOSTILE, "No!", "nobody")).is(422).text;
    assert!(
        refused.contains("id=\"slug-fault\"")
            && refused.contains("id=\"settings.notifyEmail-fault\"")
            && refused.contains("value=\"nobody\"")
    );
    assert!(!refused.contains("<script>alert"));
    admin.post(&forms, &form(&seen, "Post", "post", "desk@acme.example")).is(303);
    let told = admin.post(&forms, &form(&seen, "Second", "post", "other@acme.example")).is(412);
    assert!(told.text.contains("value=\"other@acme.example\"") && told.text.contains("note warn"));
    let now = admin.get(&forms).is(200);
    assert!(now.text.contains("value=\"Post\"") && now.text.contains("value=\"desk@acme.example\"") && now.text.contains("value=\"post\""));
    admin.post(&forms, &form(&now.hidden("seen"), "Post", "web", "")).is(422);
    admin.post(&forms, &form(&now.hidden("seen"), "Post", "post", "")).is(303);
    assert!(!admin.get(&forms).is(200).text.contains("desk@acme.example"), "nothing typed clears a setting");
    admin.post(&forms, &[("seen", &admin.get(&forms).hidden("seen")), ("name", "Post"), ("slug", "post"), ("settings.other", "x")]).is(422);
    let viewer = Visitor::new(&server, &here, "Vic", Role::Viewer);
    viewer.get(&forms).is(403);
    viewer.post(&forms, &form(&seen, "Viewer", "post", "")).is(403);
}

#[test]
fn an_app_goes_to_the_trash_and_back() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let web = app_of(&admin.get(SETTINGS).is(200), "Web");
    let shown = admin.post(&format!("{web}/trash"), &[("apps", "on")]).is(303).next(&admin);
    assert!(shown.text.matches(&format!("action=\"{web}/restore\"")).count() == 2, "in the message and in the list: {}", shown.text);
    admin.get("/o/acme/p/site/website/web/pages").is(404);
    admin.post(&format!("{SETTINGS}/apps"), &[("appType", "website"), ("appName", "Web")]).is(303);
    admin.get("/o/acme/p/site/website/web/pages").is(200);
    admin.post(&format!("{web}/restore"), &[("apps", "on")]).is(303);
    admin.get("/o/acme/p/site/website/web-2/pages").is(200);
    assert!(admin.get(&web).is(200).text.contains("value=\"web-2\""), "its address was taken meanwhile");
}

#[test]
fn a_project_is_deleted_by_its_name() {
    let (_dir, server, here) = start();
    let admin = Visitor::new(&server, &here, "Anna", Role::Admin);
    let form = [("name", "Journal"), ("slug", ""), ("defaultLocale", "fr")];
    assert_eq!(admin.post(NEW, &form).is(303).to, "/o/acme/p/journal");
    admin.post("/o/acme/p/journal/settings/delete", &[("typed", "journal")]).is(422);
    admin.get("/o/acme/p/journal").is(200);
    admin.post("/o/acme/p/journal/settings/delete", &[("typed", "Journal")]).is(303);
    admin.get("/o/acme/p/journal").is(404);
}
