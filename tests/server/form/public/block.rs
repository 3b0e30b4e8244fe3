//! A form within a page: drawn by what draws its own page, sent without a script, and gone with its form.

use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::{
    form::{client, contact, forms},
    support::Site,
};

/// A page that shows a form twice, and its HTML in a language.
fn shown(site: &Site, form: &Value) -> (Value, impl Fn(&str) -> String) {
    let block = |id: &str| json!({ "id": id, "type": "form", "data": { "formId": form["id"] } });
    let blocks = json!([block("first"), block("second")]);
    let page =
        site.make(&site.pages(), &json!({ "name": "Write to us", "slug": "write", "content": [{ "columns": [{ "blocks": blocks }] }] }));
    let path = format!("{}/{}", site.pages(), page["id"].as_str().unwrap());
    (page, move |query: &str| site.get(&format!("{path}?render=html{query}")).body["html"].as_str().unwrap().to_owned())
}

#[test]
fn a_page_holds_the_form_itself_which_is_sent_to_where_it_is_hosted() {
    let site = Site::new();
    let all = forms(&site);
    let form = site.make(&all, &contact());
    let (_, html) = shown(&site, &form);
    let english = html("");
    let action = format!("action=\"http://stele.test/f/{}\"", form["id"].as_str().unwrap());
    assert_eq!((english.matches(&action).count(), english.matches("<form method=\"post\"").count()), (2, 2), "{english}");
    for id in ["first-who-input", "second-who-input"] {
        assert!(english.contains(&format!("<label for=\"{id}\">Your name</label>")), "{id} in {english}");
        assert_eq!(english.matches(&format!("id=\"{id}\"")).count(), 1, "each input has an id of its own");
    }
    assert!(english.contains("name=\"name\"") && english.contains("Message <span class=\"field-optional\">(optional)</span>"), "{english}");
    assert!(!english.contains("stele.token") && !english.contains("<script"), "the page may be kept: {english}");
    assert!(html("&locale=fr").contains("Votre nom") && html("&locale=fr").contains(">Envoyer<"));
    let fields = [("stele.locale", "en"), ("stele.website", ""), ("name", "Ann"), ("email", "ann@example.org")];
    let client = client();
    let sent = client.post(format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap())).form(&fields).send().unwrap();
    assert_eq!(sent.status().as_u16(), 303, "it is taken as it was drawn");
    assert_eq!(site.items(&format!("{all}/{}/submissions", form["id"].as_str().unwrap()))[0]["data"]["name"], "Ann");
}

#[test]
fn a_preview_shows_it_and_one_that_is_off_or_gone_is_not_asked() {
    let site = Site::new();
    let all = forms(&site);
    let form = site.make(&all, &contact());
    let (page, html) = shown(&site, &form);
    let wanted = json!({ "contentType": "website_page", "contentId": page["id"] });
    let link = site.ask("POST", &format!("{}/content/previews", site.project()), Some(&wanted)).body;
    let preview = Client::new().get(format!("{}/preview/{}", site.server.url, link["token"].as_str().unwrap())).send().unwrap();
    let preview = preview.text().unwrap();
    assert!(preview.contains(&format!("action=\"/f/{}\"", form["id"].as_str().unwrap())), "{preview}");
    let one = format!("{all}/{}", form["id"].as_str().unwrap());
    assert_eq!(site.ask("POST", &format!("{one}/deactivate"), None).status, 200);
    let off = html("");
    assert!(off.contains("This form takes nothing at the moment.</p>") && !off.contains("<form"), "{off}");
    site.ask("DELETE", &one, None);
    let gone = html("");
    assert!(gone.contains(&format!("data-form=\"{}\"></div>", form["id"].as_str().unwrap())) && !gone.contains("takes nothing"), "{gone}");
}

#[test]
fn of_a_form_with_several_pages_it_is_the_first_and_the_others_follow_where_it_is_hosted() {
    let site = Site::new();
    let mut body = contact();
    let blocks = body["content"][0]["columns"][0]["blocks"].as_array_mut().unwrap();
    blocks.insert(1, json!({ "id": "turn", "type": "pageBreak", "data": { "title": "How do we reach you?" } }));
    body["settings"] = json!({ "captchaEnabled": true });
    let form = site.make(&forms(&site), &body);
    let (_, html) = shown(&site, &form);
    let first = html("");
    assert!(first.contains("Page 1 of 2</p>") && first.contains("name=\"stele.go\" value=\"next\">Next</button>"), "{first}");
    assert!(
        !first.contains("E-mail") && !first.contains("reach you") && !first.contains("data-seal") && !first.contains("<script"),
        "{first}"
    );
    assert!(html("&locale=fr").contains("Page 1 sur 2</p>") && html("&locale=fr").contains(">Suivant</button>"));
    let fields = [("stele.locale", "en"), ("stele.page", "1"), ("stele.go", "next"), ("stele.website", ""), ("name", "Ann")];
    let sent = Client::new().post(format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap())).form(&fields).send().unwrap();
    let second = sent.text().unwrap();
    assert!(
        second.contains("<title>Page 2 of 2 – ") && second.contains("reach you") && second.contains("name=\"name\" value=\"Ann\""),
        "{second}"
    );
    assert!(
        second.contains("name=\"stele.token\"") && second.contains("data-seal"),
        "it is a page of ours, which knows what it asks: {second}"
    );
}
