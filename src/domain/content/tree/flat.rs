//! A content tree in one language: the fields of a block by their descriptors, everything else by what it looks like.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Value, value::RawValue};

use crate::domain::content::{Block, blocks, locale::Locales, merge::flatten};

use super::guessed;

/// The text of a tree in which every text that may differ by language is that of one language.
pub(in crate::domain::content) fn tree(text: &str, locale: &str, locales: &Locales<'_>) -> serde_json::Result<String> {
    let mut out = String::with_capacity(text.len());
    let all: &RawValue = serde_json::from_str(text)?;
    Flat { out: &mut out, locale, locales }.list(all, &["columns", "blocks"])?;
    Ok(out)
}

struct Flat<'a> {
    out: &'a mut String,
    locale: &'a str,
    locales: &'a Locales<'a>,
}

impl Flat<'_> {
    /// Sections, columns or blocks; `below` names the members that hold what lies deeper.
    fn list(&mut self, raw: &RawValue, below: &[&str]) -> serde_json::Result<()> {
        if !raw.get().starts_with('[') {
            return self.guessed(raw);
        }
        let items: Vec<&RawValue> = serde_json::from_str(raw.get())?;
        self.out.push('[');
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.part(item, below)?;
        }
        self.out.push(']');
        Ok(())
    }

    fn part(&mut self, raw: &RawValue, below: &[&str]) -> serde_json::Result<()> {
        if !raw.get().starts_with('{') {
            return self.guessed(raw);
        }
        let Members(members) = serde_json::from_str(raw.get())?;
        let known = if below.is_empty() { block_of(&members) } else { None };
        self.out.push('{');
        for (at, (name, value)) in members.into_iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.out.push_str(&serde_json::to_string(&name)?);
            self.out.push(':');
            match (below.split_first(), known, name.as_str()) {
                (Some((down, below)), _, name) if *down == name => self.list(value, below)?,
                (_, Some(block), "data") => self.data(block, value)?,
                (_, Some(_), "styles") => self.out.push_str(value.get()),
                _ => self.guessed(value)?,
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn data(&mut self, block: &'static Block, raw: &RawValue) -> serde_json::Result<()> {
        let mut data: Value = serde_json::from_str(raw.get())?;
        for field in block.fields {
            if let Some(value) = data.get_mut(field.name) {
                flatten(field, value, self.locale, self.locales);
            }
        }
        self.out.push_str(&data.to_string());
        Ok(())
    }

    fn guessed(&mut self, raw: &RawValue) -> serde_json::Result<()> {
        guessed::write(self.out, raw.get(), self.locale, self.locales)
    }
}

fn block_of(members: &[(String, &RawValue)]) -> Option<&'static Block> {
    let (_, word) = members.iter().find(|(name, _)| name == "type")?;
    blocks::of_type(serde_json::from_str::<&str>(word.get()).ok()?)
}

/// The members of an object, unread.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(Each)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::content::samples::LOCALES;

    fn flat(blocks: &Value, locale: &str) -> Value {
        let text = json!([{"id": "s", "title": {"en": "One", "fr": "Un"}, "columns": [{"id": "c", "blocks": blocks}]}]).to_string();
        let tree: Value = serde_json::from_str(&tree(&text, locale, &LOCALES).expect("JSON")).expect("JSON");
        assert_eq!(tree[0]["title"], if locale == "fr" { "Un" } else { "One" });
        tree[0]["columns"][0]["blocks"].clone()
    }

    #[test]
    fn a_block_of_a_known_type_is_flattened_by_its_fields() {
        let faq = json!([{"type": "faq", "data": {"items": [{"id": "en", "question": {"en": "Why?", "it": "Perché?"}, "answer": {"fr": "Oui"}}]}}]);
        let items = json!([{"id": "en", "question": "Why?", "answer": "Oui"}]);
        assert_eq!(
            flat(&faq, "fr")[0]["data"]["items"],
            items,
            "a language that was removed makes a map no less a map, and an id no language"
        );
        let image = json!([{"type": "image", "data": {"file": "/a.png", "alt": {"en": "Sea", "fr": "Mer"}, "old": {"en": "x"}}}]);
        assert_eq!(flat(&image, "fr")[0]["data"], json!({"file": "/a.png", "alt": "Mer", "old": {"en": "x"}}));
    }

    #[test]
    fn another_block_is_flattened_by_its_looks() {
        let blocks = json!([{"type": "hero", "data": {"line": {"en": "Sea", "fr": "Mer"}, "id": 7}}, 1]);
        assert_eq!(flat(&blocks, "fr"), json!([{"type": "hero", "data": {"line": "Mer", "id": 7}}, 1]));
    }

    #[test]
    fn what_is_no_tree_is_still_json() {
        for (text, wanted) in [("[]", "[]"), ("{\"en\":\"a\"}", "\"a\""), ("[[{\"a\":1}]]", "[[{\"a\":1}]]")] {
            assert_eq!(tree(text, "en", &LOCALES).expect("JSON"), wanted);
        }
        for broken in ["", "[", "[1,]", "[] []", "nul"] {
            assert!(tree(broken, "fr", &LOCALES).is_err(), "{broken}");
        }
    }
}
