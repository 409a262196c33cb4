"""Which addresses Telegram takes in buttons and text links."""

import re

_URL = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?"
    r"(?:[^/?#@\s]*@)?"
    r"(?P<host>\[[^\]]*\]|[^/?#:\s]*)"
    r"(?::(?P<port>[^/?#]*))?"
    r"(?P<rest>[/?#].*)?",
    re.DOTALL,
)
_TELEGRAM = re.compile(r"(?:tg|ton|tonsite):(?://)?[A-Za-z0-9_.-]+(?:[/?#]\S*)?", re.IGNORECASE)
_HOST = re.compile(r"[^\x00-\x20!-,/:-@\[-^`{-\x7f]+")
_MAX_PORT = 65535


class LinkError(ValueError):
    """An address that Telegram refuses; the text is Telegram's reason."""


def check_link(address: str, *, local: bool) -> str:
    """Return an address in the form in which Telegram keeps it.

    Without a scheme it becomes http. Telegram refuses a host without a dot, such as `localhost`;
    `local` lets those pass. Raises LinkError.
    """
    if _TELEGRAM.fullmatch(address):
        return address
    found = _URL.fullmatch(address.strip())
    if found is None:
        raise LinkError("Wrong HTTP URL")
    scheme = (found["scheme"] or "http").lower()
    if scheme not in {"http", "https"}:
        raise LinkError("Unsupported URL protocol")
    port = found["port"]
    if port is not None and not (port.isdecimal() and 0 < int(port) <= _MAX_PORT):
        raise LinkError("Wrong port number specified in the URL")
    host = found["host"].lower()
    if not host:
        raise LinkError("URL host is empty")
    bracketed = host.startswith("[")
    if not bracketed:
        if not _HOST.fullmatch(host) or ".." in host or host.startswith("."):
            raise LinkError("Host is invalid")
        if "." not in host and not local:
            raise LinkError("Wrong HTTP URL")
    rest = found["rest"] or "/"
    slash = "" if rest.startswith("/") else "/"
    shown_port = f":{int(port)}" if port else ""
    return f"{scheme}://{host}{shown_port}{slash}{rest}".replace(" ", "%20")
