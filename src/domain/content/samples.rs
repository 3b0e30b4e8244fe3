//! What the tests of this folder share: a fixed moment, fixed randomness, a project with four languages.

use std::sync::{
    LazyLock,
    atomic::{AtomicU64, Ordering},
};

use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::domain::{error::Faults, id::Entropy, time::Instant};

use super::{Context, KINDS, Locales, block::UnknownBlocks};

static ENABLED: LazyLock<Vec<String>> = LazyLock::new(|| ["en", "fr", "de", "fr-CA"].map(str::to_owned).to_vec());

/// English first, then French, German and Canadian French.
pub static LOCALES: LazyLock<Locales<'static>> = LazyLock::new(|| Locales { default: "en", enabled: &ENABLED });

/// 2026-01-01.
pub const NOW: Instant = Instant::from_seconds(1_767_225_600);

/// Counts, so that no two ids are the same.
struct Counter(AtomicU64);

impl Entropy for Counter {
    fn fill(&self, bytes: &mut [u8]) {
        let count = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.iter_mut().rev().zip(count.iter().rev()).for_each(|(byte, count)| *byte = *count);
    }
}

static COUNTER: Counter = Counter(AtomicU64::new(0));

/// The context of every test.
pub fn context() -> Context<'static> {
    Context {
        now: NOW,
        entropy: &COUNTER,
        locales: *LOCALES,
        locale: None,
        kinds: KINDS,
        unknown_blocks: UnknownBlocks::Refuse,
        complete: true,
    }
}

/// The members of an object.
pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}

/// Fields and codes of faults.
pub fn codes(faults: &Faults) -> Vec<(&str, &str)> {
    faults.0.iter().map(|fault| (fault.field.as_str(), fault.code)).collect()
}

/// Any JSON value, with a liking for the names that bodies use.
pub fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(vec!["draft", "published", "a-slug", "/image.png", "2027-01-01T00:00:00Z"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any_key(), inner), 0..5).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Any object.
pub fn any_object() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((any_key(), any_json()), 0..8).prop_map(|pairs| pairs.into_iter().collect())
}

fn any_key() -> impl Strategy<Value = String> {
    const KEYS: &[&str] = &[
        "name",
        "slug",
        "title",
        "content",
        "status",
        "seo",
        "description",
        "image",
        "noindex",
        "tags",
        "excerpt",
        "authorName",
        "layoutId",
        "featuredImageUrl",
        "publishDate",
        "scheduledPublishAt",
        "en",
        "fr",
        "id",
        "type",
        "columns",
        "blocks",
        "data",
        "styles",
    ];
    prop_oneof![4 => prop::sample::select(KEYS).prop_map(str::to_owned), 1 => any::<String>()]
}
