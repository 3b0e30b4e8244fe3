//! Every type of block, one file each, and how they and what holds them may look.

pub mod form;
mod layout;
mod media;
pub mod styles;
mod text;

use super::Block;

/// Every type of block, in the order in which they are offered.
pub const BLOCKS: &[&Block] = &[
    &text::heading::BLOCK,
    &text::text::BLOCK,
    &media::image::BLOCK,
    &media::gallery::BLOCK,
    &media::video::BLOCK,
    &layout::button::BLOCK,
    &text::quote::BLOCK,
    &text::code::BLOCK,
    &text::table::BLOCK,
    &layout::divider::BLOCK,
    &text::callout::BLOCK,
    &layout::cards::BLOCK,
    &layout::faq::BLOCK,
    &layout::form::BLOCK,
    &layout::entries::BLOCK,
    &layout::layout_sidebar::BLOCK,
    &text::html::BLOCK,
    &form::line::TEXT,
    &form::textarea::BLOCK,
    &form::line::EMAIL,
    &form::line::PHONE,
    &form::line::URL,
    &form::number::BLOCK,
    &form::moment::DATE,
    &form::moment::TIME,
    &form::choice::SELECT,
    &form::choice::RADIO,
    &form::choice::CHECKBOXES,
    &form::checkbox::CHECKBOX,
    &form::checkbox::CONSENT,
    &form::rating::BLOCK,
    &form::file::BLOCK,
    &form::hidden::BLOCK,
    &form::page_break::BLOCK,
];

/// The block of this type.
pub fn of_type(name: &str) -> Option<&'static Block> {
    BLOCKS.iter().copied().find(|block| block.name == name)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;
    use crate::domain::{
        content::{
            block::write,
            path::Path,
            samples::{codes, context, object},
        },
        error::Faults,
        project::app::AppType,
    };

    fn written(name: &str, stored: Value, data: Value) -> (Value, Vec<(String, &'static str)>) {
        let (mut stored, mut faults) = (object(stored), Faults::default());
        write(of_type(name).expect("a block"), (&mut stored, object(data)), &Path::root("data"), &context(), &mut faults);
        (stored.into(), faults.0.into_iter().map(|fault| (fault.field, fault.code)).collect())
    }

    #[test]
    fn every_example_is_good_and_names_only_its_fields() {
        for (at, block) in BLOCKS.iter().enumerate() {
            assert!(BLOCKS[..at].iter().all(|other| other.name != block.name), "{block:?}");
            let example: Value = serde_json::from_str(block.example).unwrap_or_else(|error| panic!("{block:?}: {error}"));
            let (stored, faults) = written(block.name, serde_json::json!({}), example.clone());
            assert_eq!((stored, faults), (example, Vec::new()), "{block:?}");
            assert!(block.one_of.iter().all(|name| block.field(name).is_some()), "{block:?}");
            assert!(block.fields.iter().all(|field| field.on_create && field.on_update && field.column.is_none()), "{block:?}");
        }
    }

    #[test]
    fn every_block_that_only_forms_hold_stands_in_one_group() {
        let grouped: Vec<_> = form::groups::GROUPS.iter().flat_map(|(_, all)| all.iter().map(|block| block.name)).collect();
        for block in BLOCKS {
            let times = grouped.iter().filter(|name| **name == block.name).count();
            assert_eq!(times, usize::from(block.only == Some(AppType::Forms)), "{block:?}");
        }
    }

    #[test]
    fn each_fault_names_its_place() {
        let (_, faults) = written("heading", serde_json::json!({}), serde_json::json!({"level": 7, "size": 1}));
        let wanted = [("data.level", "out_of_range"), ("data.size", "unknown_field"), ("data.text", "required")];
        assert_eq!(faults, wanted.map(|(field, code)| (field.to_owned(), code)));
        let (_, faults) = written("faq", serde_json::json!({}), serde_json::json!({"items": [{"question": "Why?"}, 1, {"id": "a b"}]}));
        let wanted = [("data.items[0].answer", "required"), ("data.items[1]", "wrong_type"), ("data.items[2].id", "malformed")];
        assert_eq!(faults, wanted.map(|(field, code)| (field.to_owned(), code)));
        let (_, faults) = written("video", serde_json::json!({}), serde_json::json!({"title": "A film"}));
        assert_eq!(faults, [("data".to_owned(), "required")]);
        let mut all = Faults::default();
        styles::write((&mut Map::new(), object(serde_json::json!({"width": "huge"}))), &Path::root("styles"), &context(), &mut all);
        assert_eq!(codes(&all), [("styles.width", "malformed")]);
    }

    #[test]
    fn a_write_keeps_what_it_does_not_name() {
        let stored = serde_json::json!({"text": {"en": "Hello", "fr": "Salut"}, "level": 2, "old": [1]});
        let (after, faults) = written("heading", stored.clone(), serde_json::json!({"text": {"fr": "Coucou"}, "level": null}));
        assert_eq!((after, faults), (serde_json::json!({"text": {"en": "Hello", "fr": "Coucou"}, "old": [1]}), Vec::new()));
        let (_, faults) = written("heading", stored, serde_json::json!({"text": null}));
        assert_eq!(faults, [("data.text".to_owned(), "required")]);
    }

    #[test]
    fn items_are_matched_by_their_ids() {
        let stored = serde_json::json!({"items": [
            {"id": "a", "question": {"en": "Why?", "fr": "Pourquoi ?"}, "answer": "So"},
            {"id": "b", "question": "Who?", "answer": "She"},
        ]});
        let patch = serde_json::json!({"items": [
            {"question": "When?", "answer": "Now"},
            {"id": "a", "question": {"en": "Why not?"}, "answer": "So"},
        ]});
        let (after, faults) = written("faq", stored, patch);
        assert_eq!(faults, []);
        let items = after["items"].as_array().expect("items");
        assert_eq!((items.len(), &items[0]["question"]), (2, &serde_json::json!("When?")));
        assert!(items[0]["id"].as_str().is_some_and(|id| id.len() == 36));
        assert_eq!(items[1], serde_json::json!({"id": "a", "question": {"en": "Why not?", "fr": "Pourquoi ?"}, "answer": "So"}));
    }
}
