//! The work that a form may ask of browsers: set with each page, looked at when the page is sent.

use crate::{
    domain::{
        Result,
        form::public::puzzle::{BrowserWork, DRAWN, Puzzle, is_solved},
        id::EntryId,
        time::DAY,
    },
    service::instance::sealing_secret,
    store::Tx,
};

/// What a page with this token asks of the browser: nothing more, if it has done its work on a page before it with the same token. A puzzle is good for
/// as long as a page is.
///
/// # Errors
/// Those of the store.
pub fn ask(tx: &mut Tx<'_>, form: EntryId, token: &str, solution: Option<String>) -> Result<BrowserWork> {
    let secret = sealing_secret(tx)?;
    let done = solution.filter(|solution| is_solved(&secret, (form, token), tx.now(), solution));
    let mut drawn = [0; DRAWN];
    tx.entropy().fill(&mut drawn);
    Ok(done.map_or_else(|| BrowserWork::Asked(Puzzle::set(&secret, (form, token), tx.now() + DAY, drawn)), BrowserWork::Done))
}

/// Why what came is not taken for that of a browser: the reason by which it is counted. None, if its puzzle is solved.
///
/// # Errors
/// Those of the store.
pub fn lacks(tx: &mut Tx<'_>, form: EntryId, (token, solution): (Option<&str>, Option<&str>)) -> Result<Option<&'static str>> {
    let (Some(token), Some(solution)) = (token, solution) else { return Ok(Some("captcha:missing")) };
    let is_solved = is_solved(&sealing_secret(tx)?, (form, token), tx.now(), solution);
    Ok((!is_solved).then_some("captcha:wrong"))
}
