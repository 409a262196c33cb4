"""Names of processes that tell whether they still run."""

import os
import secrets
from pathlib import Path

_PROC = Path("/proc")


def new_owner() -> str:
    """Return a name for this process, unlike any other.

    Where the system tells, it holds which boot and namespace of process numbers it is of, its
    number and when it started.
    """
    return "/".join((_world(), str(os.getpid()), _started(os.getpid()), secrets.token_hex(4)))


def has_died(owner: str) -> bool:
    """Tell whether the process that has this name has certainly ended.

    False wherever it cannot be known: on another machine, in another container, and for names
    that are not of `new_owner`.
    """
    match owner.split("/"):
        case [world, number, started, _] if world and world == _world() and number.isdigit():
            return _is_gone(int(number)) or _started(int(number)) not in {started, ""}
    return False


def _world() -> str:
    """Return what process numbers of here mean something in; nothing where that is not known."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}.{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _is_gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _started(number: int) -> str:
    """Return when a process started, in the system's ticks; nothing where that cannot be read."""
    try:
        stat = (_PROC / str(number) / "stat").read_text()
    except OSError:
        return ""
    state, *fields = stat.rpartition(")")[2].split()
    return "ended" if state in {"Z", "X"} else fields[18]
