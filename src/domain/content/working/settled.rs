//! What two have changed that fits together: it is told before somebody decides about the rest.

use crate::domain::{
    Result,
    content::{
        Locales,
        version::{
            difference::{self, ChangeKind, FieldChange, NodeChange},
            snapshot::Snapshot,
        },
    },
};

use super::{
    copy::WorkingCopy,
    decision::{Conflict, ConflictPlace},
};

/// What one side has changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// Fields of the entry, each in one language or in none.
    pub fields: Vec<(String, Option<String>)>,
    /// Sections, columns and blocks.
    pub parts: Vec<NodeChange>,
}

/// What the working copy has changed, and what the entry since `base`, without what is in conflict. What both have changed in one way is
/// told of the entry alone.
///
/// # Errors
/// Internal when a stored text is no JSON.
pub fn settled_sides(
    copy: &WorkingCopy,
    base: &Snapshot,
    now: &Snapshot,
    open: &[Conflict],
    locales: &Locales<'_>,
) -> Result<(Side, Side)> {
    let tree = |content: &str| Snapshot { fields: "{}".to_owned(), content: content.to_owned() };
    let parts = |content: &str| difference::between(&tree(&base.content), &tree(content), locales).map(|found| found.blocks);
    let found = difference::between(base, now, locales)?;
    let mut theirs = Side { fields: found.fields.into_iter().map(|change| (change.field, change.locale)).collect(), parts: found.blocks };
    let mut mine = Side {
        fields: copy.changes.iter().map(|change| (change.field.clone(), change.locale.clone())).collect(),
        parts: copy.content.as_deref().map(parts).transpose()?.unwrap_or_default(),
    };
    mine.fields.retain(|(field, tag)| !theirs.fields.iter().any(|(name, other)| name == field && is_same(tag, other, locales)));
    mine.parts.retain(|part| !theirs.parts.contains(part));
    for side in [&mut mine, &mut theirs] {
        let is_open = |field: &str, tag: &Option<String>, place: &ConflictPlace| matches!(place, ConflictPlace::Field { name, locale } if name == field && is_same(locale, tag, locales));
        side.fields.retain(|(field, tag)| !open.iter().any(|one| is_open(field, tag, &one.place)));
        side.parts = std::mem::take(&mut side.parts).into_iter().filter_map(|part| without_conflicts(part, open, locales)).collect();
    }
    Ok((mine, theirs))
}

/// Whether both are of one language: a text of which there is only one is in the default language.
fn is_same(one: &Option<String>, other: &Option<String>, locales: &Locales<'_>) -> bool {
    let [one, other] = [one, other].map(|tag| tag.as_deref().unwrap_or(locales.default));
    one == other
}

/// The change of a part without what is in conflict; none where nothing is left of it.
fn without_conflicts(mut part: NodeChange, open: &[Conflict], locales: &Locales<'_>) -> Option<NodeChange> {
    if open.iter().any(|one| matches!(&one.place, ConflictPlace::Block { id } if *id == part.id)) {
        return None;
    }
    let told = part.fields.len();
    part.fields.retain(|change| !open.iter().any(|one| is_in(one, &part.id, change, locales)));
    if told > 0 && part.fields.is_empty() && part.change == ChangeKind::Changed {
        part.change = ChangeKind::Moved;
        return part.moved.then_some(part);
    }
    Some(part)
}

/// Whether a conflict is about this change of a part: of the same, or of all around it. Items have ids in the one and numbers in the other,
/// but what was there is the same.
fn is_in(conflict: &Conflict, id: &str, change: &FieldChange, locales: &Locales<'_>) -> bool {
    let ConflictPlace::Part { id: of, path } = &conflict.place else { return false };
    let (names, tag) = match path.split_last() {
        Some((last, names)) if locales.has(last) => (names, Some(last.clone())),
        _ => (path.as_slice(), None),
    };
    let around = change.field.strip_prefix(&names.join(".")).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
    let same = || change.before == conflict.base && [&conflict.mine, &conflict.theirs].contains(&&change.after);
    let named = || names.last().is_some_and(|name| change.field.rsplit('.').next() == Some(name));
    let is_language = tag.is_none() || is_same(&tag, &change.locale, locales);
    of == id && is_language && (around || (named() && same()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::{
        content::{samples::LOCALES, working::decision::Choices},
        time::Instant,
    };

    fn tree(blocks: &Value) -> String {
        json!([{"id": "s", "columns": [{"id": "c", "blocks": blocks}]}]).to_string()
    }

    fn heading(id: &str, text: &Value, level: u8) -> Value {
        json!({"id": id, "type": "heading", "data": {"text": text, "level": level}})
    }

    #[test]
    fn what_is_in_conflict_is_not_told_as_settled() {
        let plain = |text: &str| json!({"en": text, "fr": text});
        let base = tree(&json!([heading("x", &plain("x"), 2), heading("y", &plain("y"), 2), heading("z", &plain("z"), 2)]));
        // Both change the English text of `x`; I its level and `y`, they its French text, and take `z` away.
        let my = json!([heading("x", &json!({"en": "mine", "fr": "x"}), 3), heading("y", &plain("Y"), 2), heading("z", &plain("z"), 2)]);
        let their = json!([heading("x", &json!({"en": "theirs", "fr": "leur"}), 2), heading("y", &plain("y"), 2)]);
        let mut copy = WorkingCopy::new(1, Instant::default());
        copy.content = Some(tree(&my));
        copy.note("title", Some("en"), json!("A"), json!("B"));
        copy.note("seo.title", Some("fr"), Value::Null, json!("C"));
        let snapshot = |fields: Value, content: String| Snapshot { fields: fields.to_string(), content };
        let (base, now) = (snapshot(json!({"title": {"en": "A"}}), base), snapshot(json!({"title": {"en": "D", "fr": "E"}}), tree(&their)));
        let mut entry = crate::domain::content::Draft::parse(
            &crate::domain::content::kinds::website_post::KIND,
            crate::domain::content::samples::object(json!({"name": "A", "slug": "a", "title": {"en": "D", "fr": "E"}})),
            &crate::domain::content::samples::context(),
        )
        .expect("good")
        .preview()
        .clone();
        entry.content.clone_from(&now.content);
        let open = copy.merge(&entry, &base, &LOCALES, Choices::new()).expect("JSON").open;
        assert_eq!(open.iter().map(|one| one.place.key()).collect::<Vec<_>>(), ["field-title-en", "part-x-data.text.en"]);
        let (mine, theirs) = settled_sides(&copy, &base, &now, &open, &LOCALES).expect("JSON");
        let told = |side: &Side| {
            let field = |change: &FieldChange| format!("{} {}", change.field, change.locale.as_deref().unwrap_or("-"));
            let part = |part: &NodeChange| {
                format!("{} {}: {}", part.id, part.change.word(), part.fields.iter().map(field).collect::<Vec<_>>().join(", "))
            };
            (side.fields.clone(), side.parts.iter().map(part).collect::<Vec<_>>())
        };
        let fr = Some("fr".to_owned());
        assert_eq!(
            told(&mine),
            (
                vec![("seo.title".into(), fr.clone())],
                vec!["x changed: data.level -".into(), "y changed: data.text en, data.text fr".into()]
            )
        );
        assert_eq!(told(&theirs), (vec![("title".into(), fr)], vec!["x changed: data.text fr".into(), "z removed: ".into()]));
    }
}
