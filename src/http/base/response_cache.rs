//! Answers that were written out before, sent again as long as nothing at all was committed since.
//!
//! Whether the caller may see a thing is asked each time; only reading the rows and writing the JSON is spared. So what is
//! kept must be the same for everybody who may see it.

use actix_web::web::Bytes;
use quick_cache::{Weighter, sync::Cache};

use crate::{
    domain::Result,
    store::access_cache::{Fill, Hits},
};

/// Bytes kept at most.
const ROOM: u64 = 16 * 1024 * 1024;
/// Bytes of a usual answer, from which the number of places is guessed.
const USUAL: usize = 4096;

/// A body of JSON, and what is told beside it.
#[derive(Debug, Clone)]
pub struct CachedResponse {
    /// Its ETag, without quotes; none for a list.
    pub tag: Option<String>,
    /// The language of its texts, where it is in one.
    pub language: Option<String>,
    /// The body.
    pub body: Bytes,
}

/// The cached responses, by path and query.
pub struct ResponseCache(Cache<Box<str>, (u64, CachedResponse), Size>, Hits);

#[derive(Debug, Clone)]
struct Size;

impl Weighter<Box<str>, (u64, CachedResponse)> for Size {
    fn weight(&self, target: &Box<str>, (_, answer): &(u64, CachedResponse)) -> u64 {
        (target.len() + answer.body.len()) as u64
    }
}

impl Default for ResponseCache {
    fn default() -> Self {
        Self(Cache::with_weighter(ROOM as usize / USUAL, ROOM, Size), Hits::default())
    }
}

impl ResponseCache {
    /// The answer for `target` as of `commits`: a kept one, or what `make` makes in a transaction that began not before; none
    /// where it is too long to be made at once. Nothing is kept where commits are not counted.
    pub fn get(
        &self,
        commits: Option<u64>,
        target: &str,
        make: impl FnOnce() -> Result<Option<CachedResponse>>,
    ) -> Result<Option<CachedResponse>> {
        let Some(commits) = commits else { return make() };
        let found = self.0.get(target).filter(|(then, _)| *then == commits);
        self.1.note(found.is_some());
        if let Some((_, answer)) = found {
            return Ok(Some(answer));
        }
        let Some(answer) = make()? else { return Ok(None) };
        self.0.insert(target.into(), (commits, answer.clone()));
        Ok(Some(answer))
    }

    /// How full it is, and its bytes.
    pub fn fill(&self) -> (Fill, u64) {
        (Fill { name: "responses", items: self.0.len() as u64, asked: self.1.counts() }, self.0.weight())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &'static str) -> Result<Option<CachedResponse>> {
        Ok(Some(CachedResponse { tag: None, language: None, body: Bytes::from_static(text.as_bytes()) }))
    }

    fn got(answers: &ResponseCache, commits: u64, target: &str, text: &'static str) -> Bytes {
        answers.get(Some(commits), target, || answer(text)).unwrap().unwrap().body
    }

    #[test]
    fn an_answer_is_kept_until_the_next_commit() {
        let answers = ResponseCache::default();
        assert_eq!(got(&answers, 1, "/a", "one"), "one");
        assert_eq!(got(&answers, 1, "/a", "two"), "one");
        assert_eq!(got(&answers, 1, "/b", "two"), "two");
        assert_eq!(got(&answers, 2, "/a", "three"), "three");
        assert_eq!(got(&answers, 1, "/a", "late"), "late");
    }

    #[test]
    fn without_a_count_of_commits_nothing_is_kept() {
        let answers = ResponseCache::default();
        let got = |text| answers.get(None, "/a", || answer(text)).unwrap().unwrap().body;
        assert_eq!((got("one"), got("two")), ("one".into(), "two".into()));
    }

    #[test]
    fn what_was_not_made_is_not_kept() {
        let answers = ResponseCache::default();
        assert!(answers.get(Some(1), "/a", || Err(crate::domain::Error::NotFound("page"))).is_err());
        assert!(answers.get(Some(1), "/a", || Ok(None)).unwrap().is_none());
        assert_eq!(got(&answers, 1, "/a", "one"), "one");
    }
}
