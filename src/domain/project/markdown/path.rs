//! Where a file stands, and what that says of it: a page or a post, its address, its language.

use serde_json::{Map, Value};

use crate::domain::{language::LANGUAGES, text, time::Instant};

use super::dates;

/// Folders that hold what a blog is made of.
const BLOG: [&str; 6] = ["posts", "post", "blog", "articles", "news", "_posts"];
/// What a page is called that has the address of the site itself.
const HOME: &str = "home";

/// What made the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    /// Hugo.
    Hugo,
    /// Astro.
    Astro,
    /// Jekyll.
    Jekyll,
    /// None that is known: each file is a page.
    Plain,
}

impl Generator {
    /// The one whose files these are, by their paths.
    pub fn of<'p>(mut paths: impl Iterator<Item = &'p str> + Clone) -> Self {
        let has = |wanted: &dyn Fn(&str) -> bool| paths.clone().any(wanted);
        if has(&|path| path.starts_with("astro.config.")) {
            Self::Astro
        } else if has(&|path| path == "_config.yml" || path == "_config.yaml" || path.starts_with("_posts/")) {
            Self::Jekyll
        } else if has(&|path| path.starts_with("hugo.") || path.starts_with("archetypes/"))
            || (has(&|path| path.starts_with("config.")) && paths.any(|path| path.starts_with("content/")))
        {
            Self::Hugo
        } else {
            Self::Plain
        }
    }

    /// Its files of settings.
    pub const fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Hugo => &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"],
            Self::Jekyll => &["_config.yml", "_config.yaml"],
            Self::Astro | Self::Plain => &[],
        }
    }

    /// The part of a path below which content stands, and what is left of it; none for what is no content.
    fn content(self, path: &str) -> Option<&str> {
        match self {
            Self::Hugo => path.strip_prefix("content/"),
            Self::Astro => path.strip_prefix("src/content/").or_else(|| path.strip_prefix("src/pages/")),
            Self::Jekyll => {
                let hidden = |part: &str| part.starts_with('_') && !matches!(part, "_posts" | "_drafts" | "_pages");
                let built = path.starts_with("vendor/") || path.starts_with("node_modules/");
                (!built && !path.split('/').any(hidden)).then_some(path)
            }
            Self::Plain => Some(path),
        }
    }

    /// Whether a file is content at all, whatever it holds.
    pub fn holds(self, path: &str) -> bool {
        self.content(path).is_some()
    }
}

/// What the settings of a site say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Its title.
    pub title: Option<String>,
    /// Its first language.
    pub language: Option<String>,
    /// All its languages, where it names them.
    pub languages: Vec<String>,
    /// How the addresses of posts are made, where Jekyll is told.
    pub permalink: Option<String>,
}

impl Settings {
    /// Those of a file that was read.
    pub fn of(read: &Map<String, Value>) -> Self {
        let text = |name: &str| read.get(name).and_then(Value::as_str).map(str::to_owned);
        let tag = |text: String| text.split(['-', '_']).next().map(str::to_ascii_lowercase).filter(|tag| text::locale("", tag).is_ok());
        let named = read.get("languages").and_then(Value::as_object);
        let languages = named.map(|all| all.keys().filter(|tag| text::locale("", tag).is_ok()).cloned().collect()).unwrap_or_default();
        let language = ["defaultContentLanguage", "languageCode", "locale", "lang"].into_iter().find_map(|name| text(name).and_then(tag));
        Self { title: text("title"), language, languages, permalink: text("permalink") }
    }

    fn has(&self, tag: &str) -> bool {
        let known = || LANGUAGES.iter().any(|(known, _)| *known == tag);
        if self.languages.is_empty() { known() } else { self.languages.iter().any(|one| one == tag) }
    }
}

/// What the place of a file says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownPath {
    /// The same for the same thing in each language.
    pub key: String,
    /// Whether it is a post.
    pub is_post: bool,
    /// Its address on a site of Stele, without what precedes it there.
    pub slug: String,
    /// Its language, where the place says one.
    pub language: Option<String>,
    /// Its path on the site that it was on; none where that is not known.
    pub address: Option<String>,
    /// Its date, where the name of the file has one.
    pub date: Option<Instant>,
    /// Whether it stands among drafts.
    pub draft: bool,
}

impl MarkdownPath {
    /// What a path says; `None` for what is no text of a page.
    pub fn of(generator: Generator, path: &str, settings: &Settings) -> Option<Self> {
        let inside = generator.content(path)?;
        let stem = [".md", ".mdx", ".markdown"].into_iter().find_map(|end| inside.strip_suffix(end))?;
        let mut parts: Vec<&str> = stem.split('/').collect();
        let mut name = parts.pop()?;
        let mut language = None;
        if let Some((bare, tag)) = name.rsplit_once('.')
            && settings.has(tag)
        {
            (name, language) = (bare, Some(tag.to_owned()));
        }
        // In Astro the first folder is the collection.
        let at = usize::from(path.starts_with("src/content/"));
        if language.is_none() && parts.get(at).is_some_and(|part| settings.has(part)) {
            language = Some(parts.remove(at).to_owned());
        }
        let draft = parts.contains(&"_drafts");
        let in_blog = draft || parts.iter().any(|part| BLOG.contains(part));
        let is_index = matches!(name, "index" | "_index" | "README" if name != "README" || generator == Generator::Plain);
        // A bundle of Hugo is a folder with an index; the folder of a blog itself is a page.
        let is_post = in_blog && name != "_index" && !(is_index && parts.last().is_some_and(|part| BLOG.contains(part)));
        let (date, name) = if is_post { dated(name) } else { (None, name) };
        let mut own = parts.clone();
        if !is_index {
            own.push(name);
        }
        let slugs = |parts: &[&str]| parts.iter().map(|part| text::slug_from(part, "page")).collect::<Vec<_>>().join("/");
        let behind: Vec<&str> = own.iter().copied().filter(|part| !is_post || !(BLOG.contains(part) || *part == "_drafts")).collect();
        let behind: Vec<&str> = behind.into_iter().filter(|part| *part != "_pages").collect();
        let slug = slugs(&behind);
        let slug = if slug.is_empty() { HOME.to_owned() } else { slug };
        let address = address(generator, (&own, date, is_post), settings);
        let key = format!("{}{slug}", if is_post { "post " } else { "page " });
        Some(Self { key, is_post, slug, language, address, date, draft })
    }
}

/// The date in the name of a file, as Jekyll has it, and the rest of the name.
fn dated(name: &str) -> (Option<Instant>, &str) {
    match (name.get(..10).and_then(dates::read), name.get(10..).and_then(|rest| rest.strip_prefix('-'))) {
        (Some(date), Some(rest)) if !rest.is_empty() => (Some(date), rest),
        _ => (None, name),
    }
}

/// The path on the old site.
fn address(generator: Generator, (own, date, is_post): (&[&str], Option<Instant>, bool), settings: &Settings) -> Option<String> {
    let joined = |parts: &[&str]| format!("/{}", parts.join("/"));
    match generator {
        Generator::Jekyll if is_post => {
            let (title, day) = (own.last()?, date?.to_string());
            let categories: Vec<&str> = own[..own.len() - 1].iter().copied().filter(|part| !part.starts_with('_')).collect();
            let form = match settings.permalink.as_deref() {
                None | Some("date") => "/:categories/:year/:month/:day/:title.html",
                Some("pretty") => "/:categories/:year/:month/:day/:title",
                Some("none") => "/:categories/:title.html",
                Some(form) => form,
            };
            let filled = form.replace(":categories", &categories.join("/")).replace(":year", &day[..4]).replace(":month", &day[5..7]);
            let filled = filled.replace(":day", &day[8..10]).replace(":title", title).replace(":slug", title);
            let parts: Vec<&str> = filled.split('/').filter(|part| !part.is_empty()).collect();
            (!filled.contains(':')).then(|| joined(&parts))
        }
        Generator::Jekyll if own.contains(&"_pages") || own.is_empty() => None,
        Generator::Jekyll => Some(format!("{}.html", joined(own))),
        Generator::Hugo | Generator::Astro if !own.is_empty() => Some(joined(own).to_lowercase()),
        Generator::Hugo | Generator::Astro | Generator::Plain => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_of(generator: Generator, path: &str, languages: &[&str]) -> Option<(bool, String, Option<String>, Option<String>)> {
        let settings = Settings { languages: languages.iter().map(ToString::to_string).collect(), ..Settings::default() };
        MarkdownPath::of(generator, path, &settings).map(|place| (place.is_post, place.slug, place.language, place.address))
    }

    fn wanted(is_post: bool, slug: &str, language: &str, address: &str) -> Option<(bool, String, Option<String>, Option<String>)> {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Some((is_post, slug.to_owned(), some(language), some(address)))
    }

    #[test]
    fn a_path_of_hugo_says_kind_language_and_address() {
        let at = |path| place_of(Generator::Hugo, path, &["en", "fr"]);
        assert_eq!(at("content/posts/My Tides.md"), wanted(true, "my-tides", "", "/posts/my tides"));
        assert_eq!(at("content/posts/tides.fr.md"), wanted(true, "tides", "fr", "/posts/tides"));
        assert_eq!(at("content/fr/posts/tides/index.md"), wanted(true, "tides", "fr", "/posts/tides"));
        assert_eq!(at("content/_index.md"), wanted(false, "home", "", ""));
        assert_eq!(at("content/posts/_index.md"), wanted(false, "posts", "", "/posts"));
        assert_eq!(at("content/docs/install/linux.md"), wanted(false, "docs/install/linux", "", "/docs/install/linux"));
        assert_eq!(at("content/v1.2.md"), wanted(false, "v1-2", "", "/v1.2"));
        assert_eq!((at("layouts/x.md"), at("content/a.png")), (None, None));
    }

    #[test]
    fn a_path_of_jekyll_has_dates_and_drafts() {
        let at = |path| place_of(Generator::Jekyll, path, &[]);
        assert_eq!(at("_posts/2024-01-02-tides.md"), wanted(true, "tides", "", "/2024/01/02/tides.html"));
        assert_eq!(at("sea/_posts/2024-01-02-tides.markdown"), wanted(true, "sea/tides", "", "/sea/2024/01/02/tides.html"));
        assert_eq!(at("about.md"), wanted(false, "about", "", "/about.html"));
        assert_eq!(at("_pages/about.md"), wanted(false, "about", "", ""));
        assert!(
            MarkdownPath::of(Generator::Jekyll, "_drafts/idea.md", &Settings::default()).is_some_and(|place| place.draft && place.is_post)
        );
        assert_eq!((at("_includes/x.md"), at("vendor/x.md")), (None, None));
        let pretty = Settings { permalink: Some("/blog/:year/:title/".into()), ..Settings::default() };
        let place = MarkdownPath::of(Generator::Jekyll, "_posts/2024-01-02-tides.md", &pretty).expect("a post");
        assert_eq!(place.address.as_deref(), Some("/blog/2024/tides"));
    }

    #[test]
    fn a_path_of_astro_begins_with_its_collection() {
        let at = |path| place_of(Generator::Astro, path, &[]);
        assert_eq!(at("src/content/blog/first-post.mdx"), wanted(true, "first-post", "", "/blog/first-post"));
        assert_eq!(at("src/content/blog/fr/first-post.md"), wanted(true, "first-post", "fr", "/blog/first-post"));
        assert_eq!(at("src/pages/about.md"), wanted(false, "about", "", "/about"));
        assert_eq!(at("src/pages/index.md"), wanted(false, "home", "", ""));
        assert_eq!(at("src/layouts/x.md"), None);
    }

    #[test]
    fn a_folder_tells_what_made_it() {
        let of = |paths: &[&str]| Generator::of(paths.iter().copied());
        assert_eq!(of(&["astro.config.mjs", "src/pages/a.md"]), Generator::Astro);
        assert_eq!(of(&["_config.yml"]), Generator::Jekyll);
        assert_eq!(of(&["hugo.toml"]), Generator::Hugo);
        assert_eq!(of(&["config.toml", "content/a.md"]), Generator::Hugo);
        assert_eq!(of(&["config.toml", "a.md"]), Generator::Plain);
    }
}
