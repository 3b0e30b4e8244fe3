//! Files in the full-text index: by their names, by what is said of them, and by what is written in them.

use std::collections::{HashMap, HashSet};

use crate::{
    domain::{
        Result,
        access::{Granted, InProject},
        file::file::{File, texts},
        fold::fold,
        id::{FileId, ProjectId},
        search::{Query, words},
    },
    store::{
        Tx,
        engine::{IndexDocument, MatchQuery},
        row::Value,
        sql,
    },
};

use super::{
    row::{columns, file, from},
    variant,
};

statements! {
    PUT = "INSERT INTO file_texts (file_id, body) VALUES ($1, $2) ON CONFLICT (file_id) DO UPDATE SET body = excluded.body";
    DROP = "DELETE FROM file_texts WHERE file_id = $1";
    TEXT = "SELECT body FROM file_texts WHERE file_id = $1";
    BEGINNING = "SELECT SUBSTR(body, 1, 16384) AS body FROM file_texts WHERE file_id = $1";
}

/// Characters of the beginning of a text, as the statement says.
pub const BEGINNING_LONG: usize = 16_384;
/// Files that are ranked: the newest that match.
const RANKED: usize = 2_000;

const LIVING: &str =
    "SELECT f.id, f.mime_type, f.filename_fold FROM files f WHERE f.deleted_at IS NULL AND f.project_id = ? AND f.id IN (?*)";
const FOUND: &str = concat!("SELECT ", columns!(), from!(), "WHERE f.deleted_at IS NULL AND f.id IN (?*)");

/// Keeps what is written in a file, and puts it into the index.
pub(super) fn write(tx: &mut Tx<'_>, file: &File, text: Option<&str>) -> Result<()> {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => tx.run(&PUT, &[file.id.into(), text.into()])?,
        None => tx.run(&DROP, &[file.id.into()])?,
    };
    put(tx, file, text.unwrap_or_default())
}

/// Puts a file into the index that is otherwise named now, or is there again.
pub(super) fn renew(tx: &mut Tx<'_>, file: &File) -> Result<()> {
    let text = text(tx, file.id)?;
    put(tx, file, &text)
}

/// Takes a file out of the index.
pub(super) fn remove(tx: &mut Tx<'_>, id: FileId) -> Result<()> {
    Ok(tx.session.index(&id.to_string(), &[])?)
}

/// Forgets what is written in it, too.
pub(in crate::store) fn erase(tx: &mut Tx<'_>, id: FileId) -> Result<()> {
    tx.run(&DROP, &[id.into()])?;
    remove(tx, id)
}

fn text(tx: &mut Tx<'_>, id: FileId) -> Result<String> {
    body_of(tx, id, true)
}

fn body_of(tx: &mut Tx<'_>, id: FileId, whole: bool) -> Result<String> {
    let args = [id.into()];
    let row = if whole { tx.one(&TEXT, &args)? } else { tx.one(&BEGINNING, &args)? };
    Ok(row.map(|mut row| row.take("file_texts", "body")).transpose()?.unwrap_or_default())
}

fn put(tx: &mut Tx<'_>, file: &File, text: &str) -> Result<()> {
    let (mut title, mut body) = (String::new(), String::new());
    names(file).for_each(|text| words::append(&mut title, text));
    texts_of(file).chain([text]).for_each(|text| words::append(&mut body, text));
    let document = IndexDocument { locale: String::new(), title, body, scope: of_project(file.project) };
    Ok(tx.session.index(&file.id.to_string(), &[document])?)
}

/// The texts by which a file is called.
pub fn names(file: &File) -> impl Iterator<Item = &str> {
    [file.original_filename.as_str()].into_iter().chain(texts(&file.title))
}

/// The texts that say something of it.
pub fn texts_of(file: &File) -> impl Iterator<Item = &str> {
    texts(&file.alt_text).chain(texts(&file.caption)).chain(file.description.as_deref())
}

/// The word of the scope.
fn of_project(project: ProjectId) -> String {
    format!("f{}", project.uuid().simple())
}

/// The files of a project that answer a query, the best first, each with what is written in it. With `any` one of the words is enough.
pub fn find(tx: &mut Tx<'_>, at: &Granted<InProject>, query: &Query, any: bool) -> Result<Vec<FileId>> {
    let scope = [vec![of_project(at.project())]];
    let wanted = MatchQuery { terms: query.terms(), any, scope: &scope, locale: None, most: RANKED };
    let matches = tx.session.matches(&wanted)?;
    Ok(matches.into_iter().filter_map(|matched| matched.of.parse().ok()).collect())
}

/// Those of these files that are not in the trash, in their order; with a type that begins so and a name that holds this, where they are given.
pub fn living(tx: &mut Tx<'_>, at: &Granted<InProject>, ids: &[FileId], (kind, name): (Option<&str>, Option<&str>)) -> Result<Vec<FileId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let args: Vec<Value> = [at.project().into()].into_iter().chain(ids.iter().map(|id| (*id).into())).collect();
    let (mut found, name) = (HashSet::new(), name.map(fold));
    for mut row in sql::among(tx, (LIVING, &args))? {
        let (id, kind_of, name_of): (FileId, String, String) =
            (row.take("files", "id")?, row.take("files", "mime_type")?, row.take("files", "filename_fold")?);
        if kind.is_none_or(|kind| kind_of.starts_with(kind)) && name.as_ref().is_none_or(|name| name_of.contains(name)) {
            found.insert(id);
        }
    }
    Ok(ids.iter().copied().filter(|id| found.contains(id)).collect())
}

/// These files in their order, each with what is written in it: all of it, or its beginning. Of what is not there any more nothing is said.
pub fn read(tx: &mut Tx<'_>, at: &Granted<InProject>, ids: &[FileId], whole: bool) -> Result<Vec<(File, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let args: Vec<Value> = ids.iter().map(|id| (*id).into()).collect();
    let mut found = HashMap::new();
    for mut row in sql::among(tx, (FOUND, &args))? {
        let file = file(&mut row)?;
        if file.project == at.project() {
            found.insert(file.id, file);
        }
    }
    let mut files: Vec<File> = ids.iter().filter_map(|id| found.remove(id)).collect();
    variant::fill(tx, &mut files)?;
    files
        .into_iter()
        .map(|file| Ok((body_of(tx, file.id, whole)?, file)))
        .map(|read: Result<_>| read.map(|(text, file)| (file, text)))
        .collect()
}
