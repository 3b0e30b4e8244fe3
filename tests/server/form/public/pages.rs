//! Forms of several pages, without a script: what was typed goes along in the page, Back asks for nothing, and nothing is stored before all is
//! sent.

use std::{sync::Arc, time::Duration};

use reqwest::blocking::Response;
use serde_json::{Value, json};

use crate::{
    file::Form,
    form::{asking, client, forms},
    support::{SetClock, Site},
};

/// A site with a form of three pages, the second of which asks firms alone.
fn start() -> (Site, Arc<SetClock>, Value, String) {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let all = forms(&site);
    let field = |id: &str, kind: &str, more: Value| {
        let mut data = json!({ "label": format!("The {id}"), "name": id });
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "id": id, "type": kind, "data": data })
    };
    let firm = json!({ "required": true, "showIf": [{ "field": "kind", "is": "equals", "value": "firm" }] });
    let blocks = json!([
        field("kind", "textField", json!({ "required": true })),
        field("news", "checkboxField", json!({})),
        { "id": "p1", "type": "pageBreak", "data": { "title": "Your firm" } },
        field("firm", "textField", firm),
        { "id": "p2", "type": "pageBreak", "data": {} },
        { "id": "from", "type": "hiddenField", "data": { "name": "from", "value": "spring" } },
        field("mail", "emailField", json!({ "required": true })),
    ]);
    let form = site.make(&all, &json!({ "name": "Register", "slug": "register", "content": asking(&blocks) }));
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    (site, clock, form, address)
}

/// Every hidden and every visible input of a page with its value, as a browser sends them.
fn inputs(page: &str) -> Vec<(String, String)> {
    let value_of =
        |tag: &str, name: &str| tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let tags = page.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| !tag.contains("type=\"checkbox\"") || tag.contains(" checked"))
        .filter_map(|tag| Some((value_of(tag, "name")?, value_of(tag, "value").unwrap_or_default())))
        .collect()
}

/// Sends a page with these answers, by a button.
fn press(address: &str, page: &str, answers: &[(&str, &str)], go: Option<&str>) -> Response {
    let mut fields: Vec<_> = inputs(page).into_iter().filter(|(name, _)| !answers.iter().any(|(typed, _)| typed == name)).collect();
    fields.extend(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields.extend(go.map(|go| ("stele.go".to_owned(), go.to_owned())));
    client().post(address).form(&fields).send().unwrap()
}

fn read(answer: Response, status: u16) -> String {
    assert_eq!(answer.status().as_u16(), status);
    answer.text().unwrap()
}

#[test]
fn next_checks_its_page_back_checks_nothing_and_nothing_is_lost_or_stored_on_the_way() {
    let (site, clock, form, address) = start();
    let stored = || site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap());
    let first = client().get(&address).send().unwrap().text().unwrap();
    assert!(first.contains("Page 1 of 3</p>") && first.contains("value=\"next\">Next</button>") && !first.contains(">Back<"), "{first}");
    assert!(!first.contains("The firm") && !first.contains("The mail") && !first.contains(">Send<"), "{first}");
    let wrong = read(press(&address, &first, &[("kind", "")], Some("next")), 422);
    assert!(
        wrong.contains("One answer is not right yet") && wrong.contains("href=\"#kind-input\"") && wrong.contains("Page 1 of 3"),
        "{wrong}"
    );
    let second = read(press(&address, &wrong, &[("kind", "firm"), ("news", "on")], Some("next")), 200);
    assert!(
        second.contains("autofocus>Page 2 of 3</p>") && second.contains("Your firm</h2>") && second.contains(">Back</button>"),
        "{second}"
    );
    assert!(
        second.contains("type=\"hidden\" name=\"kind\" value=\"firm\"") && second.contains("type=\"hidden\" name=\"news\" value=\"on\"")
    );
    let back = read(press(&address, &second, &[("firm", "")], Some("back")), 200);
    assert!(back.contains("value=\"firm\"") && back.contains(" checked") && !back.contains("form-summary"), "{back}");
    let again = read(press(&address, &back, &[], Some("next")), 200);
    let third = read(press(&address, &again, &[("firm", "Acme")], Some("next")), 200);
    assert!(third.contains("Page 3 of 3") && third.contains(">Send</button>") && !third.contains("value=\"next\""), "{third}");
    assert!(third.contains("name=\"from\" value=\"spring\""), "what a page begins with is there when it is met: {third}");
    assert_eq!(stored(), 0);
    clock.pass(Duration::from_secs(5));
    let unsent = read(press(&address, &third, &[("mail", "nobody")], None), 422);
    assert!(
        unsent.contains("Page 3 of 3") && unsent.contains("href=\"#mail-input\"") && unsent.contains("name=\"firm\" value=\"Acme\""),
        "{unsent}"
    );
    clock.pass(Duration::from_secs(5));
    assert_eq!(press(&address, &unsent, &[("mail", "ann@example.org")], None).status().as_u16(), 303);
    let one = &site.items(&format!(
        "{}/apps/forms/{}/forms/{}/submissions",
        site.project(),
        form["appId"].as_str().unwrap(),
        form["id"].as_str().unwrap()
    ))[0];
    assert_eq!(one["data"], json!({ "kind": "firm", "news": true, "firm": "Acme", "from": "spring", "mail": "ann@example.org" }));
}

#[test]
fn a_page_that_asks_nothing_is_passed_over_and_the_time_is_that_of_all_pages() {
    let (site, clock, form, address) = start();
    let first = client().get(&address).send().unwrap().text().unwrap();
    clock.pass(Duration::from_secs(5));
    let third = read(press(&address, &first, &[("kind", "person")], Some("next")), 200);
    assert!(third.contains("Page 3 of 3"), "{third}");
    let sent = press(&address, &third, &[("mail", "ann@example.org")], None);
    assert_eq!(sent.status().as_u16(), 303, "who fills in the last page at once was not fast");
    assert_eq!(site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap()), 1);
}

#[test]
fn a_fault_of_another_page_is_shown_there_and_who_sends_all_at_once_knows_no_pages() {
    let (_site, _, _, address) = start();
    let wrong = client().post(&address).form(&[("kind", "firm"), ("mail", "ann@example.org"), ("stele.page", "3")]).send().unwrap();
    let wrong = read(wrong, 422);
    assert!(
        wrong.contains("Page 2 of 3")
            && wrong.contains("href=\"#firm-input\"")
            && wrong.contains("name=\"mail\" value=\"ann@example.org\""),
        "{wrong}"
    );
    let all = [("kind", "firm"), ("firm", "Acme"), ("mail", "ann@example.org")];
    assert_eq!(client().post(&address).form(&all).send().unwrap().status().as_u16(), 303);
    assert_eq!(client().post(&address).json(&json!({ "kind": "person", "mail": "bo@example.org" })).send().unwrap().status().as_u16(), 201);
    for odd in ["0", "99", "x", "-1"] {
        let answer = client().post(&address).form(&[("kind", "firm"), ("stele.page", odd), ("stele.go", "back")]).send().unwrap();
        let page = read(answer, 200);
        assert!((1..=3).any(|number| page.contains(&format!("Page {number} of 3"))), "{odd}: {page}");
    }
}

#[test]
fn the_script_turns_pages_too() {
    let (_site, _, _, address) = start();
    let fields = [("kind", "person"), ("stele.page", "1"), ("stele.go", "next")];
    let turned: Value = client().post(format!("{address}?part")).form(&fields).send().unwrap().json().unwrap();
    assert!(turned["html"].as_str().unwrap().contains("autofocus>Page 3 of 3</p>") && turned["sent"] == json!(false), "{turned}");
}

#[test]
fn what_was_carried_is_checked_again_and_a_trap_is_one_on_each_page() {
    let (site, clock, form, address) = start();
    let first = client().get(&address).send().unwrap().text().unwrap();
    let trapped = read(press(&address, &first, &[("kind", "person"), ("stele.website", "x")], Some("next")), 422);
    assert!(trapped.contains("Page 1 of 3") && trapped.contains("a field was filled in that nobody sees"), "{trapped}");
    let third = read(press(&address, &first, &[("kind", "person")], Some("next")), 200);
    clock.pass(Duration::from_secs(5));
    // By hand: a page that was passed over is asked after all, an answer is taken away, and one to nothing is added.
    let firm = read(press(&address, &third, &[("kind", "firm"), ("mail", "a@example.org")], None), 422);
    assert!(firm.contains("Page 2 of 3") && firm.contains("href=\"#firm-input\""), "{firm}");
    let none = read(press(&address, &third, &[("kind", " "), ("mail", "a@example.org")], None), 422);
    assert!(none.contains("Page 1 of 3") && none.contains("href=\"#kind-input\""), "{none}");
    clock.pass(Duration::from_secs(5));
    let extra = [("firm", "Secret"), ("strange", "x"), ("mail", "a@example.org"), ("from", "<b>"), ("kind", "<i>\"")];
    assert_eq!(press(&address, &third, &extra, None).status().as_u16(), 303);
    let (app, id) = (form["appId"].as_str().unwrap(), form["id"].as_str().unwrap());
    let one = &site.items(&format!("{}/apps/forms/{app}/forms/{id}/submissions", site.project()))[0];
    assert_eq!(
        one["data"],
        json!({ "kind": "<i>\"", "news": false, "from": "<b>", "mail": "a@example.org" }),
        "and what was not asked is dropped"
    );
    let carried = read(press(&address, &first, &[("kind", "\"><script>")], Some("next")), 200);
    assert!(carried.contains("value=\"&quot;&gt;&lt;script&gt;\"") && !carried.contains("<script>"), "{carried}");
}

#[test]
fn a_file_is_asked_for_on_the_last_page_alone() {
    let site = Site::new();
    let all = forms(&site);
    let field = |id: &str, kind: &str| json!({ "id": id, "type": kind, "data": { "label": format!("The {id}"), "name": id } });
    let page = json!({ "id": "p", "type": "pageBreak", "data": {} });
    let body = |slug: &str, blocks: Value| json!({ "name": "Apply", "slug": slug, "content": asking(&blocks) });
    let early = json!([field("cv", "fileField"), page, field("name", "textField")]);
    assert_eq!(crate::form::faults(&site, "POST", &all, &body("a", early.clone())), [("content".to_owned(), "file_not_last".to_owned())]);
    let said = site.ask("POST", &all, Some(&body("a", early))).body;
    assert!(said.to_string().contains("The cv"), "it names the field: {said}");
    let form = site.make(&all, &body("b", json!([field("name", "textField"), page, field("cv", "fileField")])));
    let insert = |kind: &str, after: &str| {
        let data = if kind == "pageBreak" { json!({}) } else { json!({ "label": "More", "name": "more" }) };
        let body = json!({ "contentType": "form", "contentId": form["id"], "type": kind, "data": data, "afterBlockId": after });
        site.ask("POST", &format!("{}/content/blocks/insert", site.project()), Some(&body))
    };
    assert_eq!(insert("textField", "cv").status, 200);
    let refused = insert("pageBreak", "cv").body;
    assert_eq!((&refused["errors"][0]["code"], &refused["errors"][0]["field"]), (&json!("file_not_last"), &json!("content")), "{refused}");
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    let first = client().get(&address).send().unwrap().text().unwrap();
    assert!(first.contains("Page 1 of 2") && !first.contains("multipart/form-data"), "{first}");
    let last = read(press(&address, &first, &[("name", "Ann")], Some("next")), 200);
    assert!(last.contains("enctype=\"multipart/form-data\"") && last.contains("name=\"name\" value=\"Ann\""), "{last}");
    let chosen = Form::default().field("stele.page", "2").field("stele.go", "back").field("name", "Ann");
    let chosen = chosen.attach("cv", "cv.pdf", "application/pdf", b"%PDF-1.4").closed();
    let request = client().post(&address).header("content-type", "multipart/form-data; boundary=edge").body(chosen);
    let back = read(request.send().unwrap(), 200);
    assert!(back.contains("Page 1 of 2") && back.contains("value=\"Ann\""), "{back}");
    assert_eq!(site.rows("blobs"), 0, "what was chosen is let go");
}

#[test]
fn a_page_that_was_sent_already_sends_something_new_or_says_so_and_thanks_for_nothing_that_is_lost() {
    let (site, clock, form, address) = start();
    let stored = || site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1", form["id"].as_str().unwrap());
    let token = |page: &str| inputs(page).into_iter().find(|(name, _)| name == "stele.token").unwrap().1;
    let first = client().get(&address).send().unwrap().text().unwrap();
    let third = read(press(&address, &first, &[("kind", "person")], Some("next")), 200);
    assert_eq!(token(&third), token(&first), "the time is that of all pages");
    clock.pass(Duration::from_secs(5));
    for _ in 0..2 {
        assert_eq!(press(&address, &third, &[("mail", "ann@example.org")], None).status().as_u16(), 303);
    }
    assert_eq!(stored(), 1, "a double click");
    // The browser's own way back shows the page that was sent.
    let changed = read(press(&address, &third, &[("mail", "eva@example.org")], None), 422);
    assert!(
        changed.contains("was sent already") && changed.contains("value=\"eva@example.org\"") && changed.contains("Page 3 of 3"),
        "{changed}"
    );
    let script = json!({ "stele.token": token(&third), "kind": "person", "mail": "eva@example.org" });
    let told = client().post(&address).json(&script).send().unwrap();
    assert_eq!((told.status().as_u16(), &told.json::<Value>().unwrap()["reason"]), (422, &json!("send_again")));
    assert_eq!(stored(), 1);
    clock.pass(Duration::from_secs(5));
    assert_eq!(press(&address, &changed, &[], None).status().as_u16(), 303);
    assert_eq!(stored(), 2);
    let back = read(press(&address, &third, &[("mail", "ann@example.org")], Some("back")), 200);
    assert_ne!(token(&back), token(&third));
    let corrected = read(press(&address, &back, &[("kind", "friend")], Some("next")), 200);
    clock.pass(Duration::from_secs(5));
    assert_eq!(press(&address, &corrected, &[], None).status().as_u16(), 303);
    assert_eq!(site.count("SELECT COUNT(*) FROM submissions WHERE form_id = ?1 AND data LIKE '%friend%'", form["id"].as_str().unwrap()), 1);
}
