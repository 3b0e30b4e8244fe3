//! What can be set of a branding, each field said once: its name, what it may be, and what it is until somebody sets it. Checks, schemas, the
//! form of the console and the stylesheet go by this list.

use serde_json::{Map, Value, json};
use uuid::fmt::Hyphenated;

use crate::domain::{error::Fault, pattern, text};

use super::{
    color::Color,
    font::{self, FONT_WORDS, USUAL_FONT},
};

/// Most characters of a brief.
const BRIEF_MAX: usize = 5_000;
/// Most characters of an address.
const ADDRESS_MAX: usize = 2_000;

/// A field.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it stands in the form.
    pub group: Group,
    /// What it may be, and what it usually is.
    pub holds: Holds,
    /// What it does.
    pub help: &'static str,
}

/// The groups of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Colours.
    Colors,
    /// Type.
    Type,
    /// Shape.
    Shape,
    /// Logos.
    Logos,
    /// Briefs.
    Briefs,
}

/// What a field may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Holds {
    /// A colour; the usual one.
    Color([u8; 3]),
    /// A number: the least, the most, the usual one.
    Number(f64, f64, f64),
    /// One of these words; the usual one.
    Word(&'static [&'static str], &'static str),
    /// One of the fonts that are here, or `file:` and the id of a WOFF2 file of the project.
    Font,
    /// A picture: an address, or `file:` and the id of a file. There is none until one is named.
    Picture,
    /// What people and agents go by who write or draw. There is none until one is written.
    Brief,
}

impl Group {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Colors, Self::Type, Self::Shape, Self::Logos, Self::Briefs];

    /// The end of the key of its words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Colors => "colors",
            Self::Type => "type",
            Self::Shape => "shape",
            Self::Logos => "logos",
            Self::Briefs => "briefs",
        }
    }
}

macro_rules! fields {
    ($($constant:ident $name:literal $group:ident $holds:expr, $help:literal;)*) => {
        $(
            #[doc = $help]
            pub const $constant: &Field = &Field { name: $name, group: Group::$group, holds: $holds, help: $help };
        )*

        /// All of them, in the order of an answer.
        pub const FIELDS: &[&Field] = &[$($constant,)*];
    };
}

use Holds::{Brief, Font, Number, Picture, Word};

fields! {
    LOGO "logoUrl" Logos Picture, "The logo: an address, a path, or file: and the id of a file";
    LOGO_DARK "logoDarkUrl" Logos Picture, "The logo on dark grounds";
    FAVICON "faviconUrl" Logos Picture, "The picture in the tab of a browser";
    PRIMARY "colorPrimary" Colors Holds::Color([0x1f, 0x5f, 0xae]), "Links and buttons";
    SECONDARY "colorSecondary" Colors Holds::Color([0x59, 0x60, 0x70]), "What stands beside the first colour";
    INFO "colorInfo" Colors Holds::Color([0x1f, 0x5f, 0xae]), "Notes";
    WARNING "colorWarning" Colors Holds::Color([0x8a, 0x5a, 0x00]), "Warnings";
    SUCCESS "colorSuccess" Colors Holds::Color([0x1c, 0x74, 0x43]), "What went well";
    ERROR "colorError" Colors Holds::Color([0xb3, 0x26, 0x1e]), "What went wrong";
    GROUND_LIGHT "backgroundLight" Colors Holds::Color([0xff, 0xff, 0xff]), "Behind everything";
    PAPER_LIGHT "paperLight" Colors Holds::Color([0xff, 0xff, 0xff]), "Cards and inputs";
    GROUND_DARK "backgroundDark" Colors Holds::Color([0x14, 0x16, 0x1b]), "Behind everything, for readers who like it dark";
    PAPER_DARK "paperDark" Colors Holds::Color([0x1f, 0x23, 0x2b]), "Cards and inputs, for readers who like it dark";
    BODY "fontBody" Type Font, "The font of text: one of those here, or file: and the id of a public WOFF2 file";
    HEADING "fontHeading" Type Font, "The font of headings, in the same way";
    RADIUS "borderRadius" Shape Number(0.0, 40.0, 10.0), "How round corners are, in pixels";
    SHADOW "shadowIntensity" Shape Word(&["none", "subtle", "medium", "strong"], "subtle"), "How high things seem to lie";
    SCALE "fontScale" Type Number(0.75, 1.5, 1.0), "How large text is: 1 is the usual size";
    HEADING_WEIGHT "headingWeight" Type Number(100.0, 900.0, 650.0), "How bold headings are";
    BODY_WEIGHT "bodyWeight" Type Number(100.0, 900.0, 400.0), "How bold text is";
    LEADING "lineHeight" Type Word(&["tight", "normal", "relaxed"], "normal"), "The room between lines";
    TRACKING "letterSpacing" Type Word(&["tight", "normal", "wide"], "normal"), "The room between letters";
    SPACING "spacingScale" Shape Number(0.5, 2.0, 1.0), "How much room there is between things: 1 is the usual";
    BUTTONS "buttonStyle" Shape Word(&["squared", "rounded", "pill"], "rounded"), "The corners of buttons";
    INPUTS "inputStyle" Shape Word(&["outlined", "filled", "standard"], "outlined"), "How one sees where to type";
    CARDS "cardStyle" Shape Word(&["flat", "outlined", "elevated"], "outlined"), "How cards are set off";
    CONTENT_BRIEF "contentDesignBrief" Briefs Brief, "How pages are put together, for people and agents who write them";
    IMAGE_BRIEF "imageDesignBrief" Briefs Brief, "What pictures look like";
    VOICE_BRIEF "voiceDesignBrief" Briefs Brief, "How texts sound";
}

impl Field {
    /// The field of this name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        FIELDS.iter().copied().find(|field| field.name == name)
    }

    /// What it is until somebody sets it; none where there is nothing then.
    pub fn usual(&self) -> Option<Value> {
        match self.holds {
            Holds::Color(parts) => Some(Color(parts).to_string().into()),
            Number(.., usual) => Some(number(usual)),
            Word(_, usual) => Some(usual.into()),
            Font => Some(USUAL_FONT.into()),
            Picture | Brief => None,
        }
    }

    /// What a form says of it, as JSON would; `null` for nothing.
    pub fn parse(&self, typed: &str) -> Value {
        let typed = typed.trim();
        match self.holds {
            _ if typed.is_empty() => Value::Null,
            Number(..) => typed.replace(',', ".").parse().ok().filter(|it: &f64| it.is_finite()).map_or_else(|| typed.into(), number),
            _ => typed.into(),
        }
    }

    /// The value that is stored for one that was sent; `null` is nothing.
    pub(super) fn check(&self, value: &Value) -> Result<Option<Value>, Fault> {
        let fault = |code, rule: &str| Err(Fault::new(self.name, code, format!("{} must be {rule}.", self.name)));
        match (self.holds, value) {
            (_, Value::Null) => Ok(None),
            (Number(least, most, _), Value::Number(sent)) => match sent.as_f64() {
                Some(it) if (least..=most).contains(&it) => Ok(Some(number(it))),
                _ => fault("out_of_range", &format!("a number from {least} to {most}")),
            },
            (Number(..), _) => fault("wrong_type", "a number or null"),
            (Holds::Color(_), Value::String(sent)) => match Color::from_hex(sent) {
                Some(color) => Ok(Some(color.to_string().into())),
                None => fault("malformed", "a colour such as #1f7a6d"),
            },
            (Word(words, _), Value::String(sent)) if words.contains(&sent.as_str()) => Ok(Some(sent.as_str().into())),
            (Word(words, _), Value::String(_)) => fault("unknown", &format!("one of: {}", words.join(", "))),
            (Font, Value::String(sent)) if FONT_WORDS.contains(&sent.as_str()) => Ok(Some(sent.as_str().into())),
            (Font, Value::String(sent)) => match font::file(sent) {
                Some(id) => Ok(Some(format!("file:{id}").into())),
                None => fault("unknown", &format!("file: and the id of a file, or one of: {}", FONT_WORDS.join(", "))),
            },
            (Picture, Value::String(sent)) => picture(self.name, sent).map(|it| (!it.is_empty()).then(|| it.into())),
            (Brief, Value::String(sent)) => text::block(self.name, sent, BRIEF_MAX).map(|it| (!it.trim().is_empty()).then(|| it.into())),
            _ => fault("wrong_type", "a string or null"),
        }
    }

    /// Its JSON Schema: of what is sent, where null is what takes it away, or of what is answered.
    pub fn schema(&self, is_body: bool) -> Value {
        let mut schema = match self.holds {
            Holds::Color(_) => json!({"type": "string", "pattern": if is_body { "^#[0-9a-fA-F]{6}$" } else { "^#[0-9a-f]{6}$" }}),
            Number(least, most, _) => json!({"type": "number", "minimum": number(least), "maximum": number(most)}),
            Word(words, _) => json!({"type": "string", "enum": words}),
            Font => json!({"type": "string", "pattern": font_pattern(is_body)}),
            Picture => json!({"type": "string", "maxLength": ADDRESS_MAX, "pattern": pattern::PICTURE, "examples": ["/logo.svg"]}),
            Brief => json!({"type": "string", "maxLength": BRIEF_MAX, "pattern": pattern::BLOCK}),
        };
        schema["description"] = match self.usual() {
            Some(usual) => format!("{}. Until it is set: {}", self.help, usual.to_string().replace('"', "")).into(),
            None => self.help.into(),
        };
        if let (Holds::Color(_), Some(usual)) = (self.holds, self.usual()) {
            schema["examples"] = json!([usual]);
        }
        if is_body {
            schema["type"] = json!([schema["type"], "null"]);
            if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                words.push(Value::Null);
            }
        }
        schema
    }
}

/// The schemas of all fields by their names.
pub fn schemas(is_body: bool) -> Map<String, Value> {
    FIELDS.iter().map(|field| (field.name.to_owned(), field.schema(is_body))).collect()
}

/// What a font may be.
fn font_pattern(is_body: bool) -> String {
    let digit = if is_body { "[0-9a-fA-F]" } else { "[0-9a-f]" };
    format!("^(?:{}|file:{digit}{{8}}-{digit}{{4}}-{digit}{{4}}-{digit}{{4}}-{digit}{{12}})$", FONT_WORDS.join("|"))
}

/// A number as it is written: whole ones without a point.
fn number(value: f64) -> Value {
    #[allow(clippy::cast_possible_truncation, reason = "it is whole, and within the range of a field")]
    if value.fract() == 0.0 && value.abs() < 1e9 { (value as i64).into() } else { value.into() }
}

/// Where a picture is: an address, a path, or `file:` and an id. Nothing that runs.
fn picture(field: &str, sent: &str) -> Result<String, Fault> {
    let sent = text::optional_line(field, sent, ADDRESS_MAX)?;
    let plain = !sent.contains(|c: char| c.is_whitespace() || c == '\\');
    let good = match sent.split_once(':') {
        Some(("file", id)) => id.parse::<Hyphenated>().is_ok(),
        Some(("http" | "https", rest)) => plain && rest.strip_prefix("//").is_some_and(|host| !host.is_empty()),
        _ => sent.is_empty() || (plain && sent.starts_with('/') && !sent.starts_with("//")),
    };
    let rule = "must be an http or https address, a path, or file: and the id of a file";
    if good { Ok(sent) } else { Err(Fault::new(field, "malformed", format!("{field} {rule}."))) }
}
