//! The one validator: what was sent, held against what a form asks.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Number, Value, json};
use url::Url;

use crate::domain::{
    content::{Shape, regex},
    error::FAULTS,
    fold::fold,
    text::{self, is_hidden_control, is_unseen},
};

use super::{
    attachment,
    definition::Definition,
    field::{Choice, Condition, Field, Input},
    rule::{Rule, Wrong},
    sent::Sent,
};

/// Most characters of an address, a number of a phone, or of what is hidden.
const SHORT_MAX: usize = 500;
/// Most characters of a name of something unknown that are said again.
const NAME_MAX: usize = 60;

/// Good answers: each under its name, in the order of the fields. What was not asked or not answered is not there.
pub type Answers = Map<String, Value>;

/// Checks what was sent. A field whose conditions do not hold is not asked: nothing is required of it, and what was sent for it is dropped.
///
/// # Errors
/// Everything that is wrong, in the order of the fields; at most a hundred things.
pub fn check(definition: &Definition, sent: &Sent) -> Result<Answers, Vec<Wrong>> {
    let (mut answers, mut wrong) = (Answers::new(), unknown(definition, sent));
    let mut seen: HashMap<&str, Vec<String>> = HashMap::new();
    for field in &definition.fields {
        if !field.conditions.iter().all(|condition| holds(condition, &seen)) {
            seen.insert(&field.name, Vec::new());
            continue;
        }
        let given: Vec<_> = texts_of(field, sent);
        let checked = if sent.is_strange(&field.name) { Err(Rule::WrongType) } else { answer(field, &given, sent) };
        match checked {
            Ok(Some(value)) => drop(answers.insert(field.name.clone(), value)),
            Ok(None) => {}
            Err(rule) if wrong.len() < FAULTS => {
                wrong.push(Wrong { block: field.id.clone(), name: field.name.clone(), label: field.label.clone(), rule })
            }
            Err(_) => {}
        }
        seen.insert(&field.name, given);
    }
    if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
}

/// The ids of the blocks of those fields that are asked of whoever has answered so.
pub fn asked_fields<'d>(definition: &'d Definition, sent: &Sent) -> HashSet<&'d str> {
    let (mut asked, mut seen) = (HashSet::new(), HashMap::<&str, Vec<String>>::new());
    for field in &definition.fields {
        let is_asked = field.conditions.iter().all(|condition| holds(condition, &seen));
        seen.insert(&field.name, if is_asked { texts_of(field, sent) } else { Vec::new() });
        if is_asked {
            asked.insert(field.id.as_str());
        }
    }
    asked
}

/// Members of a JSON object that no field has.
fn unknown(definition: &Definition, sent: &Sent) -> Vec<Wrong> {
    let known: HashSet<&str> = definition.fields.iter().map(|field| field.name.as_str()).collect();
    let strange = sent.field_names().iter().filter(|name| !known.contains(name.as_str())).take(FAULTS);
    strange
        .map(|name| {
            let name: String = name.chars().take(NAME_MAX).collect();
            Wrong { block: String::new(), label: name.clone(), name, rule: Rule::Unknown }
        })
        .collect()
}

/// Whether a condition holds of what was answered before. One that names nothing before it does not count.
fn holds(condition: &Condition, seen: &HashMap<&str, Vec<String>>) -> bool {
    let Some(given) = seen.get(condition.field.as_str()) else { return true };
    match condition.is.as_str() {
        "equals" => given.contains(&condition.value),
        "differs" => !given.contains(&condition.value),
        "contains" => given.iter().any(|text| fold(text).contains(&fold(&condition.value))),
        "filled" => !given.is_empty(),
        "empty" => given.is_empty(),
        _ => true,
    }
}

/// A text without what nobody sees, with line breaks in one form, and without blanks around it.
fn cleaned(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_hidden_control(*c)).collect::<String>().trim().to_owned()
}

/// What was answered to a field, as texts; of files their names.
fn texts_of(field: &Field, sent: &Sent) -> Vec<String> {
    if matches!(field.input, Input::Files(_)) {
        return sent.files(&field.name).iter().map(|file| file.filename.clone()).collect();
    }
    sent.all(&field.name).iter().map(|text| cleaned(text)).filter(|text| !is_unseen(text)).collect()
}

/// The answer to a field; `None` if there is none and need not be.
fn answer(field: &Field, given: &[String], sent: &Sent) -> Result<Option<Value>, Rule> {
    match &field.input {
        Input::Checkbox => {
            let is_ticked = given.first().is_some_and(|text| is_yes(text));
            return if is_ticked || !field.is_required { Ok(Some(is_ticked.into())) } else { Err(Rule::Required) };
        }
        Input::Consent(_) => {
            let is_given = given.first().is_some_and(|text| is_yes(text));
            return if is_given || !field.is_required { Ok(is_given.then(|| true.into())) } else { Err(Rule::Consent) };
        }
        Input::Files(_) if given.is_empty() && sent.all(&field.name).iter().any(|text| !is_unseen(text)) => return Err(Rule::NoFile),
        Input::Files(taken) => attachment::check(taken, sent.files(&field.name))?,
        Input::Hidden(value) if given.is_empty() => return Ok(Some(value.as_str()).filter(|value| !value.is_empty()).map(Value::from)),
        _ => {}
    }
    let Some(first) = given.first() else { return if field.is_required { Err(Rule::Required) } else { Ok(None) } };
    value(&field.input, first, given).map(Some)
}

fn value(input: &Input, first: &str, given: &[String]) -> Result<Value, Rule> {
    match input {
        Input::Text { .. } => line(input, first),
        Input::Email => {
            short(first)?;
            text::email("email", first).map(Value::from).map_err(|_| Rule::Email)
        }
        Input::Phone => phone(first),
        Input::Url => {
            short(first)?;
            let url = Url::parse(first).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
            url.map(|_| first.into()).ok_or(Rule::Url)
        }
        Input::Number { min, max, step } => number(first, *min, *max, *step),
        Input::Date(earliest, latest) if Shape::Day.has(first) => between(first, earliest, latest),
        Input::Time(earliest, latest) => {
            // Some browsers send seconds.
            let time = first.get(..5).filter(|_| first.len() == 5 || first.len() == 8).unwrap_or(first);
            if Shape::Time.has(time) { between(time, earliest, latest) } else { Err(Rule::Time) }
        }
        Input::Date(..) => Err(Rule::Day),
        Input::One(choices) => offered(choices, first).map(Value::from),
        Input::Some(choices) => {
            let mut chosen: Vec<Value> = Vec::new();
            for text in given.iter().take(choices.len() + 1) {
                let one = Value::from(offered(choices, text)?);
                if !chosen.contains(&one) {
                    chosen.push(one);
                }
            }
            Ok(chosen.into())
        }
        Input::Rating(scale) => match first.parse::<i64>() {
            Ok(mark) if (1..=*scale).contains(&mark) => Ok(mark.into()),
            _ => Err(Rule::NotOffered),
        },
        Input::Files(_) => Ok(given.into()),
        Input::Hidden(_) => short(first).map(|()| first.into()),
        Input::Checkbox | Input::Consent(_) => Ok(json!(true)),
    }
}

fn is_yes(text: &str) -> bool {
    matches!(fold(text).as_str(), "on" | "true" | "yes" | "1")
}

fn short(text: &str) -> Result<(), Rule> {
    if text.chars().count() > SHORT_MAX { Err(Rule::TooLong(SHORT_MAX)) } else { Ok(()) }
}

fn line(input: &Input, text: &str) -> Result<Value, Rule> {
    let Input::Text { is_long, min, max, pattern, pattern_help } = input else { return Err(Rule::WrongType) };
    let text = if *is_long { text.to_owned() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") };
    let length = text.chars().count();
    if length < *min {
        return Err(Rule::TooShort(*min));
    }
    if length > *max {
        return Err(Rule::TooLong(*max));
    }
    // A pattern that came from elsewhere and is no good one asks for nothing.
    let matches = pattern.is_empty() || regex(pattern).is_none_or(|regex| regex.is_match(&text));
    if matches { Ok(text.into()) } else { Err(Rule::Pattern(pattern_help.clone())) }
}

fn phone(text: &str) -> Result<Value, Rule> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let good = text.chars().all(|c| c.is_ascii_digit() || "+()-./ ".contains(c)) && (3..=20).contains(&digits) && text.len() <= 40;
    if good { Ok(text.into()) } else { Err(Rule::Phone) }
}

fn number(text: &str, min: Option<f64>, max: Option<f64>, step: Option<f64>) -> Result<Value, Rule> {
    let typed = text.replace(',', ".");
    let is_plain = typed.len() <= 30 && typed.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    let found = typed.parse::<f64>().ok().filter(|found| is_plain && found.is_finite()).ok_or(Rule::Number)?;
    if let Some(min) = min.filter(|min| found < *min) {
        return Err(Rule::TooSmall(min));
    }
    if let Some(max) = max.filter(|max| found > *max) {
        return Err(Rule::TooGreat(max));
    }
    if let Some(step) = step.filter(|step| *step > 0.0) {
        let steps = (found - min.unwrap_or_default()) / step;
        if (steps - steps.round()).abs() > 1e-9 * steps.abs().max(1.0) {
            return Err(Rule::Step(step));
        }
    }
    let whole = typed.parse::<i64>().ok().map(Number::from);
    whole.or_else(|| Number::from_f64(found)).map(Value::Number).ok_or(Rule::Number)
}

/// Days and times are written so that their order is that of their texts.
fn between(text: &str, earliest: &str, latest: &str) -> Result<Value, Rule> {
    if !earliest.is_empty() && text < earliest {
        return Err(Rule::TooEarly(earliest.to_owned()));
    }
    if !latest.is_empty() && text > latest {
        return Err(Rule::TooLate(latest.to_owned()));
    }
    Ok(text.into())
}

fn offered<'c>(choices: &'c [Choice], text: &str) -> Result<&'c str, Rule> {
    choices.iter().find(|choice| choice.value == text).map(|choice| choice.value.as_str()).ok_or(Rule::NotOffered)
}
