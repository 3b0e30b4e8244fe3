//! Fields of one line: a text, an e-mail address, a number of a phone, a web address.

use crate::domain::content::{
    Block, Field, Shape,
    block::{line, word},
    render::{data::Data, page::Page},
};

use super::{HELP, LABEL, NAME, REQUIRED, SHOW_IF, control::Control, field, length, shaped};

/// A line of text.
pub static TEXT: Block = field(
    "textField",
    "type",
    TEXT_FIELDS,
    r#"{"label": "Your name", "name": "name", "required": true, "maxLength": 100, "autocomplete": "name"}"#,
    |page, data| input(page, data, "text", data.text("autocomplete")),
);

/// An e-mail address.
pub static EMAIL: Block = field("emailField", "mail", FIELDS, r#"{"label": "E-mail", "name": "email", "required": true}"#, |page, data| {
    input(page, data, "email", "email");
});

/// The number of a phone.
pub static PHONE: Block =
    field("phoneField", "smartphone", FIELDS, r#"{"label": "Phone", "name": "phone"}"#, |page, data| input(page, data, "tel", "tel"));

/// A web address.
pub static URL: Block =
    field("urlField", "link", FIELDS, r#"{"label": "Web site", "name": "site"}"#, |page, data| input(page, data, "url", "url"));

/// What a browser may fill in by itself (WCAG 2.2, 1.3.5).
const KNOWN: &[&str] =
    &["name", "given-name", "family-name", "organization", "street-address", "postal-code", "address-level2", "country-name"];

const FIELDS: &[Field] = &[LABEL, NAME, HELP, REQUIRED, SHOW_IF];

const TEXT_FIELDS: &[Field] = &[
    LABEL,
    NAME,
    HELP,
    REQUIRED,
    length("minLength"),
    length("maxLength"),
    shaped("pattern", Shape::Pattern),
    line("patternHelp"),
    word("autocomplete", KNOWN),
    SHOW_IF,
];

fn input(page: &mut Page<'_>, data: &Data<'_>, kind: &str, autocomplete: &str) {
    let control = Control::of(page, data);
    control.single(page, data, |page| {
        let mut all = vec![("type", kind.to_owned())];
        all.extend(control.attributes(data));
        all.push(("autocomplete", autocomplete.to_owned()));
        all.extend([("minlength", data.decimal("minLength")), ("maxlength", data.decimal("maxLength"))]);
        all.extend([("pattern", data.text("pattern").to_owned()), ("value", control.value(""))]);
        page.open("input", &all);
    });
}
