"""Names of sources: short, of small letters, digits and hyphens, and each once."""

import re
from collections.abc import Container

from domain.errors import InputError
from domain.sources.addresses import host_of
from domain.text import fold

MAX_NAME = 40
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[a-z0-9]+")


def checked_name(name: str) -> str:
    """Return a name that may be one; raises `InputError`."""
    if len(name) > MAX_NAME or _NAME.fullmatch(name) is None:
        raise InputError(
            f"a source's name is of small letters, digits and hyphens, at most {MAX_NAME}"
        )
    return name


def name_for(title: str, address: str, taken: Container[str]) -> str:
    """Return a name for a source: from its title, else its host; with a number where taken."""
    words = _WORD.findall(fold(title)) or _WORD.findall(
        host_of(address).removeprefix("www.") or address.rpartition("/")[2].lower()
    )
    base = ""
    for word in words or ["source"]:
        longer = f"{base}-{word}" if base else word
        if len(longer) > MAX_NAME - 4:
            break
        base = longer
    base = base or words[0][: MAX_NAME - 4]
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name
