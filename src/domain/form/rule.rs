//! What may be wrong with an answer.

use crate::domain::error::Fault;

/// What an answer breaks, with the bound that it breaks.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// There is none.
    Required,
    /// A consent was not given.
    Consent,
    /// It has fewer characters than this.
    TooShort(usize),
    /// It has more than this.
    TooLong(usize),
    /// It does not match; what is said of the pattern, if something is.
    Pattern(String),
    /// It is no e-mail address.
    Email,
    /// It is no number of a phone.
    Phone,
    /// It is no web address.
    Url,
    /// It is no number.
    Number,
    /// It is less than this.
    TooSmall(f64),
    /// It is more than this.
    TooGreat(f64),
    /// It is no multiple of this.
    Step(f64),
    /// It is no day.
    Day,
    /// It is no time of day.
    Time,
    /// It is before this.
    TooEarly(String),
    /// It is after this.
    TooLate(String),
    /// It is none of the options.
    NotOffered,
    /// A file is of none of these types.
    FileType(String),
    /// A file has more megabytes than this.
    FileTooLarge(u64),
    /// There are more files than this.
    TooManyFiles(usize),
    /// It is a text where a file is asked for.
    NoFile,
    /// It is neither text nor a number, a flag, or an array of these.
    WrongType,
    /// The form asks for no such thing.
    Unknown,
}

impl Rule {
    /// The machine word.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Consent => "consent_required",
            Self::TooShort(_) => "too_short",
            Self::TooLong(_) => "too_long",
            Self::Pattern(_) => "pattern",
            Self::Email => "no_email",
            Self::Phone => "no_phone",
            Self::Url => "no_url",
            Self::Number => "no_number",
            Self::TooSmall(_) => "too_small",
            Self::TooGreat(_) => "too_great",
            Self::Step(_) => "step",
            Self::Day => "no_day",
            Self::Time => "no_time",
            Self::TooEarly(_) => "too_early",
            Self::TooLate(_) => "too_late",
            Self::NotOffered => "not_offered",
            Self::FileType(_) => "wrong_file_type",
            Self::FileTooLarge(_) => "file_too_large",
            Self::TooManyFiles(_) => "too_many_files",
            Self::NoFile => "no_file",
            Self::WrongType => "wrong_type",
            Self::Unknown => "unknown_field",
        }
    }

    /// The bound that is broken, as it is said; empty for a rule without one.
    pub fn bound(&self) -> String {
        match self {
            Self::TooShort(n) | Self::TooLong(n) | Self::TooManyFiles(n) => n.to_string(),
            Self::FileTooLarge(n) => n.to_string(),
            Self::TooSmall(n) | Self::TooGreat(n) | Self::Step(n) => n.to_string(),
            Self::TooEarly(bound) | Self::TooLate(bound) | Self::Pattern(bound) | Self::FileType(bound) => bound.clone(),
            _ => String::new(),
        }
    }

    /// What it must be, in English.
    fn must(&self) -> String {
        let bound = self.bound();
        match self {
            Self::Required => "is required".into(),
            Self::Consent => "must be agreed to".into(),
            Self::TooShort(_) => format!("must have at least {bound} characters"),
            Self::TooLong(_) => format!("must have at most {bound} characters"),
            Self::Pattern(help) if help.is_empty() => "does not have the form that is asked for".into(),
            Self::Pattern(_) => format!("is not as it must be: {}", bound.trim_end_matches('.')),
            Self::Email => "must be an e-mail address such as ann@example.org".into(),
            Self::Phone => "must be the number of a phone such as +41 44 123 45 67".into(),
            Self::Url => "must be a web address that begins with https://".into(),
            Self::Number => "must be a number".into(),
            Self::TooSmall(_) => format!("must be at least {bound}"),
            Self::TooGreat(_) => format!("must be at most {bound}"),
            Self::Step(_) => format!("must be in steps of {bound}"),
            Self::Day => "must be a day such as 2026-03-31".into(),
            Self::Time => "must be a time such as 14:30".into(),
            Self::TooEarly(_) => format!("must not be before {bound}"),
            Self::TooLate(_) => format!("must not be after {bound}"),
            Self::NotOffered => "must be one of the options".into(),
            Self::FileType(_) => format!("must be a file of one of these types: {bound}"),
            Self::FileTooLarge(_) => format!("must be a file of at most {bound} MB"),
            Self::TooManyFiles(_) => format!("must be at most {bound} files"),
            Self::NoFile => "must be a file, which is sent with a form (multipart/form-data)".into(),
            Self::WrongType => "must be text, a number, true or false, or an array of these".into(),
            Self::Unknown => "is not asked for".into(),
        }
    }
}

/// One wrong answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrong {
    /// The id of the block that asks for it; empty if none does.
    pub block: String,
    /// What the answer is called.
    pub name: String,
    /// The question.
    pub label: String,
    /// What is wrong.
    pub rule: Rule,
}

impl Wrong {
    /// The same as it is told: under the name, with the question in the sentence.
    pub fn fault(&self) -> Fault {
        Fault::new(self.name.as_str(), self.rule.code(), format!("{} {}.", self.label, self.rule.must()))
    }
}
