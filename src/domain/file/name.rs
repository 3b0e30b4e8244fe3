//! What a file is called: whatever it was called elsewhere, its name stands in one line, in an address, and in every file system.

use crate::domain::{
    error::Fault,
    text::{is_hidden_control, is_invisible, is_unseen},
};

/// Most characters of a name, as it was sent.
pub const SENT_MAX: usize = 255;
/// Most bytes of a name, as file systems take it.
const MAX: usize = 200;
/// Most bytes of an ending that is kept where a name is shortened.
const ENDING_MAX: usize = 16;
/// Names that some systems keep for devices, whatever their ending.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4",
    "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];
/// The name of what has none.
const NAMELESS: &str = "file";

/// A name that somebody chose for a file.
///
/// # Errors
/// The fault of `field`: it is empty, too long, or has control characters.
pub fn check(field: &str, name: &str) -> Result<String, Fault> {
    if name.chars().count() > SENT_MAX {
        return Err(Fault::new(field, "too_long", format!("{field} must have at most {SENT_MAX} characters.")));
    }
    if name.chars().any(is_hidden_control) {
        return Err(Fault::new(field, "control_character", format!("{field} must not contain control characters.")));
    }
    if is_unseen(name) {
        return Err(Fault::new(field, "required", format!("{field} must not be empty.")));
    }
    Ok(name.trim().to_owned())
}

/// The name that a program gave to a file along with it: nobody typed it, so nobody is told what is wrong with it. Of a path, the last part.
pub fn given_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let seen: String = last.chars().filter(|c| !is_hidden_control(*c)).take(SENT_MAX).collect();
    if is_unseen(&seen) { NAMELESS.to_owned() } else { seen.trim().to_owned() }
}

/// A name as it stands in addresses and in file systems.
pub fn safe(name: &str) -> String {
    let barred = |c: char| is_hidden_control(c) || is_invisible(c) || c.is_whitespace() || r#"/\<>:"|?*%#;"#.contains(c);
    let mut clean = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            c if barred(c) => {
                if !clean.ends_with('-') {
                    clean.push('-');
                }
            }
            c => clean.push(c),
        }
    }
    // What begins with a dot is hidden, and what ends with one is cut by some systems.
    let clean = clean.trim_matches(['.', '-']);
    let clean = if clean.is_empty() { NAMELESS } else { clean };
    let stem = clean.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let guarded = if RESERVED.contains(&stem.as_str()) { format!("_{clean}") } else { clean.to_owned() };
    shortened(&guarded)
}

/// The ending of a name in small letters, without its dot.
pub fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && !ending.is_empty()).then(|| ending.to_ascii_lowercase())
}

fn shortened(name: &str) -> String {
    if name.len() <= MAX {
        return name.to_owned();
    }
    let tail = name.rfind('.').map(|at| &name[at..]).filter(|tail| tail.len() <= ENDING_MAX).unwrap_or_default();
    let end = (0..=MAX - tail.len()).rev().find(|at| name.is_char_boundary(*at)).unwrap_or_default();
    format!("{}{tail}", name[..end].trim_end_matches(['.', '-']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_hides_nothing_and_leads_nowhere() {
        for (name, clean) in [
            ("photo.jpg", "photo.jpg"),
            ("Été à la mer.JPG", "Été-à-la-mer.JPG"),
            ("../../etc/passwd", "etc-passwd"),
            ("a/b\\c.txt", "a-b-c.txt"),
            ("invoice\u{202e}fdp.exe", "invoice-fdp.exe"),
            ("a\u{200b}b.txt", "a-b.txt"),
            ("CON", "_CON"),
            ("lpt1.txt", "_lpt1.txt"),
            ("connect.txt", "connect.txt"),
            (".htaccess", "htaccess"),
            ("...", "file"),
            ("\u{202e}", "file"),
            ("100% #1?.txt", "100-1-.txt"),
            ("مرحبا.txt", "مرحبا.txt"),
        ] {
            assert_eq!(safe(name), clean, "{name:?}");
        }
        let long = safe(&format!("{}.tar.gz", "é".repeat(300)));
        assert!(long.len() <= MAX && long.ends_with(".gz"), "{long}");
    }

    #[test]
    fn what_somebody_chose_is_refused_and_what_a_program_told_is_cleaned() {
        let code = |name: &str| check("filename", name).map_err(|fault| fault.code);
        assert_eq!(code(""), Err("required"));
        assert_eq!(code("a\0b"), Err("control_character"));
        assert_eq!(code("a\u{202e}b"), Err("control_character"));
        assert_eq!(code(&"a".repeat(300)), Err("too_long"));
        assert_eq!(code(" a/b.txt "), Ok("a/b.txt".into()));
        assert_eq!(given_name("C:\\fakepath\\a\0b.txt"), "ab.txt");
        assert_eq!((given_name("a/b/"), given_name("\0"), given_name(&"a".repeat(300)).len()), ("b".into(), "file".into(), 255));
        assert_eq!((ending("a.TXT"), ending(".txt"), ending("a.")), (Some("txt".into()), None, None));
    }

    proptest! {
        #[test]
        fn every_name_becomes_one_that_every_system_takes(name in any::<String>()) {
            let clean = safe(&name);
            prop_assert!(!clean.is_empty() && clean.len() <= MAX, "{clean}");
            prop_assert!(!clean.contains(['/', '\\', '\0']) && !clean.starts_with('.'), "{clean}");
            prop_assert_eq!(safe(&clean), clean);
        }
    }
}
