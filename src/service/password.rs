//! Passwords: Argon2id (RFC 9106), computed off the async workers and a few at a time.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};

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

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The PHC string of a password. Takes some 20 ms and 19 MiB.
pub fn hash(password: &str, entropy: &dyn Entropy) -> Result<String> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    let hashed = argon2()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(hashed.to_string())
}

/// Whether the password is the one of this hash; without a hash it takes the same time and is wrong.
pub fn verify(password: &str, hash: Option<&str>) -> Result<bool> {
    let known = hash.filter(|hash| !hash.is_empty());
    let parsed = PasswordHash::new(known.unwrap_or(&NOBODY)).map_err(|error| Error::Internal(error.to_string()))?;
    let right = argon2()?.verify_password(password.as_bytes(), &parsed).is_ok();
    Ok(right && known.is_some())
}
