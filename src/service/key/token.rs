//! Access tokens: exchange a key for one, find out who sends one, tell about one, revoke one.

use std::{net::IpAddr, sync::Arc, time::Duration};

use parking_lot::RwLock;
use quick_cache::sync::Cache;

use crate::{
    domain::{
        Error, Result,
        access::{Access, Actor, KeyFacts, Permission, Via},
        account::trial::Trial,
        error::Reason,
        id::{KeyId, OrgId, TokenId, UserId},
        key::{
            ends::{Ends, KeyStatus},
            secret::PlainKey,
            token::{Claims, Format, SigningKey, expiry},
        },
        time::Instant,
    },
    service::{account::trial, authorize},
    store::{
        Store, Tx,
        access_cache::{Fill, Hits},
        key::token,
        unguarded,
    },
};

use super::signing::Signer;

/// Verified tokens remembered at most.
const REMEMBERED: usize = 10_000;

/// Everything about tokens that outlives a request.
pub struct Tokens {
    signer: RwLock<Arc<Signer>>,
    ttl: Duration,
    format: Format,
    allow_key_as_bearer: bool,
    /// By their text, which costs less than a hash of it. Whoever could read this memory would find the keys that sign, too.
    verified: Cache<Box<str>, Arc<Claims>>,
    hits: Hits,
}

/// What an exchange asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokenRequest {
    /// The format; the instance's default when none.
    pub format: Option<Format>,
    /// A narrower access than the key's.
    pub access: Option<Access>,
}

/// A token that was just made.
#[derive(Debug)]
pub struct Issued {
    /// The token.
    pub token: String,
    /// What it says.
    pub claims: Claims,
    /// Its format.
    pub format: Format,
    /// The key that it came from.
    pub key: Arc<KeyFacts>,
}

impl Tokens {
    /// Tokens signed by `signer`, living `ttl`.
    pub fn new(signer: Signer, ttl: Duration, format: Format, allow_key_as_bearer: bool) -> Self {
        let signer = RwLock::new(Arc::new(signer));
        Self { signer, ttl, format, allow_key_as_bearer, verified: Cache::new(REMEMBERED), hits: Hits::default() }
    }

    /// The published keys and names.
    pub fn signer(&self) -> Arc<Signer> {
        self.signer.read().clone()
    }

    /// Signs with others from here on.
    pub fn sign_with(&self, signer: Signer) {
        *self.signer.write() = Arc::new(signer);
        self.verified.clear();
    }

    /// Exchanges a key for a token; `from` is the address of who asks. Reads only.
    pub fn exchange(&self, tx: &mut Tx<'_>, key: &str, from: IpAddr, wanted: TokenRequest) -> Result<Issued> {
        let facts = by_key(tx, key, from)?;
        let (now, signer) = (tx.now(), self.signer());
        let format = wanted.format.unwrap_or(self.format);
        let claims = Claims {
            issuer: signer.issuer().to_owned(),
            audience: signer.audience().to_owned(),
            subject: facts.owner,
            key: facts.id,
            org: facts.org,
            access: wanted.access.map_or(facts.access, |access| access.min(facts.access)),
            issued_at: now,
            expires_at: expiry(now, self.ttl, facts.expires_at),
            id: TokenId::new(now, tx.entropy()),
        };
        Ok(Issued { token: signer.sign(format, &claims)?, claims, format, key: facts })
    }

    /// Who sends this bearer token from this address. A token seen before costs no signature check, and a key remembered no query.
    pub fn authenticate(&self, tx: &mut Tx<'_>, bearer: &str, from: IpAddr) -> Result<Arc<Actor>> {
        let now = tx.now();
        self.authenticate_as_of(tx, bearer, from, now)
    }

    /// The same for what began at `then` and takes long: time may have run out since, but nobody may have ended anything.
    ///
    /// # Errors
    /// As [`Tokens::authenticate`].
    pub fn authenticate_as_of(&self, tx: &mut Tx<'_>, bearer: &str, from: IpAddr, then: Instant) -> Result<Arc<Actor>> {
        if PlainKey::looks_like(bearer) {
            return if self.allow_key_as_bearer { key_actor(tx, bearer, from) } else { Err(refuse(Reason::KeyNotExchanged)) };
        }
        if Trial::looks_like(bearer) {
            return trial::actor(tx, bearer, then);
        }
        let claims = self.verify(bearer, then).map_err(refuse)?;
        let facts = of_claims(tx, &claims, then)?;
        facts.restrictions.admit(from)?;
        Ok(actor(facts, claims.access))
    }

    /// How full the memory of verified tokens is.
    pub fn fill(&self) -> Fill {
        Fill { name: "tokens", items: self.verified.len() as u64, asked: self.hits.counts() }
    }

    /// How long a token lives.
    pub const fn ttl(&self) -> Duration {
        self.ttl
    }

    /// The claims of a token whose signature, names and times are right; says nothing about its key.
    pub fn verify(&self, text: &str, now: Instant) -> std::result::Result<Arc<Claims>, Reason> {
        let known = self.verified.get(text);
        self.hits.note(known.is_some());
        let claims = match known {
            Some(known) => known,
            None => {
                let claims = Arc::new(self.signer().verify(text, now)?);
                self.verified.insert(text.into(), claims.clone());
                claims
            }
        };
        if claims.expires_at <= now { Err(Reason::TokenExpired) } else { Ok(claims) }
    }
}

/// Who holds this key at this address; for the places that take a key itself.
pub fn key_actor(tx: &mut Tx<'_>, key: &str, from: IpAddr) -> Result<Arc<Actor>> {
    let facts = by_key(tx, key, from)?;
    let access = facts.access;
    Ok(actor(facts, access))
}

/// Whoever holds this key; nobody when it does not work any more.
pub fn living_key(tx: &mut Tx<'_>, id: KeyId) -> Result<Option<Arc<Actor>>> {
    let now = tx.now();
    let facts = unguarded::unguarded_key_facts(tx, id)?.filter(|facts| living(facts, now).is_ok());
    Ok(facts.map(|facts| {
        let access = facts.access;
        actor(facts, access)
    }))
}

/// The key behind what a caller sends, a key or a token of this instance: alive or not, its time over or not.
pub fn known_bearer(tokens: &Tokens, tx: &mut Tx<'_>, bearer: &str) -> Result<Option<KeyId>> {
    if PlainKey::looks_like(bearer) {
        return known_key(tx, bearer);
    }
    let known = tokens.verified.get(bearer);
    Ok(known.map(|claims| claims.key).or_else(|| tokens.signer().signed(bearer, tx.now()).map(|claims| claims.key)))
}

/// The key of this text, alive or not.
pub fn known_key(tx: &mut Tx<'_>, text: &str) -> Result<Option<KeyId>> {
    PlainKey::parse(text).map_or(Ok(None), |key| unguarded::unguarded_key_by_hash(tx, &key.hashed()))
}

fn by_key(tx: &mut Tx<'_>, text: &str, from: IpAddr) -> Result<Arc<KeyFacts>> {
    let key = PlainKey::parse(text).ok_or(refuse(Reason::KeyMalformed))?;
    let id = unguarded::unguarded_key_by_hash(tx, &key.hashed())?.ok_or(refuse(Reason::KeyUnknown))?;
    let facts = unguarded::unguarded_key_facts(tx, id)?.ok_or(refuse(Reason::KeyUnknown))?;
    living(&facts, tx.now())?;
    facts.restrictions.admit(from)?;
    Ok(facts)
}

/// Whether the key and its owner are alive at this moment.
fn living(facts: &KeyFacts, now: Instant) -> Result<()> {
    match (Ends { revoked: facts.revoked, grace_ends_at: facts.grace_ends_at, expires_at: facts.expires_at }).status(now) {
        KeyStatus::Revoked => Err(refuse(Reason::KeyRevoked)),
        KeyStatus::Expired => Err(refuse(Reason::KeyExpired)),
        KeyStatus::Active if facts.role.is_none() => Err(refuse(Reason::OwnerInactive)),
        KeyStatus::Active => Ok(()),
    }
}

/// The key of a token, if both are good at this moment, wherever it is sent from.
fn of_claims(tx: &mut Tx<'_>, claims: &Claims, then: Instant) -> Result<Arc<KeyFacts>> {
    let facts = unguarded::unguarded_key_facts(tx, claims.key)?.ok_or(refuse(Reason::TokenInvalid))?;
    living(&facts, then)?;
    if facts.revoked_tokens.contains(&claims.id) {
        return Err(refuse(Reason::TokenRevoked));
    }
    Ok(facts)
}

const fn refuse(reason: Reason) -> Error {
    Error::Unauthenticated(reason)
}

fn actor(facts: Arc<KeyFacts>, access: Access) -> Arc<Actor> {
    Arc::new(Actor {
        id: facts.owner,
        kind: facts.owner_kind,
        name: facts.owner_name.clone(),
        email: facts.owner_email.clone(),
        access: access.min(facts.access),
        via: Via::Key(facts),
    })
}

/// Who asks `/oauth/revoke` (RFC 7009), and what it may end. A client authenticates by a key; or by the very thing that it ends,
/// since whoever holds a key or a token may give it up, wherever they found it. A key whose owner is disabled counts: it would work
/// again together with them.
pub fn client_and_held(tokens: &Tokens, tx: &mut Tx<'_>, secret: &str, text: &str) -> Result<(Client, HeldToken)> {
    let found = find(tokens, tx, text)?;
    let same = PlainKey::bare(secret) == PlainKey::bare(text);
    let client = match &found {
        Some((client, _)) if same => *client,
        _ => client(tx, secret)?,
    };
    let held = match found {
        None => HeldToken::Nothing,
        Some((of, _)) if (of.owner, of.org) != (client.owner, client.org) => HeldToken::Foreign,
        Some((_, held)) => held,
    };
    Ok((client, held))
}

/// The holder of a key that was neither revoked nor is over.
fn client(tx: &mut Tx<'_>, secret: &str) -> Result<Client> {
    let key = PlainKey::parse(secret).ok_or(refuse(Reason::KeyMalformed))?;
    let id = unguarded::unguarded_key_by_hash(tx, &key.hashed())?.ok_or(refuse(Reason::KeyUnknown))?;
    let facts = unguarded::unguarded_key_facts(tx, id)?.ok_or(refuse(Reason::KeyUnknown))?;
    match living(&facts, tx.now()) {
        Ok(()) | Err(Error::Unauthenticated(Reason::OwnerInactive)) => Ok(Client::of(&facts)),
        Err(error) => Err(error),
    }
}

/// Whose key or token this is, and what of it can be ended.
fn find(tokens: &Tokens, tx: &mut Tx<'_>, text: &str) -> Result<Option<(Client, HeldToken)>> {
    if PlainKey::parse(text).is_none() {
        let claims = tokens.verify(text.trim(), tx.now()).ok();
        return Ok(claims.map(|claims| (Client { key: claims.key, owner: claims.subject, org: claims.org }, HeldToken::Token(claims))));
    }
    let Some(id) = known_key(tx, text)? else { return Ok(None) };
    let Some(facts) = unguarded::unguarded_key_facts(tx, id)? else { return Ok(None) };
    let client = Client::of(&facts);
    // One whose time is over counts, too: on a clock that runs ahead it only seems to be.
    let held = if facts.revoked { HeldToken::Nothing } else { HeldToken::Key(actor(facts, Access::Full), id) };
    Ok(Some((client, held)))
}

/// Revokes what the caller of `/oauth/revoke` holds: a key, or a single token.
pub fn revoke_held(tx: &mut Tx<'_>, held: &HeldToken) -> Result<()> {
    match held {
        HeldToken::Nothing | HeldToken::Foreign => Ok(()),
        HeldToken::Token(claims) => token::unguarded_revoke(tx, claims.id, claims.key, claims.expires_at),
        HeldToken::Key(actor, id) => {
            let actor = &holder(actor);
            let at = authorize::own(tx, actor, Permission::KeyManage)?;
            let found = crate::store::key::key::find(tx, &crate::store::key::key::KeysOf::Own(at), *id)?;
            if !crate::store::key::key::revoke(tx, &found, actor.user(), Some("Revoked by its holder".into()))? {
                return Ok(());
            }
            let note = crate::domain::org::activity::Note::new("key.revoked", "apiKey").of(found.id, &found.name);
            match authorize::org(tx, actor, found.org, Permission::OrganizationSee) {
                Ok(at) => tx.note(&at, note.with("owner", found.owner_name.as_str()).with("reason", "Revoked by its holder")),
                // Nobody reads the audit trail of an organization that was deleted.
                Err(Error::NotFound(_)) => Ok(()),
                Err(error) => Err(error),
            }
        }
    }
}

/// A client of OAuth: a key and whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    /// The key.
    pub key: KeyId,
    /// Its owner.
    pub owner: UserId,
    org: OrgId,
}

impl Client {
    fn of(facts: &KeyFacts) -> Self {
        Self { key: facts.id, owner: facts.owner, org: facts.org }
    }
}

/// Something that can be revoked by holding it.
#[derive(Debug, Clone)]
pub enum HeldToken {
    /// Nothing that lives.
    Nothing,
    /// Something of another owner than the client's.
    Foreign,
    /// A token with good signature.
    Token(Arc<Claims>),
    /// A key that was not revoked yet.
    Key(Arc<Actor>, KeyId),
}

/// Holding a key is enough to end it, whatever its access and whatever became of its owner.
fn holder(owner: &Actor) -> Arc<Actor> {
    Arc::new(Actor { access: Access::Full, via: Via::Operator, ..owner.clone() })
}

/// What a token says and whether its key is alive: the answer of `/oauth/introspect` (RFC 7662). None for whatever is
/// not an active token of this instance, or belongs to an organization where the caller may not look at keys. From where the token was
/// sent only the asker knows, so the networks of its key are not looked at.
pub fn introspect(tokens: &Tokens, tx: &mut Tx<'_>, asker: &Arc<Actor>, text: &str) -> Result<Option<Arc<Claims>>> {
    let text = text.trim();
    let now = tx.now();
    let Ok(claims) = tokens.verify(text, now) else { return Ok(None) };
    match of_claims(tx, &claims, now) {
        Err(Error::Unauthenticated(_)) => return Ok(None),
        alive => drop(alive?),
    }
    // A key that is limited to projects learns nothing of its siblings.
    let sibling = asker.limits().is_some() && asker.key().is_none_or(|key| key.id != claims.key);
    if asker.id == claims.subject && asker.reaches_org(claims.org) && !sibling {
        return Ok(Some(claims));
    }
    let entered = authorize::org(tx, asker, claims.org, Permission::KeyManage);
    Ok(authorize::if_granted(entered)?.map(|_| claims))
}

/// The signing keys of the instance; a pair of each format is made at the very first start.
pub fn signing_keys(store: &Store) -> Result<Vec<SigningKey>> {
    store.write_now(|tx| {
        let mut keys = token::unguarded_signing_keys(tx)?;
        for format in Format::ALL {
            if !keys.iter().any(|key| key.format == format && key.retired_at.is_none()) {
                let made = Signer::generate(format, tx.now(), tx.entropy())?;
                token::unguarded_insert_signing_key(tx, &made)?;
                keys.insert(0, made);
            }
        }
        Ok(keys)
    })
}

/// Makes new pairs; the old ones verify until the last token that they signed is over.
pub fn rotate_signing(tx: &mut Tx<'_>) -> Result<Vec<SigningKey>> {
    let dead = tx.now() - crate::domain::key::token::TTL_MAX - crate::domain::key::token::SKEW;
    token::unguarded_retire_signing_keys(tx, dead)?;
    let made = Format::ALL.into_iter().map(|format| Signer::generate(format, tx.now(), tx.entropy())).collect::<Result<Vec<_>>>()?;
    made.iter().try_for_each(|key| token::unguarded_insert_signing_key(tx, key))?;
    Ok(made)
}
