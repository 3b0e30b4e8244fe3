//! Files that answer a query: by their names, by what is said of them, and by what is written in them.

use std::sync::Arc;

use crate::{
    domain::{
        Result,
        access::{Actor, Granted, InProject, Permission},
        file::file::File,
        id::{FileId, ProjectPath},
        page::Page,
        search::{Query, Snippet, query::Words},
    },
    service::authorize,
    store::{
        Tx,
        file::search::{self, BEGINNING_LONG, names, texts_of},
    },
};

/// Most files of which a search by similarity says how well they answer: the best of the others.
const MEASURED_MOST: usize = 200;
/// Files that are read at once for that.
const READ_AT_ONCE: usize = 20;

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct FileSearch {
    /// Words.
    pub query: Query,
    /// Only files whose type begins so.
    pub mime_type: Option<String>,
    /// Only files with this in their names.
    pub filename: Option<String>,
    /// Only what answers as well as this, from 0 to 1: of the best 200.
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
pub fn find(tx: &mut Tx<'_>, actor: &Arc<Actor>, at: ProjectPath, wanted: &FileSearch) -> Result<Page<Find>> {
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
    let ids = match wanted.similarity {
        Some(least) => measured(tx, &granted, &wanted.query, (&ids, least))?,
        None => ids,
    };
    let (size, from) = (size as usize, (number as usize - 1) * size as usize);
    let window = ids.get(from..).map_or(&[][..], |rest| &rest[..rest.len().min(size)]);
    let finds = search::read(tx, &granted, window, true)?.into_iter();
    page.items = finds.map(|(file, text)| one(&wanted.query, file, &text)).collect();
    page.items.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    page.total = ids.len() as u64;
    Ok(page)
}

/// Those of the first files that answer as well as this, the best first. A few are in memory at once, and of each no more than is measured.
fn measured(tx: &mut Tx<'_>, at: &Granted<InProject>, query: &Query, (ids, least): (&[FileId], f64)) -> Result<Vec<FileId>> {
    let mut found = Vec::new();
    for some in ids.chunks(READ_AT_ONCE).take(MEASURED_MOST / READ_AT_ONCE) {
        for (file, text) in search::read(tx, at, some, false)? {
            let similarity = similarity(query, &file, &text);
            if similarity >= least {
                found.push((file.id, similarity));
            }
        }
    }
    found.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    Ok(found.into_iter().map(|(id, _)| id).collect())
}

/// How well a file answers, by the beginning of its text.
fn similarity(query: &Query, file: &File, text: &str) -> f64 {
    let beginning = text.char_indices().nth(BEGINNING_LONG).map_or(text, |(end, _)| &text[..end]);
    query.similarity(&Words::of(names(file)), &Words::of(texts_of(file).chain([beginning])))
}

/// How well a file answers, and the text of it that does best.
fn one(query: &Query, file: File, text: &str) -> Find {
    let similarity = similarity(query, &file, text);
    let all: Vec<&str> = [text].into_iter().chain(texts_of(&file)).chain(names(&file)).collect();
    let mut best = (0, "");
    for one in all {
        let held = query.count_in(&Words::of([one]));
        if held > best.0 {
            best = (held, one);
        }
    }
    let snippet = Snippet::of(best.1, query).text;
    Find { file, similarity, snippet }
}
