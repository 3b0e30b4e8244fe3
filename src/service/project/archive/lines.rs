//! The lines of a file, one after the other: however long one is, no more of it is kept than an archive may have.

use std::io::BufRead;

use crate::domain::{Error, Result, project::archive::LINE_MAX};

/// What gives lines.
pub(super) struct Lines<'s> {
    source: &'s mut dyn BufRead,
    kept: Vec<u8>,
}

impl<'s> Lines<'s> {
    pub(super) fn new(source: &'s mut dyn BufRead) -> Self {
        Self { source, kept: Vec::new() }
    }

    /// Takes the next line; its text is `None` where it is too long, or no text. False when there are no more.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn next<T>(&mut self, take: impl FnOnce(Option<&str>) -> T) -> Result<Option<T>> {
        self.kept.clear();
        let (mut any, mut too_long) = (false, false);
        loop {
            let piece = self.source.fill_buf().map_err(|cause| Error::Internal(format!("the archive cannot be read: {cause}")))?;
            if piece.is_empty() {
                break;
            }
            any = true;
            let end = piece.iter().position(|byte| *byte == b'\n');
            let of_line = &piece[..end.unwrap_or(piece.len())];
            too_long |= self.kept.len() + of_line.len() > LINE_MAX;
            if !too_long {
                self.kept.extend_from_slice(of_line);
            }
            let used = end.map_or(piece.len(), |end| end + 1);
            self.source.consume(used);
            if end.is_some() {
                break;
            }
        }
        let text = std::str::from_utf8(&self.kept).ok().filter(|_| !too_long);
        Ok(any.then(|| take(text)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    fn all(text: &[u8]) -> Vec<Option<usize>> {
        let mut source = BufReader::with_capacity(7, Cursor::new(text));
        let mut lines = Lines::new(&mut source);
        let next = |lines: &mut Lines<'_>| lines.next(|line| line.map(str::len)).expect("it is read");
        std::iter::from_fn(|| next(&mut lines)).collect()
    }

    #[test]
    fn a_line_ends_at_its_end_and_the_last_one_may_lack_it() {
        assert_eq!(all(b""), []);
        assert_eq!(all(b"a\n\nlonger than seven\nb"), [Some(1), Some(0), Some(17), Some(1)]);
        assert_eq!(all(b"\xff\nb\n"), [None, Some(1)]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_not_kept() {
        let mut text = vec![b'x'; LINE_MAX + 1];
        text.extend_from_slice(b"\nshort\n");
        assert_eq!(all(&text), [None, Some(5)]);
        let mut source = Cursor::new(text);
        let mut lines = Lines::new(&mut source);
        lines.next(|_| ()).expect("it is read");
        assert!(lines.kept.capacity() <= LINE_MAX);
    }
}
