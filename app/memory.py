"""Taking little memory from the system."""

import ctypes
import gc
from typing import Final

COLLECTIONS: Final = (10_000, 20, 50)
"""Garbage is looked for less often: vocabularies are many objects, messages leave few cycles."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of mallopt(3)."""
_LARGE: Final = 64 * 1024
"""From so many bytes on, what is freed goes back to the system."""


def be_frugal() -> None:
    """Set the garbage collector and, where it is glibc's, the allocator for a long life.

    glibc would give each thread a heap of its own, which keeps what documents and texts once took;
    Python's threads do not allocate at the same time. It saves 8 MB while sources are read.
    """
    gc.set_threshold(*COLLECTIONS)
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
        mallopt(_TRIM_THRESHOLD, _LARGE)
        mallopt(_MMAP_THRESHOLD, _LARGE)
