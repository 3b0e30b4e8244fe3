//! What came in with a request instead of a body that is collected in memory.

use std::fs::File;

use crate::{
    domain::{Result, error::Fault},
    service::file::blob::staging::Received,
    store,
};

use super::upload;

/// What came in, and is kept already.
pub enum Arrived {
    /// The whole body, in a file without a name.
    Whole(upload::Upload),
    /// Files with a form.
    Files(Received),
    /// A part of a long upload.
    Part(Box<store::file::upload::Upload>),
}

/// The whole body, to be read from its beginning.
///
/// # Errors
/// Invalid, where there is none; busy, when the system does not give it.
pub fn whole(arrived: Option<&Arrived>) -> Result<File> {
    match arrived {
        Some(Arrived::Whole(upload)) => upload.open(),
        _ => Err(Fault::new("body", "incomplete", "There is no file in the body.").into()),
    }
}
