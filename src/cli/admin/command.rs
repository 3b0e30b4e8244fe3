//! Commands that write, as data: carried out on the file while no server has it, and by the server otherwise.

use std::{fs::File, io::BufReader, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        Error,
        access::{Access, Actor, Role},
        account::user as rules,
        file::blob::BlobPlace,
        form::sender,
        id::{BlobId, ProjectPath},
        key::key,
        listing::{Listing, PAGE_SIZE_MAX},
        org::{
            organization::{self as org_rules, Organization},
            service_account as account_rules,
        },
        page::Page,
        time::Instant,
    },
    http::api::form::submission::Submission,
    service::{
        account::{password, user},
        file::blob::{bytes::Blobs, checking, moving},
        form::sender as senders,
        key::{
            key::{self as keys, KeyScope},
            token,
        },
        org::{organization, service_account},
        project::{archive::import as archive, domain},
    },
    store::{Store, Tx, unguarded},
};

use crate::cli::{
    output::{CommandResult, report_text},
    settings::sentence,
};

/// A command that writes. Organizations are named by their slug, people by their e-mail address. Passwords travel in it, so it is never
/// printed.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::cli) enum AdminCommand {
    CreateUser {
        email: String,
        name: String,
        password: String,
    },
    ResetPassword {
        email: String,
        password: String,
    },
    SetOperator {
        email: String,
        is_operator: bool,
    },
    CreateOrg {
        name: String,
        slug: Option<String>,
        owner: String,
    },
    CreateKey {
        org: String,
        account: String,
        role: Role,
        name: String,
        access: Access,
        days: Option<u32>,
    },
    RevokeKey {
        org: String,
        id: String,
        reason: Option<String>,
    },
    VerifyDomain {
        name: String,
        project: Option<String>,
    },
    /// Tells or erases what an address has sent to the forms of a project.
    Sender {
        email: String,
        org: String,
        project: String,
        erase: bool,
    },
    RotateSigning,
    /// Some of the bytes of files, as many as are moved in a moment.
    MoveFiles {
        to_folder: bool,
        /// Those behind this one.
        behind: Option<BlobId>,
    },
    /// Looks at some of the bytes of files, as many as are read in a moment.
    CheckFiles {
        /// Those behind this one.
        behind: Option<BlobId>,
    },
    /// The archive travels behind it.
    Import {
        org: String,
        name: Option<String>,
    },
}

impl AdminCommand {
    /// Whether a file travels behind it.
    pub(super) const fn has_file(&self) -> bool {
        matches!(self, Self::Import { .. })
    }
}

/// What a command says; a secret may be in it.
#[derive(Serialize, Deserialize)]
pub(super) struct CommandOutput {
    /// The result, for standard output.
    pub line: String,
    /// What only a person needs to know, for standard error.
    pub note: Option<String>,
}

/// The instance that commands change.
pub struct Instance {
    pub store: Store,
    /// The bytes of files.
    pub files: Arc<Blobs>,
    /// What is to happen after the signing keys became others.
    pub reload: Box<dyn Fn() -> CommandResult + Send + Sync>,
}

/// Carries out a command, with the file that came behind it.
pub(super) fn run(instance: &Instance, command: AdminCommand, file: Option<File>) -> Result<CommandOutput, String> {
    let store = &instance.store;
    let line = match command {
        AdminCommand::CreateUser { email, name, password } => {
            let new = user::check(&name, &email, &password).map_err(sentence)?;
            let hash = password::hash(&password, store.entropy()).map_err(sentence)?;
            let id = store.write_now(move |tx| user::create(tx, &new, &hash)).map_err(sentence)?;
            format!("{id}  {email}")
        }
        AdminCommand::ResetPassword { email, password } => {
            let found = store.read_now(|tx| user::by_email(tx, &email)).map_err(sentence)?;
            rules::password("password", &password, (&found.name, &found.email)).map_err(|fault| fault.message)?;
            let hash = password::hash(&password, store.entropy()).map_err(sentence)?;
            store.write_now(move |tx| user::reset_password(tx, found.id, &hash)).map_err(sentence)?;
            format!("{email} has a new password; all sessions have ended")
        }
        AdminCommand::SetOperator { email, is_operator } => {
            let set = store.write_now(move |tx| user::set_operator(tx, &email, is_operator)).map_err(sentence)?;
            format!("{} is {}", set.email, if is_operator { "an operator" } else { "no operator" })
        }
        AdminCommand::CreateOrg { name, slug, owner } => {
            let draft = org_rules::Draft { name, slug, description: None, website: None };
            let make = move |tx: &mut Tx<'_>| {
                let owner = user::by_email(tx, &owner)?;
                organization::create_owned(tx, owner.id, &draft)
            };
            let made = store.write_now(make).map_err(sentence)?;
            format!("{}  {}  {}", made.id, made.slug, made.name)
        }
        AdminCommand::CreateKey { org, account, role, name, access, days } => {
            let expires_at = days.is_none().then_some(None);
            let draft = key::Draft { name, access: Some(access), expires_in_days: days, expires_at, ..key::Draft::default() };
            return create_key(store, &org, account_rules::Draft { name: account, role, description: None }, draft);
        }
        AdminCommand::RevokeKey { org, id, reason } => {
            let org = organization(store, &org)?;
            let id = id.parse().map_err(|_| format!("{id} is not the id of a key"))?;
            let change = key::Revoke { reason };
            let revoke = move |tx: &mut Tx<'_>| keys::revoke(tx, &Actor::operator(), KeyScope::Org(org.id), id, &change);
            format!("{} is revoked", store.write_now(revoke).map_err(sentence)?.display)
        }
        AdminCommand::VerifyDomain { name, project } => {
            let project = project.map(|id| id.parse().map_err(|_| format!("{id} is not the id of a project"))).transpose()?;
            let verified = store.write_now(move |tx| domain::verify_as_operator(tx, &name, project)).map_err(sentence)?;
            format!("{} is served for the project {}", verified.hostname, verified.project)
        }
        AdminCommand::Sender { email, org, project, erase } => {
            let org = organization(store, &org)?.id;
            let there = store.read_now(|tx| unguarded::unguarded_project_by_slug(tx, org, &project)).map_err(sentence)?;
            let at = (org, there.ok_or_else(|| format!("there is no project with the slug {project}"))?);
            of_sender(store, at, email, erase)?
        }
        AdminCommand::RotateSigning => {
            let made = store.write_now(token::rotate_signing).map_err(sentence)?;
            (instance.reload)()?;
            made.iter().map(|made| format!("{}  {}", made.format.word(), made.kid)).collect::<Vec<_>>().join("\n")
        }
        AdminCommand::MoveFiles { to_folder, behind } => {
            let moved = moving::move_next(&instance.files, if to_folder { BlobPlace::Folder } else { BlobPlace::Rows }, behind)
                .map_err(sentence)?;
            serde_json::to_string(&moved).map_err(|error| error.to_string())?
        }
        AdminCommand::CheckFiles { behind } => {
            let checked = checking::check_next(&instance.files, behind).map_err(sentence)?;
            serde_json::to_string(&checked).map_err(|error| error.to_string())?
        }
        AdminCommand::Import { org, name } => return import(instance, &org, name, file.ok_or("there is no archive")?),
    };
    Ok(CommandOutput { line, note: None })
}

/// Does something with each thing of a list, however long that is.
pub(super) fn each_of<T, E>(
    mut read: impl FnMut(&Listing) -> Result<Page<T>, E>,
    mut act: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let mut listing = Listing { page_size: PAGE_SIZE_MAX, ..Listing::default() };
    loop {
        let page = read(&listing)?;
        let pages = page.page_count();
        page.items.into_iter().try_for_each(&mut act)?;
        if u64::from(listing.page) >= pages {
            return Ok(());
        }
        listing.page += 1;
    }
}

fn create_key(store: &Store, org: &str, account: account_rules::Draft, draft: key::Draft) -> Result<CommandOutput, String> {
    let org = organization(store, org)?;
    let issued = store.write_now(move |tx| {
        let operator = Actor::operator();
        let mut known = None;
        let keep = |one: account_rules::ServiceAccount| -> Result<(), Error> {
            known = known.take().or(Some(one).filter(|one| one.name == account.name));
            Ok(())
        };
        each_of(|listing| service_account::list(tx, &operator, org.id, listing), keep)?;
        let owner = match known {
            Some(known) => known,
            None => service_account::create(tx, &operator, org.id, &account)?,
        };
        keys::create(tx, &operator, (org.id, owner.id), &draft, false)
    });
    let issued = issued.map_err(sentence)?;
    let ends = ends(&issued.key, store.now());
    let note = format!("Store this key now: it is never shown again. It belongs to {}, and {ends}.", issued.key.owner_name);
    Ok(CommandOutput { line: issued.secret.reveal().to_owned(), note: Some(note) })
}

/// When a key ends or ended, in words.
pub(super) fn ends(key: &key::ApiKey, now: Instant) -> String {
    match key.ends() {
        None => "never ends".to_owned(),
        Some(at) => format!("{} {}", if at > now { "ends" } else { "ended" }, at.plain()),
    }
}

fn import(instance: &Instance, org: &str, name: Option<String>, file: File) -> Result<CommandOutput, String> {
    let org = organization(&instance.store, org)?.id;
    let wanted = archive::ImportRequest { who: Arc::new(|_| Ok(Actor::operator())), org, name, files: instance.files.clone() };
    let (made, report) = archive::import(&instance.store, &wanted, &mut BufReader::new(file)).map_err(sentence)?;
    Ok(CommandOutput { line: format!("{}  {}  {}", made.id, made.slug, made.name), note: Some(report_text(&report)) })
}

/// All that an address has sent to the forms of a project, or how much of it was erased: each step in a transaction of its own.
fn of_sender(store: &Store, at: ProjectPath, email: String, erase: bool) -> Result<String, String> {
    let (mut step, mut erased, mut lines) = (sender::Draft { email, after: None }, 0, Vec::new());
    loop {
        let draft = step.clone();
        step.after = if erase {
            let (many, next) = store.write_now(move |tx| senders::erase(tx, &Actor::operator(), at, &draft, None)).map_err(sentence)?;
            erased += many;
            next
        } else {
            let (sent, next) = store.read_now(|tx| senders::find(tx, &Actor::operator(), at, &draft)).map_err(sentence)?;
            for one in sent {
                lines.push(serde_json::to_string(&Submission::from(one)).map_err(|error| error.to_string())?);
            }
            next
        };
        if step.after.is_none() {
            return Ok(if erase { format!("submissions erased: {erased}") } else { lines.join("\n") });
        }
    }
}

/// The organization with this slug.
pub(in crate::cli) fn organization(store: &Store, slug: &str) -> Result<Organization, String> {
    let found = store.read_now(|tx| {
        let id = unguarded::unguarded_org_by_slug(tx, slug)?.ok_or(Error::NotFound("organization"))?;
        organization::get(tx, &Actor::operator(), id)
    });
    found.map_err(|_| format!("there is no organization with the slug {slug}"))
}
