//! What a key is restricted to besides its access: networks that it may be used from, and requests a minute.

use core::net::IpAddr;

use crate::domain::{
    Result,
    error::{Fault, Faults, Rule},
    network::Network,
};

/// Most networks that a key can be restricted to.
pub const NETWORKS_MAX: usize = 32;
/// Highest number of requests a minute that a key can be restricted to.
pub const PER_MINUTE_MAX: u32 = 1_000_000;

/// Restrictions of a key; none unless somebody chose some.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restrictions {
    /// The only networks it may be used from, in order; none for anywhere.
    pub networks: Option<Vec<Network>>,
    /// Most requests a minute; none for as many as the instance lets through.
    pub requests_per_minute: Option<u32>,
    /// Whether it reads what visitors sent to forms; none for what its access says: with `full` it does, with less it does not.
    pub submissions: Option<bool>,
}

impl Restrictions {
    /// Whether the key may be used from there.
    ///
    /// # Errors
    /// The rule that says no.
    pub fn admit(&self, from: IpAddr) -> Result<()> {
        let is_inside = |networks: &Vec<Network>| networks.iter().any(|network| network.contains(from));
        if self.networks.as_ref().is_none_or(is_inside) { Ok(()) } else { Err(Rule::AddressNotAllowed.into()) }
    }

    /// Whether they allow nothing that others do not.
    pub fn is_within(&self, outer: &Self) -> bool {
        let inside = |network: &Network, outer: &[Network]| outer.iter().any(|outer| network.is_within(*outer));
        let networks = match (&self.networks, &outer.networks) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(own), Some(outer)) => own.iter().all(|network| inside(network, outer)),
        };
        // Only a key with full access makes others, and that one reads submissions unless it is told not to.
        let submissions = outer.submissions != Some(false) || self.submissions == Some(false);
        submissions && networks && outer.requests_per_minute.is_none_or(|most| self.requests_per_minute.is_some_and(|own| own <= most))
    }

    /// Whether it may be used from anywhere, as often as the instance lets through.
    pub const fn is_empty(&self) -> bool {
        self.networks.is_none() && self.requests_per_minute.is_none()
    }

    /// The networks as they are typed: parted by commas.
    pub fn networks_text(&self) -> String {
        self.networks.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// The networks that were named, each once; none where none was.
pub fn networks(faults: &mut Faults, named: Option<&[String]>) -> Option<Vec<Network>> {
    let named = named?;
    if named.is_empty() || named.len() > NETWORKS_MAX {
        faults.add("networks", "out_of_range", format!("networks must name 1 to {NETWORKS_MAX} networks or addresses, or be left out."));
        return None;
    }
    let one = |text: &String| {
        let fault = || Fault::new("networks", "malformed", format!("{text:?} is neither an address nor a network such as 192.0.2.0/24."));
        text.trim().parse::<Network>().map_err(|()| fault())
    };
    let mut all: Vec<_> = named.iter().filter_map(|text| faults.keep(one(text))).collect();
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// The number of requests a minute, if it is one.
pub fn requests_per_minute(faults: &mut Faults, number: Option<u32>) -> Option<u32> {
    if number.is_some_and(|number| !(1..=PER_MINUTE_MAX).contains(&number)) {
        faults.add("requestsPerMinute", "out_of_range", format!("requestsPerMinute must be from 1 to {PER_MINUTE_MAX}, or be left out."));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(networks: &[&str], requests_per_minute: Option<u32>) -> Restrictions {
        let networks: Vec<_> = networks.iter().map(|text| text.parse().expect("a network")).collect();
        Restrictions { networks: Some(networks).filter(|all| !all.is_empty()), requests_per_minute, submissions: None }
    }

    #[test]
    fn an_address_is_let_in_by_any_of_the_networks() {
        let own = of(&["192.0.2.0/24", "2001:db8::/32"], None);
        for (ip, good) in [("192.0.2.9", true), ("::ffff:192.0.2.9", true), ("2001:db8::1", true), ("192.0.3.9", false), ("::1", false)] {
            assert_eq!(own.admit(ip.parse().expect("an address")).is_ok(), good, "{ip}");
        }
        assert!(Restrictions::default().admit(IpAddr::from([0, 0, 0, 0])).is_ok());
    }

    #[test]
    fn within_means_no_more_of_either() {
        let outer = of(&["192.0.2.0/24", "2001:db8::/32"], Some(60));
        for inner in [of(&["192.0.2.7"], Some(60)), of(&["2001:db8:1::/48", "192.0.2.0/25"], Some(1)), outer.clone()] {
            assert!(inner.is_within(&outer) && inner.is_within(&Restrictions::default()), "{inner:?}");
        }
        for wider in [
            of(&["192.0.0.0/16"], Some(1)),
            of(&["192.0.2.7", "10.0.0.1"], Some(1)),
            of(&["192.0.2.7"], Some(61)),
            of(&["192.0.2.7"], None),
            of(&[], Some(1)),
        ] {
            assert!(!wider.is_within(&outer), "{wider:?}");
        }
    }

    #[test]
    fn what_is_named_is_checked_and_kept_once() {
        let read = |named: &[&str]| {
            let (mut faults, named) = (Faults::default(), named.iter().map(ToString::to_string).collect::<Vec<_>>());
            let found = networks(&mut faults, Some(&named));
            faults
                .into_result()
                .map(|()| found.map(|networks| Restrictions { networks: Some(networks), ..Restrictions::default() }.networks_text()))
        };
        assert_eq!(read(&["192.0.2.9/24", " 10.0.0.1 ", "192.0.2.0/24"]).unwrap().unwrap(), "10.0.0.1, 192.0.2.0/24");
        assert!(read(&[]).is_err() && read(&["10.0.0.1"; NETWORKS_MAX + 1]).is_err());
        let fault = read(&["10.0.0.1", "example.org"]).unwrap_err();
        assert!(fault.to_string().contains("example.org"), "{fault}");
        for (number, good) in [(0, false), (1, true), (PER_MINUTE_MAX, true), (PER_MINUTE_MAX + 1, false)] {
            let mut faults = Faults::default();
            requests_per_minute(&mut faults, Some(number));
            assert_eq!(faults.into_result().is_ok(), good, "{number}");
        }
    }
}
