//! Help, for everybody: prose in each language, with this instance's address and with tables out of the code. It keeps the navigation of the
//! place that the reader came from (`at` in the query).

use std::sync::Arc;

use actix_web::{HttpResponse, http::Method};
use askama::Template;

use crate::{
    domain::{
        Error, Result,
        access::{Permission, Role, allows},
        error::{Reason, Rule},
        text,
    },
    http::base::assets,
    service::i18n::Phrase,
    store::Tx,
};

use super::{
    super::base::{
        chrome::Chrome,
        link::PaletteItem,
        page_route::{PageRoute, custom, get, read},
        request::PageRequest,
        response::{html, render},
    },
    super::key::snippets::Snippets,
    markdown, outline,
};

/// The page that leads to a first call.
const FIRST: &str = "getting-started";

/// A page: its address and the key of its words.
type Page = (&'static str, &'static str);

/// What is told of a page: its path, its title, what it is about.
type PageBrief = (String, String, String);

/// The pages, in their order and their groups, each with the key of its words.
const GROUPS: [(&str, &[Page]); 4] = [
    ("help-group-start", &[(FIRST, "help-start"), ("console", "help-console"), ("questions", "help-questions")]),
    (
        "help-group-keys",
        &[
            ("which-key", "help-which"),
            ("api-keys", "help-keys"),
            ("tokens", "help-tokens"),
            ("roles", "help-roles"),
            ("builds", "help-builds"),
        ],
    ),
    (
        "help-group-content",
        &[
            ("content", "help-content"),
            ("forms", "help-forms"),
            ("embedding", "help-embedding"),
            ("submissions", "help-submissions"),
            ("frames", "help-frames"),
            ("files", "help-files"),
            ("redirects", "help-redirects"),
            ("moving", "help-moving"),
            ("elsewhere", "help-elsewhere"),
        ],
    ),
    (
        "help-group-develop",
        &[
            ("agents", "help-agents"),
            ("clients", "help-clients"),
            ("front-ends", "help-front-ends"),
            ("webhooks", "help-webhooks"),
            ("sandbox", "help-sandbox"),
        ],
    ),
];

/// What a key or a role lacks for an answer 403: the keys of the words.
const DENIALS: [&str; 2] = ["role", "key"];

#[derive(Template)]
#[template(path = "help/inside.html")]
struct Inside {
    c: Chrome,
    h: Help,
}

#[derive(Template)]
#[template(path = "help/outside.html")]
struct Outside {
    c: Chrome,
    h: Help,
}

/// The text of one page.
#[derive(Template)]
#[template(path = "help/prose.html")]
struct Prose<'a> {
    c: &'a Chrome,
    h: &'a Help,
}

/// A section that was found.
struct Hit {
    to: String,
    page: String,
    section: String,
    excerpt: String,
}

/// What the prose is about.
#[derive(Default)]
struct Help {
    /// The page; empty for the list of all.
    page: &'static str,
    /// The key of its words.
    key: &'static str,
    /// Where this instance is.
    url: String,
    /// Where its API begins.
    api: String,
    /// How long a token lives, in minutes.
    minutes: u64,
    /// Examples with the ids of the reader's own first organization.
    snippets: Option<Snippets>,
    /// The text, with anchors; empty for the list of all.
    prose: String,
    /// Its sections: anchor and title.
    contents: Vec<(String, String)>,
    /// What is searched for.
    search: String,
    /// Where it is.
    found: Vec<Hit>,
}

/// A permission, as the table of roles shows it.
struct Line {
    /// The machine word.
    word: &'static str,
    /// What may be done.
    words: String,
    /// Whether each role includes it.
    roles: [(Role, bool); 5],
    /// The narrowest key access that does.
    access: &'static str,
}

/// The pages of this file.
pub fn pages() -> Vec<PageRoute> {
    vec![get("/help", |request, tx| show(request, tx, "", "help")).open(), custom(Method::GET, "/help/{page}", page).open()]
}

/// A page; or, where its name ends so, as Markdown.
async fn page(request: Arc<PageRequest>) -> Result<HttpResponse> {
    let asked = request.param("page").to_owned();
    let (name, is_markdown) = asked.strip_suffix(".md").map_or((&*asked, false), |name| (name, true));
    let (page, key) = all().find(|(page, _)| *page == name).ok_or(Error::NotFound("page"))?;
    if !is_markdown {
        return Ok(html(200, read(&request, move |request, tx| show(request, tx, page, key)).await?));
    }
    let text = read(&request, move |request, _| as_markdown(request, page, key)).await?;
    Ok(HttpResponse::Ok().content_type("text/markdown; charset=utf-8").body(text))
}

/// A page as Markdown, for whoever is not signed in.
fn as_markdown(request: &PageRequest, page: &'static str, key: &'static str) -> Result<String> {
    let (c, url) = (Chrome::plain(request), request.state.public_url.clone());
    let minutes = request.state.tokens.ttl().as_secs() / 60;
    let h = Help { page, key, api: format!("{url}/api"), url: url.clone(), minutes, ..Help::default() };
    let prose = markdown::of(&render(&Prose { c: &c, h: &h })?, &url);
    Ok(format!("# {}\n\n{}\n\n{prose}", h.title(&c), h.lead(&c)))
}

/// The pages of the help: name, and the keys of their words.
pub fn all() -> impl Iterator<Item = Page> {
    GROUPS.iter().flat_map(|(_, pages)| pages.iter().copied())
}

/// The pages, for the search.
pub fn places(c: &Chrome) -> Vec<PaletteItem> {
    let help = c.t("nav-help").to_string();
    let place = |(page, key): Page| c.place(c.help(&format!("/{page}")), "book-open", key, &help).known_as(&[key, "nav-help"]);
    all().map(place).collect()
}

fn show(request: &PageRequest, tx: &mut Tx<'_>, page: &'static str, key: &'static str) -> Result<String> {
    let c = if request.signed.is_some() { Chrome::around(request, tx)? } else { Chrome::plain(request) };
    let url = request.state.public_url.clone();
    let h = Help {
        page,
        key,
        api: format!("{url}/api"),
        url,
        minutes: request.state.tokens.ttl().as_secs() / 60,
        snippets: if page == FIRST && request.signed.is_some() { Snippets::own(request, tx)? } else { None },
        search: request.query("search").unwrap_or_default().to_owned(),
        ..Help::default()
    };
    let h = if page.is_empty() { Help { found: h.look(&c)?, ..h } } else { h.with_text(&c)? };
    if c.person.is_some() { render(&Inside { c, h }) } else { render(&Outside { c, h }) }
}

impl Help {
    fn is(&self, page: &str) -> bool {
        self.page == page
    }

    /// Where agents work with this instance.
    fn mcp(&self) -> String {
        format!("{}/mcp", self.url)
    }

    /// Title of this page.
    fn title(&self, c: &Chrome) -> Phrase {
        c.t(self.key)
    }

    /// What this page is about.
    fn lead(&self, c: &Chrome) -> Phrase {
        c.t(&format!("{}-lead", self.key))
    }

    /// All pages, in their groups.
    fn groups(&self, c: &Chrome) -> Vec<(String, Vec<PageBrief>)> {
        let one = |&(page, key): &Page| (format!("/{page}"), c.t(key).to_string(), c.t(&format!("{key}-lead")).to_string());
        GROUPS.iter().map(|(group, pages)| (c.t(group).to_string(), pages.iter().map(one).collect())).collect()
    }

    /// With its text, and what is in that.
    fn with_text(self, c: &Chrome) -> Result<Self> {
        let html = render(&Prose { c, h: &self })?;
        let contents = outline::sections(&html).into_iter().map(|one| (one.id.to_owned(), one.title)).collect();
        Ok(Self { prose: outline::linked(&html, &c.at()), contents, ..self })
    }

    /// Address of a picture of a page of the console.
    fn picture(&self, c: &Chrome, name: &str, theme: &str) -> String {
        assets::address(&format!("help/{name}-{}-{theme}.webp", c.lang()))
    }

    /// The sections of all pages that hold every word of the search.
    fn look(&self, c: &Chrome) -> Result<Vec<Hit>> {
        let folded = text::fold(&self.search);
        let words: Vec<&str> = folded.split_whitespace().collect();
        let mut found = Vec::new();
        for (page, key) in all().filter(|_| !words.is_empty()) {
            let of = Self { page, key, url: self.url.clone(), api: self.api.clone(), minutes: self.minutes, ..Self::default() };
            let html = render(&Prose { c, h: &of })?;
            found.extend(outline::sections(&html).into_iter().filter_map(|section| {
                let excerpt = section.excerpt(&words)?;
                let to = format!("{}#{}", c.help(&format!("/{page}")), section.id);
                Some(Hit { to, page: c.t(key).to_string(), section: section.title, excerpt })
            }));
        }
        Ok(found)
    }

    /// Every reason of an answer 401: the machine word, and what to do.
    fn reasons(&self, c: &Chrome) -> Vec<(&'static str, String)> {
        Reason::ALL.iter().map(|reason| (reason.word(), c.word("help-reason", reason.word()).to_string())).collect()
    }

    /// Every cause of an answer 403: what its message begins with, and what to do.
    fn denials(&self, c: &Chrome) -> Vec<(String, String)> {
        DENIALS.map(|one| (c.word("help-denial", one).to_string(), c.word("help-denial-do", one).to_string())).into()
    }

    /// Every rule behind an answer 403 that no role lifts: the machine word, and what it says.
    fn rules(&self, c: &Chrome) -> Vec<(&'static str, String)> {
        Rule::ALL.iter().map(|rule| (rule.word(), c.word("help-rule", rule.word()).to_string())).collect()
    }

    fn roles(&self) -> [Role; 5] {
        Role::ALL
    }

    /// The table of permissions.
    fn permissions(&self, c: &Chrome) -> Vec<Line> {
        let words = |one: &Permission| c.t(&format!("help-may-{}", one.word().replace(':', "-"))).to_string();
        let roles = |one: &Permission| Role::ALL.map(|role| (role, allows(role, *one)));
        Permission::ALL
            .iter()
            .filter(|one| !one.is_of_operators())
            .map(|one| Line { word: one.word(), words: words(one), roles: roles(one), access: one.narrowest_access().word() })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::i18n::Lang;

    #[test]
    fn every_reason_permission_and_page_has_its_words() {
        let reasons = Reason::ALL.iter().map(|one| format!("help-reason-{}", one.word().replace('_', "-")));
        let permissions = Permission::ALL.iter().map(|one| format!("help-may-{}", one.word().replace(':', "-")));
        let denials = DENIALS.iter().flat_map(|one| [format!("help-denial-{one}"), format!("help-denial-do-{one}")]);
        let pages = all().flat_map(|(_, key)| [key.to_owned(), format!("{key}-lead")]);
        let groups = GROUPS.iter().map(|(group, _)| (*group).to_owned());
        let rules = Rule::ALL.iter().map(|one| format!("help-rule-{}", one.word().replace('_', "-")));
        for key in reasons.chain(rules).chain(permissions).chain(denials).chain(pages).chain(groups) {
            assert!(Lang::ALL.into_iter().all(|lang| lang.has(&key)), "there are no words for {key}");
        }
    }

    #[test]
    fn the_words_of_a_reason_are_those_of_the_api() {
        for reason in Reason::ALL {
            let key = format!("help-reason-{}", reason.word().replace('_', "-"));
            assert_eq!(Lang::En.t(&key).to_string(), reason.sentence(), "{key}");
        }
        for rule in Rule::ALL {
            let key = format!("help-rule-{}", rule.word().replace('_', "-"));
            assert_eq!(Lang::En.t(&key).to_string(), rule.sentence(), "{key}");
        }
    }
}
