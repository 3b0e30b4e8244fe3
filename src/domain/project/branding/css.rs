//! A branding as a stylesheet: custom properties, and nothing else but the fonts that come along. Each value is one of ours, a number, or a
//! colour that is written anew: no text of anybody's gets in.

use std::fmt::Write as _;

use super::{
    color::Color,
    field::{self, Field},
    font::{BEHIND, Chosen},
    look::Look,
    scheme::{in_the_dark, neutral},
};

/// The stylesheet. `files` is where fonts are, up to the slash before their names.
pub fn stylesheet(look: &Look, files: &str) -> String {
    let (body, heading) = (look.font(field::BODY), look.font(field::HEADING));
    let mut css = faces(body, files);
    if look.text(field::HEADING) != look.text(field::BODY) {
        css += &faces(heading, files);
    }
    css += ":root {\n";
    for (name, value) in colors(look).into_iter().chain(measures(look)) {
        let _ = writeln!(css, "  --brand-{name}: {value};");
    }
    css += &format!("  --brand-body: {};\n  --brand-heading: {};\n}}\n", stack(body), stack(heading));
    css
}

/// The names of a font and of those behind it.
fn stack(font: Chosen) -> String {
    match font {
        Chosen::Ours(font) => font.stack.to_owned(),
        Chosen::File(id) => format!("\"{id}\", {BEHIND}"),
    }
}

/// What a font is loaded from: one of somebody's from where files are, on the host that the stylesheet is on.
fn faces(font: Chosen, files: &str) -> String {
    let font = match font {
        Chosen::Ours(font) => font,
        Chosen::File(id) => {
            return format!(
                "@font-face {{\n  font-family: \"{id}\"; font-weight: 100 900; font-display: swap;\n  \
                 src: url(\"/files/{id}/font.woff2\") format(\"woff2\");\n}}\n"
            );
        }
    };
    let family = font.stack.split(',').next().unwrap_or_default();
    let face = |(file, range): &(&str, &str)| {
        format!(
            "@font-face {{\n  font-family: {family}; font-weight: 100 900; font-display: swap;\n  src: url(\"{files}/{file}\") format(\"woff2\");\n  \
             unicode-range: {range};\n}}\n"
        )
    };
    font.files.iter().map(face).collect()
}

/// The colours, for light and for dark.
fn colors(look: &Look) -> Vec<(String, String)> {
    let (light, dark) = (look.color(field::GROUND_LIGHT), look.color(field::GROUND_DARK));
    let (paper, dark_paper) = (look.color(field::PAPER_LIGHT), look.color(field::PAPER_DARK));
    let both = |name: &str, light: Color, dark: Color| (name.to_owned(), format!("light-dark({light}, {dark})"));
    let neutral = neutral(light, paper).into_iter().zip(neutral(dark, dark_paper));
    let mut all: Vec<_> = neutral.map(|((name, light), (_, dark))| both(name, light, dark)).collect();
    let chosen = [
        ("primary", field::PRIMARY),
        ("secondary", field::SECONDARY),
        ("info", field::INFO),
        ("warning", field::WARNING),
        ("success", field::SUCCESS),
        ("error", field::ERROR),
    ];
    for (name, field) in chosen {
        let (by_day, by_night) = (look.color(field), in_the_dark(look.color(field), dark, dark_paper));
        all.push(both(name, by_day, by_night));
        all.push(both(&format!("on-{name}"), by_day.opposite(), by_night.opposite()));
    }
    all
}

/// What is no colour.
fn measures(look: &Look) -> Vec<(String, String)> {
    let word = |field: &Field| look.text(field);
    let radius = look.number(field::RADIUS);
    let shadow = match word(field::SHADOW).as_str() {
        "none" => "none",
        "medium" => "0 2px 6px rgb(0 0 0 / .14), 0 6px 18px rgb(0 0 0 / .08)",
        "strong" => "0 4px 10px rgb(0 0 0 / .2), 0 14px 36px rgb(0 0 0 / .16)",
        _ => "0 1px 3px rgb(0 0 0 / .1)",
    };
    let leading = match word(field::LEADING).as_str() {
        "tight" => "1.4",
        "relaxed" => "1.85",
        _ => "1.65",
    };
    let tracking = match word(field::TRACKING).as_str() {
        "tight" => "-0.012em",
        "wide" => "0.025em",
        _ => "0em",
    };
    let button = match word(field::BUTTONS).as_str() {
        "squared" => "0px".to_owned(),
        "pill" => "99rem".to_owned(),
        _ => format!("{radius}px"),
    };
    let (edge, foot, fill) = match word(field::INPUTS).as_str() {
        "filled" => ("transparent", "transparent", "var(--brand-muted)"),
        "standard" => ("transparent", "var(--brand-edge)", "transparent"),
        _ => ("var(--brand-edge)", "var(--brand-edge)", "var(--brand-paper)"),
    };
    let (card_edge, card_shadow) = match word(field::CARDS).as_str() {
        "flat" => ("transparent", "none"),
        "elevated" => ("transparent", "var(--brand-shadow)"),
        _ => ("var(--brand-line)", "none"),
    };
    let all: [(&str, String); 16] = [
        ("radius", format!("{radius}px")),
        ("button-radius", button),
        ("shadow", shadow.to_owned()),
        ("scale", look.number(field::SCALE).to_string()),
        ("space", look.number(field::SPACING).to_string()),
        ("heading-weight", look.number(field::HEADING_WEIGHT).to_string()),
        ("body-weight", look.number(field::BODY_WEIGHT).to_string()),
        ("leading", leading.to_owned()),
        ("tracking", tracking.to_owned()),
        ("input-edge", edge.to_owned()),
        ("input-foot", foot.to_owned()),
        ("input-fill", fill.to_owned()),
        ("input-radius", if word(field::INPUTS) == "standard" { "0px".to_owned() } else { format!("{radius}px") }),
        ("card-edge", card_edge.to_owned()),
        ("card-shadow", card_shadow.to_owned()),
        ("card-fill", if word(field::CARDS) == "flat" { "var(--brand-muted)" } else { "var(--brand-paper)" }.to_owned()),
    ];
    all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
