//! One field of a form, read from its block in one language.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::domain::{
    content::{
        blocks::form::{ANSWER_MAX, rating::SCALE},
        render::data::Data,
    },
    file::accept::Accepted,
};

use super::attachment::{SIZE, Taken};

/// Most characters of an answer of one line that says nothing else.
const LINE_MAX: usize = 1_000;
/// What the type of the block of a field ends with: `emailField` asks for an `email`.
const SUFFIX: &str = "Field";

/// What a field asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// Text of one line, or of several, of at least and at most so many characters.
    Text {
        /// Whether it may have several lines.
        is_long: bool,
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
        /// The regular expression that it must match; empty for none.
        pattern: String,
        /// What is said when it does not.
        pattern_help: String,
    },
    /// An e-mail address.
    Email,
    /// The number of a phone.
    Phone,
    /// A web address.
    Url,
    /// A number.
    Number {
        /// The least.
        min: Option<f64>,
        /// The greatest.
        max: Option<f64>,
        /// It is a multiple of this, counted from the least.
        step: Option<f64>,
    },
    /// A day, `2026-03-31`, between two; empty ones do not count.
    Date(String, String),
    /// A time of day, `14:30`, between two; empty ones do not count.
    Time(String, String),
    /// One of these.
    One(Vec<Choice>),
    /// Some of these.
    Some(Vec<Choice>),
    /// Whether a box is ticked.
    Checkbox,
    /// A consent to what stands beside it, as Markdown.
    Consent(String),
    /// A mark from 1 to this.
    Rating(i64),
    /// Files.
    Files(Taken),
    /// What nobody sees; this, for want of something else.
    Hidden(String),
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// When a field is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The name of a field before it.
    pub field: String,
    /// How its answer is compared: a word of [`crate::domain::content::blocks::form::IS`].
    pub is: String,
    /// What with.
    pub value: String,
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The id of its block.
    pub id: String,
    /// What its answer is called; no two fields of a form have the same.
    pub name: String,
    /// The question.
    pub label: String,
    /// Whether there must be an answer, if it is asked.
    pub is_required: bool,
    /// What it asks for.
    pub input: Input,
    /// It is asked if all of these hold.
    pub conditions: Vec<Condition>,
}

impl Field {
    /// The field of a block; `None` for a block that asks nothing.
    pub fn read(block: &Map<String, Value>, data: &Data<'_>, taken: &mut HashSet<String>) -> Option<Self> {
        let kind = kind_of(block)?;
        let input = input(kind, data)?;
        let name = name_of(block, taken);
        let conditions = data.items("showIf").map(|one| Condition {
            field: one.text("field").to_owned(),
            is: one.text("is").to_owned(),
            value: one.text("value").to_owned(),
        });
        let label = Some(data.text("label")).filter(|label| !label.is_empty()).unwrap_or(&name).to_owned();
        Some(Self {
            id: id_of(block).to_owned(),
            label,
            is_required: data.is_set("required", true),
            input,
            conditions: conditions.collect(),
            name,
        })
    }

    /// What it takes, if it asks for files.
    pub const fn files(&self) -> Option<&Taken> {
        if let Input::Files(taken) = &self.input { Some(taken) } else { None }
    }

    /// Whether it asks for files.
    pub const fn is_file(&self) -> bool {
        self.files().is_some()
    }

    /// Whether people see it.
    pub const fn is_seen(&self) -> bool {
        !matches!(self.input, Input::Hidden(_))
    }
}

/// What a block asks for: `email`. `None` for one that asks nothing.
pub(super) fn kind_of(block: &Map<String, Value>) -> Option<&str> {
    block.get("type")?.as_str()?.strip_suffix(SUFFIX)
}

pub(super) fn id_of(block: &Map<String, Value>) -> &str {
    block.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// What the answer to a block is called: its name, unless a field before it has the same; else its id.
pub(super) fn name_of(block: &Map<String, Value>, taken: &mut HashSet<String>) -> String {
    let own = block.get("data").and_then(|data| data.get("name")).and_then(Value::as_str).filter(|name| !name.is_empty());
    let name = own.filter(|name| !taken.contains(*name)).unwrap_or(id_of(block)).to_owned();
    taken.insert(name.clone());
    name
}

fn input(kind: &str, data: &Data<'_>) -> Option<Input> {
    let ends = || (data.text("earliest").to_owned(), data.text("latest").to_owned());
    Some(match kind {
        "text" => text(data, false, LINE_MAX),
        "textarea" => text(data, true, usize::try_from(ANSWER_MAX).unwrap_or(LINE_MAX)),
        "email" => Input::Email,
        "phone" => Input::Phone,
        "url" => Input::Url,
        "number" => Input::Number { min: number(data, "min"), max: number(data, "max"), step: number(data, "step") },
        "date" => Input::Date(ends().0, ends().1),
        "time" => Input::Time(ends().0, ends().1),
        "select" | "radio" => Input::One(choices(data)),
        "checkboxes" => Input::Some(choices(data)),
        "checkbox" => Input::Checkbox,
        "consent" => Input::Consent(data.text("markdown").to_owned()),
        "rating" => Input::Rating(data.number("scale").unwrap_or(SCALE)),
        "file" => Input::Files(files(data)),
        "hidden" => Input::Hidden(data.text("value").to_owned()),
        _ => return None,
    })
}

fn text(data: &Data<'_>, is_long: bool, max: usize) -> Input {
    let length = |name: &str| data.number(name).and_then(|length| usize::try_from(length).ok());
    Input::Text {
        is_long,
        min: length("minLength").unwrap_or_default(),
        max: length("maxLength").unwrap_or(max),
        pattern: data.text("pattern").to_owned(),
        pattern_help: data.text("patternHelp").to_owned(),
    }
}

fn files(data: &Data<'_>) -> Taken {
    let megabytes = data.number("maxSize").unwrap_or(SIZE);
    Taken {
        // Words that came from elsewhere and say nothing let everything in, as none do.
        accepted: Accepted::parse(data.text("accept")).unwrap_or_default(),
        megabytes: megabytes.unsigned_abs(),
        most: data.number("maxFiles").and_then(|most| usize::try_from(most).ok()).unwrap_or(1),
    }
}

fn number(data: &Data<'_>, name: &str) -> Option<f64> {
    data.decimal(name).parse().ok()
}

fn choices(data: &Data<'_>) -> Vec<Choice> {
    let choice = |option: Data<'_>| {
        let value = Some(option.text("value")).filter(|value| !value.is_empty()).unwrap_or(option.text("id"));
        Choice { value: value.to_owned(), label: option.text("label").to_owned() }
    };
    data.items("options").map(choice).collect()
}
