//! What a page of content may load by itself, and where paths lead from it.

/// What begins paths of this server, wherever content is shown.
const OWN: [&str; 2] = ["/f/", "/files/"];

/// What a page may load by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loads<'b> {
    /// Whatever it shows; files are on the server that is reached here.
    All(&'b str),
    /// What is on this server; to the rest it leads. The page is none of a site: paths lead to this one, if it is known.
    OwnAlone(Option<&'b str>),
}

impl Loads<'_> {
    /// Where a path leads from the page.
    pub fn on_site(self, path: String) -> String {
        match self {
            Self::OwnAlone(Some(site)) if path.starts_with('/') && !OWN.iter().any(|own| path.starts_with(own)) => format!("{site}{path}"),
            _ => path,
        }
    }
}
