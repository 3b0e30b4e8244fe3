//! Files that answer a query: by their names, by what is said of them, and by what is written in them.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Permission},
        file::file::File,
        page::Page,
        search::{Query, Snippet, query::Words},
    },
    service::authorize,
    store::{
        Tx,
        file::search::{self, names, said},
    },
};

use super::place::At;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words.
    pub query: Query,
    /// Only files whose type begins so.
    pub mime_type: Option<String>,
    /// Only files with this in their names.
    pub filename: Option<String>,
    /// Only what answers as well as this, from 0 to 1.
    pub similarity: Option<f64>,
    /// The number of the page, from 1, and how many are on one.
    pub page: (u32, u32),
}

/// A file that was found.
#[derive(Debug, Clone)]
pub struct Find {
    /// It.
    pub file: File,
    /// How well it answers, from 0 to 1.
    pub similarity: f64,
    /// A piece of the text that does.
    pub snippet: String,
}

/// Files that hold all words of a query; where none does, those that hold some. The best first.
///
/// # Errors
/// Those of the gate.
pub fn find(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: At, wanted: &Wanted) -> Result<Page<Find>> {
    let granted = authorize::project(tx, actor, at, Permission::ProjectRead)?;
    let (number, size) = wanted.page;
    let mut page = Page { items: Vec::new(), total: 0, page: number, page_size: size, next: None };
    if wanted.query.is_empty() {
        return Ok(page);
    }
    let mut ids = search::find(tx, &granted, &wanted.query, false)?;
    if ids.is_empty() && wanted.query.terms().len() > 1 {
        ids = search::find(tx, &granted, &wanted.query, true)?;
    }
    let ids = search::living(tx, &granted, &ids, (wanted.mime_type.as_deref(), wanted.filename.as_deref()))?;
    let (size, from) = (size as usize, (number as usize - 1) * size as usize);
    let window = if wanted.similarity.is_some() { &ids[..] } else { ids.get(from..).map_or(&[][..], |rest| &rest[..rest.len().min(size)]) };
    let mut finds: Vec<_> = search::read(tx, &granted, window)?.into_iter().map(|(file, text)| one(&wanted.query, file, &text)).collect();
    finds.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    page.total = ids.len() as u64;
    if let Some(least) = wanted.similarity {
        finds.retain(|find| find.similarity >= least);
        page.total = finds.len() as u64;
        finds = finds.into_iter().skip(from).take(size).collect();
    }
    page.items = finds;
    Ok(page)
}

/// How well a file answers, and the text of it that does best.
fn one(query: &Query, file: File, text: &str) -> Find {
    let similarity = query.similarity(&Words::of(names(&file)), &Words::of(said(&file).chain([text])));
    let all: Vec<&str> = [text].into_iter().chain(said(&file)).chain(names(&file)).collect();
    let mut best = (0, "");
    for one in all {
        let held = query.held(&Words::of([one]));
        if held > best.0 {
            best = (held, one);
        }
    }
    let snippet = Snippet::of(best.1, query).text;
    Find { file, similarity, snippet }
}
