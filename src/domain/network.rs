//! Networks: one address, or all that begin with the same bits (RFC 4632).

use std::{fmt, net::IpAddr, str::FromStr};

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// Bits of an IPv6 address that name a site: whoever has one address of it may have them all (RFC 6177).
const SITE: u8 = 48;

/// Bits before an IPv4 address in the dress of IPv6 (RFC 4291 2.5.5.2).
const MAPPED: u8 = 96;

/// A network, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network(IpNet);

impl Network {
    /// Whether an address lies in it.
    pub fn contains(self, ip: IpAddr) -> bool {
        self.0.contains(&ip.to_canonical())
    }

    /// Whether all its addresses lie in another.
    pub fn is_within(self, outer: Self) -> bool {
        outer.0.contains(&self.0)
    }

    /// The network that the holder of an address is taken to hold: the address, and for IPv6 its site.
    pub fn of(ip: IpAddr) -> Self {
        let ip = ip.to_canonical();
        let bits = if ip.is_ipv6() { SITE } else { 32 };
        Self(IpNet::new(ip, bits).map_or_else(|_| ip.into(), |net| net.trunc()))
    }
}

impl FromStr for Network {
    type Err = ();

    /// `10.0.0.0/8`, `2001:db8::/32`, or an address. Bits behind those of the network are dropped.
    fn from_str(text: &str) -> Result<Self, ()> {
        // `08` is eight to some and no number to others.
        if text.rsplit_once('/').is_some_and(|(_, bits)| bits.starts_with('0') && bits.len() > 1) {
            return Err(());
        }
        let one = || text.parse::<IpAddr>().map(|ip| IpNet::from(ip.to_canonical()));
        let net = text.parse::<IpNet>().or_else(|_| one()).map_err(drop)?;
        Ok(Self(undressed(net).unwrap_or(net).trunc()))
    }
}

/// The IPv4 network in the dress of IPv6.
fn undressed(net: IpNet) -> Option<IpNet> {
    let ip = net.addr().to_canonical();
    let bits = net.prefix_len().checked_sub(MAPPED).filter(|_| net.addr().is_ipv6() && ip.is_ipv4())?;
    IpNet::new(ip, bits).ok()
}

impl TryFrom<String> for Network {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map_err(|()| "expected an address, or a network such as 192.0.2.0/24")
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

impl fmt::Display for Network {
    /// A network of one address is written as that.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() { self.0.addr().fmt(out) } else { self.0.fmt(out) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_network_is_an_address_or_a_range() {
        let network = |text: &str| text.parse::<Network>().expect("a network");
        assert!(network("10.0.0.0/8").contains(ip("10.255.0.1")) && !network("10.0.0.0/8").contains(ip("11.0.0.1")));
        assert!(network("10.1.2.3/8").contains(ip("::ffff:10.9.9.9")), "an IPv4 address in the dress of IPv6");
        assert!(network("192.0.2.1").contains(ip("192.0.2.1")) && !network("192.0.2.1").contains(ip("192.0.2.2")));
        assert!(network("fd00::/8").contains(ip("fd12::1")) && !network("fd00::/8").contains(ip("10.0.0.1")));
        for wrong in ["", "10.0.0.0/33", "10.0.0", "example.org", "10.0.0.0/8/8", "1.2.3.4/08", "::/00"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_network_has_one_form() {
        let form = |text: &str| text.parse::<Network>().expect("a network").to_string();
        for (text, told) in [
            ("192.0.2.77/24", "192.0.2.0/24"),
            ("192.0.2.7/32", "192.0.2.7"),
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
            ("2001:DB8::7/32", "2001:db8::/32"),
            ("2001:db8::7", "2001:db8::7"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(form(text), told);
        }
    }

    #[test]
    fn a_network_lies_within_one_of_fewer_bits() {
        let within = |inner: &str, outer: &str| inner.parse::<Network>().unwrap().is_within(outer.parse().unwrap());
        assert!(within("192.0.2.0/24", "192.0.2.0/24") && within("192.0.2.7", "192.0.0.0/16") && within("2001:db8::/48", "2001:db8::/32"));
        assert!(!within("192.0.0.0/16", "192.0.2.0/24") && !within("192.0.2.7", "::/0"));
    }

    #[test]
    fn a_site_is_one_holder() {
        assert_eq!(Network::of(ip("2001:db8:1::1")), Network::of(ip("2001:db8:1:ffff::2")));
        assert_ne!(Network::of(ip("2001:db8:1::1")), Network::of(ip("2001:db8:2::1")));
        assert_ne!(Network::of(ip("192.0.2.1")), Network::of(ip("192.0.2.2")));
        assert_eq!(Network::of(ip("::ffff:192.0.2.1")), Network::of(ip("192.0.2.1")));
    }
}
