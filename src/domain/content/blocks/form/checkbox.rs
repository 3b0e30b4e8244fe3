//! A box to tick, and the consent to something: its words are stored with the answer.

use crate::domain::content::{
    Block, Field,
    block::markdown,
    render::{data::Data, page::Page},
};

use super::{HELP, LABEL, NAME, REQUIRED, SHOW_IF, control::Control, field};

/// A box to tick.
pub static CHECKBOX: Block =
    field("checkboxField", "check", FIELDS, r#"{"label": "I have ordered before", "name": "known"}"#, |page, data| {
        Control::of(page, data).tick(page, data);
    });

/// A consent.
pub static CONSENT: Block = field(
    "consentField",
    "shield-check",
    CONSENTS,
    r#"{"label": "I agree that you store what I send", "name": "consent", "required": true, "markdown": "How long is told on [the page about privacy](/privacy)."}"#,
    consent,
);

const FIELDS: &[Field] = &[LABEL, NAME, HELP, REQUIRED, SHOW_IF];
const CONSENTS: &[Field] = &[LABEL, NAME, markdown("markdown"), REQUIRED, SHOW_IF];

/// What one agrees to, and the box below it.
fn consent(page: &mut Page<'_>, data: &Data<'_>) {
    if !data.text("markdown").is_empty() {
        page.element("div", &[("class", "prose")], |page| page.markdown(data.text("markdown")));
    }
    Control::of(page, data).tick(page, data);
}
