//! Files are found, so that content can refer to them.

use std::fmt::Write;

use crate::{
    domain::{
        Result,
        file::{
            draft::About,
            file::{File, texts},
        },
        listing::{Filter, Listing, Test},
        search::Query,
    },
    http::mcp::base::{
        answer::ToolAnswer,
        argument::{Argument, Holds},
        invocation::Invocation,
        paging::{CURSOR, Paging},
        render::short,
        tool::Tool,
    },
    service::file::{
        file,
        search::{self, FileSearch},
        sending,
    },
    store::file::file::FILES,
};

/// Files of a page of an answer.
const PAGE: u32 = 30;

/// Most bytes that can be announced.
const MOST: i64 = 1 << 40;

/// What files are of, and what their types begin with.
const SORTS: [(&str, &str); 5] =
    [("image", "image/"), ("sound", "audio/"), ("film", "video/"), ("text", "text/"), ("document", "application/")];

/// Begins the upload of one.
pub static CREATE_UPLOAD: Tool = Tool::writes(
    "create_upload",
    "Create an upload",
    "Get a one-time address to which a program sends the bytes of a file within an hour, such as curl. Never send them here.",
    &[
        Argument::new("filename", Holds::Text, "With its ending.").required(),
        Argument::new("size", Holds::Number(MOST), "Bytes, if known."),
        Argument::new("folder", Holds::Text, "Names of folders, parted by /; made if missing."),
        Argument::new("public", Holds::Flag, "Readers may see it; else a page shows nothing there."),
    ],
    create,
);

/// Finds files.
pub static FIND_FILES: Tool = Tool::reads(
    "find_files",
    "Find files",
    "Find files by names, alt texts and what is written in them, or list the newest. Content refers to one by `file:` and its id.",
    &[
        Argument::new("query", Holds::Text, "Left out: the newest."),
        Argument::new("type", Holds::Word(&["image", "sound", "film", "text", "document"]), ""),
        CURSOR,
    ],
    find,
);

fn find(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let at = invocation.at()?;
    let paging = Paging::of(invocation.arguments, PAGE)?;
    let asked = invocation.arguments.text("type");
    let begins = SORTS.iter().find(|(word, _)| Some(*word) == asked).map(|(_, begins)| *begins);
    let query = invocation.arguments.text("query").unwrap_or_default().trim();
    let found = if query.is_empty() {
        let filters = begins.map(|begins| Filter { field: "mimeType", test: Test::Like(begins.to_owned()) });
        let listing = Listing { filters: filters.into_iter().collect(), ..paging.listing(&FILES) };
        file::list(invocation.tx, &invocation.actor, at, &listing)?
    } else {
        let mime_type = begins.map(str::to_owned);
        let wanted = FileSearch { query: Query::of(query), mime_type, page: (paging.page, PAGE), ..FileSearch::default() };
        search::find(invocation.tx, &invocation.actor, at, &wanted)?.map(|find| find.file)
    };
    let lines: String = found.items.iter().map(line).collect();
    let answer = ToolAnswer::new(format!("{} of {} files.", found.items.len(), found.total)).show(lines);
    Ok(paging.more(answer, found.total))
}

/// A file in one line, as content refers to it.
fn line(file: &File) -> String {
    let mut line = format!("- file:{} | {} | {} | {} bytes", file.id, short(&file.original_filename, 120), file.mime_type, file.blob.size);
    if let Some((width, height)) = file.dimensions {
        let _ = write!(line, " | {width} x {height}");
    }
    line.push_str(if file.is_public { " | public" } else { " | private: readers do not see it" });
    if let Some(alt) = texts(&file.alt_text).next() {
        let _ = write!(line, " | alt: {}", short(alt, 200));
    }
    line.push('\n');
    line
}

fn create(invocation: &mut Invocation<'_, '_>) -> Result<ToolAnswer> {
    let at = invocation.at()?;
    let about = About {
        filename: invocation.arguments.text("filename").unwrap_or_default().to_owned(),
        folder_path: invocation.arguments.text("folder").map(str::to_owned),
        is_public: Some(invocation.arguments.flag("public")),
        ..About::default()
    };
    let size = invocation.arguments.number("size").and_then(|size| size.try_into().ok()).unwrap_or_default();
    if invocation.dry {
        file::authorize(invocation.tx, &invocation.actor, at)?;
        about.check()?;
        return Ok(ToolAnswer::new("An address to which one file is sent once, within an hour."));
    }
    let made = sending::open(invocation.tx, &invocation.actor, at, (&about, size), &invocation.caller.state().files)?;
    let address = format!("{}/upload/{}", invocation.public_url(), made.token.reveal());
    let told = ToolAnswer::new(format!("Good once, until {}:\ncurl -T FILE '{address}'", made.ends_at));
    Ok(told.say("Its answer has the `reference`, file:ID, by which content refers to the file."))
}
