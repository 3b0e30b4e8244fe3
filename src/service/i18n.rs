//! The words that people read, in each language.

use std::{fmt, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

/// The folder `templates/lang/`: one folder a language, in it one an area, one file a noun.
#[derive(RustEmbed)]
#[folder = "templates/lang"]
struct Texts;

/// A language of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    En,
    /// French.
    Fr,
}

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| Lang::ALL.map(bundle));

fn bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let tag = lang.tag();
    let id = tag.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // A formatter is a bare function, so each language has its own. Only what is written is grouped: a plural is chosen by the
    // number itself.
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| format_number(Lang::En, value),
        Lang::Fr => |value, _| format_number(Lang::Fr, value),
    }));
    // The marks that isolate directions would be copied along with an address or a name.
    bundle.set_use_isolating(false);
    for name in Texts::iter().filter(|name| name.split('/').next() == Some(tag)) {
        let text = Texts::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
        // What is wrong in a file is found by a test; the rest of it still counts.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn format_number(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    if let FluentValue::Number(number) = value { Some(lang.number(number.as_string())) } else { None }
}

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The language tag, as in `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// Its own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// The language of a tag such as `fr` or `fr-CA`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or(tag);
        Self::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.tag()))
    }

    /// The one that an `Accept-Language` header likes best (RFC 9110 12.5.4).
    pub fn accepted(header: &str) -> Option<Self> {
        let weighed = header.split(',').filter_map(|part| {
            let mut parts = part.split(';').map(str::trim);
            let lang = Self::from_tag(parts.next()?)?;
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
            (weight > 0.0).then_some((weight, lang))
        });
        // Of equal weights the first counts.
        weighed
            .fold(None, |best: Option<(f32, Self)>, one| if best.is_none_or(|best| one.0 > best.0) { Some(one) } else { best })
            .map(|(_, lang)| lang)
    }

    /// A whole number with its digits in groups of three: `1,204`, in French with a narrow no-break space.
    pub fn number(self, number: impl fmt::Display) -> String {
        let plain = number.to_string();
        let (sign, digits) = plain.split_at(usize::from(plain.starts_with('-')));
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return plain;
        }
        let mark = if self == Self::Fr { '\u{202f}' } else { ',' };
        let mut out = sign.to_owned();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    /// A phrase; its arguments are added to it.
    pub fn t(self, key: &str) -> Phrase {
        Phrase { lang: self, key: key.to_owned(), args: FluentArgs::new() }
    }

    /// A day of a month as it is written: the first is an ordinal in French.
    pub(super) fn day(self, day: i8) -> String {
        if day == 1 && self == Self::Fr { "1er".to_owned() } else { day.to_string() }
    }

    fn find(self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = &BUNDLES[self as usize];
        let pattern = bundle.get_message(key)?.value()?;
        Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
    }

    /// Whether there are words for this key.
    pub fn has(self, key: &str) -> bool {
        BUNDLES[self as usize].get_message(key).is_some_and(|message| message.value().is_some())
    }
}

/// A phrase of one language with its arguments.
#[derive(Debug)]
pub struct Phrase {
    lang: Lang,
    key: String,
    args: FluentArgs<'static>,
}

impl Phrase {
    /// With a whole number, of any type that templates hand out.
    #[must_use]
    pub fn n(mut self, name: &'static str, number: impl fmt::Display) -> Self {
        self.args.set(name, FluentValue::from(number.to_string().parse().unwrap_or(i64::MAX)));
        self
    }

    /// With a text.
    #[must_use]
    pub fn s(mut self, name: &'static str, text: impl fmt::Display) -> Self {
        self.args.set(name, FluentValue::from(text.to_string()));
        self
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // English stands in for what is missing; a test keeps that from happening.
        let found = self.lang.find(&self.key, &self.args).or_else(|| Lang::En.find(&self.key, &self.args));
        out.write_str(found.as_deref().unwrap_or(&self.key))
    }
}

#[cfg(test)]
/// The tests of the words, and what they read, for the test of the icons.
pub mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every template and every file of the console, by name.
    pub fn sources() -> Vec<(String, String)> {
        ["templates", "src/http/console", "src/service"].into_iter().flat_map(sources_in).collect()
    }

    /// Every template and source in a folder and those below it, by name.
    pub fn sources_in(folder: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        collect(std::path::Path::new(folder), &mut found);
        found
    }

    fn collect(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.extension().and_then(|extension| extension.to_str()) {
                None if path.is_dir() => collect(&path, found),
                Some("html" | "rs") => found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("text"))),
                _ => {}
            }
        }
    }

    fn keys(folder: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for name in Texts::iter().filter(|name| name.starts_with(folder)) {
            let text = String::from_utf8(Texts::get(&name).expect("a file").data.into_owned()).expect("text");
            FluentResource::try_new(text.clone()).map_err(|(_, errors)| format!("{name}: {errors:?}")).expect("a good file");
            let lines = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
            for key in lines.filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned())) {
                assert!(found.insert(key.clone()), "{name}: {key} is there twice");
            }
        }
        found
    }

    #[test]
    fn every_key_is_there_in_each_language() {
        assert_eq!(keys("en/"), keys("fr/"));
    }

    #[test]
    fn every_key_that_is_used_is_there() {
        for (file, text) in sources().into_iter().filter(|(file, _)| !file.ends_with("words.rs")) {
            for key in text.split(".t(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(Lang::En.has(key), "{file}: there are no words for {key}");
            }
        }
    }

    #[test]
    fn in_french_a_mark_of_two_parts_stands_behind_a_no_break_space() {
        let within = |folder: &std::path::Path| {
            let files = std::fs::read_dir(folder).expect("the help").map(|file| file.expect("a file").path());
            files.collect::<Vec<_>>()
        };
        let help = within("templates/help/fr".as_ref()).into_iter().flat_map(|folder| within(&folder));
        let help = help.filter(|path| path.is_file()).map(|path| std::fs::read_to_string(path).expect("a text"));
        let words = Texts::iter().filter(|name| name.starts_with("fr/")).filter_map(|name| Texts::get(&name));
        let words = words.map(|file| String::from_utf8_lossy(&file.data).into_owned());
        let lines: Vec<_> = words.chain(help).flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        assert!(lines.len() > 500);
        for line in lines.iter().filter(|line| !line.starts_with('#')) {
            assert!(![" :", " ;", " ?", " !", " »", "« "].iter().any(|mark| line.contains(mark)), "{line}");
        }
    }

    #[test]
    fn every_fault_that_is_found_has_words() {
        let mut sources = sources();
        collect(std::path::Path::new("src/domain"), &mut sources);
        let mut found = 0;
        for (file, text) in sources {
            for rest in text.split("Fault::new(").chain(text.split("faults.add(")).skip(1) {
                // The field, which may be any expression on that line, and then the code.
                let line = rest.lines().next().unwrap_or_default();
                let code = line.split(", \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
                if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
                    continue;
                }
                let key = format!("fault-{}", code.replace('_', "-"));
                assert!(Lang::En.has(&key), "{file}: there are no words for {key}");
                found += 1;
            }
        }
        assert!(found > 40, "{found}");
    }

    #[test]
    fn the_accepted_language_with_the_highest_weight_wins() {
        assert_eq!(Lang::accepted("de, fr-CA;q=0.8, en;q=0.5"), Some(Lang::Fr));
        assert_eq!(Lang::accepted("en,fr"), Some(Lang::En));
        assert_eq!(Lang::accepted("fr;q=0, de"), None);
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does_and_plurals_go_by_the_number() {
        let numbers = [0, 7, 999, 1_000, 1_204, 1_234_567];
        assert_eq!(numbers.map(|n| Lang::En.number(n)), ["0", "7", "999", "1,000", "1,204", "1,234,567"]);
        assert_eq!(Lang::Fr.number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!((Lang::En.number(-1_204), Lang::En.number("v1204")), ("-1,204".to_owned(), "v1204".to_owned()));
        let drafts = |lang: Lang, n| lang.t("website-page-drafts").n("n", n).to_string();
        assert_eq!((drafts(Lang::En, 1), drafts(Lang::En, 1_204)), ("1 page is a draft".into(), "1,204 pages are drafts".into()));
        assert!(drafts(Lang::Fr, 1_204).starts_with("1\u{202f}204 pages"), "{}", drafts(Lang::Fr, 1_204));
    }
}
