//! Prompts: what people often ask an agent to do, in words that name the tools. They are the same for everybody.

use serde_json::{Map, Value, json};

use super::base::refusal::Refusal;

/// A prompt.
struct Prompt {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    /// Each argument: its name, what it is, and whether it must be given.
    takes: &'static [(&'static str, &'static str, bool)],
    /// What is asked; `{name}` stands for an argument.
    text: &'static str,
}

const PROMPTS: &[Prompt] = &[
    Prompt {
        name: "write_post",
        title: "Write a post",
        about: "Write a new entry about something, as a draft.",
        takes: &[("topic", "What it is about.", true), ("locale", "Its language; the project's default one unless named.", false)],
        text: "Write a new post about: {topic}\n\nLanguage: {locale}\n\nCall overview, then look with search and read_entry at one or two entries of the kind that \
               fits best, for tone and structure. Ask describe_blocks what blocks there are. Make it with create_entry, as a draft, with seo and an excerpt where \
               the kind has them. Do not publish it. Show me the preview link, and say what I should check.",
    },
    Prompt {
        name: "translate_missing",
        title: "Translate what lacks",
        about: "Translate what is not written in a language yet.",
        takes: &[("locale", "The language, such as fr.", true), ("id", "Only this entry.", false)],
        text: "Translate into {locale} what is not written in it yet. Entry: {id}\n\nIf no entry is named, call translation_status, then list_entries with \
               missing_locale, and ask me which entries, if there are more than five. For each: translation_status with its id, then edit_text with an empty `old` \
               for each text that lacks, and update_entry for its fields. Keep the ids, the links and the Markdown. Change no other language, and publish nothing; \
               ask me before you change what is public. Say at the end what you translated, and of what you are unsure.",
    },
    Prompt {
        name: "review_drafts",
        title: "Review drafts",
        about: "Read all drafts, and say what they lack before they can be published.",
        takes: &[("kind", "Only this kind, such as the one of posts.", false)],
        text: "Review the drafts. Kind: {kind}\n\nCall overview, then list_entries with status draft for each kind that has drafts, and read each with read_entry. Say \
               for each: is it complete, in all languages of the project; are title, excerpt and seo there; what is wrong or unclear in the text. Change nothing and \
               publish nothing. End with a list, the one that is nearest to being ready first.",
    },
];

/// What there is.
pub fn list() -> Value {
    let told = |prompt: &Prompt| {
        let takes = prompt.takes.iter().map(|(name, about, required)| json!({ "name": name, "description": about, "required": required }));
        json!({ "name": prompt.name, "title": prompt.title, "description": prompt.about, "arguments": takes.collect::<Vec<_>>() })
    };
    json!({ "prompts": PROMPTS.iter().map(told).collect::<Vec<_>>() })
}

/// One of them, with these arguments.
///
/// # Errors
/// Of one that there is not, and of an argument that is missing or that it does not take.
pub fn get(name: &str, given: &Map<String, Value>) -> Result<Value, Refusal> {
    let prompt =
        PROMPTS.iter().find(|prompt| prompt.name == name).ok_or_else(|| Refusal::params(format!("There is no prompt {name:?}.")))?;
    if let Some(other) = given.keys().find(|name| prompt.takes.iter().all(|(known, ..)| known != name)) {
        return Err(Refusal::params(format!("The prompt {name} takes no {other}.")));
    }
    let mut text = prompt.text.to_owned();
    for (argument, _, required) in prompt.takes {
        let value = given.get(*argument).and_then(Value::as_str).map(str::trim).filter(|value| !value.is_empty());
        if value.is_none() && *required {
            return Err(Refusal::params(format!("The prompt {name} needs {argument}.")));
        }
        text = text.replacen(&format!("{{{argument}}}"), value.unwrap_or("(not named)"), 1);
    }
    Ok(json!({ "description": prompt.about, "messages": [{ "role": "user", "content": { "type": "text", "text": text } }] }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prompt_says_what_it_is_given() {
        for prompt in PROMPTS {
            let given: Map<_, _> = prompt.takes.iter().map(|(name, ..)| ((*name).to_owned(), json!(format!("the {name}")))).collect();
            let got = get(prompt.name, &given).expect("a prompt");
            let text = got["messages"][0]["content"]["text"].as_str().expect("text");
            assert!(!text.contains('{') && given.values().all(|value| text.contains(value.as_str().expect("text"))), "{text}");
        }
        let refused = |name: &str, given: Value| get(name, given.as_object().expect("an object")).expect_err("refused").message;
        assert!(refused("write_post", json!({})).contains("needs topic"));
        assert!(refused("write_post", json!({"topic": "x", "size": "y"})).contains("takes no size"));
        assert!(refused("nothing", json!({})).contains("no prompt"));
    }
}
