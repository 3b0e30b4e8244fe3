//! A folder of Markdown files as an archive: read from the disk, and put together by `crate::domain::project::markdown`.

use std::{
    fs::{self, File},
    io::{self, Seek, Write},
    path::Path,
};

use crate::{
    domain::project::markdown::{
        front,
        path::{Generator, Settings},
        site::{self, Built},
    },
    store::Store,
};

use crate::cli::{output::note, settings::sentence};

/// Most files of a folder.
const FILES: usize = 100_000;
/// Most bytes of one that is read.
const BYTES: u64 = 1 << 20;

/// Makes an archive of a folder, in a file without a name, and says what is not in it. One without a page is no site.
pub(super) fn archive(folder: &Path, store: &Store) -> Result<File, String> {
    let Built { archive, left_out, entries, redirects, languages } = built(folder, store)?;
    note(format_args!("{entries} pages and posts, {redirects} redirects, in {}", languages.join(", ")));
    if !left_out.is_empty() {
        note("Left out:");
        left_out.lines().iter().for_each(|line| note(format_args!("       {line}")));
    }
    if entries == 0 {
        return Err(format!("{} holds no page that could be imported", folder.display()));
    }
    let words = |cause: io::Error| format!("the archive could not be kept: {cause}");
    let mut file = tempfile::tempfile().map_err(words)?;
    file.write_all(archive.as_bytes()).and_then(|()| file.rewind()).map_err(words)?;
    Ok(file)
}

fn built(folder: &Path, store: &Store) -> Result<Built, String> {
    let mut paths = Vec::new();
    walk(folder, "", &mut paths)?;
    paths.sort_unstable();
    let generator = Generator::of(paths.iter().map(String::as_str));
    let said = generator.settings().iter().find(|name| paths.iter().any(|path| path == *name));
    let read = |path: &str| fs::read_to_string(folder.join(path)).map_err(|cause| (path.to_owned(), cause));
    let (mut files, mut beside, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    let told = said.and_then(|name| Some((name, read(name).map_err(|failed| unread.push(failed)).ok()?)));
    let settings = told.map(|(name, text)| Settings::of(&front::settings(name, &text))).unwrap_or_default();
    for path in paths.into_iter().filter(|path| generator.holds(path)) {
        let is_text = [".md", ".mdx", ".markdown"].iter().any(|end| path.ends_with(end));
        let is_short = fs::metadata(folder.join(&path)).is_ok_and(|data| data.len() <= BYTES);
        if is_text && is_short {
            match read(&path) {
                Ok(text) => files.push(site::File { text, path }),
                Err(failed) => unread.push(failed),
            }
        } else {
            beside.push(path);
        }
    }
    let name = folder.canonicalize().ok().and_then(|folder| Some(folder.file_name()?.to_string_lossy().into_owned())).unwrap_or_default();
    let mut built = site::build((generator, &settings, &name), files, (store.kinds(), store.now(), store.entropy())).map_err(sentence)?;
    for (path, cause) in unread {
        built.left_out.add("files that cannot be read", format!("{path} ({cause})"));
    }
    for path in beside {
        let end = path.rsplit_once('.').map_or("none", |(_, end)| end).to_owned();
        built.left_out.add(format!("files ending in {end}"), path);
    }
    Ok(built)
}

/// The paths of all files below a folder, without those that begin with a dot, and without links.
fn walk(folder: &Path, at: &str, found: &mut Vec<String>) -> Result<(), String> {
    let words = |cause: io::Error| format!("{} cannot be read: {cause}", folder.join(at).display());
    for entry in fs::read_dir(folder.join(at)).map_err(words)? {
        let entry = entry.map_err(words)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if at.is_empty() { name.clone() } else { format!("{at}/{name}") };
        let kind = entry.file_type().map_err(words)?;
        if name.starts_with('.') || matches!(name.as_str(), "node_modules" | "_site" | "public" | "dist") {
            continue;
        }
        if kind.is_dir() {
            walk(folder, &path, found)?;
        } else if kind.is_file() {
            found.push(path);
        }
        if found.len() > FILES {
            return Err(format!("{} has more than {FILES} files", folder.display()));
        }
    }
    Ok(())
}
