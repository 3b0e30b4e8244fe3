//! A value without a descriptor in one language, written while it is read. As a tree in memory a megabyte of small values would take
//! fifty.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::domain::content::locale::{self, Locales};

/// Appends a value in which every map from languages to texts is the text of one language. What such a map is, is guessed: it holds some
/// text, its keys are languages of the project and its values are text or null.
pub(super) fn write(out: &mut String, text: &str, locale: &str, locales: &Locales<'_>) -> serde_json::Result<()> {
    let mut from = serde_json::Deserializer::from_str(text);
    Flat { out, locale, locales }.deserialize(&mut from)?;
    from.end()
}

/// Writes one value.
struct Flat<'a> {
    out: &'a mut String,
    locale: &'a str,
    locales: &'a Locales<'a>,
}

impl Flat<'_> {
    fn again(&mut self) -> Flat<'_> {
        Flat { out: self.out, locale: self.locale, locales: self.locales }
    }

    fn put(self, value: &Value) {
        self.out.push_str(&value.to_string());
    }

    /// The name of a member.
    fn name(&mut self, name: &str) {
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        self.again().put(&name.into());
        self.out.push(':');
    }

    /// Begins an object with the members that were held back.
    fn open(&mut self, held: Map<String, Value>) {
        self.out.push('{');
        for (name, value) in held {
            self.name(&name);
            self.again().put(&value);
        }
    }
}

impl<'de> DeserializeSeed<'de> for Flat<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

/// The values that hold no others.
macro_rules! plain {
    ($($visit:ident: $type:ty,)*) => {$(
        fn $visit<E>(self, value: $type) -> Result<(), E> {
            self.put(&value.into());
            Ok(())
        }
    )*};
}

impl<'de> Visitor<'de> for Flat<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    plain! { visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.out.push_str(&serde_json::to_string(text).map_err(E::custom)?);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(&Value::Null);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.out.push('[');
        while items.next_element_seed(Item(self.again()))?.is_some() {}
        self.out.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        // What may be a map of languages is held back until something in it shows that it is none.
        let mut held = Some(Map::new());
        while let Some(name) = members.next_key::<String>()? {
            if !self.locales.has(&name)
                && let Some(held) = held.take()
            {
                self.open(held);
            }
            if held.is_some() {
                members.next_value_seed(Text { name, held: &mut held, flat: self.again() })?;
            } else {
                self.name(&name);
                members.next_value_seed(self.again())?;
            }
        }
        match held {
            None => self.out.push('}'),
            Some(map) if map.values().any(Value::is_string) => {
                let (mut text, locale, locales) = (Value::Object(map), self.locale, self.locales);
                locale::flatten(&mut text, locale, locales);
                self.put(&text);
            }
            Some(map) => self.put(&Value::Object(map)),
        }
        Ok(())
    }
}

/// One value of a list, behind a comma unless it is the first.
struct Item<'a>(Flat<'a>);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        if !self.0.out.ends_with('[') {
            self.0.out.push(',');
        }
        from.deserialize_any(self.0)
    }
}

/// A member whose name is a language.
struct Text<'a> {
    name: String,
    held: &'a mut Option<Map<String, Value>>,
    flat: Flat<'a>,
}

impl<'a> Text<'a> {
    fn hold(self, value: Value) {
        if let Some(held) = self.held {
            held.insert(self.name, value);
        }
    }

    /// It is not a text: neither is this a map of languages.
    fn open(mut self) -> Flat<'a> {
        self.flat.open(self.held.take().unwrap_or_default());
        self.flat.name(&self.name);
        self.flat
    }
}

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

macro_rules! no_text {
    ($($visit:ident: $type:ty,)*) => {$(
        fn $visit<E: Error>(self, value: $type) -> Result<(), E> {
            self.open().$visit(value)
        }
    )*};
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.hold(text.into());
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.hold(Value::Null);
        Ok(())
    }

    no_text! { visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        self.open().visit_seq(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        self.open().visit_map(members)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::domain::content::samples::LOCALES;

    fn tree(text: &str, locale: &str, locales: &Locales<'_>) -> serde_json::Result<String> {
        let mut out = String::new();
        write(&mut out, text, locale, locales).map(|()| out)
    }

    /// The same on a tree in memory.
    fn walk(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(walk),
            Value::Object(map) if looks_localized(map) => locale::flatten(value, "fr", &LOCALES),
            Value::Object(map) => map.values_mut().for_each(walk),
            _ => {}
        }
    }

    fn looks_localized(map: &Map<String, Value>) -> bool {
        let fits = |(tag, text): (&String, &Value)| (text.is_string() || text.is_null()) && LOCALES.has(tag);
        map.values().any(Value::is_string) && map.iter().all(fits)
    }

    fn trees() -> impl Strategy<Value = Value> {
        let number =
            prop_oneof![any::<i64>().prop_map(Value::from), any::<u64>().prop_map(Value::from), any::<f64>().prop_map(Value::from)];
        let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), ".{0,8}".prop_map(Value::from), number];
        leaf.prop_recursive(4, 48, 6, |inner| {
            let name = prop_oneof![Just("en".to_owned()), Just("fr".to_owned()), Just("fr-CA".to_owned()), ".{0,4}"];
            let map = prop::collection::vec((name, inner.clone()), 0..4).prop_map(|all| Value::Object(all.into_iter().collect()));
            prop_oneof![prop::collection::vec(inner, 0..6).prop_map(Value::from), map]
        })
    }

    #[test]
    fn maps_of_languages_become_texts_wherever_they_stand() {
        let text = json!([{ "a": { "en": "Sea", "fr": "Mer" }, "b": [{ "fr": "Vent" }, { "en": null }, { "en": 1, "x": {} }, {}, { "alt": { "src": "x" } }] }]).to_string();
        assert_eq!(
            tree(&text, "fr", &LOCALES).unwrap(),
            r#"[{"a":"Mer","b":["Vent",{"en":null},{"en":1,"x":{}},{},{"alt":{"src":"x"}}]}]"#
        );
        for broken in ["", "[", "[1,]", "[] []", "{\"en\":\"a\"", "nul"] {
            assert!(tree(broken, "fr", &LOCALES).is_err(), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_on_the_way_is_what_a_tree_would_be(mut value in trees()) {
            let flat = tree(&value.to_string(), "fr", &LOCALES).unwrap();
            value = serde_json::from_str(&value.to_string()).unwrap();
            walk(&mut value);
            prop_assert_eq!(flat, value.to_string());
        }
    }
}
