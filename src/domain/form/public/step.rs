//! The pages of a form: a page break begins another one. What was typed on the others is carried along, so that nothing of it is stored before
//! all is sent.

use std::{borrow::Cow, collections::HashSet};

use serde_json::Value;

use crate::domain::{
    Result,
    content::blocks::form::{file, page_break},
    error::Fault,
    form::{
        check::asked_fields,
        definition::{Definition, blocks, parsed},
        rule::Wrong,
        sent::Sent,
    },
};

/// The block of a field that nobody sees.
const UNSEEN: &str = "hiddenField";

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'c> {
    /// What stands on it, as a tree.
    pub content: Cow<'c, str>,
    /// The ids of its blocks; none where there is one page alone, which has them all.
    blocks: Option<HashSet<String>>,
}

impl Step<'_> {
    /// Whether a block stands on it.
    pub fn has(&self, block: &str) -> bool {
        self.blocks.as_ref().is_none_or(|blocks| blocks.contains(block))
    }

    /// Whether somebody who has answered so is asked something here, or told: where all that is asked is under conditions that do not hold, it is
    /// passed over.
    fn is_met(&self, definition: &Definition, asked: &HashSet<&str>) -> bool {
        let mut own = definition.fields.iter().filter(|field| field.is_seen() && self.has(&field.id)).peekable();
        own.peek().is_none() || own.any(|field| asked.contains(field.id.as_str()))
    }
}

/// The pages of a form, in their order: at least one. What has nothing to see is no page, and belongs to the one beside it. A form that asks for files
/// before its last page, which none can be made, has one page.
///
/// # Errors
/// [`Error::Internal`] when the content is no JSON.
pub fn steps(content: &str) -> Result<Vec<Step<'_>>> {
    let whole = || vec![Step { content: Cow::Borrowed(content), blocks: None }];
    if !content.contains(page_break::BLOCK.name) {
        return Ok(whole());
    }
    let sections = parsed(content)?;
    let pages = divided(&sections);
    if pages.len() < 2 || early_file(&sections).is_some() {
        return Ok(whole());
    }
    let step = |ids: HashSet<String>| Step { content: Cow::Owned(only(&sections, &ids).to_string()), blocks: Some(ids) };
    Ok(pages.into_iter().map(step).collect())
}

/// What is wrong with a form whose visitors would lose the files that they have chosen: none can be carried along from one page to the next. What was
/// so already is no fault. `name` makes the field of the fault of the id of the block.
pub fn check(before: &[Value], after: &[Value], name: impl Fn(&str) -> String) -> Option<Fault> {
    let block = early_file(after).filter(|_| early_file(before).is_none())?;
    let label = &block["data"]["label"];
    let label = label.as_str().or_else(|| label.as_object()?.values().find_map(Value::as_str)).unwrap_or_default();
    let message = format!("Files are asked for on the last page of a form: {label:?} stands on an earlier one.");
    Some(Fault::new(name(id(block)), "file_not_last", message))
}

/// The first field for files that does not stand on the last page.
fn early_file(sections: &[Value]) -> Option<&Value> {
    let pages = divided(sections);
    let last = pages.last()?;
    blocks(sections).find(|block| block["type"] == file::BLOCK.name && !last.contains(id(block)))
}

/// The ids of the blocks of each page.
fn divided(sections: &[Value]) -> Vec<HashSet<String>> {
    // The ids of each, and whether there is something to see on it.
    let mut pages = vec![(HashSet::new(), false)];
    let mut begins = String::new();
    for block in blocks(sections) {
        let kind = block["type"].as_str().unwrap_or_default();
        let Some((ids, is_seen)) = pages.last_mut() else { continue };
        let mut own = HashSet::from([id(block).to_owned()]);
        if kind != page_break::BLOCK.name {
            ids.extend(own);
            *is_seen |= kind != UNSEEN;
            continue;
        }
        // Of several breaks with nothing to see between them the last one begins the page.
        if *is_seen {
            pages.push((own, false));
        } else {
            ids.remove(&begins);
            ids.extend(own.drain());
        }
        id(block).clone_into(&mut begins);
    }
    if let Some((mut ids, _)) = pages.pop_if(|(_, is_seen)| !*is_seen) {
        ids.remove(&begins);
        match pages.last_mut() {
            Some((before, _)) => before.extend(ids),
            None => pages.push((ids, false)),
        }
    }
    pages.into_iter().map(|(ids, _)| ids).collect()
}

fn id(block: &Value) -> &str {
    block["id"].as_str().unwrap_or_default()
}

/// The tree with these blocks alone; sections without one are left out.
fn only(sections: &[Value], ids: &HashSet<String>) -> Value {
    let mut kept = Vec::new();
    for section in sections {
        let mut section = section.clone();
        let mut any = false;
        for column in section.get_mut("columns").and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(blocks) = column.get_mut("blocks").and_then(Value::as_array_mut) {
                blocks.retain(|block| ids.contains(id(block)));
                any |= !blocks.is_empty();
            }
        }
        if any {
            kept.push(section);
        }
    }
    kept.into()
}

/// The page behind another one, or before it, that somebody who has answered so meets; the same one where there is none.
pub fn next(steps: &[Step<'_>], definition: &Definition, sent: &Sent, (at, is_back): (usize, bool)) -> usize {
    let asked = asked_fields(definition, sent);
    let is_met = |page: &usize| steps.get(*page).is_some_and(|step| step.is_met(definition, &asked));
    if is_back { (0..at).rev().find(is_met) } else { (at + 1..steps.len()).find(is_met) }.unwrap_or(at)
}

/// The first page on which something is wrong; `at` if that stands on none.
pub fn of_fault(steps: &[Step<'_>], wrong: &[Wrong], at: usize) -> usize {
    let found = steps.iter().position(|step| wrong.iter().any(|one| step.has(&one.block)));
    found.unwrap_or(at)
}

/// What was answered on the other pages: names and values, to be carried along.
pub fn carried(step: &Step<'_>, definition: &Definition, sent: &Sent) -> Vec<(String, String)> {
    let others = definition.fields.iter().filter(|field| !step.has(&field.id));
    others.flat_map(|field| sent.all(&field.name).iter().map(|value| (field.name.clone(), value.clone()))).collect()
}

/// The page without the fields that earlier pages have ruled out: those whose conditions look at nothing on this page, and do not hold.
///
/// # Errors
/// As [`steps`].
pub fn without_ruled_out<'s>(step: &'s Step<'_>, definition: &Definition, sent: &Sent) -> Result<Cow<'s, str>> {
    let asked = asked_fields(definition, sent);
    let here: HashSet<&str> = definition.fields.iter().filter(|field| step.has(&field.id)).map(|field| field.name.as_str()).collect();
    let is_out = |id: &str| {
        let field = definition.of_block(id).filter(|field| !asked.contains(field.id.as_str()));
        field.is_some_and(|field| field.conditions.iter().all(|condition| !here.contains(condition.field.as_str())))
    };
    let Some(blocks) = step.blocks.as_ref().filter(|blocks| blocks.iter().any(|id| is_out(id))) else {
        return Ok(Cow::Borrowed(&*step.content));
    };
    let left = blocks.iter().filter(|id| !is_out(id)).cloned().collect();
    Ok(Cow::Owned(only(&parsed(&step.content)?, &left).to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::{content::Locales, form::rule::Rule};

    const LOCALES: Locales<'static> = Locales { default: "en", enabled: &[] };

    fn form() -> String {
        let field = |id: &str, when: Option<&str>| {
            let conditions = when.map(|value| json!([{"field": "kind", "is": "equals", "value": value}]));
            json!({"id": id, "type": "textField", "data": {"label": id, "name": id, "showIf": conditions.unwrap_or(json!([]))}})
        };
        let page = |id: &str| json!({"id": id, "type": "pageBreak", "data": {}});
        json!([
            {"id": "s", "columns": [{"id": "c", "blocks": [field("kind", None), page("p1"), field("firm", Some("firm")), page("p2"), field("both", None), field("only", Some("firm"))]}]},
            {"id": "t", "columns": [{"id": "d", "blocks": [page("p3"), {"id": "h", "type": "hiddenField", "data": {"name": "h", "value": "1"}}]}]},
        ])
        .to_string()
    }

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent::of_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn each_page_has_what_stands_between_two_breaks_and_one_with_nothing_to_see_is_none() {
        let content = form();
        let steps = steps(&content).expect("a form");
        let has: Vec<Vec<&str>> =
            steps.iter().map(|step| ["kind", "firm", "both", "only", "h"].into_iter().filter(|id| step.has(id)).collect()).collect();
        assert_eq!(has, [vec!["kind"], vec!["firm"], vec!["both", "only", "h"]]);
        assert!(steps[1].content.contains("\"p1\"") && !steps[1].content.contains("\"both\"") && !steps[1].content.contains("\"t\""));
        let single = r#"[{"columns": [{"blocks": [{"id": "p", "type": "pageBreak"}, {"id": "a", "type": "textField"}]}]}]"#;
        let one = super::steps(single).expect("a form");
        assert!(one.len() == 1 && one[0].content == single && one[0].has("a"));
    }

    #[test]
    fn a_page_that_asks_nothing_of_somebody_is_passed_over_in_both_directions() {
        let content = form();
        let (steps, definition) = (steps(&content).expect("a form"), Definition::read(&content, "en", &LOCALES).expect("a form"));
        let from = |at, is_back, kind: &str| next(&steps, &definition, &sent(&[("kind", kind)]), (at, is_back));
        assert_eq!([from(0, false, "firm"), from(0, false, "person"), from(2, true, "firm"), from(2, true, "person")], [1, 2, 1, 0]);
        assert_eq!([from(2, false, "firm"), from(0, true, "firm")], [2, 0], "there is none behind the last, and none before the first");
        let third = |kind: &str| without_ruled_out(&steps[2], &definition, &sent(&[("kind", kind)])).expect("a page").contains("\"only\"");
        assert!(third("firm") && !third("person"), "what an earlier page has ruled out is not shown");
    }

    #[test]
    fn what_was_answered_elsewhere_is_carried_and_a_fault_leads_to_its_page() {
        let content = form();
        let (steps, definition) = (steps(&content).expect("a form"), Definition::read(&content, "en", &LOCALES).expect("a form"));
        let all = sent(&[("kind", "firm"), ("firm", "A"), ("firm", "B"), ("both", "C"), ("strange", "D"), ("h", "2")]);
        let pairs = |values: &[(&str, &str)]| values.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
        assert_eq!(carried(&steps[2], &definition, &all), pairs(&[("kind", "firm"), ("firm", "A"), ("firm", "B")]));
        let wrong = |block: &str| Wrong { block: block.into(), name: block.into(), label: block.into(), rule: Rule::Required };
        assert_eq!(of_fault(&steps, &[wrong("both"), wrong("firm")], 2), 1);
        assert_eq!(of_fault(&steps, &[wrong("")], 2), 2);
    }

    #[test]
    fn several_breaks_begin_one_page_and_what_nobody_sees_stands_on_a_page_that_is_met() {
        let one = |id: &str, kind: &str| json!({"id": id, "type": kind, "data": {}});
        let tree = |blocks: Vec<Value>| json!([{"id": "s", "columns": [{"id": "c", "blocks": blocks}]}]).to_string();
        let content = tree(vec![
            one("p0", "pageBreak"),
            one("a", "textField"),
            one("p1", "pageBreak"),
            one("h", "hiddenField"),
            one("p2", "pageBreak"),
            one("b", "textField"),
        ]);
        let steps = steps(&content).expect("a form");
        let has = |step: &Step<'_>| ["p0", "a", "p1", "h", "p2", "b"].into_iter().filter(|id| step.has(id)).collect::<Vec<_>>().join(" ");
        assert_eq!(steps.iter().map(has).collect::<Vec<_>>(), ["p0 a", "h p2 b"]);
    }

    #[test]
    fn files_stand_on_the_last_page_alone() {
        let one = |id: &str, kind: &str| json!({"id": id, "type": kind, "data": {"label": {"de": "Lebenslauf"}}});
        let tree = |blocks: Vec<Value>| vec![json!({"id": "s", "columns": [{"id": "c", "blocks": blocks}]})];
        let early = tree(vec![one("f", "fileField"), one("p", "pageBreak"), one("a", "textField")]);
        let fault = check(&[], &early, |id| format!("part-{id}")).expect("a fault");
        assert!((&*fault.field, fault.code) == ("part-f", "file_not_last") && fault.message.contains("Lebenslauf"), "{fault:?}");
        assert!(check(&early, &early, str::to_owned).is_none(), "what was so already stays");
        let text = Value::from(early).to_string();
        assert_eq!(steps(&text).expect("a form").len(), 1, "nothing that is chosen is lost");
        for good in [
            vec![one("a", "textField"), one("p", "pageBreak"), one("f", "fileField")],
            vec![one("f", "fileField"), one("p", "pageBreak"), one("h", "hiddenField")],
            vec![one("f", "fileField")],
        ] {
            assert!(check(&[], &tree(good.clone()), str::to_owned).is_none(), "{good:?}");
        }
    }
}
