//! Networks: one address, or all that begin with the same bits (RFC 4632).

use std::{fmt, net::IpAddr, str::FromStr};

use ipnet::IpNet;

/// Bits of an IPv6 address that name a site: whoever has one address of it may have them all (RFC 6177).
const SITE: u8 = 48;

/// A network, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpNet);

impl Network {
    /// Whether an address lies in it.
    pub fn contains(self, ip: IpAddr) -> bool {
        self.0.contains(&ip.to_canonical())
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

    /// `10.0.0.0/8`, `2001:db8::/32`, or an address.
    fn from_str(text: &str) -> Result<Self, ()> {
        let one = || text.parse::<IpAddr>().map(|ip| IpNet::from(ip.to_canonical()));
        text.parse::<IpNet>().or_else(|_| one()).map(|net| Self(net.trunc())).map_err(drop)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
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
        for wrong in ["", "10.0.0.0/33", "10.0.0", "example.org", "10.0.0.0/8/8"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_site_is_one_holder() {
        assert_eq!(Network::of(ip("2001:db8:1::1")), Network::of(ip("2001:db8:1:ffff::2")));
        assert_ne!(Network::of(ip("2001:db8:1::1")), Network::of(ip("2001:db8:2::1")));
        assert_ne!(Network::of(ip("192.0.2.1")), Network::of(ip("192.0.2.2")));
        assert_eq!(Network::of(ip("::ffff:192.0.2.1")), Network::of(ip("192.0.2.1")));
    }
}
