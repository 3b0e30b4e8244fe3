//! Three values put together: what only one side has changed is taken.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::decision::{Conflict, ConflictPlace, Decisions};

/// A value before, in the working copy, and in the entry.
pub(super) type Three<'v> = [Option<&'v Value>; 3];

/// Puts together what stands at a place of a part with this id; none where nothing is to be.
pub(super) fn merge(three: Three<'_>, id: &str, path: &mut Vec<String>, decisions: &mut Decisions) -> Option<Value> {
    let [base, mine, theirs] = three;
    if mine == theirs || mine == base {
        return theirs.cloned();
    }
    if theirs == base {
        return mine.cloned();
    }
    if let Some([base, mine, theirs]) = objects(three, &decisions.default) {
        return Some(Value::Object(members([&base, &mine, &theirs], id, path, decisions)));
    }
    if let (Some(mine), Some(theirs)) = (items(mine), items(theirs))
        && let Some(merged) = merge_items([items(base).unwrap_or_default(), mine, theirs], id, path, decisions)
    {
        return Some(merged);
    }
    let value = |one: Option<&Value>| one.cloned().unwrap_or_default();
    let place = ConflictPlace::Part { id: id.to_owned(), path: path.clone() };
    let taken = decisions.take(Conflict { place, base: value(base), mine: value(mine), theirs: value(theirs) });
    (!taken.is_null()).then_some(taken)
}

/// The members of three objects, in the order of the entry; those that only the working copy has come last.
pub(super) fn members(three: [&Map<String, Value>; 3], id: &str, path: &mut Vec<String>, decisions: &mut Decisions) -> Map<String, Value> {
    let [base, mine, theirs] = three;
    let mut merged = Map::new();
    for name in theirs.keys().chain(mine.keys().filter(|name| !theirs.contains_key(*name))) {
        path.push(name.clone());
        if let Some(value) = merge([base.get(name), mine.get(name), theirs.get(name)], id, path, decisions) {
            merged.insert(name.clone(), value);
        }
        path.pop();
    }
    merged
}

/// The three as objects, if one side is. A plain text beside one that has languages is that of the default language.
fn objects(three: Three<'_>, default: &str) -> Option<[Map<String, Value>; 3]> {
    let [base, mine, theirs] = three.map(|value| match value {
        Some(Value::Object(map)) => Some(map.clone()),
        Some(Value::String(text)) => Some(Map::from_iter([(default.to_owned(), Value::String(text.clone()))])),
        _ => None,
    });
    let is_map = three[1..].iter().any(|value| value.is_some_and(Value::is_object));
    is_map.then_some([base.unwrap_or_default(), mine?, theirs?])
}

/// An array of objects with ids.
fn items(value: Option<&Value>) -> Option<&[Value]> {
    let items = value?.as_array()?;
    items.iter().all(|item| item["id"].is_string()).then_some(items)
}

/// Items by their ids; none where both sides have changed which there are, or their order.
fn merge_items(three: [&[Value]; 3], id: &str, path: &mut Vec<String>, decisions: &mut Decisions) -> Option<Value> {
    let ids = |items: &[Value]| items.iter().map(|item| item["id"].clone()).collect::<Vec<_>>();
    let [base, mine, theirs] = three.map(ids);
    let order = match (mine == base, theirs == base) {
        (_, true) => mine,
        (true, _) => theirs,
        _ if mine == theirs => mine,
        _ => return None,
    };
    if order.iter().collect::<HashSet<_>>().len() != order.len() {
        return None;
    }
    let find = |at: usize, wanted: &Value| three[at].iter().find(|item| item["id"] == *wanted);
    let mut merged = Vec::new();
    for wanted in &order {
        path.push(wanted.as_str().unwrap_or_default().to_owned());
        let found = [find(0, wanted), find(1, wanted), find(2, wanted)];
        // Who is not in one of the two was taken away there, or is new here: what this side has of it is taken.
        let one = if found[1].is_some() && found[2].is_some() { merge(found, id, path, decisions) } else { found[1].or(found[2]).cloned() };
        merged.extend(one);
        path.pop();
    }
    Some(json!(merged))
}
