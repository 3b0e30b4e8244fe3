//! The fields of what a key is restricted to, as they are typed for a new key and for one that there is.

use crate::{
    domain::{
        Result,
        error::{Fault, Faults},
    },
    http::console::base::form::Form,
};

/// What was typed: networks parted by white space or commas, and a number; none of either where nothing was.
///
/// # Errors
/// Invalid, when the number is none.
pub fn parse(form: &Form) -> Result<(Option<Vec<String>>, Option<u32>)> {
    let parts = form.text("networks").split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|part| !part.is_empty());
    let networks: Vec<_> = parts.map(str::to_owned).collect();
    let mut faults = Faults::default();
    let number = form.optional("requestsPerMinute").map(|text| text.trim().parse::<u32>());
    let number = number.transpose().map_err(|_| Fault::new("requestsPerMinute", "out_of_range", "Give a whole number."));
    let number = faults.keep(number);
    faults.into_result()?;
    Ok((Some(networks).filter(|all| !all.is_empty()), number.flatten()))
}

/// What was chosen of reading submissions: on, off, or what the access says.
pub fn submissions(form: &Form) -> Option<bool> {
    match form.text("submissions") {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

/// The same as it is chosen.
pub const fn choice_of(submissions: Option<bool>) -> &'static str {
    match submissions {
        Some(true) => "on",
        Some(false) => "off",
        None => "",
    }
}
