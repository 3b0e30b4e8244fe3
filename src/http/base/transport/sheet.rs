//! A spreadsheet as a file, written row by row: no more than one row of it is in memory.

use std::{
    fs::File,
    io::{Seek, SeekFrom},
    path::Path,
};

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::domain::{Error, Result, form::columns::Cell};

/// Most rows of a sheet, and most characters of a cell.
pub const ROWS_MAX: u32 = 1_048_576;
const TEXT_MAX: usize = 32_767;

/// A workbook of one sheet.
pub struct Sheet {
    workbook: Workbook,
    row: u32,
}

fn failed(error: &XlsxError) -> Error {
    Error::Internal(format!("a spreadsheet: {error}"))
}

impl Sheet {
    /// An empty one, whose rows wait in a file without a name in this folder.
    ///
    /// # Errors
    /// [`Error::Internal`] where nothing can be kept there.
    pub fn beside(folder: &Path) -> Result<Self> {
        let mut workbook = Workbook::new();
        let made = workbook.set_tempdir(folder).and_then(Workbook::add_worksheet_with_constant_memory).map(drop);
        made.map_err(|error| failed(&error))?;
        Ok(Self { workbook, row: 0 })
    }

    /// Adds a row. A text is a text, whatever it begins with.
    ///
    /// # Errors
    /// As [`Self::beside`].
    pub fn add(&mut self, cells: &[Cell]) -> Result<()> {
        let sheet = self.workbook.worksheet_from_index(0).map_err(|error| failed(&error))?;
        for (column, cell) in (0..).zip(cells) {
            let written = match cell {
                Cell::Number(number, _) => sheet.write_number(self.row, column, *number),
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Text(text) => sheet.write_string(self.row, column, text.chars().take(TEXT_MAX).collect::<String>()),
            };
            written.map_err(|error| failed(&error))?;
        }
        self.row += 1;
        Ok(())
    }

    /// How many rows it has.
    pub const fn rows(&self) -> u32 {
        self.row
    }

    /// The file, to be read from its beginning; and its length.
    ///
    /// # Errors
    /// As [`Self::beside`].
    pub fn into_file(mut self, folder: &Path) -> Result<(File, u64)> {
        let io = |error: std::io::Error| Error::Internal(format!("a spreadsheet: {error}"));
        let mut file = tempfile::tempfile_in(folder).map_err(io)?;
        self.workbook.save_to_writer(&mut file).map_err(|error| failed(&error))?;
        let bytes = file.seek(SeekFrom::End(0)).map_err(io)?;
        file.rewind().map_err(io)?;
        Ok((file, bytes))
    }
}
