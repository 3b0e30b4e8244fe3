//! What the inputs of a form offer: the entries and apps that a field may name.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    domain::{
        Result,
        content::{FieldType, Kind, Kinds, of_type},
        id::AppPath,
    },
    http::console::base::{
        chrome::{Chrome, key_of},
        form::Form,
        request::PageRequest,
    },
    service::content::{
        place::nested::{self, Branch},
        reference,
    },
    store::Tx,
};

use super::inputs::{Input, Named};

/// The inputs of these fields of a kind, in which `form` stands.
pub(super) fn inputs(
    request: &PageRequest,
    tx: &mut Tx<'_>,
    (c, at): (&Chrome, AppPath),
    (kind, fields): (&'static Kind, Vec<Named>),
    form: &Form,
) -> Result<Vec<Input>> {
    let stored: Vec<_> = fields.iter().flat_map(|(name, _)| form.all(name)).map(Value::from).collect();
    let names = reference::names(tx, request.actor()?, at, &stored)?;
    let mut inputs = Vec::new();
    for named in fields {
        let stored = form.all(&named.0);
        let choices = match named.1.holds {
            FieldType::Reference(of) => with_stored(c, entries(request, tx, at, kind, of)?, &stored, &names),
            // Of several, what is in the trash is not shown; it stays all the same.
            FieldType::References { of, .. } => entries(request, tx, at, kind, of)?,
            FieldType::App(of) => {
                let apps = c.project.iter().flat_map(|project| &project.apps).filter(|app| app.app_type == of);
                with_stored(c, apps.map(|app| (app.id.to_string(), app.name.clone())).collect(), &stored, &names)
            }
            _ => Vec::new(),
        };
        // Where there is no title, readers see none.
        let hides_hint = named.0 == "name" && kind.field("title").is_none();
        // What holds of a field in one kind alone has words of its own.
        let own = format!("content-field-{}-hint-in-{}", key_of(&named.0), kind.segment);
        let input = Input { above: kind.path_prefix, ..Input::of(c, named, choices) };
        let hint = if c.locale().lang.has(&own) { c.t(&own).to_string() } else { input.hint };
        inputs.push(Input { hint: if hides_hint { String::new() } else { hint }, ..input });
    }
    Ok(inputs)
}

/// The choices with what is stored, where nothing offers it any more: it is in the trash, or behind the most that are offered. A form
/// that left it out would take it away.
pub(super) fn with_stored(
    c: &Chrome,
    mut choices: Vec<(String, String)>,
    stored: &[&str],
    names: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    for id in stored.iter().copied().filter(|id| !id.is_empty()) {
        if !choices.iter().any(|(value, _)| value == id) {
            let name = names.get(id).map_or(id, String::as_str);
            choices.push((id.to_owned(), c.t("content-chosen-now").s("name", name).to_string()));
        }
    }
    choices
}

/// Entries of a content type by id and name; of those that stand below each other, the whole way to each.
pub(super) fn entries(request: &PageRequest, tx: &mut Tx<'_>, at: AppPath, kind: &'static Kind, of: &str) -> Result<Vec<(String, String)>> {
    let actor = request.actor()?;
    let nested = of_type(tx.kinds(), of).filter(|of| of.is_nested() && of.app_type == kind.app_type);
    if let Some(of) = nested {
        let mut all = Vec::new();
        ways("", nested::all(tx, actor, at, of)?, &mut all);
        return Ok(all);
    }
    let entries = reference::choices(tx, actor, at, kind, of)?;
    Ok(entries.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

/// The kind whose entries name those of this one, and by which parameter its list is narrowed to one of them.
pub(super) fn naming(kinds: Kinds, of: &Kind) -> Option<(&'static Kind, &'static str)> {
    kinds.iter().find_map(|kind| match kind.references()?.holds {
        FieldType::References { of: named, one } if named == of.content_type => Some((*kind, one)),
        _ => None,
    })
}

/// As deep as the levels that there may be.
fn ways(above: &str, branches: Vec<Branch>, into: &mut Vec<(String, String)>) {
    for Branch { entry, children } in branches {
        let way = format!("{above}{}", entry.name);
        let before = format!("{way} › ");
        into.push((entry.id.to_string(), way));
        ways(&before, children, into);
    }
}
