"""How much to do in one transaction, told from how long the last one took."""

from dataclasses import dataclass, replace

FASTER, SLOWER = 1.25, 0.5
"""By no more than this a chunk grows, or shrinks, from one transaction to the next."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A number of rows whose writing is to take `target` seconds."""

    target: float
    size: int
    least: int
    most: int

    def after(self, seconds: float) -> "Chunk":
        """Return the next chunk, where one of this size took so long."""
        factor = min(max(self.target / max(seconds, 1e-6), SLOWER), FASTER)
        return replace(self, size=min(max(int(self.size * factor), self.least), self.most))


def fan_out_chunk(*, on_sqlite: bool) -> Chunk:
    """Return where to begin in a fan-out.

    On SQLite everybody waits for the writer, so its turns are short; on PostgreSQL each costs
    several round trips, and only other writers wait.
    """
    if on_sqlite:
        return Chunk(target=0.012, size=1500, least=1000, most=20_000)
    return Chunk(target=0.04, size=2000, least=1000, most=20_000)
