//! The colours of a page, light or dark: those that somebody chose, and those that follow from them.

use super::color::{Color, LARGE, TEXT};

/// Text on light grounds, and on dark ones.
const INKS: [Color; 2] = [Color([0x1d, 0x21, 0x29]), Color([0xe7, 0xe9, 0xee])];
/// From so much contrast on, text need not be black or white.
const EASY: f64 = 7.0;

/// The colour of text on a ground.
pub fn ink(ground: Color) -> Color {
    let [dark, light] = INKS;
    let soft = if dark.contrast(ground) >= light.contrast(ground) { dark } else { light };
    if soft.contrast(ground) >= EASY { soft } else { ground.opposite() }
}

/// The neutral colours of a page: what each is called in a stylesheet, and what it is.
pub fn neutral(ground: Color, paper: Color) -> Vec<(&'static str, Color)> {
    let ink = ink(ground);
    let quiet = ink.mixed(ground, 30).toward(ink, &[ground, paper], TEXT);
    let edge = ground.mixed(ink, 40).toward(ink, &[ground, paper], LARGE);
    vec![
        ("ground", ground),
        ("paper", paper),
        ("muted", ground.mixed(ink, 5)),
        ("ink", ink),
        ("quiet", quiet),
        ("line", ground.mixed(ink, 16)),
        ("edge", edge),
        ("inverse", ink),
        ("on-inverse", ink.opposite()),
    ]
}

/// A chosen colour in the dark: there it is lightened until it is read on the ground and on paper.
pub fn in_the_dark(color: Color, ground: Color, paper: Color) -> Color {
    color.toward(ink(ground), &[ground, paper], TEXT)
}
