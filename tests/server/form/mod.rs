//! Forms: what they ask, and what is sent to them.

mod attachment;
mod builder;
mod embed;
mod export;
mod form;
mod hostile;
mod inbox;
mod mail;
mod public;
mod sender;
mod submission;
mod submit;
mod webhook;
mod words;

use reqwest::blocking::Client;
use serde_json::{Value, json};
use stele::{
    domain::{
        access::{Access, Actor, Role},
        project::app::{AppType, Draft},
    },
    service,
};

use crate::{
    file::Form,
    support::{Site, machine},
};

/// A client that shows where it is led, and does not follow.
pub fn client() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// A site with an app for forms, and the routes of its forms.
pub fn forms(site: &Site) -> String {
    let at = (site.here.org, site.here.project);
    let app = site.server.write(move |tx| {
        let draft = Draft { app_type: AppType::Forms, name: "Forms".into(), slug: None, description: None };
        service::project::app::create(tx, &Actor::operator(), at, &draft)
    });
    format!("{}/apps/forms/{}/forms", site.project(), app.id)
}

/// The content of a form that asks this.
pub fn asking(blocks: &Value) -> Value {
    json!([{ "columns": [{ "blocks": blocks }] }])
}

/// A form for a name, an address and a message.
pub fn contact() -> Value {
    json!({ "name": "Contact", "slug": "contact", "content": asking(&json!([
        { "id": "who", "type": "textField", "data": { "label": { "en": "Your name", "fr": "Votre nom" }, "name": "name", "required": true } },
        { "id": "mail", "type": "emailField", "data": { "label": "E-mail", "name": "email", "required": true } },
        { "id": "what", "type": "textareaField", "data": { "label": "Message", "name": "message", "maxLength": 200 } },
    ])) })
}

/// Sends answers to a form as JSON: the status, and what is answered.
pub fn send(site: &Site, form: &Value, answers: &Value) -> (u16, Value) {
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    let client = reqwest::blocking::Client::builder().user_agent("Test browser").build().unwrap();
    let answer = client.post(address).json(answers).send().unwrap();
    (answer.status().as_u16(), answer.json().unwrap_or_default())
}

/// The same with files, as a script does that reads JSON.
pub fn send_files(site: &Site, form: &Value, answers: &Form) -> (u16, Value) {
    let address = format!("{}/f/{}", site.server.url, form["id"].as_str().unwrap());
    let request = reqwest::blocking::Client::new().post(address).header("accept", "application/json");
    let answer = request.header("content-type", "multipart/form-data; boundary=edge").body(answers.closed()).send().unwrap();
    (answer.status().as_u16(), answer.json().unwrap_or_default())
}

/// A token of a key that may do everything but read what visitors send.
pub fn builder(site: &Site) -> String {
    let account = machine(&site.server, site.here.org, Role::Admin, Access::Read, None).account;
    let keys = format!("/organizations/{}/service-accounts/{account}/api-keys", site.here.org);
    let key = site.make(&keys, &json!({ "name": "Builder", "access": "full", "submissions": false }));
    site.server.token(key["key"].as_str().unwrap())
}

/// What is wrong with a body: the fields and the codes.
pub fn faults(site: &Site, method: &str, path: &str, body: &Value) -> Vec<(String, String)> {
    let refused = site.ask(method, path, Some(body));
    assert_eq!(refused.status, 400, "{}", refused.body);
    let text = |of: &Value, name: &str| of[name].as_str().unwrap().to_owned();
    refused.body["errors"].as_array().unwrap().iter().map(|one| (text(one, "field"), text(one, "code"))).collect()
}
