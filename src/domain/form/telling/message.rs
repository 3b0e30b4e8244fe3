//! What webhooks are told of a submission: all of its answers by their names, as far as a message has room for them, and where its files are.

use serde_json::{Map, Value, json};

use crate::domain::{
    content::Entry,
    project::webhook::event::{Event, message},
};

use super::super::{attachment::Attachment, check::Answers, submission::Submission};

/// Most bytes of answers and files in a message, which is shorter than 20 KB with all that is said besides.
const ROOM: usize = 17_000;
/// Most bytes of what is told of files.
const FILES_ROOM: usize = 6_000;
/// Most characters of a text, the longest that leaves room for all others first.
const LONGEST: [usize; 7] = [20_000, 8_000, 4_000, 2_000, 1_000, 300, 100];
/// What a text ends with that was cut.
const CUT: char = '…';
/// The members of a message that hold what a visitor has typed.
const TYPED: [&str; 4] = ["answers", "truncated", "files", "moreFiles"];

/// The message. Long answers are cut and named in `truncated`; of its files each has the address from which a key that may read submissions downloads it,
/// with `public_url` in front. Neither the address of the visitor nor their browser is told.
pub fn body(form: &Entry, sent: &Submission, public_url: &str) -> String {
    let (files, more) = files(form, sent, public_url);
    let (answers, cut) = fitting(&sent.data, ROOM - files.to_string().len());
    let data = json!({
        "id": sent.id.to_string(),
        "resourceType": "form_submission",
        "name": form.name,
        "formId": form.id.to_string(),
        "formVersion": sent.form_version,
        "locale": sent.locale,
        "answers": answers,
        "truncated": cut,
        "files": files,
        "moreFiles": more,
        "organizationId": form.org.to_string(),
        "projectId": form.project.to_string(),
        "appId": form.app.to_string(),
    });
    message(Event::FormSubmitted.word(), sent.created_at, &data)
}

/// The same message for whoever may not read what visitors send.
pub fn hidden(body: &str) -> String {
    let Ok(mut said) = serde_json::from_str::<Value>(body) else { return "{}".into() };
    if let Some(data) = said.get_mut("data").and_then(Value::as_object_mut) {
        TYPED.iter().for_each(|name| drop(data.remove(*name)));
    }
    said.to_string()
}

/// The first files, and how many there is no room for.
fn files(form: &Entry, sent: &Submission, public_url: &str) -> (Value, usize) {
    let (org, project, app, id) = (form.org, form.project, form.app, sent.id);
    let (app_type, segment) = (form.kind.app_type.segment(), form.kind.segment);
    let of_app = format!("{public_url}/api/organizations/{org}/projects/{project}/apps/{app_type}/{app}");
    let base = format!("{of_app}/{segment}/{}/submissions/{id}/files", form.id);
    let one = |file: &Attachment| {
        json!({
            "id": file.id.to_string(),
            "field": file.field,
            "filename": file.filename,
            "mimeType": file.mime_type,
            "sizeBytes": file.blob.size,
            "url": format!("{base}/{}", file.id),
        })
    };
    let (mut told, mut used) = (Vec::new(), 2);
    for file in sent.files.iter().map(one) {
        used += file.to_string().len() + 1;
        if used > FILES_ROOM {
            break;
        }
        told.push(file);
    }
    let more = sent.files.len() - told.len();
    (told.into(), more)
}

/// The answers that there is room for, and the names of those that are not told as they are.
fn fitting(answers: &Answers, room: usize) -> (Answers, Vec<&str>) {
    for longest in LONGEST {
        let shown: Answers = answers.iter().map(|(name, value)| (name.clone(), shortened(value, longest))).collect();
        let cut: Vec<_> = answers.iter().filter(|(name, value)| shown.get(*name) != Some(*value)).map(|(name, _)| name.as_str()).collect();
        if size(&shown, &cut) <= room {
            return (shown, cut);
        }
    }
    first(answers, room)
}

/// The first answers, where there are more than any length leaves room for. Not even the names of all others have any.
fn first(answers: &Answers, room: usize) -> (Answers, Vec<&'static str>) {
    let (mut shown, mut used) = (Map::new(), 0);
    for (name, value) in answers {
        let value = shortened(value, LONGEST[LONGEST.len() - 1]);
        used += json!({ name: value }).to_string().len();
        if used > room {
            break;
        }
        shown.insert(name.clone(), value);
    }
    (shown, vec!["*"])
}

fn size(shown: &Answers, cut: &[&str]) -> usize {
    json!([shown, cut]).to_string().len()
}

fn shortened(value: &Value, longest: usize) -> Value {
    match value {
        Value::String(text) => match text.char_indices().nth(longest) {
            Some((end, _)) => format!("{}{CUT}", &text[..end]).into(),
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(|item| shortened(item, longest)).collect(),
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(sent: Value) -> Answers {
        let Value::Object(answers) = sent else { panic!("an object") };
        answers
    }

    #[test]
    fn what_is_short_is_told_as_it_is_and_what_is_long_is_cut_and_named() {
        let short = answers(json!({ "name": "Ann", "days": ["mo", "tu"], "mark": 4, "yes": true, "text": "é".repeat(8_000) }));
        assert_eq!(fitting(&short, ROOM), (short.clone(), vec![]));
        let long = answers(json!({ "name": "Ann", "a": "\"é".repeat(10_000), "b": "b".repeat(3_000) }));
        let (shown, cut) = fitting(&long, ROOM);
        assert_eq!((shown["name"].as_str(), shown["b"].as_str().map(str::len), cut), (Some("Ann"), Some(3_000), vec!["a"]));
        let told = shown["a"].as_str().expect("a text");
        assert_eq!((told.chars().count(), told.ends_with('…')), (4_001, true));
    }

    #[test]
    fn however_much_there_is_a_message_has_a_bound() {
        let many = |fields: usize, name: usize, text: &str| {
            let named = (0..fields).map(|n| (format!("{n:04}{}", "n".repeat(name)), Value::from(text)));
            named.collect::<Answers>()
        };
        for (all, told) in [
            (many(100, 0, &"a".repeat(20_000)), 100),
            (many(100, 0, &"\"".repeat(20_000)), 79),
            (many(2_000, 60, &"é".repeat(20_000)), 62),
            (many(1, 40_000, "a"), 0),
        ] {
            let (shown, cut) = fitting(&all, ROOM);
            assert!(size(&shown, &cut) < ROOM + 200, "{}", size(&shown, &cut));
            assert_eq!((shown.len(), cut.is_empty()), (told, false));
        }
    }

    #[test]
    fn who_may_not_read_it_sees_that_something_came() {
        let body = json!({ "type": "form.submitted", "data": { "id": "7", "answers": { "a": "b" }, "truncated": ["a"], "files": [{ "filename": "Ann.pdf" }], "moreFiles": 0 } }).to_string();
        assert_eq!(hidden(&body), json!({ "type": "form.submitted", "data": { "id": "7" } }).to_string());
        assert_eq!(hidden("no JSON"), "{}");
    }
}
