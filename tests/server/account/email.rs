//! E-mails by a real SMTP server: what they say and to whom, their links, and what happens while the server is down.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use futures_util::FutureExt;
use stele::{
    domain::access::Role,
    jobs::{
        self,
        runner::{Job, Stopping},
    },
    service::{
        account::{
            email::{self, Message},
            mail, session,
        },
        org::invitation,
    },
};

use crate::support::{Browser, MailServer, PASSWORD, Program, SILENT, Server, SetClock, Site, Visitor, tenant, visitor};

const EMAIL: &str = "paula@acme.example";
const FROM: &str = "Stele <stele@acme.example>";
const NEW: &str = "a new battery staple";

/// The path and query of a link.
fn path<'a>(link: &'a str, url: &str) -> &'a str {
    link.strip_prefix(url).unwrap_or_else(|| panic!("{link} leads elsewhere"))
}

fn token(link: &str) -> &str {
    link.split_once("token=").unwrap().1
}

#[test]
fn a_forgotten_password_is_set_by_the_link_of_an_email_and_only_once() {
    let (dir, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let program = Program::start(&dir.path().join("stele.db"), &["--smtp-url", &mail.url, "--mail-from", FROM]);
    let owner = program.owner(EMAIL);
    let mut nobody = Browser::at(&program.url);
    let unknown = nobody.post("/password/forgot", &[("email", "nobody@acme.example")]);
    let known = nobody.post("/password/forgot", &[("email", "Paula@Acme.example")]);
    assert_eq!((known.status, &known.body, known.to()), (unknown.status, &unknown.body, unknown.to()), "nobody learns who has an account");
    assert_eq!((known.status, known.to()), (303, "/password/forgot?sent=yes"), "a reload of what it leads to sends no second email");
    let email = mail.next();
    assert_eq!((email.to.as_str(), email.header("From").as_str()), (EMAIL, FROM));
    assert_eq!((email.header("Subject").as_str(), email.header("Content-Type").as_str()), ("A new password", "text/plain; charset=utf-8"));
    assert!(email.body.contains(EMAIL) && email.body.contains("(UTC)"), "{}", email.body);
    let link = path(email.link(), &program.url);
    assert_eq!(nobody.get(link).status, 200);
    assert_eq!(nobody.get(&format!("{link}0")).status, 404);
    let form = |password| [("token", token(link)), ("password", password)];
    assert_eq!(nobody.post("/password/reset", &form("short")).status, 422, "the link is good for another try");
    let own = nobody.post("/password/reset", &form("with Paula in it"));
    assert!(own.status == 422 && own.body.contains("contains your name or your e-mail address"), "{}", own.body);
    let set = nobody.post("/password/reset", &form(NEW));
    assert_eq!((set.status, set.to()), (303, "/sign-in"));
    assert_eq!((nobody.get(link).status, nobody.post("/password/reset", &form("another password")).status), (404, 404));
    assert_eq!(owner.get("/account/profile").status, 303, "every session of the person has ended");
    assert_eq!(nobody.sign_in(EMAIL, PASSWORD, "").status, 422);
    assert_eq!(nobody.sign_in(EMAIL, NEW, "").status, 303);
    assert!(mail.is_empty(), "the unknown address got nothing");
    assert!(!program.logged().contains(token(link)));
}

#[test]
fn an_invitation_comes_in_the_language_of_who_invites_or_of_who_is_known() {
    let (dir, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let program = Program::start(&dir.path().join("stele.db"), &["--smtp-url", &mail.url, "--mail-from", FROM]);
    let owner = program.owner(EMAIL);
    let settings = [("name", "Paula Person"), ("locale", "fr"), ("timezone", "Europe/Paris")];
    assert_eq!(owner.post("/account/profile", &settings).status, 303);
    let invite = |email| owner.post("/o/acme/settings/invitations/new", &[("email", email), ("role", "editor")]);
    let sent = invite("farid@acme.example");
    assert_eq!(sent.status, 303, "{}", sent.body);
    let email = mail.next();
    assert_eq!(email.to, "farid@acme.example");
    assert_eq!(email.header("Subject"), "Paula Person vous invite à rejoindre Acme");
    assert!(email.body.contains("Votre rôle\u{a0}: Rédacteur.") && email.body.contains("(Europe/Paris)"), "{}", email.body);
    let link = path(email.link(), &program.url);
    assert_eq!(owner.get("/o/acme/settings/invitations").body.matches(token(link)).count(), 0, "who gets mail gets no link to pass on");
    let farid = Browser::at(&program.url);
    let form = [("token", token(link)), ("name", "Farid"), ("password", PASSWORD)];
    assert_eq!((farid.get(link).status, farid.post("/invitations/accept", &form).status), (200, 303));
    assert_eq!((farid.get(link).status, farid.post("/invitations/accept", &form).status), (404, 404), "it works once");
    // Farid reads English; Paula, who invites him elsewhere, does not.
    let mut farid = farid;
    farid.sign_in("farid@acme.example", PASSWORD, "");
    assert_eq!(farid.post("/account/profile", &[("name", "Farid"), ("locale", "en"), ("timezone", "Asia/Tokyo")]).status, 303);
    assert_eq!(owner.post("/organizations/new", &[("name", "Elsewhere"), ("slug", "elsewhere")]).status, 303);
    let sent = owner.post("/o/elsewhere/settings/invitations/new", &[("email", "farid@acme.example"), ("role", "viewer")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let email = mail.next();
    assert_eq!(email.header("Subject"), "Paula Person invites you to Elsewhere");
    assert!(email.body.contains("(Asia/Tokyo)"), "{}", email.body);
    assert!(mail.is_empty());
}

#[test]
fn a_mail_server_is_believed_that_an_authority_of_this_system_vouches_for() {
    let (dir, (mail, authority)) = (tempfile::tempdir().unwrap(), MailServer::private());
    let (roots, empty) = (dir.path().join("roots.pem"), dir.path().join("none.pem"));
    std::fs::write(&roots, authority).unwrap();
    std::fs::write(&empty, "").unwrap();
    let file = dir.path().join("stele.db");
    let args = ["--smtp-url", &mail.url, "--mail-from", FROM];
    let invited = |program: &Program, owner: &Browser<'_>, email: &str| {
        let sent = owner.post("/o/acme/settings/invitations/new", &[("email", email), ("role", "editor")]);
        assert_eq!(sent.status, 303, "{} {}", sent.body, program.logged());
    };
    let program = Program::trusting(&roots, &file, &args);
    let owner = program.owner(EMAIL);
    invited(&program, &owner, "farid@acme.example");
    assert_eq!(mail.next().to, "farid@acme.example");
    drop(owner);
    drop(program);
    // Where nobody vouches for it, nothing is sent.
    let stranger = Program::trusting(&empty, &file, &args);
    let mut owner = Browser::at(&stranger.url);
    owner.sign_in(EMAIL, PASSWORD, "");
    invited(&stranger, &owner, "flora@acme.example");
    mail.refused();
    assert!(mail.is_empty());
}

#[test]
fn an_invitation_to_a_project_names_it_in_the_language_of_who_gets_it() {
    let (dir, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let program = Program::start(&dir.path().join("stele.db"), &["--smtp-url", &mail.url, "--mail-from", FROM]);
    let owner = program.owner(EMAIL);
    let made = owner.post("/o/acme/projects/new", &[("name", "Tides"), ("slug", "tides"), ("defaultLocale", "en")]);
    assert_eq!(made.status, 303, "{}", made.body);
    let members = "/o/acme/p/tides/members";
    let add = |email, role| owner.post(&format!("{members}/new"), &[("email", email), ("role", role)]);
    let sent = add("farid@new.example", "editor");
    assert_eq!((sent.status, sent.to()), (303, members), "{}", sent.body);
    let email = mail.next();
    assert_eq!((email.to.as_str(), email.header("Subject").as_str()), ("farid@new.example", "Paula Person invites you to Tides (Acme)"));
    assert!(email.body.contains("Your role there: Editor."), "{}", email.body);
    let link = path(email.link(), &program.url);
    let farid = Browser::at(&program.url);
    assert!(farid.get(link).body.contains("Tides (Acme)"));
    let form = [("token", token(link)), ("name", "Farid"), ("password", PASSWORD)];
    assert_eq!(farid.post("/invitations/accept", &form).status, 303);
    assert!(owner.get(members).body.contains("Farid"));
    // The same in French.
    let settings = [("name", "Paula Person"), ("locale", "fr"), ("timezone", "Europe/Paris")];
    assert_eq!(owner.post("/account/profile", &settings).status, 303);
    assert_eq!(add("nina@new.example", "viewer").status, 303);
    let email = mail.next();
    assert_eq!(email.header("Subject"), "Paula Person vous invite à rejoindre Tides (Acme)");
    assert!(email.body.contains("Votre rôle\u{a0}: Lecteur."), "{}", email.body);
    assert!(mail.is_empty(), "who was a member is told nothing more");
}

#[test]
fn an_email_that_fails_is_sent_later_also_after_a_restart() {
    let (dir, mail, clock) = (tempfile::tempdir().unwrap(), MailServer::start(), SetClock::new());
    let file = dir.path().join("stele.db");
    mail.down(true);
    let server = Server::start_mailing(&file, clock.clone(), &mail.url);
    visitor(&server, EMAIL);
    let asked = Browser::new(&server).post("/password/forgot", &[("email", EMAIL)]);
    assert_eq!(asked.status, 303, "nobody waits for the mail server");
    mail.refused();
    drop(server);
    mail.down(false);
    clock.pass(Duration::from_secs(61));
    let server = Server::start_mailing(&file, clock.clone(), &mail.url);
    let email = mail.next();
    assert_eq!((email.to.as_str(), email.header("Subject").as_str()), (EMAIL, "A new password"));
    assert_eq!(Browser::new(&server).get(path(email.link(), "http://stele.test")).status, 200);
    drop(server);
    clock.pass(Duration::from_secs(24 * 60 * 60));
    drop(Server::start_mailing(&file, clock, &mail.url));
    assert!(mail.is_empty(), "it was sent once");
}

#[test]
fn an_email_on_which_the_mail_server_falls_silent_holds_up_no_other() {
    let (dir, mail) = (tempfile::tempdir().unwrap(), MailServer::start());
    let server = Server::start_mailing(&dir.path().join("stele.db"), SetClock::new(), &mail.url);
    let post = |all: &'static [&'static str]| {
        let message = Message { title: "A subject".into(), body: "A body".into() };
        server.write(move |tx| all.iter().try_for_each(|one| email::post(tx, one, &message)));
    };
    post(&[SILENT, "beside@acme.example"]);
    let arrived = mail.beside_silence();
    assert_eq!(arrived.to, "beside@acme.example", "what is due with it");
    post(&["later@acme.example"]);
    assert_eq!(mail.next().to, "later@acme.example", "and what comes while it is waited for");
}

/// Puts an e-mail into the outbox.
fn post(site: &Site, subject: &str) {
    let message = Message { title: subject.into(), body: "A body".into() };
    site.server.write(move |tx| email::post(tx, EMAIL, &message));
}

/// Sends nothing and notes what it was asked to.
#[derive(Default)]
struct Broken(Mutex<u32>);

impl mail::Mailer for Broken {
    fn send(&self, _: &mail::Email) -> Result<(), mail::Missed> {
        *self.0.lock().unwrap() += 1;
        Err("broken".into())
    }
}

/// The job that sends e-mails, as it is after a start.
fn job(server: &Server, mailer: &Arc<impl mail::Mailer + 'static>) -> Job {
    jobs::email::job(&server.store, mailer.clone())
}

#[test]
fn each_failure_doubles_the_wait_and_the_eighth_is_the_last() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    visitor(&site.server, EMAIL);
    post(&site, "A subject");
    let (broken, mut waits) = (Arc::new(Broken::default()), Vec::new());
    while let Some(next) = site.server.once(&job(&site.server, &broken)) {
        let wait = next.since(site.server.store.now());
        waits.push(wait.as_secs() / 60);
        assert_eq!(site.server.once(&job(&site.server, &broken)), Some(next), "it is not due yet");
        clock.pass(wait);
    }
    assert_eq!((waits, *broken.0.lock().unwrap()), (vec![1, 2, 4, 8, 16, 32, 64], 8));
}

#[test]
fn no_email_waits_for_the_time_of_a_clock_that_was_set_back() {
    let clock = SetClock::new();
    let site = Site::with(&clock);
    let (day, broken, kept) = (Duration::from_secs(24 * 60 * 60), Arc::new(Broken::default()), Arc::new(Kept::default()));
    post(&site, "tried");
    clock.pass(day);
    site.server.once(&job(&site.server, &broken));
    post(&site, "new");
    clock.back(day);
    site.server.once(&job(&site.server, &kept));
    let mut sent: Vec<_> = kept.0.lock().unwrap().iter().map(|email| email.subject.clone()).collect();
    sent.sort();
    assert_eq!(sent, ["new", "tried"]);
}

#[test]
fn all_emails_that_are_due_are_sent_and_only_new_ones_wake_the_job() {
    let site = Site::new();
    let woken = || site.server.store.wakers().emails.notified().now_or_never().is_some();
    (0..45).for_each(|_| post(&site, "A subject"));
    assert!(woken());
    let kept = Arc::new(Kept::default());
    let sends = job(&site.server, &kept);
    assert_eq!(site.server.once(&sends), None);
    assert_eq!(sends.gauge().done, 45);
    assert_eq!(kept.0.lock().unwrap().len(), 45);
    assert!(!woken(), "what is noted of an e-mail does not wake the job again");
    let stopping = Arc::<Stopping>::default();
    stopping.set();
    post(&site, "A subject");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    assert_eq!(runtime.block_on(sends.run(site.server.store.now(), &stopping)).unwrap(), None);
    assert_eq!(kept.0.lock().unwrap().len(), 45, "nothing is begun at the end");
}

/// Keeps what it was asked to send.
#[derive(Default)]
struct Kept(Mutex<Vec<mail::Email>>);

impl mail::Mailer for Kept {
    fn send(&self, email: &mail::Email) -> Result<(), mail::Missed> {
        self.0.lock().unwrap().push(email.clone());
        Ok(())
    }
}

/// Whether any file of the database holds this text.
fn stored(site: &Site, text: &str) -> bool {
    let files = std::fs::read_dir(site.dir.path()).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
}

#[test]
fn the_secret_of_a_link_is_nowhere_in_the_database_or_its_log() {
    let site = Site::new();
    let (url, kept) = ("http://stele.test", Arc::new(Kept::default()));
    visitor(&site.server, EMAIL);
    site.server.write(move |tx| session::ask_reset(tx, EMAIL, url));
    let post = invitation::Post { public_url: url.into(), mail: true };
    let (org, operator) = (site.here.org, Visitor::owner(&site.server, &site.here).actor());
    site.server.write(move |tx| {
        let draft = stele::domain::org::invitation::Draft { email: "nina@new.example".into(), role: Role::Viewer };
        invitation::create(tx, &operator, org, &draft, &post).map(drop)
    });
    site.server.once(&job(&site.server, &kept));
    let sent = kept.0.lock().unwrap().clone();
    assert_eq!(sent.len(), 2);
    for mail::Email { body, .. } in sent {
        let link = body.split_ascii_whitespace().find(|word| word.contains("token=")).unwrap().to_owned();
        assert_eq!(Browser::new(&site.server).get(path(&link, url)).status, 200, "the link works: {link}");
        let secret = token(&link).rsplit('.').next().unwrap();
        assert!(secret.len() > 40 && !stored(&site, secret), "{link}");
    }
}

#[test]
fn an_email_whose_link_is_over_is_not_sent() {
    let site = Site::new();
    let (url, kept) = ("http://stele.test", Arc::new(Kept::default()));
    let id = visitor(&site.server, EMAIL);
    site.server.write(move |tx| {
        session::ask_reset(tx, EMAIL, url)?;
        stele::service::account::user::reset_password(tx, id, "another hash")
    });
    site.server.once(&job(&site.server, &kept));
    assert!(kept.0.lock().unwrap().is_empty(), "a link for the old password is none for the new one");
}

#[test]
fn an_email_that_was_sent_though_that_cannot_be_stored_is_sent_once_and_holds_up_no_other() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), SetClock::new());
    let file = dir.path().join("stele.db");
    let server = Server::start_with(&file, clock.clone());
    visitor(&server, EMAIL);
    visitor(&server, "other@acme.example");
    let raw = rusqlite::Connection::open(&file).unwrap();
    let stuck = format!(
        "CREATE TRIGGER stuck BEFORE UPDATE OF state ON deliveries WHEN old.recipient = '{EMAIL}' BEGIN SELECT RAISE(ABORT, 'no'); END"
    );
    raw.execute_batch(&stuck).unwrap();
    for email in [EMAIL, "other@acme.example"] {
        server.write(move |tx| session::ask_reset(tx, email, "http://stele.test"));
    }
    let kept = Arc::new(Kept::default());
    let sends = job(&server, &kept);
    for _ in 0..5 {
        server.once(&sends);
        clock.pass(Duration::from_secs(60 * 60));
    }
    let mut sent: Vec<_> = kept.0.lock().unwrap().iter().map(|email| email.recipient.clone()).collect();
    sent.sort();
    assert_eq!(sent, ["other@acme.example", EMAIL]);
    raw.execute_batch("DROP TRIGGER stuck").unwrap();
    assert_eq!(server.once(&sends), None);
    let left: u32 = raw.query_row("SELECT COUNT(*) FROM deliveries WHERE state <> 'sent'", [], |row| row.get(0)).unwrap();
    assert_eq!((left, kept.0.lock().unwrap().len()), (0, 2));
}

#[test]
fn no_name_adds_a_header_to_an_email() {
    let (dir, mail, clock) = (tempfile::tempdir().unwrap(), MailServer::start(), SetClock::new());
    let file = dir.path().join("stele.db");
    let server = Server::start_mailing(&file, clock, &mail.url);
    let here = tenant(&server, "acme");
    // The API takes no such name; should one be stored all the same, it still is only a name.
    let raw = rusqlite::Connection::open(&file).unwrap();
    let hostile = "Acme\r\nBcc: everybody@evil.example\r\n\r\nBuy this";
    raw.execute("UPDATE organizations SET name = $1", [hostile]).unwrap();
    raw.execute("UPDATE users SET name = $1, locale = 'fr' WHERE email = 'olga@acme.example'", ["Olga\nReply-To: olga@evil.example"])
        .unwrap();
    let owner = Visitor::owner(&server, &here);
    owner.post("/o/acme/settings/invitations/new", &[("email", "farid@acme.example"), ("role", "viewer")]).is(303);
    let email = mail.next();
    assert_eq!(
        email.header("Subject"),
        "Olga Reply-To: olga@evil.example vous invite à rejoindre Acme  Bcc: everybody@evil.example    Buy this"
    );
    let names: Vec<_> = email.head.iter().filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_lowercase()).collect();
    assert!(!names.iter().any(|name| ["bcc", "reply-to"].contains(&name.as_str())), "{:?}", email.head);
    assert!(email.body.starts_with("Olga Reply-To"), "{}", email.body);
    assert_eq!(email.to, "farid@acme.example");
}

#[test]
fn without_a_mail_server_the_page_says_what_the_operator_runs() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("stele.db"));
    visitor(&server, EMAIL);
    let mut nobody = Browser::new(&server);
    let page = nobody.get("/password/forgot");
    assert!(page.body.contains("stele user reset-password") && !page.body.contains("name=\"email\""));
    nobody.language = "fr";
    assert!(nobody.get("/password/forgot").body.contains("Cette instance n’envoie pas d’e-mails"));
    assert_eq!(nobody.post("/password/forgot", &[("email", EMAIL)]).to(), "/password/forgot?sent=yes");
    let raw = rusqlite::Connection::open(dir.path().join("stele.db")).unwrap();
    assert_eq!(
        raw.query_row("SELECT COUNT(*) FROM deliveries", [], |row| row.get::<_, i64>(0)).unwrap(),
        0,
        "nothing waits that nobody sends"
    );
}
