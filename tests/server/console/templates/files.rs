//! Requests that show each template of the pages of files.

use super::samples::{Sample, at, help, proven, refused, sent, shown};

const FILES: &str = "/p/site/files";

/// Every template of them, at least once.
pub const SAMPLES: &[Sample] = &[
    shown("file/library.html", |_| at(FILES)),
    shown("file/library.html", |w| at(&format!("{FILES}?folder={}&view=list", w.folder))),
    shown("file/library.html", |w| at(&format!("{FILES}?search={}", w.query()))),
    refused("file/library.html", |w| sent(&format!("{FILES}/several"), &[("do", "move"), ("file", &w.text)])),
    shown("file/upload.html", |w| at(&format!("{FILES}/upload?folder={}", w.folder))),
    shown("file/folder.html", |w| at(&format!("{FILES}/folders/new?folder={}", w.folder))),
    refused("file/folder.html", |w| sent(&format!("{FILES}/folders/{}/edit", w.folder), &[("name", &format!("{}/", w.text))])),
    shown("file/details.html", |w| at(&format!("{FILES}/{}?link=hour", w.file))),
    refused("file/details.html", |w| {
        let typed = ["altText.en", "caption.en", "title.en", "description", "focalPoint.x"].map(|name| (name, w.text.as_str()));
        sent(&format!("{FILES}/{}", w.file), &[&[("filename", "")], &typed[..]].concat())
    }),
    shown("file/replace.html", |w| at(&format!("{FILES}/{}/replace", w.file))),
    shown("file/versions.html", |w| at(&format!("{FILES}/{}/versions", w.file))),
    shown("file/trash.html", |_| at(&format!("{FILES}/trash"))),
    shown("file/trash.html", |w| at(&format!("{FILES}/trash?search={}", w.query()))),
    proven(
        shown("file/empty.html", |_| at(&format!("{FILES}/trash/empty"))),
        &["<h1 id=\"dialog-title\">Empty the trash?</h1>", "files/trash\">"],
    ),
    proven(shown("help/en/content/files.html", |_| help("files").nobody()), &["<a href=\"#library\">The library</a></h2>"]),
    proven(shown("help/fr/content/files.html", |_| help("files").french()), &["<a href=\"#library\">La médiathèque</a></h2>"]),
    shown("file/pick.html", |w| at(&format!("{FILES}/pick?folder={}&type=image&for={1}&from=/o/acme/p/site/{1}", w.folder, w.query()))),
];
