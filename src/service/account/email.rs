//! E-mails and notifications: their words, in the language and the time zone of whoever gets them.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        Error, Result,
        access::Role,
        account::{
            delivery::{About, Channel},
            user::User,
        },
        id::{OrgId, UserId},
        org::invitation::Invitation,
        project::webhook::Off,
        text::one_line,
        time::Instant,
    },
    service::{
        i18n::{Lang, Phrase},
        locale::Locale,
    },
    store::{
        Tx,
        account::{
            delivery,
            notification::{self, Notice},
            user as users,
        },
        key::reminder::Ending,
    },
};

/// What an e-mail or a notification says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// One line.
    pub title: String,
    /// More.
    pub body: String,
}

/// What is stored of an e-mail beside its subject, until it was sent.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    /// Plain text, with [`SECRET`] where the secret of its link belongs.
    pub body: String,
}

/// Stands in the text of an e-mail where the secret of its link belongs: no name can hold it.
pub const SECRET: &str = "\u{1}";

/// Puts an e-mail into the outbox.
pub fn post(tx: &mut Tx<'_>, recipient: &str, message: &Message) -> Result<()> {
    queue(tx, recipient, message, None)
}

/// The same with a link, whose text has [`SECRET`] where its secret belongs.
pub fn post_link(tx: &mut Tx<'_>, recipient: &str, message: &Message, about: About) -> Result<()> {
    queue(tx, recipient, message, Some(about))
}

/// The same for one that says what stands elsewhere until it is sent; `payload` is JSON that helps to find it.
pub fn post_about(tx: &mut Tx<'_>, (recipient, title): (&str, &str), payload: &str, about: About) -> Result<()> {
    delivery::unguarded_insert(tx, Channel::Email, (recipient, title), payload, Some(about)).map(drop)
}

fn queue(tx: &mut Tx<'_>, recipient: &str, message: &Message, about: Option<About>) -> Result<()> {
    let payload = Payload { body: message.body.clone() };
    let payload = serde_json::to_string(&payload).map_err(|error| Error::Internal(error.to_string()))?;
    delivery::unguarded_insert(tx, Channel::Email, (recipient, &message.title), &payload, about).map(drop)
}

/// How somebody wants to be told; of whom nothing is known gets English and UTC.
pub fn locale(tag: Option<&str>, zone: Option<&str>, now: Instant) -> Locale {
    Locale::new(tag.and_then(Lang::from_tag).unwrap_or(Lang::En), zone, now)
}

/// The same for people who may have chosen: the first who did decides, of language and of zone.
pub fn locale_of(people: &[Option<User>], now: Instant) -> Locale {
    let known = || people.iter().flatten();
    locale(known().find_map(User::language), known().find_map(|user| user.timezone.as_deref()), now)
}

/// The link for a new password.
pub fn reset(locale: &Locale, email: &str, until: Instant, link: &str) -> Message {
    let body = locale.lang.t("email-reset-body").s("email", email).s("until", locale.moment(until)).s("link", link);
    message(&locale.lang.t("email-reset-subject"), &body)
}

/// The link of an invitation.
pub fn invitation(locale: &Locale, made: &Invitation, link: &str) -> Message {
    let role = locale.lang.t(&format!("role-{}", made.role_there().word()));
    let named = |key: &str| {
        let phrase = locale.lang.t(key).s("inviter", one_line(&made.inviter.0));
        phrase.s("organization", one_line(&made.leads_to()))
    };
    let body = named("email-invitation-body").s("role", role).s("until", locale.moment(made.expires_at)).s("link", link);
    message(&named("email-invitation-subject"), &body)
}

/// That a key ends soon.
pub fn key_ends(locale: &Locale, ending: &Ending) -> Message {
    let name = one_line(&ending.name);
    let key = if ending.of_service_account { "email-key-body-account" } else { "email-key-body" };
    let body = locale.lang.t(key).s("name", &name).s("owner", one_line(&ending.owner_name));
    let body = body.s("organization", one_line(&ending.org_name)).s("at", locale.moment(ending.expires_at));
    message(&locale.lang.t("email-key-subject").n("days", ending.days).s("name", name), &body)
}

/// That a key works for its grace period only, and nothing takes its place.
pub fn key_orphaned(locale: &Locale, ending: &Ending) -> Message {
    let name = one_line(&ending.name);
    let body =
        locale.lang.t("email-key-orphaned-body").s("at", locale.moment(ending.expires_at)).s("organization", one_line(&ending.org_name));
    message(&locale.lang.t("email-key-orphaned-subject").s("name", &name), &body.s("name", &name))
}

/// That a webhook was switched off which led to this host.
pub fn webhook_off(locale: &Locale, host: &str, project: &str, off: Off) -> Message {
    let body = locale.lang.t(&format!("email-webhook-{}", off.word())).s("host", host).s("project", one_line(project));
    message(&locale.lang.t("email-webhook-subject").s("project", one_line(project)), &body)
}

/// That somebody was added to an organization.
pub fn member_added(locale: &Locale, organization: &str) -> String {
    one_line(&locale.lang.t("email-member-added").s("organization", organization).to_string())
}

/// That somebody's role changed.
pub fn member_role(locale: &Locale, organization: &str, role: Role) -> String {
    let role = locale.lang.t(&format!("role-{}", role.word()));
    one_line(&locale.lang.t("email-member-role").s("organization", organization).s("role", role).to_string())
}

/// That somebody is no member any more.
pub fn member_removed(locale: &Locale, organization: &str) -> String {
    one_line(&locale.lang.t("email-member-removed").s("organization", organization).to_string())
}

/// That somebody who has an account is invited.
pub fn invited(locale: &Locale, made: &Invitation) -> String {
    let phrase = locale.lang.t("email-invited").s("inviter", &made.inviter.0).s("organization", made.leads_to());
    one_line(&phrase.to_string())
}

/// That an invited person has joined.
pub fn joined(locale: &Locale, name: &str, organization: &str) -> String {
    one_line(&locale.lang.t("email-joined").s("name", name).s("organization", organization).to_string())
}

/// Tells a person one line in their language: what it is about, such as `member.added`, and the words for a reader.
pub fn notify(tx: &mut Tx<'_>, (user, org): (UserId, OrgId), kind: &str, words: impl FnOnce(&Locale) -> String) -> Result<()> {
    let title = words(&locale_of(&[users::unguarded_by_id(tx, user)?], tx.now()));
    notification::unguarded_insert(tx, user, org, Notice { kind, title: &title, body: None, link: None }).map(drop)
}

/// A title becomes a header of an e-mail: whatever is in a name, it stays one line.
fn message(title: &Phrase, body: &Phrase) -> Message {
    Message { title: one_line(&title.to_string()), body: format!("{body}\n") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::InvitationId;

    const NOBODY: &str = "0190f4a2-0000-7000-8000-000000000000";

    fn made(organization: &str) -> Invitation {
        let now = Instant::from_seconds(1_893_456_000);
        Invitation {
            id: NOBODY.parse::<InvitationId>().expect("an id"),
            org: NOBODY.parse::<OrgId>().expect("an id"),
            email: "farid@example.com".into(),
            role: Role::Editor,
            invited_by: NOBODY.parse::<UserId>().expect("an id"),
            key: None,
            title: None,
            place: None,
            ended_at: None,
            accepted_at: None,
            expires_at: now,
            created_at: now,
            organization: (organization.into(), "acme".into()),
            inviter: ("Ada\rWinter".into(), "ada@example.com".into()),
        }
    }

    #[test]
    fn a_name_cannot_end_the_line_of_a_subject() {
        let hostile = "Acme\r\nBcc: everybody@example.com\n\nBuy\u{2028}this\0";
        for lang in Lang::ALL {
            let message = invitation(&Locale::new(lang, None, Instant::from_seconds(0)), &made(hostile), "http://x/");
            assert!(!message.title.chars().any(crate::domain::text::is_hidden_control), "{:?}", message.title);
            assert!(message.title.contains("Acme  Bcc: everybody@example.com"));
            assert!(message.body.lines().all(|line| !line.starts_with("Bcc:") && !line.starts_with("Buy")), "{}", message.body);
        }
    }

    #[test]
    fn each_reads_in_their_language_and_zone() {
        let (english, french) =
            (locale(None, None, Instant::from_seconds(0)), locale(Some("fr-CA"), Some("Europe/Paris"), Instant::from_seconds(0)));
        let message = invitation(&english, &made("Acme"), "http://x/?token=1");
        assert_eq!(message.title, "Ada Winter invites you to Acme");
        assert!(
            message.body.contains("Your role there: Editor.")
                && message.body.contains("1 January 2030 at 00:00 (UTC):\nhttp://x/?token=1\n")
        );
        let message = invitation(&french, &made("Acme"), "http://x/?token=1");
        assert_eq!(message.title, "Ada Winter vous invite à rejoindre Acme");
        assert!(message.body.contains("1er janvier 2030 à 01:00 (Europe/Paris)"), "{}", message.body);
    }
}
