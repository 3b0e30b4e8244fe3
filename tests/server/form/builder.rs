//! The page of a form: its fields are written one by one, its settings stand on parts of their own, and a new one may begin with usual questions.

use serde_json::{Value, json};
use stele::domain::access::Role;

use super::{asking, contact, forms};
use crate::support::{ShownPage, Site, Visitor};

const FORMS: &str = "/o/acme/p/site/forms/forms/forms";

struct Desk<'a> {
    site: &'a Site,
    /// Where the API has it, and the console.
    api: String,
    at: String,
}

impl<'a> Desk<'a> {
    fn of(site: &'a Site, body: &Value) -> Self {
        let all = forms(site);
        let id = site.make(&all, body)["id"].as_str().unwrap().to_owned();
        Self { site, api: format!("{all}/{id}"), at: format!("{FORMS}/{id}") }
    }

    fn stored(&self) -> Value {
        self.site.get(&self.api).body
    }

    /// Presses a button of the page that somebody looks at.
    fn press(&self, who: &Visitor<'_>, page: &ShownPage, button: &str, typed: &[(&str, &str)]) -> ShownPage {
        let version = page.hidden("version");
        let form = [&[("version", version.as_str()), ("locale", "en"), ("do", button)], typed].concat();
        let answer = who.post(&format!("{}/draft", self.at), &form).is(303);
        who.get(answer.to.split('#').next().unwrap()).is(200)
    }

    fn save(&self, who: &Visitor<'_>, page: &ShownPage, typed: &[(&str, &str)]) -> ShownPage {
        let version = page.hidden("version");
        who.post(&self.at, &[&[("version", version.as_str()), ("locale", "en")], typed].concat())
    }
}

#[test]
fn fields_are_added_to_an_empty_form_and_their_choices_typed_as_lines() {
    let site = Site::new();
    let desk = Desk::of(&site, &json!({ "name": "Visit", "slug": "visit" }));
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&desk.at).is(200);
    assert!(page.text.contains("No fields yet") && !page.text.contains("Section"), "{}", page.text);
    let page = desk.press(&eva, &page, "offer:end", &[]);
    assert!(
        page.text.contains(">Choices</h2>")
            && page.text.contains("value=\"add:emailField\"")
            && page.text.contains("value=\"add:heading\"")
    );
    let page = desk.press(&eva, &page, "add:selectField", &[("adding", "end")]);
    let open = page.hidden("open");
    let typed = [("open", open.as_str()), ("data.label", "Which day?"), ("data.help", ""), ("data.name", "")];
    let field = [&typed[..], &[("data.options", "Saturday\n\n Sunday \nSunday"), ("data.required", "on")]].concat();
    let page = desk.press(&eva, &page, "close", &field);
    assert!(page.text.contains("<b>Which day?</b><span>Choice from a list · 2 choices</span>"), "{}", page.text);
    assert!(page.text.contains("<span class=\"tag\">Required</span>") && !page.text.contains("Section"), "{}", page.text);
    assert!(page.text.contains("aria-label=\"Actions for Which day?\""), "{}", page.text);
    let page = desk.press(&eva, &page, "offer:end", &[]);
    let page = desk.press(&eva, &page, "add:textField", &[("adding", "end")]);
    let second = page.hidden("open");
    let typed = [("open", second.as_str()), ("data.label", "With whom?"), ("data.name", "guest"), ("data.maxLength", "50")];
    let page = desk.press(&eva, &page, "item-add:data.showIf", &typed);
    assert!(
        page.text.contains("<option value=\"which-day\">Which day?</option>"),
        "a condition looks at what stands before: {}",
        page.text
    );
    let condition =
        [("data.showIf.0.id", ""), ("data.showIf.0.field", "which-day"), ("data.showIf.0.is", "equals"), ("data.showIf.0.value", "Sunday")];
    desk.save(&eva, &page, &[&typed[..], &condition].concat()).is(303);
    let page = eva.get(&desk.at).is(200);
    let line = "<b>With whom?</b><span>Line of text · up to 50 characters · only if Which day? is Sunday</span>";
    assert!(page.text.contains(line), "{}", page.text);
    let stored = desk.stored();
    let (day, guest) = (&stored["fields"][0], &stored["fields"][1]);
    assert_eq!((&day["name"], &day["required"], &day["label"]), (&json!("which-day"), &json!(true), &json!({ "en": "Which day?" })));
    let options: Vec<_> = day["options"].as_array().unwrap().iter().map(|one| (&one["label"]["en"], &one["value"])).collect();
    assert_eq!(options, [(&json!("Saturday"), &json!("Saturday")), (&json!("Sunday"), &json!("Sunday"))]);
    assert_eq!((&guest["name"], &guest["maxLength"], &guest["showIf"][0]["value"]), (&json!("guest"), &json!(50), &json!("Sunday")));
}

#[test]
fn fields_move_are_copied_and_deleted_and_another_language_has_an_input_for_each_choice() {
    let site = Site::new();
    let mut body = contact();
    let options = json!([{ "id": "a", "label": { "en": "Novels", "fr": "Romans" }, "value": "novels" }, { "id": "b", "label": "Maps", "value": "maps" }]);
    let styles = json!({ "width": "wide" });
    body["content"][0]["columns"][0]["blocks"].as_array_mut().unwrap().push(
        json!({ "id": "reads", "type": "checkboxesField", "styles": styles, "data": { "label": "Reads", "name": "reads", "options": options } }),
    );
    let desk = Desk::of(&site, &body);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&format!("{}?open=reads", desk.at)).is(200);
    assert!(page.text.contains("name=\"data.options\" rows=\"4\"") && page.text.contains(">\nNovels\nMaps</textarea>"), "{}", page.text);
    let french = eva.get(&format!("{}?open=reads&locale=fr", desk.at)).is(200);
    assert!(french.text.contains("name=\"data.options.0.label\" value=\"Romans\"") && !french.text.contains("name=\"data.options\" "));
    let open = [("open", "reads"), ("data.label", "Reads"), ("data.help", ""), ("data.name", "reads"), ("data.options", "Novels\nCharts")];
    let page = desk.press(&eva, &page, "up:reads", &open);
    let page = desk.press(&eva, &page, "duplicate:who", &[]);
    let page = desk.press(&eva, &page, "delete:mail", &[]);
    desk.save(&eva, &page, &[]).is(303);
    let stored = desk.stored();
    let labels: Vec<_> = stored["fields"].as_array().unwrap().iter().map(|field| field["type"].as_str().unwrap()).collect();
    assert_eq!(labels, ["text", "text", "checkboxes", "textarea"]);
    let wanted = json!([{ "id": "a", "label": { "en": "Novels", "fr": "Romans" }, "value": "novels" }, { "id": "b", "label": { "en": "Charts" }, "value": "maps" }]);
    assert_eq!(stored["fields"][2]["options"], wanted);
    assert_eq!(stored["content"][0]["columns"][0]["blocks"][2]["styles"], styles, "what the page does not offer stays");
}

#[test]
fn settings_stand_on_parts_of_their_own_and_a_fault_opens_its_part() {
    let site = Site::new();
    let desk = Desk::of(&site, &contact());
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = desk.press(&eva, &eva.get(&desk.at), "tab:sending", &[]);
    assert!(page.text.contains("name=\"settings.successMessage\"") && !page.text.contains("name=\"settings.keepDays\""), "{}", page.text);
    assert!(!page.text.contains("/discard\""), "looking changes nothing");
    let ticks = [("tab", "sending"), ("ticks", "settings.hideFormOnComplete"), ("ticks", "settings.closeDialogOnComplete")];
    let typed = [("settings.submitButtonText", "Send it"), ("settings.hideFormOnComplete", "on")];
    let page = desk.press(&eva, &page, "tab:protection", &[&ticks[..], &typed].concat());
    assert!(page.text.contains("name=\"settings.keepDays\"") && page.text.contains("/discard\""), "{}", page.text);
    let refused = desk.save(&eva, &page, &[("tab", "protection"), ("settings.keepDays", "0")]).is(422);
    assert!(refused.text.contains("settings.keepDays-fault"), "{}", refused.text);
    let origins = "https://Example.org, https://example.com";
    let saved = [
        ("tab", "protection"),
        ("settings.keepDays", "30"),
        ("settings.allowedOrigins", origins),
        ("settings.submissionLimit", "once_per_user"),
    ];
    desk.save(&eva, &page, &saved).is(303);
    let wanted = json!({
        "submitButtonText": { "en": "Send it" }, "hideFormOnComplete": true, "keepDays": 30, "submissionLimit": "once_per_user",
        "allowedOrigins": ["https://example.org", "https://example.com"],
    });
    assert_eq!(desk.stored()["settings"], wanted);
    let page = eva.get(&format!("{}?tab=protection", desk.at)).is(200);
    assert!(page.text.contains("name=\"settings.keepDays\" value=\"30\""), "{}", page.text);
    let page = eva.get(&format!("{}?tab=sending", desk.at)).is(200);
    desk.save(&eva, &page, &ticks).is(303);
    let page = desk.press(&eva, &eva.get(&desk.at), "add:textField", &[("adding", "end")]);
    let refused = desk.save(&eva, &page, &[("tab", "sending")]).is(303).to;
    assert!(refused.contains("checked=1") && !refused.contains("tab="), "what is wrong with a field is shown among the fields: {refused}");
    assert_eq!(desk.stored()["settings"]["hideFormOnComplete"], Value::Null, "a box that is not ticked is off");
}

#[test]
fn one_is_switched_off_and_on_and_made_once_more() {
    let site = Site::new();
    let desk = Desk::of(&site, &contact());
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    assert!(eva.get(&desk.at).text.contains(">Live</span>"));
    eva.post(&format!("{}/active", desk.at), &[("active", "off")]).is(303);
    assert_eq!(desk.stored()["isActive"], json!(false));
    let page = eva.get(&desk.at).is(200).text;
    assert!(page.contains("Visitors cannot send this form") && page.contains(">Switched off</span>"), "{page}");
    eva.post(&format!("{}/active", desk.at), &[("active", "perhaps")]).is(422);
    eva.post(&format!("{}/active", desk.at), &[("active", "on")]).is(303);
    assert_eq!(desk.stored()["isActive"], json!(true));
    let dialog = eva.get(&format!("{}/duplicate", desk.at)).is(200).text;
    assert!(dialog.contains("value=\"Contact (copy)\""), "{dialog}");
    eva.post(&format!("{}/duplicate", desk.at), &[("name", "Contact"), ("slug", "contact")]).is(422);
    let made = eva.post(&format!("{}/duplicate", desk.at), &[("name", "Contact (copy)"), ("slug", "")]).is(303);
    let copy = site.get(&format!("{}/{}", desk.api.rsplit_once('/').unwrap().0, made.to.rsplit('/').next().unwrap())).body;
    assert_eq!((&copy["slug"], &copy["content"]), (&json!("contact-copy"), &desk.stored()["content"]));
    let vic = Visitor::new(&site.server, &site.here, "Vic", Role::Viewer);
    let page = vic.get(&desk.at).is(200).text;
    assert!(!page.contains("/active\"") && !page.contains(">Save</button>") && page.contains("?tab=sending"), "{page}");
    vic.post(&format!("{}/active", desk.at), &[("active", "off")]).is(403);
    for path in ["active", "duplicate"] {
        let post = site.make(&site.posts(), &json!({ "name": "Post", "slug": path }))["id"].as_str().unwrap().to_owned();
        let typed = [("active", "on"), ("name", "x"), ("slug", "x")];
        eva.post(&format!("/o/acme/p/site/website/web/posts/{post}/{path}"), &typed).is(404);
    }
}

#[test]
fn a_new_one_may_begin_with_usual_questions_in_the_languages_of_the_project() {
    let site = Site::new();
    let all = forms(&site);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&format!("{FORMS}/new")).is(200).text;
    for (starter, fields) in [("", 0), ("contact", 5), ("registration", 8), ("feedback", 5), ("application", 9), ("newsletter", 4)] {
        assert!(page.contains(&format!("name=\"starter\" value=\"{starter}\"")), "{starter}");
        let made = eva.post(&format!("{FORMS}/new"), &[("name", "Mine"), ("slug", ""), ("starter", starter)]).is(303);
        let form = site.get(&format!("{all}/{}", made.to.rsplit('/').next().unwrap())).body;
        assert_eq!(form["fields"].as_array().unwrap().len(), fields, "{starter}");
        if fields > 0 {
            let label = form["fields"][0]["label"].as_object().unwrap();
            assert_eq!(label.keys().collect::<Vec<_>>(), ["en", "fr"], "{starter}");
        }
        eva.get(&made.to).is(200);
    }
    let unknown = eva.post(&format!("{FORMS}/new"), &[("name", "Mine"), ("slug", ""), ("starter", "tax-return")]).is(422);
    assert!(unknown.text.contains("starter-fault"), "{}", unknown.text);
}

#[test]
fn content_of_several_sections_is_shown_as_it_is() {
    let site = Site::new();
    let mut body = contact();
    body["content"] =
        json!([asking(&json!([{ "type": "textField", "data": { "label": "A" } }]))[0], { "name": "More", "columns": [{ "blocks": [] }] }]);
    let desk = Desk::of(&site, &body);
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&desk.at).is(200).text;
    assert!(page.contains("Section 1") && page.contains(">More</button>") && page.contains("<b>A</b><span>Line of text</span>"), "{page}");
}

#[test]
fn a_field_for_files_that_would_lose_them_is_shown_and_nothing_is_saved() {
    let site = Site::new();
    let field = |id: &str, kind: &str| json!({ "id": id, "type": kind, "data": { "label": format!("The {id}"), "name": id } });
    let blocks = json!([field("cv", "fileField"), field("name", "textField")]);
    let desk = Desk::of(&site, &json!({ "name": "Apply", "slug": "apply", "content": asking(&blocks) }));
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = desk.press(&eva, &eva.get(&desk.at), "add:pageBreak", &[("adding", "after:cv")]);
    let before = desk.stored();
    let faulty = eva.get(&desk.save(&eva, &page, &[]).is(303).to.clone()).is(200);
    assert!(faulty.text.contains("Files are asked for on the last page alone") && faulty.text.contains("The cv"), "{}", faulty.text);
    assert_eq!(desk.stored(), before);
    let page = desk.press(&eva, &faulty, "down:cv", &[]);
    let page = desk.press(&eva, &page, "down:cv", &[]);
    desk.save(&eva, &page, &[]).is(303);
    let stored = desk.stored();
    let blocks = stored["content"][0]["columns"][0]["blocks"].as_array().unwrap();
    assert_eq!(blocks.iter().map(|block| block["type"].as_str().unwrap()).collect::<Vec<_>>(), ["pageBreak", "textField", "fileField"]);
}

#[test]
fn who_asks_for_work_where_browsers_can_do_none_is_warned() {
    let site = Site::new();
    let desk = Desk::of(&site, &contact());
    let eva = Visitor::new(&site.server, &site.here, "Eva", Role::Editor);
    let page = eva.get(&format!("{}?tab=protection", desk.at)).is(200);
    assert!(
        page.text.contains("Ask browsers for a little work") && page.text.contains("This server is reached without https"),
        "{}",
        page.text
    );
    desk.save(&eva, &page, &[("tab", "protection"), ("ticks", "settings.captchaEnabled"), ("settings.captchaEnabled", "on")]).is(303);
    assert_eq!(desk.stored()["settings"]["captchaEnabled"], json!(true));
}
