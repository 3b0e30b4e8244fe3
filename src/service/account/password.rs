//! Passwords: Argon2id (RFC 9106), computed off the async workers and a few at a time.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use parking_lot::Mutex;

use crate::domain::{Error, Result, id::Entropy};

/// 19 MiB, two passes, one lane: the smallest that OWASP recommends, since the machine may be small.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;

/// The hash of no password, so that an unknown address takes as long as a wrong password.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password", &Zero).unwrap_or_default());

struct Zero;

impl Entropy for Zero {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

/// The memory of hashes that are done, for the next ones: as many as ever were computed at once. Freed, it would stay with each
/// thread that ever computed one, which in time are many.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// A failure of the library, of which there is none with these parameters.
fn broken(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}

fn params() -> Result<Params> {
    Params::new(MEMORY_KIB, PASSES, 1, None).map_err(broken)
}

fn compute(password: &str, salt: &[u8], params: Params) -> Result<Output> {
    let (blocks, mut out) = (params.block_count(), [0; Params::DEFAULT_OUTPUT_LEN]);
    let mut memory = MEMORY.lock().pop().unwrap_or_default();
    memory.resize(blocks, Block::new());
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        password.as_bytes(),
        salt,
        &mut out,
        &mut memory,
    );
    MEMORY.lock().push(memory);
    done.map_err(broken)?;
    Output::new(&out).map_err(broken)
}

/// The PHC string of a password. Takes some 20 ms and 19 MiB.
pub fn hash(password: &str, entropy: &dyn Entropy) -> Result<String> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    let hash = compute(password, &salt, params()?)?;
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params()?).map_err(broken)?,
        salt: Some(Salt::new(&salt).map_err(broken)?),
        hash: Some(hash),
    };
    Ok(phc.to_string())
}

/// Whether the password is the one of this hash; without a hash it takes the same time and is wrong.
pub fn verify(password: &str, hash: Option<&str>) -> Result<bool> {
    let known = hash.filter(|hash| !hash.is_empty());
    let parsed = PasswordHash::new(known.unwrap_or(&NOBODY)).map_err(broken)?;
    let (Some(salt), Some(wanted)) = (parsed.salt, parsed.hash) else { return Ok(false) };
    // Outputs are compared in constant time.
    let right = compute(password, &salt, Params::try_from(&parsed).map_err(broken)?)? == wanted;
    Ok(right && known.is_some())
}
