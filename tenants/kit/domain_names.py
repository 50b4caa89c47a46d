"""Names of hosts as people type them, in letters of any language."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

import idna
from django.conf import settings
from django.utils.translation import gettext as _

from tenants.kit.edge import text

LONGEST = 230  # of 253: the name of a record stands before it
MOST_TYPED = 300
# "1.2.3.4", "0x7f.1": browsers read an address in a name that ends with a number
ENDS_WITH_A_NUMBER = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)$")
NOT_OF_THE_INTERNET = ("localhost", "local", "internal", "arpa", "onion")


class BadDomain(ValueError):
    """No name that can be a door of ours; the text says why."""


def domain_of(typed: str) -> str:
    """The name as name servers keep it: small letters, in ASCII. Raises BadDomain.

    >>> domain_of("Груз.рф")
    'xn--c1ai0am.xn--p1ai'
    """
    name = text.one_line(typed).rstrip(".").lower()
    if "://" in name or set(name) & set("/?#@\\"):
        raise BadDomain(_("Type the name alone, without https:// and without a page."))
    if ends_as_address(name):
        raise BadDomain(_("This is an IP address. A name is needed, such as cabinet.example.com."))
    if ":" in name:
        raise BadDomain(_("Type the name alone, without a port."))
    if "*" in name:
        raise BadDomain(_("Type one name: a star for many names is not possible."))
    domain = _in_ascii(name)
    if len(domain) > LONGEST:
        raise BadDomain(_("The name is too long."))
    if "." not in domain or domain.rpartition(".")[2] in NOT_OF_THE_INTERNET:
        raise BadDomain(_("Type the whole name, such as cabinet.example.com."))
    if _is_ours(domain):
        raise BadDomain(_("This name belongs to the service itself. Type a name of your own."))
    return domain


def shown(domain: str) -> str:
    """The name in its own letters, for people."""
    try:
        return str(idna.decode(domain))
    except idna.IDNAError:
        return domain


def ends_as_address(name: str) -> bool:
    """Whether a browser would take the name for an IP address."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return ENDS_WITH_A_NUMBER.search(name) is not None
    return True


def _in_ascii(name: str) -> str:
    """Raises BadDomain."""
    try:
        return idna.encode(name, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as wrong:
        if "long" in str(wrong):
            raise BadDomain(_("The name is too long.")) from wrong
        raise BadDomain(
            _("There is no such name: letters, digits, dots and hyphens between them are possible.")
        ) from wrong


def _is_ours(domain: str) -> bool:
    """The host of the installation, one below it, or the neutral one."""
    hosts = {urlsplit(one).hostname or "" for one in (settings.PUBLIC_URL, settings.VERIFY_URL)}
    return any(domain == host or domain.endswith(f".{host}") for host in hosts if host)
