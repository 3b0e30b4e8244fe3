//! The fields of a branding as a form has them: what is drawn, and what was typed.

use serde_json::{Map, Value};

use crate::{
    domain::project::branding::{
        color::{Color, LARGE, TEXT},
        field::{FIELDS, Field, Group, Holds},
        font::FONT_WORDS,
        look::Look,
    },
    http::console::{
        base::{chrome::Chrome, form::Form},
        file::frame::ShownFile as File,
    },
};

/// A group of fields.
pub(super) struct Fields {
    pub(super) group: Group,
    pub(super) fields: Vec<DrawnField>,
}

/// A field as it is drawn.
pub(super) struct DrawnField {
    pub(super) field: &'static Field,
    /// What was typed, or what holds.
    pub(super) value: String,
    /// What a colour picker shows: always a colour.
    pub(super) color: String,
    pub(super) hint: Hint,
    /// The file that it names.
    pub(super) file: Option<File>,
    /// What it is chosen from: words, and what they are called.
    pub(super) words: Vec<(String, String)>,
}

/// What stands below a name.
#[derive(Default)]
pub(super) struct Hint {
    pub(super) words: String,
    /// `ok` or `warn`, of a colour that was measured.
    pub(super) tone: &'static str,
}

/// The name of the picker beside the field of a colour.
pub(super) fn picker(name: &str) -> String {
    format!("{name}.pick")
}

impl DrawnField {
    pub(super) const fn is_color(&self) -> bool {
        matches!(self.field.holds, Holds::Color(_))
    }

    pub(super) const fn is_picture(&self) -> bool {
        matches!(self.field.holds, Holds::Picture)
    }

    pub(super) const fn is_brief(&self) -> bool {
        matches!(self.field.holds, Holds::Brief)
    }

    /// Whether it is one of a few words, which stand side by side.
    pub(super) fn is_short(&self) -> bool {
        matches!(self.field.holds, Holds::Word(words, _) if words.len() < 5)
    }

    /// The least, the most, and the step of a number.
    pub(super) fn range(&self) -> Option<(f64, f64, f64)> {
        let Holds::Number(least, most, usual) = self.field.holds else { return None };
        let step = if usual == 1.0 {
            0.05
        } else if most > 100.0 {
            50.0
        } else {
            1.0
        };
        Some((least, most, step))
    }

    pub(super) fn picker(&self) -> String {
        picker(self.field.name)
    }
}

/// The groups with these fields; `form` is what was typed, or what is stored.
/// `fonts` are those of the project: what is stored of one, and its name.
pub(super) fn groups(c: &Chrome, form: &Form, look: &Look, fonts: &[(String, String)], wanted: impl Fn(Group) -> bool) -> Vec<Fields> {
    let shown = |field: &'static Field| {
        let words = match field.holds {
            Holds::Word(words, _) => called(c, field, words),
            Holds::Font => called(c, field, FONT_WORDS).into_iter().chain(fonts.iter().cloned()).collect(),
            _ => Vec::new(),
        };
        let color = if matches!(field.holds, Holds::Color(_)) { look.color(field).to_string() } else { String::new() };
        DrawnField { field, value: form.text(field.name).to_owned(), file: None, color, hint: hint(c, field, look), words }
    };
    let of = |group: Group| Fields { group, fields: FIELDS.iter().copied().filter(|field| field.group == group).map(shown).collect() };
    Group::ALL.into_iter().filter(|group| wanted(*group)).map(of).collect()
}

fn called(c: &Chrome, field: &Field, words: &[&str]) -> Vec<(String, String)> {
    let key = format!("branding-word-{}", field.name.to_lowercase());
    words.iter().map(|word| ((*word).to_owned(), c.word(&key, word).to_string())).collect()
}

/// How well a colour is read, or what it is for.
fn hint(c: &Chrome, field: &'static Field, look: &Look) -> Hint {
    let measured = look.contrasts().into_iter().find(|found| found.field == field);
    let key = format!("branding-hint-{}", field.name.to_lowercase());
    match measured {
        Some(found) if found.ratio < TEXT || !c.locale().lang.has(&key) => {
            // Never rounded up to what would do.
            let ratio = format!("{:.1}", (found.ratio * 10.0).floor() / 10.0);
            let ratio = if c.lang() == "fr" { ratio.replace('.', ",") } else { ratio };
            let (key, tone) = match found.ratio {
                ratio if ratio >= TEXT => ("branding-contrast-good", "ok"),
                ratio if ratio >= LARGE => ("branding-contrast-large", "warn"),
                _ => ("branding-contrast-low", "warn"),
            };
            Hint { words: c.t(key).s("ratio", ratio).to_string(), tone }
        }
        _ if c.locale().lang.has(&key) => Hint { words: c.t(&key).to_string(), tone: "" },
        _ => Hint::default(),
    }
}

/// What holds, as a form says it.
pub(super) fn form_of(name: &str, look: &Look) -> Form {
    FIELDS.iter().fold(Form::of([("name", name.to_owned())]), |form, field| form.and(field.name, look.text(field)))
}

/// What was typed into the fields of these groups, as a change. What is usual is not stored. A picker that was moved counts for more than
/// the text beside it: a script keeps both the same, and without one nobody types a colour that they have just picked.
pub(super) fn read_change(form: &Form, wanted: impl Fn(Group) -> bool) -> Map<String, Value> {
    let mut change = Map::new();
    for field in FIELDS.iter().filter(|field| wanted(field.group)) {
        let (text, picked) = (form.text(field.name), form.text(&picker(field.name)));
        let is_picked = Color::from_hex(picked).is_some() && picked != form.was(&picker(field.name));
        let value = field.parse(if is_picked { picked } else { text });
        let is_usual = Some(&value) == field.usual().as_ref();
        change.insert(field.name.to_owned(), if is_usual { Value::Null } else { value });
    }
    change
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::i18n::Lang;

    #[test]
    fn every_field_and_every_word_is_called_something() {
        for lang in Lang::ALL {
            let has = |key: String| assert!(lang.has(&key), "{}: {key}", lang.tag());
            Group::ALL.into_iter().for_each(|group| has(format!("branding-group-{}", group.word())));
            for field in FIELDS {
                let name = field.name.to_lowercase();
                has(format!("field-{name}"));
                let words = match field.holds {
                    Holds::Word(words, _) => words,
                    Holds::Font => FONT_WORDS,
                    _ => &[],
                };
                words.iter().for_each(|word| has(format!("branding-word-{name}-{word}")));
            }
        }
    }

    #[test]
    fn a_picker_that_was_moved_counts_and_what_is_usual_is_not_stored() {
        let of = |text: &str, picked: &str| {
            let form = Form::of([
                ("colorPrimary", text.into()),
                ("colorPrimary.pick", picked.into()),
                ("colorPrimary.pick.was", "#102030".into()),
            ]);
            read_change(&form, |group| group == Group::Colors)["colorPrimary"].clone()
        };
        assert_eq!(of("#102030", "#102030"), "#102030");
        assert_eq!(of("#445566", "#102030"), "#445566");
        assert_eq!(of("#102030", "#ffffff"), "#ffffff");
        assert_eq!(of("red", "#102030"), "red");
        assert_eq!((of("", "#102030"), of("#1f5fae", "#102030")), (Value::Null, Value::Null));
    }
}
