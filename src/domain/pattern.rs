//! The patterns of short texts, as the OpenAPI document shows them. The checks beside which they stand are in [`super::text`].
//!
//! An attribute of a schema takes nothing but a literal, so there a pattern goes by its name, `"{name}"`, and [`by_name`] puts
//! it in when the document is made.

/// A name: no control or bidirectional-override characters, and something other than spaces and invisible characters.
pub const NAME: &str = r"^[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*[^\u0000- \u007f-\u00a0\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u3000][^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*$";

/// A line of text that may be empty.
pub const LINE: &str = r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$";

/// Text of several lines.
pub const BLOCK: &str = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$";

/// A web address or a path, or nothing.
pub const LINK: &str = r"^[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*(https?://[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*|/([^/\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069][^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*)?)?[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*$";

/// Where a picture is: a web address, a path, or `file:` and the id of a file; or nothing.
pub const PICTURE: &str = r"^(https?://[^\s\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+|/([^\s/\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069][^\s\\\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*)?|file:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})?$";

/// A slug of an entry; `/` parts the levels of a page's address.
pub const SLUG: &str = r"^[a-z0-9]+([-_./][a-z0-9]+)*$";

/// A slug of one level, for organizations, projects and apps.
pub const FLAT_SLUG: &str = r"^[a-z0-9]+(-[a-z0-9]+)*$";

/// A language tag (the common part of BCP 47): `en`, `pt-BR`, `zh-Hant`.
pub const LOCALE: &str = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$";

/// Stands as a pattern for the content types that there are, which [`crate::domain::content::Kinds`] alone says.
pub const CONTENT_TYPE: &str = "{contentType}";

/// The pattern that goes by this name in a schema's attribute.
pub fn by_name(word: &str) -> Option<&'static str> {
    Some(match word {
        "{name}" => NAME,
        "{line}" => LINE,
        "{block}" => BLOCK,
        "{link}" => LINK,
        "{slug}" => FLAT_SLUG,
        "{locale}" => LOCALE,
        _ => return None,
    })
}
