//! The sections of a page of prose. Each begins with `<h2 id="name">Title</h2>`: from that come the table of contents, the anchors, and what the
//! search finds.

use crate::domain::text;

/// Characters before and after what was found that are shown with it.
const AROUND: usize = 80;

/// How a heading begins.
const HEADING: &str = "<h2 id=\"";

/// A section of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// Its anchor, the same in each language.
    pub id: &'a str,
    /// Its title.
    pub title: String,
    body: &'a str,
}

/// The sections of a page.
pub fn sections(html: &str) -> Vec<Section<'_>> {
    let section = |part| -> Option<Section<'_>> {
        let (id, rest) = str::split_once(part, "\">")?;
        let (title, body) = rest.split_once("</h2>")?;
        Some(Section { id, title: plain(title), body })
    };
    html.split(HEADING).skip(1).filter_map(section).collect()
}

/// The page with an anchor at each heading, whose links to other pages of the help end with `at`: a query, or nothing.
pub fn linked(html: &str, at: &str) -> String {
    let mut out = String::with_capacity(html.len() + 1024);
    for (number, part) in html.split(HEADING).enumerate() {
        match part.split_once("\">").and_then(|(id, rest)| Some((id, rest.split_once("</h2>")?))).filter(|_| number > 0) {
            Some((id, (title, body))) => {
                out.extend([HEADING, id, "\"><a href=\"#", id, "\">", title, "</a></h2>", &accompanied(body, at)]);
            }
            None => out.push_str(&accompanied(part, at)),
        }
    }
    out
}

/// Links to pages of the help keep where the reader came from.
fn accompanied(html: &str, at: &str) -> String {
    const LINK: &str = "href=\"/help";
    let mut parts = html.split(LINK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['#', '"']).unwrap_or(part.len());
        out.extend([LINK, &part[..end], at, &part[end..]]);
    }
    out
}

impl Section<'_> {
    /// The words around what is searched for, if all of the folded words are in the section.
    pub fn excerpt(&self, words: &[&str]) -> Option<String> {
        let body = plain(self.body);
        let (title, folded) = (text::fold(&self.title), text::fold(&body));
        if !words.iter().all(|word| title.contains(word) || folded.contains(word)) {
            return None;
        }
        // Folding may change lengths, so it is asked where in a hundred parts it is.
        let found = words.iter().filter_map(|word| folded.find(word)).min().unwrap_or_default();
        let (letters, share) = (body.chars().count(), found * body.chars().count() / folded.len().max(1));
        let begin = share.saturating_sub(AROUND);
        let shown: String = body.chars().skip(begin).take(2 * AROUND).collect();
        let (before, after) = (if begin > 0 { "… " } else { "" }, if begin + 2 * AROUND < letters { " …" } else { "" });
        let whole = shown.split_whitespace().collect::<Vec<_>>();
        let cut = usize::from(begin > 0)..whole.len() - usize::from(!after.is_empty() && whole.len() > 1);
        Some(format!("{before}{}{after}", whole.get(cut).unwrap_or_default().join(" ")))
    }
}

/// Text without tags, with its white space as single blanks.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, tagged)) = rest.split_once('<') {
        out.extend([text, " "]);
        rest = tagged.split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    let text = entities.iter().fold(out, |text, (entity, letter)| text.replace(entity, letter));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<p>Before</p>\n<h2 id=\"one\">One &amp; all</h2><p>A <b>lost</b> key, <a href=\"/help/b#x\">b</a></p>\
        <h2 id=\"two\">Two</h2><p>Clé</p>";

    #[test]
    fn a_page_is_parted_at_its_headings() {
        let found: Vec<_> = sections(PAGE).into_iter().map(|one| (one.id, one.title)).collect();
        assert_eq!(found, [("one", "One & all".to_owned()), ("two", "Two".to_owned())]);
    }

    #[test]
    fn headings_lead_to_themselves_and_links_keep_where_one_came_from() {
        let html = linked(PAGE, "?at=acme");
        assert!(html.starts_with("<p>Before</p>"), "{html}");
        assert!(html.contains("<h2 id=\"two\"><a href=\"#two\">Two</a></h2><p>Clé</p>"), "{html}");
        assert!(html.contains("href=\"/help/b?at=acme#x\""), "{html}");
        assert!(linked(PAGE, "").contains("href=\"/help/b#x\""));
    }

    #[test]
    fn what_is_found_is_shown_with_the_words_around_it() {
        let found = sections(PAGE);
        assert_eq!(found[0].excerpt(&["lost", "one"]).as_deref(), Some("A lost key, b"));
        assert_eq!(found[1].excerpt(&["cle"]).as_deref(), Some("Clé"));
        assert_eq!(found[1].excerpt(&["lost"]), None);
        let long = format!("<h2 id=\"x\">X</h2><p>{} needle {}</p>", "before ".repeat(40), "after ".repeat(40));
        let shown = sections(&long)[0].excerpt(&["needle"]).unwrap_or_default();
        assert!(shown.starts_with("… before") && shown.ends_with("after …") && shown.contains("needle") && shown.len() < 200, "{shown}");
    }
}
