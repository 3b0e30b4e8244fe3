//! What the pages of webhooks have in common: their frame, and what several of them show.

use crate::{
    domain::{
        Result,
        id::{ProjectPath, WebhookId},
        project::webhook::event::Event,
    },
    http::console::base::{chrome::Chrome, form::Form, request::PageRequest},
    store::Tx,
};

/// The frame of these pages, where they are, and the address of the list.
pub type Frame = (Chrome, ProjectPath, String);

/// An event that can be chosen.
pub struct Heard {
    /// Its word on the wire.
    pub word: &'static str,
    /// The key of its words.
    pub key: String,
}

/// The frame of a page.
pub fn frame(request: &PageRequest, tx: &mut Tx<'_>) -> Result<Frame> {
    let (c, org, at) = Chrome::project(request, tx)?;
    let list = format!("{}/webhooks", c.project_base());
    Ok((c, (org.id, at.id), list))
}

/// The webhook of the path.
pub fn id(request: &PageRequest) -> Result<WebhookId> {
    request.id_of("id", "webhook")
}

/// The address of the list.
pub fn list_of(request: &PageRequest) -> String {
    format!("/o/{}/p/{}/webhooks", request.param("org"), request.param("project"))
}

/// The events that a form offers.
pub fn offered() -> Vec<Heard> {
    Event::ALL.iter().map(|event| Heard { word: event.word(), key: format!("webhook-event-{}", event.word().replace('.', "-")) }).collect()
}

/// Those that were chosen. What is none of the choices is none: it could not be typed.
pub fn events_of(form: &Form) -> Vec<Event> {
    form.all("event").into_iter().filter_map(Event::from_word).collect()
}
