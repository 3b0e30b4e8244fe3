//! The form of an entry, made from the fields of its kind: its inputs, what stands in them, and the body of what was typed.

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        content::{Entry, Field, FieldType, Kind, front::visibility},
        time::Instant,
    },
    http::console::base::{
        chrome::{Chrome, field_key},
        form::{Form, was},
    },
    service::locale::Locale,
};

/// Most numbers that are offered as choices.
const CHOICES_MAX: i64 = 13;

/// The title has a place of its own, above all others.
const TITLE: &str = "title";

/// The input that says when an entry is to be published.
pub(super) const PUBLISH_AT: &str = "publishAt";

/// A field of a form, and what it is called there: a member of a group has the group's name before its own, `seo.title`.
pub(super) type Named = (String, &'static Field);

/// One input.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) field: &'static Field,
    pub(super) label: String,
    pub(super) hint: String,
    /// What it is chosen from: values and words.
    pub(super) choices: Vec<(String, String)>,
    /// What stands before an address.
    pub(super) above: &'static str,
}

/// The fields that the form of an entry has; members of groups last.
pub(super) fn fields(kind: &Kind) -> Vec<Named> {
    let mut all = of_form(kind);
    all.retain(|(_, field)| field.on_update);
    all
}

fn of_form(kind: &Kind) -> Vec<Named> {
    let (mut plain, mut grouped) = (Vec::new(), Vec::new());
    for field in kind.fields.iter().filter(|field| field.in_form) {
        match field.holds {
            FieldType::Group(members) => {
                let members = members.iter().filter(|member| member.in_form);
                grouped.extend(members.map(|member| (format!("{}.{}", field.name, member.name), member)));
            }
            _ => plain.push((field.name.to_owned(), field)),
        }
    }
    plain.extend(grouped);
    plain
}

/// Those that a new one is made of: without which there is none, that nobody can change later, and where it belongs.
pub(super) fn first(kind: &Kind) -> Vec<Named> {
    of_form(kind)
        .into_iter()
        .filter(|(_, field)| field.required || !field.on_update || matches!(field.holds, FieldType::References { .. }))
        .collect()
}

impl Input {
    /// The input of a field, with its words; one without is called by its own name. `others` are what it may name.
    pub(super) fn of(c: &Chrome, named: Named, others: Vec<(String, String)>) -> Self {
        let key = field_key(&named.0);
        Self::called(c, named, &key, others)
    }

    /// The input of a field whose words begin with `key`. `others` are what it may name: entries, or kinds of content.
    pub(super) fn called(c: &Chrome, (name, field): Named, key: &str, others: Vec<(String, String)>) -> Self {
        let words = |key: &str| c.locale().lang.has(key).then(|| c.t(key).to_string());
        let (label, hint) = (words(key).unwrap_or_else(|| name.clone()), words(&format!("{key}-hint")).unwrap_or_default());
        let called = |word: &str| words(&format!("{key}-{word}")).or_else(|| words(&format!("block-word-{word}")));
        let mut choices = match field.holds {
            FieldType::Word(all) => all.iter().map(|word| ((*word).to_owned(), called(word).unwrap_or_else(|| (*word).into()))).collect(),
            FieldType::Integer { min, max } if max - min < CHOICES_MAX => (min..=max).map(|n| (n.to_string(), n.to_string())).collect(),
            FieldType::Reference(_) | FieldType::References { .. } | FieldType::App(_) | FieldType::ContentType => others,
            _ => Vec::new(),
        };
        let may_be_none = match field.holds {
            FieldType::Reference(_) | FieldType::App(_) => true,
            FieldType::References { .. } => false,
            _ => field.nullable && !choices.is_empty(),
        };
        if may_be_none {
            let nothing = words(&format!("{key}-default")).or_else(|| words(&format!("{key}-none")));
            choices.insert(0, (String::new(), nothing.unwrap_or_else(|| c.t("content-none").to_string())));
        }
        Self { name, field, label, hint, choices, above: "/" }
    }

    /// What it is called where it stands beside another one of the same field: in a second language.
    pub(super) fn beside(&self, tag: &str) -> Self {
        Self {
            name: format!("{}.{tag}", self.name),
            field: self.field,
            label: self.label.clone(),
            hint: String::new(),
            choices: Vec::new(),
            above: self.above,
        }
    }

    /// Whether its text is Markdown.
    pub(super) const fn is_markdown(&self) -> bool {
        self.field.markdown
    }

    /// Whether its text is code, in which every blank counts.
    pub(super) const fn is_code(&self) -> bool {
        matches!(self.field.holds, FieldType::Block { .. }) && self.field.searchable
    }

    /// Whether it leads somewhere: to an entry, a path or an address.
    pub(super) const fn is_link(&self) -> bool {
        matches!(self.field.holds, FieldType::Href)
    }

    /// Whether it names a file.
    pub(super) const fn is_file(&self) -> bool {
        matches!(self.field.holds, FieldType::Link | FieldType::LocalizedLink)
    }

    /// Whether it is the title.
    pub(super) fn is_title(&self) -> bool {
        self.name == TITLE
    }

    /// Whether each language has a text of its own.
    pub(super) const fn is_local(&self) -> bool {
        self.field.localized()
    }

    /// Whether it is one of some.
    pub(super) fn is_choice(&self) -> bool {
        matches!(
            self.field.holds,
            FieldType::Reference(_) | FieldType::App(_) | FieldType::Word(_) | FieldType::ContentType | FieldType::Integer { .. }
        ) && !self.choices.is_empty()
    }

    /// Whether it is several of some.
    pub(super) const fn is_several(&self) -> bool {
        matches!(self.field.holds, FieldType::References { .. })
    }

    /// Whether it is a box to tick.
    pub(super) const fn is_flag(&self) -> bool {
        matches!(self.field.holds, FieldType::Bool)
    }

    /// Whether it is a moment.
    pub(super) fn is_moment(&self) -> bool {
        self.field.holds == FieldType::Instant
    }

    /// What a value of it is called.
    pub(super) fn in_words(&self, c: &Chrome, form: &Form) -> String {
        let value = form.text(&self.name);
        match self.field.holds {
            FieldType::References { .. } => {
                let all = self.choices.iter().filter(|(id, _)| form.has(&self.name, id)).map(|(_, words)| words.as_str());
                all.collect::<Vec<_>>().join(", ")
            }
            FieldType::Instant => form.was(&self.name).parse().map(|at| c.moment(&at)).unwrap_or_default(),
            FieldType::Bool => c.t(if value == "on" { "content-yes" } else { "content-no" }).to_string(),
            _ => self.choices.iter().find(|(choice, _)| choice == value).map_or_else(|| value.to_owned(), |(_, words)| words.clone()),
        }
    }

    /// Whether it takes several lines.
    pub(super) const fn is_long(&self) -> bool {
        matches!(self.field.holds, FieldType::Block { .. } | FieldType::LocalizedBlock { .. })
    }

    /// Whether it is the last part of an address.
    pub(super) const fn is_address(&self) -> bool {
        matches!(self.field.holds, FieldType::Slug)
    }

    /// Most characters, where there is a bound.
    pub(super) const fn max(&self) -> Option<usize> {
        match self.field.holds {
            FieldType::Line { max } | FieldType::Block { max } | FieldType::Localized { max } | FieldType::LocalizedBlock { max } => {
                Some(max)
            }
            _ => None,
        }
    }

    /// How many characters it has of those that are seen where others show it.
    pub(super) fn count(&self, form: &Form) -> Option<(usize, usize)> {
        self.field.seen.map(|seen| (form.text(&self.name).chars().count(), seen))
    }

    /// The attributes of what is required and bounded.
    pub(super) fn attributes(&self) -> String {
        let required = if self.field.required { "required " } else { "" };
        self.max().map_or_else(|| required.to_owned(), |max| format!("{required}maxlength=\"{max}\" "))
    }
}

/// The text of a localized value in one language; of a plain one only in the default language.
pub(super) fn text_in(value: &Value, locale: &str, default: &str) -> String {
    let found = match value {
        Value::Object(map) => map.get(locale).and_then(Value::as_str),
        Value::String(text) if locale == default => Some(text.as_str()),
        _ => None,
    };
    found.unwrap_or_default().to_owned()
}

/// The form as the entry is; `values` is what stands together in its JSON object.
pub(super) fn form_of(entry: &Entry, values: &Value, locale: &str, default: &str) -> Form {
    let text = |(name, field): &Named| {
        let value =
            field.column.map_or_else(|| name.split('.').fold(values, |value, part| &value[part]).clone(), |column| entry.value(column));
        match field.holds {
            FieldType::Tags | FieldType::Origins => {
                value.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
            }
            _ if field.localized() => text_in(&value, locale, default),
            FieldType::Bool => if value == Value::Bool(true) { "on" } else { "" }.to_owned(),
            FieldType::Integer { .. } => value.as_i64().map(|number| number.to_string()).unwrap_or_default(),
            _ => value.as_str().unwrap_or_default().to_owned(),
        }
    };
    let form = Form::of([("locale", locale.to_owned()), ("version", entry.version.to_string())]);
    let form = visibility::of(entry).fold(form, |form, (name, flag)| form.and(&name, flag.to_string()));
    let form = form.and(PUBLISH_AT, entry.scheduled_at.map(|at| at.to_string()).unwrap_or_default());
    fields(entry.kind).iter().fold(form, |form, named| match named.1.holds {
        FieldType::References { .. } => entry.references().iter().fold(form, |form, id| form.and(&named.0, id.to_string())),
        _ => form.and(&named.0, text(named)),
    })
}

/// The form with its moments as they are typed, where the reader is, and beside each what it was: twice in autumn a clock shows the same hour.
pub(super) fn with_local_times(form: Form, kind: &Kind, locale: &Locale) -> Form {
    let moments = fields(kind).into_iter().filter(|(_, field)| field.holds == FieldType::Instant).map(|(name, _)| name);
    moments.chain([PUBLISH_AT.to_owned()]).fold(form, |form, name| match form.text(&name).parse::<Instant>() {
        Ok(at) => form.without(&name).and(&name, locale.to_type(at)).and(&was(&name), at.to_string()),
        Err(_) => form,
    })
}

/// The form with the texts of a second language, whose inputs stand beside those of the first.
pub(super) fn with_second_language(form: Form, kind: &Kind, values: &Value, tag: &str, default: &str) -> Form {
    let local = fields(kind).into_iter().filter(|(_, field)| field.localized());
    local.fold(form, |form, (name, _)| {
        let value = name.split('.').fold(values, |value, part| &value[part]);
        form.and(&format!("{name}.{tag}"), text_in(value, tag, default))
    })
}

/// What was typed into an input; of a localized field the text of one language.
pub(super) fn value(form: &Form, name: &str, field: &Field) -> Value {
    match field.holds {
        // A title is one line, whatever its input lets one type.
        FieldType::Localized { .. } => json!(form.optional(name).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))),
        FieldType::LocalizedBlock { .. } | FieldType::LocalizedLink => json!(form.optional(name)),
        FieldType::Tags | FieldType::Origins => form.text(name).split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect(),
        FieldType::Bool => form.ticked(name).into(),
        // What is no number is left to the check, which says so.
        FieldType::Integer { .. } => match form.text(name) {
            "" => Value::Null,
            typed => typed.parse::<i64>().map_or_else(|_| typed.into(), Value::from),
        },
        FieldType::References { .. } => form.all(name).into_iter().filter(|id| !id.is_empty()).collect(),
        _ if field.nullable => json!(form.optional(name)),
        _ => form.text(name).into(),
    }
}

/// What was typed into these fields as the body of a change in one language; of a new entry, whose texts are plain. Nothing typed takes
/// that language away; the others stay.
pub(super) fn body(form: &Form, fields: &[Named], locale: Option<&str>) -> Map<String, Value> {
    let mut body = Map::new();
    for (name, field) in fields {
        let local = |text: Option<String>| locale.map_or_else(|| json!(text), |locale| json!({ locale: text }));
        let value = if field.localized() { local(value(form, name, field).as_str().map(str::to_owned)) } else { value(form, name, field) };
        match name.split_once('.') {
            Some((group, member)) => body.entry(group).or_insert_with(|| json!({}))[member] = value,
            None => drop(body.insert(name.clone(), value)),
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::content::{KINDS, kinds::website_post},
        service::i18n::Lang,
    };

    #[test]
    fn every_field_of_a_form_has_its_words() {
        for (name, _) in KINDS.iter().flat_map(|kind| of_form(kind)) {
            let key = field_key(&name);
            assert!(Lang::ALL.iter().all(|lang| lang.has(&key)), "there are no words for {key}");
        }
        // The boxes that say who may see an entry have a hint each.
        for name in KINDS.iter().flat_map(|kind| kind.visibility()).map(|field| field.name) {
            let key = field_key(name);
            let is_there = |lang: &Lang| lang.has(&key) && lang.has(&format!("{key}-hint"));
            assert!(Lang::ALL.iter().all(is_there), "there are no words for {key} and its hint");
        }
    }

    #[test]
    fn what_was_typed_is_a_change_of_one_language() {
        let form = Form::read(b"name=A&slug=a&title=+Two%0D%0Alines&seo.title=T&tags=x,+y,&excerpt=").expect("a form");
        let fields = fields(&website_post::KIND);
        let expected = json!({ "name": "A", "slug": "a", "title": { "fr": "Two lines" }, "tags": ["x", "y"], "excerpt": { "fr": null }, "authorName": null, "publishDate": null,
            "layoutId": null, "headerId": null, "footerId": null, "featuredImageUrl": null, "seo": { "title": { "fr": "T" }, "description": { "fr": null }, "image": null } });
        assert_eq!(Value::Object(body(&form, &fields, Some("fr"))), expected);
        assert_eq!(
            body(&form, &first(&website_post::KIND), None),
            Map::from_iter([("name".into(), "A".into()), ("slug".into(), "a".into())])
        );
    }
}
