//! What was sent to a form as a file, for the API and the console: as CSV, as a spreadsheet, or as lines of JSON.

use std::{io::Read, path::Path, sync::Arc};

use actix_web::{HttpResponse, http::header};

use crate::{
    domain::{
        Error, Result,
        error::Fault,
        form::{
            columns::{Cell, Columns},
            submission::Submission as Stored,
        },
    },
    http::base::{
        state::State,
        transport::{
            cells::cell,
            outgoing::{Holder, PIECE},
            pieces::{pieces, sized_pieces},
            room::Caller,
            sheet::{ROWS_MAX, Sheet},
        },
    },
    service::{authorize::ActorSource, form::export::Export},
    store::Store,
};

use super::submission::Submission;

/// How the file is written. The words are those of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Cells that are parted by this (RFC 4180), behind a mark by which spreadsheets see that it is UTF-8.
    Csv(char),
    /// A workbook of Office Open XML.
    Xlsx,
    /// A line of JSON for each, as the API tells it.
    Jsonl,
}

impl Format {
    /// The format of these words.
    ///
    /// # Errors
    /// The fault of one that is not offered.
    pub fn of(format: &str, separator: &str) -> Result<Self> {
        let separator = match separator {
            "" | "comma" => ',',
            "semicolon" => ';',
            _ => return Err(Fault::new("separator", "malformed", "separator must be comma or semicolon.").into()),
        };
        match format {
            "" | "csv" => Ok(Self::Csv(separator)),
            "xlsx" => Ok(Self::Xlsx),
            "jsonl" => Ok(Self::Jsonl),
            _ => Err(Fault::new("format", "malformed", "format must be csv, xlsx or jsonl.").into()),
        }
    }

    /// What the name of the file ends with.
    const fn ending(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jsonl => "application/jsonl",
        }
    }
}

/// Where it comes from: each some of it is a read of its own.
#[derive(Clone)]
struct Source {
    store: Store,
    who: ActorSource,
    export: Export,
}

impl Source {
    fn next(&mut self) -> Result<Option<Vec<Stored>>> {
        let (some, then) = self.store.read_now(|tx| {
            let (actor, mut then) = ((self.who)(tx)?, self.export.clone());
            Ok((then.next(tx, &actor)?, then))
        })?;
        self.export = then;
        Ok(some)
    }

    /// The columns of all of them: those that the form has now, and those of older answers.
    fn columns(mut self, mut columns: Columns) -> Result<Columns> {
        while let Some(some) = self.next()? {
            some.iter().for_each(|one| columns.add(one));
        }
        Ok(columns)
    }

    /// A piece of text; nothing at the end.
    fn piece(&mut self, head: &mut Option<String>, line: impl Fn(Stored) -> Result<String>) -> Result<Option<String>> {
        let mut out = head.take().unwrap_or_default();
        while out.len() < PIECE {
            let Some(some) = self.next()? else { break };
            for one in some {
                out.push_str(&line(one)?);
            }
        }
        Ok(Some(out).filter(|out| !out.is_empty()))
    }
}

/// The file of an export that has begun, under the name of its form.
///
/// # Errors
/// Those of the reads; the fault of a spreadsheet that would have too many rows.
pub async fn answer(
    (state, caller): (Arc<State>, Caller),
    who: ActorSource,
    (export, columns, name): (Export, Columns, String),
    (format, media_type): (Format, &'static str),
) -> Result<HttpResponse> {
    let mut source = Source { store: state.store.clone(), who, export };
    let file = format!("attachment; filename=\"{name}.{}\"", format.ending());
    let body = match format {
        Format::Jsonl => pieces(state, caller, move || source.piece(&mut None, json)),
        Format::Csv(separator) => {
            let looked = source.clone();
            let columns = state.reading(caller, move || looked.columns(columns)).await?;
            let mut head = Some(format!("\u{feff}{}", line(&columns.head(), separator)));
            pieces(state, caller, move || source.piece(&mut head, |one| Ok(line(&columns.row(&one), separator))))
        }
        Format::Xlsx => {
            let folder = state.uploads.folder().to_owned();
            let (mut file, bytes) = state.reading(caller, move || workbook(source, columns, &folder)).await?;
            sized_pieces(bytes, state, caller, move || {
                let mut piece = Vec::with_capacity(PIECE);
                let read = file.by_ref().take(PIECE as u64).read_to_end(&mut piece);
                read.map(|read| Some(piece).filter(|_| read > 0)).map_err(|error| Error::Internal(format!("a spreadsheet: {error}")))
            })
        }
    };
    let mut answer = HttpResponse::Ok().content_type(media_type).insert_header((header::CONTENT_DISPOSITION, file)).body(body);
    answer.extensions_mut().insert(Holder(caller));
    Ok(answer)
}

fn json(one: Stored) -> Result<String> {
    let text = serde_json::to_string(&Submission::from(one)).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(text + "\n")
}

/// A line of cells. A number is one, also where it begins with a sign.
fn line(cells: &[Cell], separator: char) -> String {
    let cells = cells.iter().map(|one| match one {
        Cell::Text(text) => cell(text),
        Cell::Number(_, text) => text.clone(),
    });
    cells.collect::<Vec<_>>().join(&separator.to_string()) + "\r\n"
}

fn workbook(mut source: Source, columns: Columns, folder: &Path) -> Result<(std::fs::File, u64)> {
    let columns = source.clone().columns(columns)?;
    let mut sheet = Sheet::beside(folder)?;
    sheet.add(&columns.head())?;
    while let Some(some) = source.next()? {
        for one in some {
            if sheet.rows() == ROWS_MAX {
                let rule = format!("A spreadsheet has {ROWS_MAX} rows at most: take csv or jsonl.");
                return Err(Fault::new("format", "too_many", rule).into());
            }
            sheet.add(&columns.row(&one))?;
        }
    }
    sheet.into_file(folder)
}
