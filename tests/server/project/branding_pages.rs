//! Brandings in the console: made, seen while they are set, stored, worn by an app, and gone.

use serde_json::json;
use stele::domain::access::Role;

use crate::support::{HOSTILE, ShownPage, Site, Visitor};

const LIST: &str = "/o/acme/p/site/branding";

/// The form of the editor as a browser sends it back: each field by what stands in it, but for these.
fn sent<'a>(shown: &'a ShownPage, instead: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let form = shown.text.split("id=\"branding\"").nth(1).expect("the form").split("</form>").next().expect("its end");
    let mut fields = Vec::new();
    for input in form.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let of = |name: &str| input.split(&format!("{name}=\"")).nth(1).map_or("", |rest| rest.split('"').next().unwrap());
        if of("type") != "radio" || input.ends_with("checked") {
            fields.push((of("name"), of("value")));
        }
    }
    for select in form.split("<select ").skip(1) {
        let name = select.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
        let chosen = select.split("\" selected").next().unwrap().rsplit('"').next().unwrap();
        fields.push((name, chosen));
    }
    fields.retain(|(name, _)| !instead.iter().any(|(other, _)| other == name));
    fields.extend(instead);
    fields
}

/// The stylesheet that a page names last.
fn sheet(visitor: &Visitor<'_>, shown: &ShownPage) -> (String, String) {
    let address = shown.text.split("id=\"look\" href=\"").nth(1).expect("a stylesheet").split('"').next().unwrap();
    let address = address.replace("&#38;", "&").replace("&amp;", "&");
    (visitor.get(&address).is(200).text, address)
}

#[test]
fn a_branding_is_made_looked_at_stored_and_deleted() {
    let site = Site::new();
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    assert!(admin.get(LIST).is(200).text.contains("No branding yet"));
    let refused = admin.post(&format!("{LIST}/new"), &[("name", "")]).is(422);
    assert!(refused.text.contains("name-fault"));
    let one = admin.post(&format!("{LIST}/new"), &[("name", HOSTILE)]).is(303).to;
    let id = one.rsplit('/').next().unwrap();
    let path = format!("{}/brandings/{id}", site.project());
    assert!(!admin.get(LIST).is(200).text.contains("class=\"logo\""));
    site.change(&path, &json!({ "faviconUrl": "/icon.svg" }));
    assert!(admin.get(LIST).is(200).text.contains("<img class=\"logo\" src=\"/icon.svg\" alt=\"\">"), "its icon stands for it");
    let file = site.ask("POST", &format!("{}/files/save", site.project()), Some(&json!({ "filename": "logo.txt", "content": "a" }))).body;
    site.change(&path, &json!({ "logoUrl": format!("file:{}", file["id"].as_str().unwrap()) }));
    let listed = admin.get(LIST).is(200).text;
    assert!(listed.contains(&format!("<img class=\"logo\" src=\"/files/{}/logo.txt?v=", file["id"].as_str().unwrap())), "{listed}");
    site.change(&path, &json!({ "logoUrl": null, "faviconUrl": null }));
    let page = admin.get(&one).is(200);
    assert!(!page.text.contains("<script>alert") && page.text.contains("<span class=\"tag\">Default</span>"));
    assert!(sheet(&admin, &page).0.contains("--brand-primary: light-dark(#1f5fae, #"));

    // What is only looked at is drawn by a stylesheet of its own, measured, and not stored.
    let typed = sent(&page, &[("colorPrimary", "#c9772b"), ("buttonStyle", "pill"), ("borderRadius", "99"), ("shown", "on")]);
    let query = serde_urlencoded(&typed);
    let looked = admin.get(&format!("{one}?{query}")).is(200);
    for shown in ["3.4 : 1, large text only", "value=\"#c9772b\"", "value=\"pill\" checked", "borderRadius-fault"] {
        assert!(looked.text.contains(shown), "{shown}: {}", looked.text);
    }
    let (css, address) = sheet(&admin, &looked);
    assert!(address.contains("colorPrimary=%23c9772b") && address.contains("/look.css?"), "{address}");
    assert!(css.contains("--brand-primary: light-dark(#c9772b") && css.contains("--brand-button-radius: 99rem"), "{css}");
    assert!(css.contains("--brand-radius: 10px"), "what is wrong is left out");
    assert!(admin.get(&one).text.contains("value=\"#1f5fae\""), "nothing was stored");

    // Saved it is told by the API; only what is not usual is stored.
    let typed = sent(&page, &[("name", "Journal"), ("colorPrimary.pick", "#004488"), ("fontHeading", "serif"), ("fontScale", "1,1")]);
    assert_eq!(admin.post(&one, &typed).is(303).to, one);
    let id = one.rsplit('/').next().unwrap();
    let told = site.get(&format!("{}/brandings/{id}", site.project())).body;
    assert_eq!((&told["name"], &told["colorPrimary"], &told["fontScale"]), (&json!("Journal"), &json!("#004488"), &json!(1.1)));
    let look: String = site.raw().query_row("SELECT look FROM brandings WHERE id = ?1", [id], |row| row.get(0)).unwrap();
    assert_eq!(look.matches(':').count(), 3, "{look}");

    // Refused it comes back with what was typed; of two who began with the same, the second is told.
    let page = admin.get(&one);
    let refused = admin.post(&one, &sent(&page, &[("name", ""), ("colorPrimary", "red"), ("logoUrl", "javascript:alert(1)")])).is(422);
    for shown in ["name-fault", "colorPrimary-fault", "logoUrl-fault", "value=\"red\"", "A colour such as #1f7a6d."] {
        assert!(refused.text.contains(shown), "{shown}");
    }
    assert_eq!(admin.post(&one, &sent(&page, &[("name", "First")])).status, 303);
    admin.post(&one, &sent(&page, &[("name", "Second")])).is(412);
    let briefs = format!("{one}/briefs");
    let seen = admin.get(&one).hidden("seen");
    assert_eq!(admin.post(&briefs, &[("seen", &seen), ("voiceDesignBrief", "Calm.\nShort.")]).is(303).to, one);
    let told = site.get(&format!("{}/brandings/{id}", site.project())).body;
    assert_eq!(
        (&told["voiceDesignBrief"], &told["name"], &told["fontHeading"]),
        (&json!("Calm.\nShort."), &json!("First"), &json!("serif"))
    );

    assert!(admin.get(&format!("{one}/delete")).is(200).text.contains("Delete First?"));
    admin.post(&format!("{one}/delete"), &[]).is(422);
    assert_eq!(admin.post(&format!("{one}/delete"), &[("sure", "on")]).is(303).to, LIST);
    admin.get(&one).is(404);
}

#[test]
fn an_app_is_bound_on_its_page_and_the_list_says_so() {
    let site = Site::new();
    let admin = Visitor::new(&site.server, &site.here, "Anna", Role::Admin);
    let app = format!("/o/acme/p/site/settings/apps/{}", site.here.app);
    assert!(!admin.get(&app).is(200).text.contains("name=\"brandingId\""), "there is nothing to choose");
    let make =
        |name: &str| site.make(&format!("{}/brandings", site.project()), &json!({ "name": name }))["id"].as_str().unwrap().to_owned();
    let (_first, second) = (make("First"), make("Second"));
    let page = admin.get(&app).is(200);
    let seen = page.hidden("seen");
    let form = |branding: &'static str| {
        vec![("seen", seen.clone()), ("name", "Web".into()), ("slug", "web".into()), ("brandingId", branding.to_owned())]
    };
    let send = |form: &[(&str, String)]| admin.post(&app, &form.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>());
    assert!(send(&form("0190f4a2-0000-7000-8000-000000000000")).is(422).text.contains("brandingId-fault"));
    let mut chosen = form("");
    chosen[3].1.clone_from(&second);
    send(&chosen).is(303);
    assert!(admin.get(&app).text.contains(&format!("value=\"{second}\" selected")));
    let list = admin.get(LIST).is(200).text;
    let (second_line, first_line) = list.split_once("<b>First</b>").expect("both");
    assert!(second_line.contains("Web") && first_line.contains("Default") && first_line.contains("Worn by no app"), "{list}");
}

#[test]
fn only_who_manages_the_project_sees_them() {
    let site = Site::new();
    let id = site.make(&format!("{}/brandings", site.project()), &json!({ "name": "Journal" }))["id"].as_str().unwrap().to_owned();
    let editor = Visitor::new(&site.server, &site.here, "Edgar", Role::Editor);
    for path in
        [LIST.to_owned(), format!("{LIST}/new"), format!("{LIST}/{id}"), format!("{LIST}/{id}/delete"), format!("{LIST}/{id}/look.css")]
    {
        editor.get(&path).is(403);
    }
    editor.post(&format!("{LIST}/{id}"), &[("name", "Mine")]).is(403);
    assert!(!editor.get("/o/acme/p/site").is(200).text.contains("/branding\""));
}

fn serde_urlencoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
