//! The fonts that a branding chooses from: those that each system has, those that come with the program, and WOFF2 files of the project.

use uuid::{Uuid, fmt::Hyphenated};

use crate::domain::id::FileId;

/// A font.
#[derive(Debug)]
pub struct Font {
    /// Its word on the wire.
    pub word: &'static str,
    /// What it is in a stylesheet: the nearest that a reader's system has.
    pub stack: &'static str,
    /// The files that it is loaded from, below `/static`: name, and the characters in it.
    pub files: &'static [(&'static str, &'static str)],
}

/// What a branding has chosen.
#[derive(Debug, Clone, Copy)]
pub enum Chosen {
    /// One of those that are here.
    Ours(&'static Font),
    /// A file of the project.
    File(FileId),
}

/// Most bytes of such a file: each reader loads it before they see the text in it.
pub const FILE_MAX: u64 = 2 * 1024 * 1024;

/// What stands behind a font of somebody's where it is not loaded, or has no such letter.
pub const BEHIND: &str = r#"system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif"#;

/// The word of the usual one.
pub const USUAL_FONT: &str = FONTS[0].word;

/// All of them; the first is the usual one.
pub const FONTS: &[Font] = &[
    system("system-ui", r#"system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif"#),
    Font {
        word: "inter",
        stack: r#""Stele Inter", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif"#,
        files: &[
            (
                "fonts/inter-latin-ext.woff2",
                "U+0100-0130, U+0132-0151, U+0154-02BA, U+02BD-02C5, U+02C7-02CC, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0",
            ),
            (
                "fonts/inter-latin.woff2",
                "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212",
            ),
        ],
    },
    system("humanist", r#"Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif"#),
    system("geometric", r#"Avenir, Montserrat, Corbel, "URW Gothic", source-sans-pro, sans-serif"#),
    system("serif", r#"Charter, "Iowan Old Style", "Source Serif 4", Georgia, "Liberation Serif", serif"#),
    system("old-style", r#""Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, serif"#),
    system("slab", r#"Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif"#),
    system("monospace", r#"ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace"#),
];

/// Their words.
pub const FONT_WORDS: &[&str] = &{
    let mut words = [""; FONTS.len()];
    let mut at = 0;
    while at < FONTS.len() {
        words[at] = FONTS[at].word;
        at += 1;
    }
    words
};

const fn system(word: &'static str, stack: &'static str) -> Font {
    Font { word, stack, files: &[] }
}

/// The file that a value names: `file:` and its id, as it is stored.
pub fn file(value: &str) -> Option<FileId> {
    value.strip_prefix("file:")?.parse::<Hyphenated>().ok().map(|id| FileId::from_uuid(Uuid::from(id)))
}

/// The font of this value, or the usual one.
pub fn font(value: &str) -> Chosen {
    let ours = || Chosen::Ours(FONTS.iter().find(|font| font.word == value).unwrap_or(&FONTS[0]));
    file(value).map_or_else(ours, Chosen::File)
}
