//! Users: people with an e-mail address and a password, and the profile they share with service accounts.

use crate::domain::{
    Result,
    access::ActorKind,
    error::{Fault, Faults},
    id::UserId,
    text,
    time::Instant,
};

/// Shortest password, in characters (NIST SP 800-63B: length, no composition rules).
pub const PASSWORD_MIN: usize = 10;
/// So many characters of a name or an address are no chance in a password.
const OWN_MIN: usize = 4;
/// Longest password, in bytes.
pub const PASSWORD_MAX: usize = 1024;

/// A person or a service account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Person or service account.
    pub kind: ActorKind,
    /// Name.
    pub name: String,
    /// E-mail address; a service account has one too, that no mail reaches.
    pub email: String,
    /// A few words about a person.
    pub bio: Option<String>,
    /// Address of a picture.
    pub avatar_url: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
    /// Language of the console.
    pub locale: Option<String>,
    /// The language in which it spoke to them last.
    pub browser_locale: Option<String>,
    /// `light`, `dark` or `system`.
    pub theme: Option<String>,
    /// Whether they look after the instance.
    pub is_operator: bool,
    /// Since when it is disabled.
    pub disabled_at: Option<Instant>,
    /// Made at.
    pub created_at: Instant,
    /// Changed at.
    pub updated_at: Instant,
}

impl User {
    /// The language to write to them in: the one they chose, else the one that the console spoke last.
    pub fn language(&self) -> Option<&str> {
        self.locale.as_deref().or(self.browser_locale.as_deref())
    }
}

/// Somebody as operators see them: who they are and how much they have, nothing of what that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Whether they are an operator.
    pub is_operator: bool,
    /// Since when they are disabled.
    pub disabled_at: Option<Instant>,
    /// Made at.
    pub created_at: Instant,
    /// When they signed in last.
    pub signed_in_at: Option<Instant>,
    /// How many organizations they are in.
    pub organizations: u64,
    /// How many of their personal keys work.
    pub keys: u64,
}

/// Themes of the console.
pub const THEMES: [&str; 3] = ["system", "light", "dark"];

/// What a person changes of themselves. What is left out stays.
#[derive(Debug, Clone, Default)]
pub struct Patch {
    /// Name.
    pub name: Option<String>,
    /// A few words.
    pub bio: Option<Option<String>>,
    /// Phone number.
    pub phone: Option<Option<String>>,
    /// IANA time zone; none for UTC.
    pub timezone: Option<Option<String>>,
    /// Language of the console; none for the browser's.
    pub locale: Option<Option<String>>,
    /// One of [`THEMES`].
    pub theme: Option<String>,
}

impl Patch {
    /// Changes the user.
    ///
    /// # Errors
    /// All faults; then nothing was changed.
    pub fn apply(&self, user: &mut User) -> Result<()> {
        let mut faults = Faults::default();
        let name = self.name.as_deref().map(|name| faults.keep(text::name("name", name)));
        let bio = self.bio.as_ref().map(|bio| faults.keep(text::optional(bio, |it| text::block("bio", it, 1000))));
        let phone = self.phone.as_ref().map(|phone| faults.keep(text::optional(phone, |it| self::phone("phone", it))));
        if let Some(Some(zone)) = &self.timezone
            && jiff::tz::TimeZone::get(zone).is_err()
        {
            faults.add("timezone", "unknown_zone", "timezone must be a name such as Europe/Paris.");
        }
        if self.theme.as_deref().is_some_and(|theme| !THEMES.contains(&theme)) {
            faults.add("theme", "malformed", format!("theme must be one of {}.", THEMES.join(", ")));
        }
        faults.into_result()?;
        user.name = name.flatten().unwrap_or_else(|| user.name.clone());
        user.bio = bio.map_or_else(|| user.bio.clone(), Option::flatten);
        user.phone = phone.map_or_else(|| user.phone.clone(), Option::flatten);
        user.timezone = self.timezone.clone().unwrap_or_else(|| user.timezone.clone());
        user.locale = self.locale.clone().unwrap_or_else(|| user.locale.clone());
        user.theme = self.theme.clone().or_else(|| user.theme.clone());
        Ok(())
    }
}

/// Longest phone number, in characters.
pub const PHONE_MAX: usize = 32;

/// Checks a phone number: digits as people group them, a `+` in front. Whether it rings, only a call can tell.
fn phone(field: &str, text: &str) -> std::result::Result<String, Fault> {
    let text = text::line(field, text, PHONE_MAX)?;
    let rest = text.strip_prefix('+').unwrap_or(&text);
    let good = rest.chars().all(|c| c.is_ascii_digit() || " ()-./".contains(c)) && rest.chars().filter(char::is_ascii_digit).count() >= 3;
    if good { Ok(text) } else { Err(Fault::new(field, "bad_phone", format!("{field} must be a number such as +33 1 23 45 67 89."))) }
}

/// Checks a new password of somebody with this name and this address: both are the first that is tried.
pub fn password(field: &str, text: &str, (name, email): (&str, &str)) -> std::result::Result<(), Fault> {
    if text.chars().count() < PASSWORD_MIN {
        return Err(Fault::new(field, "too_short", format!("{field} must have at least {PASSWORD_MIN} characters.")));
    }
    if text.len() > PASSWORD_MAX {
        return Err(Fault::new(field, "too_long", format!("{field} must have at most {PASSWORD_MAX} bytes.")));
    }
    let plain = |text: &str| text::fold(text).split_whitespace().collect::<String>();
    let (typed, local) = (plain(text), email.split('@').next().unwrap_or_default());
    let holds = |own: &str| own.chars().count() >= OWN_MIN && typed.contains(own);
    if [name, email, local].into_iter().any(|own| holds(&plain(own))) {
        return Err(Fault::new(field, "personal", format!("{field} must not contain your name or your e-mail address.")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::password;

    #[test]
    fn a_password_holds_neither_a_name_nor_an_address() {
        let code = |text: &str, own| password("password", text, own).err().map(|fault| fault.code);
        let own = ("Zoë Åkesson", "z.akesson@mail.example");
        for personal in ["zoe akesson 1", "ZOËÅKESSON!!", "my z.akesson word", "z.akesson@mail.example"] {
            assert_eq!(code(personal, own), Some("personal"), "{personal}");
        }
        for good in ["akesson likes tea", "a long passphrase", "mail.example"] {
            assert_eq!(code(good, own), None, "{good}");
        }
        // What is short is in many words by chance.
        assert_eq!(code("along the pal road", ("Al", "al@x.org")), None);
        assert_eq!(code("this is al@x.org", ("Al", "al@x.org")), Some("personal"));
        assert_eq!(code("a long passphrase", ("", "")), None);
    }
}
