//! The fonts that a branding chooses from: those that each system has, and those that come with the program.

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

/// The font of this word, or the usual one.
pub fn font(word: &str) -> &'static Font {
    FONTS.iter().find(|font| font.word == word).unwrap_or(&FONTS[0])
}
