//! Which project a name leads to, from memory: what was read at one epoch of access holds until the next, since domains, projects and
//! organizations are all tables of access.

use std::{collections::HashMap, net::IpAddr, sync::Arc};

use parking_lot::RwLock;

use crate::{
    domain::{Result, id::ProjectId},
    store::{Store, Tx, project::domain},
};

/// The names that are served.
#[derive(Debug, Default)]
pub struct Hosts {
    /// The name of the instance itself; empty where it has none.
    own: String,
    known: RwLock<Option<(u64, Arc<Served>)>>,
}

/// Names, and their projects.
type Served = HashMap<String, ProjectId>;

/// The name in a `Host` header or an address: in small letters, without port and the dot at its end.
pub fn bare(host: &str) -> String {
    let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or_default() };
    name.trim_end_matches('.').to_ascii_lowercase()
}

impl Hosts {
    /// Those of an instance that is reached at this address.
    pub fn new(public_url: &str) -> Self {
        let host = url::Url::parse(public_url).ok().and_then(|url| url.host_str().map(bare)).unwrap_or_default();
        Self { own: host, known: RwLock::default() }
    }

    /// The name of the instance itself.
    pub fn own(&self) -> &str {
        &self.own
    }

    /// The project that a `Host` header leads to, if it is not the instance itself that is meant.
    ///
    /// # Errors
    /// Those of the store.
    pub fn project(&self, store: &Store, host: &str) -> Result<Option<ProjectId>> {
        let host = bare(host);
        // Most requests are for the instance, and those ask nothing.
        if host == self.own || !host.contains('.') || host.parse::<IpAddr>().is_ok() {
            return Ok(None);
        }
        let served = store.read_now(|tx| self.served(tx))?;
        Ok(served.get(&host).copied())
    }

    fn served(&self, tx: &mut Tx<'_>) -> Result<Arc<Served>> {
        let epoch = tx.epoch();
        if let (Some(epoch), Some((then, served))) = (epoch, &*self.known.read())
            && *then == epoch
        {
            return Ok(served.clone());
        }
        let served = Arc::new(domain::unguarded_served(tx)?.into_iter().collect::<Served>());
        *self.known.write() = epoch.map(|epoch| (epoch, served.clone()));
        Ok(served)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_names_a_host_in_one_form() {
        for (header, name) in [
            ("Journal.Example.org:8443", "journal.example.org"),
            ("journal.example.org.", "journal.example.org"),
            ("journal.example.org.:80", "journal.example.org"),
            ("[2001:db8::1]:80", "[2001:db8::1]:80"),
            ("", ""),
        ] {
            assert_eq!(bare(header), name, "{header}");
        }
        assert_eq!(Hosts::new("https://Stele.Example.org:8443").own(), "stele.example.org");
        assert_eq!(Hosts::new("").own(), "");
    }
}
