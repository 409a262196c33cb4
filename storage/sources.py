"""Upstream sources: adding, listing and removing them, and how reading them went."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from sqlalchemy import bindparam, case, delete, select, update
from sqlmodel import col

from domain.errors import InputError, NotFoundError
from domain.sources import Hints, Selectors, Source, SourceKind, SourceState
from domain.sources.addresses import host_of
from storage.database import Transaction
from storage.rows import saved_id
from storage.tables import SourceRow, metadata

_LOOKED_AT = 500
_HINTS = TypeAdapter(Hints)
_SELECTORS = TypeAdapter(Selectors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """What a source is after it was read; None leaves a part as it was."""

    next_poll: datetime
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    hints: Hints | None = None
    kind: SourceKind | None = None
    address: str | None = None
    """Where it has moved for good."""
    added: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a source is after it could not be read."""

    problem: str
    next_poll: datetime | None
    reported: bool


async def add(
    tx: Transaction,
    *,
    name: str,
    title: str,
    address: str,
    kind: SourceKind,
    now: datetime,
    selectors: Selectors | None = None,
) -> Source:
    """Add a source, to be read at once; raises `InputError` if the name or address is there."""
    taken = await tx.scalar(
        select(SourceRow).where((col(SourceRow.name) == name) | (col(SourceRow.address) == address))
    )
    if taken is not None:
        what = "this address" if taken.address == address else "this name"
        raise InputError(f"there is a source with {what}: {taken.name}")
    row = SourceRow(
        name=name,
        title=title,
        address=address,
        host=host_of(address),
        kind=kind.value,
        selectors=_SELECTORS.dump_json(selectors).decode() if selectors else None,
        state=SourceState.ON.value,
        next_poll_at=now,
        created_at=now,
    )
    tx.add(row)
    await tx.flush()
    return _source(row)


async def remove(tx: Transaction, name: str) -> None:
    """Forget a source; its items stay. Raises `NotFoundError`."""
    source = await get(tx, name)
    await tx.execute(delete(SourceRow).where(col(SourceRow.id) == source.id))


async def pause(tx: Transaction, name: str) -> None:
    """Read a source no more until `resume`, what is going on included; raises `NotFoundError`."""
    source = await get(tx, name)
    await _set(tx, [source.id], state=SourceState.PAUSED.value, next_poll_at=None)


async def resume(tx: Transaction, name: str, now: datetime) -> None:
    """Read a source again, from now on, one that is gone too; raises `NotFoundError`.

    One that is on is left as it is.
    """
    source = await get(tx, name)
    if source.state is not SourceState.ON:
        await _set(tx, [source.id], state=SourceState.ON.value, next_poll_at=now)


async def get(tx: Transaction, name: str) -> Source:
    """Return a source; raises `NotFoundError`."""
    row = await tx.scalar(select(SourceRow).where(col(SourceRow.name) == name))
    if row is None:
        raise NotFoundError(f"there is no source {name}; `topicwire sources list` names them")
    return _source(row)


async def all_sources(tx: Transaction) -> list[Source]:
    """Return every source, by name."""
    return [_source(row) for row in await tx.scalars(select(SourceRow).order_by(SourceRow.name))]


async def titles(tx: Transaction) -> dict[str, str]:
    """Return what sources are called, by name, where that is more than an address."""
    rows = await tx.execute(
        select(col(SourceRow.name), col(SourceRow.title)).where(
            col(SourceRow.title) != col(SourceRow.address)
        )
    )
    return dict(rows.all())


async def any_due(tx: Transaction, now: datetime) -> bool:
    """Tell whether a source is to be read."""
    due = select(col(SourceRow.id)).where(col(SourceRow.next_poll_at) <= now).limit(1)
    return await tx.scalar(due) is not None


async def claim(
    tx: Transaction,
    *,
    now: datetime,
    lease: timedelta,
    limit: int,
    busy: Collection[str] = (),
) -> list[Source]:
    """Take sources that are due, the longest waiting first; nobody else gets them for `lease`.

    None of a host in `busy`, and one of any other; see `host_of`.
    """
    due = (
        select(SourceRow)
        .where(col(SourceRow.next_poll_at) <= now)
        .order_by(col(SourceRow.next_poll_at), col(SourceRow.id))
        .limit(_LOOKED_AT)
    )
    if busy:
        due = due.where(col(SourceRow.host).not_in(busy))
    taken: list[Source] = []
    hosts: set[str] = set()
    for row in await tx.scalars(due):
        if row.host not in hosts and len(taken) < limit:
            taken.append(_source(row))
            row.next_poll_at = now + lease
            hosts |= {row.host} - {""}
    return taken


async def claim_now(
    tx: Transaction, names: Collection[str], *, now: datetime, lease: timedelta
) -> list[Source]:
    """Take these sources, due or not; all that are on, where no name is given.

    Raises `NotFoundError` for a name that there is not.
    """
    found = [await get(tx, name) for name in names] if names else await all_sources(tx)
    taken = [source for source in found if names or source.state is SourceState.ON]
    on = [source.id for source in taken if source.state is SourceState.ON]
    await _set(tx, on, next_poll_at=now + lease)
    return taken


async def succeeded(
    tx: Transaction, done: Sequence[tuple[Source, Success]], *, now: datetime
) -> None:
    """Note that sources were read; those that were removed or paused meanwhile stay so."""
    rows = []
    for source, success in done:
        address = source.address
        if success.address and await _is_free(tx, success.address):
            address = success.address
        rows.append(
            {
                "id": source.id,
                "address": address,
                "host": host_of(address),
                "kind": (success.kind or source.kind).value,
                "etag": success.etag,
                "last_modified": success.last_modified,
                "digest": success.digest or source.digest,
                "hints": _HINTS.dump_json(success.hints or source.hints).decode(),
                "state": SourceState.ON.value,
                "next_poll_at": success.next_poll,
                "last_poll_at": now,
                "last_success_at": now,
                "items": source.items + success.added,
                "failures": 0,
                "problem": None,
                "reported": False,
            }
        )
    await _update(tx, rows)


async def failed(tx: Transaction, done: Sequence[tuple[Source, Failure]], *, now: datetime) -> None:
    """Note that sources could not be read; one without a next poll is gone for good."""
    await _update(
        tx,
        [
            {
                "id": source.id,
                "state": (SourceState.ON if failure.next_poll else SourceState.GONE).value,
                "next_poll_at": failure.next_poll,
                "last_poll_at": now,
                "failures": source.failures + 1,
                "problem": failure.problem,
                "reported": failure.reported,
            }
            for source, failure in done
        ],
    )


async def _is_free(tx: Transaction, address: str) -> bool:
    taken = select(col(SourceRow.id)).where(col(SourceRow.address) == address)
    return await tx.scalar(taken) is None


async def _update(tx: Transaction, rows: Sequence[dict[str, object]]) -> None:
    """Write each row's values by its id, in one statement; unknown ids are passed over.

    What is paused stays so.
    """
    if rows:
        names = [name for name in rows[0] if name != "id"]
        table = metadata.tables["source"]
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
        kept = {
            name: case(
                (table.c.state == SourceState.PAUSED.value, table.c[name]), else_=values[name]
            )
            for name in ("state", "next_poll_at")
        }
        await tx.execute(
            update(table).where(table.c.id == bindparam("row_id")).values(values | kept),
            [{"row_id": row["id"], **{f"new_{name}": row[name] for name in names}} for row in rows],
        )


async def _set(tx: Transaction, ids: Collection[int], **values: object) -> None:
    await tx.execute(update(SourceRow).where(col(SourceRow.id).in_(ids)).values(values))


def _source(row: SourceRow) -> Source:
    return Source(
        id=saved_id(row.id),
        name=row.name,
        title=row.title,
        address=row.address,
        kind=SourceKind(row.kind),
        selectors=_SELECTORS.validate_json(row.selectors) if row.selectors else None,
        state=SourceState(row.state),
        etag=row.etag,
        last_modified=row.last_modified,
        digest=row.digest,
        hints=_HINTS.validate_json(row.hints),
        next_poll=row.next_poll_at,
        last_poll=row.last_poll_at,
        last_success=row.last_success_at,
        items=row.items,
        failures=row.failures,
        problem=row.problem,
        reported=row.reported,
    )
