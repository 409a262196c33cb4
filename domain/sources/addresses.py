"""Which network addresses are the public internet.

`ipaddress.is_global` alone will not do: up to Python 3.12 it takes NAT64, 6to4, site-local and
multicast addresses for global, and through the first two an inner IPv4 address can be reached.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

_UNICAST = IPv6Network("2000::/3")
"""The only part of IPv6 that is given out (IANA, IPv6 address space)."""
_NOT_IPV6 = tuple(
    map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20"))
)
"""Protocols' own (Teredo among them), documentation, 6to4, the former 6bone, documentation."""
_NOT_IPV4 = tuple(map(IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10")))
"""Protocols' own, 6to4 relays, shared by providers."""


def host_of(address: str) -> str:
    """Return whose machine reading an address costs: a host, in small letters.

    Nothing for a folder, and for a machine of the operator's own, which needs no sparing.
    """
    try:
        host = (urlsplit(address).hostname or "") if "://" in address else ""
    except ValueError:
        return ""
    if host == "localhost" or (_is_number(host) and not is_public(host)):
        return ""
    return host


def is_public(address: str) -> bool:
    """Tell whether an IP address, as text, may be that of an upstream source."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return _is_public_ipv4(parsed)
    return _is_public_ipv6(parsed)


def _is_number(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()


def _is_public_ipv4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _NOT_IPV4)
    )


def _is_public_ipv6(address: IPv6Address) -> bool:
    return address in _UNICAST and not any(address in network for network in _NOT_IPV6)
