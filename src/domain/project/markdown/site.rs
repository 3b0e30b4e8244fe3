//! Files of Markdown put together: what is the same in several languages becomes one entry, and all of them one archive.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use crate::domain::{
    Result,
    content::{Column, Kind, Kinds, held_by, site::redirect},
    id::{AppId, Entropy, EntryId},
    project::{
        app::AppType,
        archive::line::{ArchiveLine, End, made},
    },
    text,
    time::Instant,
};

use super::{
    LeftOut,
    body::{self, Part},
    front::{self, Front},
    path::{Generator, MarkdownPath, Settings},
};

/// Most characters of a title, of a description, and of a tag.
const MOST: (usize, usize, usize) = (300, 2_000, 100);
/// Most tags.
const TAGS: usize = 50;

/// A file: its path from the top of the folder, and what it holds.
#[derive(Debug, Clone)]
pub struct File {
    /// With `/` between its parts.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What is made of a folder.
#[derive(Debug)]
pub struct Built {
    /// The archive.
    pub archive: String,
    /// What is not in it.
    pub left_out: LeftOut,
    /// How many entries it has.
    pub entries: usize,
    /// How many redirects.
    pub redirects: usize,
    /// The languages, the first one first.
    pub languages: Vec<String>,
}

/// A file that was read.
struct Page {
    path: String,
    front: Front,
    place: MarkdownPath,
    text: String,
    language: String,
}

/// Makes the archive of a folder. `name` is what the project is called if the settings do not say.
///
/// # Errors
/// [`crate::domain::Error::Internal`] when a line cannot be written.
pub fn build(
    (generator, settings, name): (Generator, &Settings, &str),
    files: Vec<File>,
    (kinds, now, entropy): (Kinds, Instant, &dyn Entropy),
) -> Result<Built> {
    let mut left_out = LeftOut::default();
    let default = settings.language.clone().unwrap_or_else(|| "en".to_owned());
    let pages: Vec<Page> = files.into_iter().filter_map(|file| read(generator, settings, &default, file, &mut left_out)).collect();
    let mut groups: BTreeMap<String, Vec<Page>> = BTreeMap::new();
    for page in pages {
        groups.entry(page.place.key.clone()).or_default().push(page);
    }
    let mut languages: BTreeSet<String> = groups.values().flatten().map(|page| page.language.clone()).collect();
    languages.remove(&default);
    let languages: Vec<String> = std::iter::once(default.clone()).chain(languages).collect();
    let mut site = Site { app: AppId::new(now, entropy), kinds, now, default, paths: HashMap::new(), left_out };
    let groups = site.addressed(groups, entropy);
    let (mut lines, mut end) = (String::new(), End { apps: 1, ..End::default() });
    ArchiveLine::head(now, "a folder of Markdown").write(&mut lines)?;
    made::project(settings.title.as_deref().unwrap_or(name), &languages).write(&mut lines)?;
    made::website(site.app).write(&mut lines)?;
    for group in &groups {
        made::entry(group.id, site.app, group.kind.content_type, site.entry(group)).write(&mut lines)?;
        end.entries += 1;
    }
    for (from, to) in site.redirects(&groups) {
        made::redirect(site.app, &from, &to).write(&mut lines)?;
        end.redirects += 1;
    }
    ArchiveLine::End(end).write(&mut lines)?;
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let (entries, redirects) = (count(end.entries), count(end.redirects));
    Ok(Built { archive: lines, left_out: site.left_out, entries, redirects, languages })
}

fn read(generator: Generator, settings: &Settings, default: &str, file: File, left_out: &mut LeftOut) -> Option<Page> {
    let File { path, text } = file;
    let place = MarkdownPath::of(generator, &path, settings)?;
    let (front, body) = match front::part(&text) {
        Ok(parted) => parted,
        Err(why) => {
            left_out.add("files whose front matter cannot be read", format!("{path} ({why})"));
            return None;
        }
    };
    if generator == Generator::Jekyll && front.is_empty() && !text.starts_with("---") {
        left_out.add("files without front matter", path);
        return None;
    }
    let front = Front::of(front, &path, left_out);
    let said = front.language.clone().or_else(|| place.language.clone());
    let language = said.filter(|tag| text::locale("", tag).is_ok()).unwrap_or_else(|| default.to_owned());
    let body = body.to_owned();
    Some(Page { path, front, place, text: body, language })
}

/// What is the same thing in several languages.
struct Group {
    id: EntryId,
    kind: &'static Kind,
    slug: String,
    /// Its languages, the first of the site first.
    pages: Vec<Page>,
}

impl Group {
    fn path(&self) -> String {
        format!("{}{}", self.kind.path_prefix, self.slug)
    }
}

struct Site {
    app: AppId,
    kinds: Kinds,
    now: Instant,
    default: String,
    /// Where links to files lead.
    paths: HashMap<String, EntryId>,
    left_out: LeftOut,
}

impl Site {
    /// The kind of posts, or that of pages: of those with addresses, the one with a date as printed, or the first without.
    fn kind(&self, is_post: bool) -> Option<&'static Kind> {
        let fits = |kind: &&'static Kind| kind.has_slug() && kind.has(Column::PublishDate) == is_post;
        held_by(self.kinds, AppType::SITE).find(fits)
    }

    /// Gives each group its kind, its id and an address that no other has.
    fn addressed(&mut self, groups: BTreeMap<String, Vec<Page>>, entropy: &dyn Entropy) -> Vec<Group> {
        // The next number of each address that more than one page wants.
        let mut next: HashMap<String, u32> = HashMap::new();
        let (mut taken, mut all) = (BTreeSet::new(), Vec::new());
        for (_, mut pages) in groups {
            pages.sort_by_key(|page| (page.language != self.default, page.language.clone()));
            pages.dedup_by(|later, first| {
                let twice = later.language == first.language;
                if twice {
                    self.left_out.add("a second file for the same page in the same language", later.path.as_str());
                }
                twice
            });
            let Some(first) = pages.first() else { continue };
            let Some(kind) = self.kind(first.place.is_post) else { continue };
            let wanted = slug(first);
            let mut free = wanted.clone();
            while !taken.insert(free.clone()) {
                let n = next.entry(wanted.clone()).or_insert(1);
                *n += 1;
                free = format!("{wanted}-{n}");
            }
            if free != wanted {
                self.left_out.add("addresses that another page has, which became others", format!("{wanted} ({})", first.path));
            }
            let created = first.front.date.or(first.place.date).unwrap_or(self.now);
            let id = EntryId::new(created, entropy);
            self.paths.extend(pages.iter().map(|page| (page.path.clone(), id)));
            all.push(Group { id, kind, slug: free, pages });
        }
        all
    }

    fn entry(&mut self, group: &Group) -> Map<String, Value> {
        let mut entry = Map::new();
        let Some(first) = group.pages.first() else { return entry };
        let fallback = || first.place.slug.rsplit('/').next().unwrap_or_default().replace('-', " ");
        let name = short(first.front.title.clone().unwrap_or_else(fallback).as_str(), 200);
        let date = first.front.date.or(first.place.date);
        let mut put = |field: &str, value: Value| {
            if !value.is_null() && group.kind.field(field).is_some_and(|known| known.holds != crate::domain::content::FieldType::Tree) {
                entry.insert(field.to_owned(), value);
            }
        };
        put("name", json!(if name.is_empty() { "Page".to_owned() } else { name }));
        put("slug", json!(group.slug));
        put("title", by_language(group, |front| front.title.as_deref().map(|text| short(text, MOST.0))));
        let about = by_language(group, |front| front.description.as_deref().map(|text| short(text, MOST.1)));
        put("excerpt", about.clone());
        if !about.is_null() {
            put("seo", json!({ "description": by_language(group, |front| front.description.as_deref().map(|text| short(text, 300))) }));
        }
        put(
            "tags",
            json!(first.front.tags.iter().map(|tag| short(tag, MOST.2)).filter(|tag| !tag.is_empty()).take(TAGS).collect::<Vec<_>>()),
        );
        put("authorName", json!(first.front.author.as_deref().map(|text| short(text, 200))));
        put("featuredImageUrl", json!(first.front.image));
        put("publishDate", json!(date));
        put("createdAt", json!(date));
        put("updatedAt", json!(first.front.updated.or(date)));
        let is_draft = first.front.draft || first.place.draft;
        let later = date.filter(|date| *date > self.now && !is_draft && group.kind.has(Column::ScheduledAt));
        put("scheduledPublishAt", json!(later));
        put(
            "status",
            json!(if is_draft {
                "draft"
            } else if later.is_some() {
                "scheduled"
            } else {
                "published"
            }),
        );
        if group.kind.has_tree() {
            entry.insert("content".to_owned(), self.content(group));
        }
        entry
    }

    /// The texts of a group as one tree: where each language has the same parts, each is one block, else each text is one in all.
    fn content(&mut self, group: &Group) -> Value {
        let mut texts = Vec::new();
        for page in &group.pages {
            let (paths, folder) = (&self.paths, page.path.rsplit_once('/').map_or("", |(folder, _)| folder));
            let resolve = |to: &str| resolve(paths, folder, to).map(|id| format!("entry:{id}"));
            texts.push(body::cleaned(&page.text, &page.path, &resolve, &mut self.left_out));
        }
        let parted = |plain| texts.iter().map(|text| body::parts(text, plain)).collect::<Vec<_>>();
        let mut all = parted(false);
        let is_same = all.windows(2).all(|pair| shape(&pair[0]) == shape(&pair[1]));
        if !is_same {
            all = parted(true);
        }
        let most = all.iter().map(Vec::len).max().unwrap_or_default();
        let blocks: Vec<Value> = (0..most).filter_map(|at| self.block(group, &all, at)).collect();
        if blocks.is_empty() { json!([]) } else { json!([{ "type": "section", "columns": [{ "blocks": blocks }] }]) }
    }

    /// The block of the parts at one place in each language.
    fn block(&self, group: &Group, all: &[Vec<Part>], at: usize) -> Option<Value> {
        let told = |text_of: fn(&Part) -> &str| {
            let each =
                group.pages.iter().zip(all).filter_map(|(page, parts)| Some((page.language.clone(), json!(text_of(parts.get(at)?)))));
            Value::Object(each.collect())
        };
        let first = all.iter().find_map(|parts| parts.get(at))?;
        Some(match first {
            Part::Text(_) => json!({ "type": "text", "data": { "markdown": told(text_of) } }),
            Part::Html(_) => json!({ "type": "html", "data": { "html": told(text_of) } }),
            Part::Heading(level, _) => json!({ "type": "heading", "data": { "text": told(text_of), "level": level } }),
            Part::Image(address, _) => json!({ "type": "image", "data": { "file": address, "alt": told(text_of) } }),
        })
    }

    /// Paths of before that lead to where things are now.
    fn redirects(&mut self, groups: &[Group]) -> BTreeMap<String, String> {
        let own: BTreeSet<String> = groups.iter().map(Group::path).collect();
        let mut all = BTreeMap::new();
        for group in groups {
            for page in &group.pages {
                // Only the first language has the bare address.
                let placed = page.place.address.clone().filter(|_| page.language == self.default && page.front.address.is_none());
                for from in page.front.aliases.iter().chain(&page.front.address).chain(&placed) {
                    let absolute = if from.starts_with('/') { from.clone() } else { format!("/{from}") };
                    match redirect::from_path(&absolute) {
                        Ok(from) if from != "/" && !from.contains(':') => {
                            if !own.contains(&redirect::compared(&from)) {
                                all.entry(from).or_insert_with(|| group.path());
                            }
                        }
                        _ => self.left_out.add("addresses that cannot lead on", format!("{} ({})", short(&absolute, 200), page.path)),
                    }
                }
            }
        }
        all
    }
}

/// The address that a page is to have: as its front matter says, else as its place does.
fn slug(page: &Page) -> String {
    let Some(own) = &page.front.slug else { return page.place.slug.clone() };
    let own = text::slug_from(own.trim_matches('/').rsplit('/').next().unwrap_or(own), "page");
    page.place.slug.rsplit_once('/').map_or_else(|| own.clone(), |(folder, _)| format!("{folder}/{own}"))
}

const fn text_of(part: &Part) -> &str {
    match part {
        Part::Text(text) | Part::Heading(_, text) | Part::Html(text) => text.as_str(),
        Part::Image(_, alt) => alt.as_str(),
    }
}

/// What has to be the same in each language.
fn shape(parts: &[Part]) -> Vec<(u8, &str)> {
    let of = |part| match part {
        &Part::Text(_) => (0, ""),
        Part::Heading(level, _) => (*level, ""),
        Part::Html(_) => (10, ""),
        Part::Image(address, _) => (11, address.as_str()),
    };
    parts.iter().map(of).collect()
}

fn by_language(group: &Group, of: impl Fn(&Front) -> Option<String>) -> Value {
    let each = group.pages.iter().filter_map(|page| Some((page.language.clone(), Value::String(of(&page.front)?))));
    let map: Map<String, Value> = each.collect();
    if map.is_empty() { Value::Null } else { Value::Object(map) }
}

/// A line of at most so many characters.
fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).take(most).collect()
}

/// The entry of a file that a link in a folder leads to: from there, or from the top of the content.
fn resolve(paths: &HashMap<String, EntryId>, folder: &str, to: &str) -> Option<EntryId> {
    if to.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = if to.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let from_here = parts.join("/");
    let from_top = |root: &str| format!("{root}{}", to.trim_start_matches('/'));
    let wanted = [from_here, from_top("content/"), from_top("src/content/"), from_top("_posts/"), from_top("")];
    wanted.iter().find_map(|path| paths.get(path).or_else(|| paths.get(&format!("{path}.md")))).copied()
}
