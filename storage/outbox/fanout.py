"""From a new item to one delivery for each chat that wants it.

A fan-out goes through three stages, and remembers in its row how far it has come: it notes which
saved queries match, writes the pushes, and then holds the item for the digests of chats that got no
push. The rows' uniqueness makes it safe to go through chats again. A chat that has one version of a
story, on its way or sent, does not get another.
"""

from bisect import bisect_right
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage import database
from storage.database import Transaction
from storage.outbox.followers import CIRCUMSTANCES, Way, end, more_followers, write
from storage.outbox.retraction import take_back_some
from storage.outbox.saved import SavedQueries, read_item
from storage.tables import FanoutQueryRow, FanoutRow, ItemRow
from storage.tables.outbox import FIRST_CHAT, LAST_CHAT, Stage

QUERY_COST = 25
"""Reading one saved query counts as much as writing so many deliveries."""

STAGES_AT_ONCE = 8
"""So many stages at most are ended in a chunk: their followers may be many, and all unfit."""


async def expand(tx: Transaction, *, saved: SavedQueries, now: datetime, chunk: int = 2500) -> int:
    """Do about `chunk` deliveries' worth of the oldest fan-outs; returns 0 when none is left.

    Call it again and again, each time in a short transaction of its own; it goes on where the last
    one ended. The number is how much was done, and is more than 0 while there may be more to do.
    Only chats that are not gone get the item, and only for subscriptions that are not newer than
    it; for what a chat has asked for meanwhile, see `timing`.
    """
    connection = await tx.connection()
    done = 0
    while done < chunk:
        row = (await connection.execute(_OLDEST)).one_or_none()
        if row is None:
            break
        fanout = Fanout(*row)
        room = chunk - done
        if fanout.stage == Stage.MATCHING:
            expanded, after = await _match(tx, fanout, saved, now, room)
        elif fanout.stage == Stage.WITHDRAWAL:
            expanded, until = await take_back_some(tx, fanout.item_id, fanout.chat_id, room)
            after = None if until is None else fanout._replace(chat_id=until)
        else:
            expanded, after = await _deliver(tx, fanout, now, room)
        if after is None:
            await connection.execute(_END, {"fanout": fanout.item_id})
        else:
            await connection.execute(_MOVE, after.moved())
        done += expanded
    return done


class Fanout(NamedTuple):
    """A fan-out and how far it has come: a row of `FanoutRow`."""

    item_id: int
    stage: str
    query_id: int
    chat_id: int

    def at(self, stage: Stage) -> "Fanout":
        """Return it at the beginning of a stage."""
        return Fanout(self.item_id, stage, 0, FIRST_CHAT)

    def moved(self) -> dict[str, object]:
        """Return the values of `_MOVE`: all but the key, on which rows of other tables hang."""
        moved = self._asdict()
        return {"fanout": moved.pop("item_id")} | moved


_OLDEST = (
    select(
        col(FanoutRow.item_id),
        col(FanoutRow.stage),
        col(FanoutRow.query_id),
        col(FanoutRow.chat_id),
    )
    .order_by(col(FanoutRow.item_id))
    .limit(1)
)
_IS_THIS = col(FanoutRow.item_id) == bindparam("fanout")
_MOVE = update(FanoutRow).where(_IS_THIS)
_END = delete(FanoutRow).where(_IS_THIS)

_Step = tuple[int, Fanout | None]
"""How much was done, and what is left to do; None where the fan-out is at its end."""


async def _match(
    tx: Transaction, fanout: Fanout, saved: SavedQueries, now: datetime, room: int
) -> _Step:
    """Note the next queries that match, once all are read; asks for them anew in each chunk."""
    queries = max(room // QUERY_COST, 1)
    if not await saved.catch_up(tx, queries):
        return queries * QUERY_COST, fanout
    matching = saved.matching(*await read_item(tx, fanout.item_id), now.astimezone(UTC).date())
    left = matching[bisect_right(matching, fanout.query_id) :][: room + 1]
    noted = left[:room]
    if noted:
        told = await _told_long_ago(tx, fanout.item_id, saved)
        await tx.execute(
            insert(FanoutQueryRow),
            [
                {"item_id": fanout.item_id, "query_id": query_id, "since": told.get(query_id)}
                for query_id in noted
            ],
        )
    if len(left) > room:
        return room + 1, fanout._replace(query_id=noted[-1])
    return len(left) + 1, fanout.at(Stage.PUSHES)


async def _told_long_ago(tx: Transaction, item_id: int, saved: SavedQueries) -> dict[int, datetime]:
    """Return which queries brought an earlier version of the story whose deliveries are pruned.

    What is known then is when it came: who followed such a query already was told.
    """
    other = aliased(ItemRow)
    versions = await tx.execute(
        select(col(other.id), col(other.added_at))
        .join(ItemRow, col(ItemRow.story) == col(other.story))
        .where(
            col(ItemRow.id) == item_id,
            col(other.id) != item_id,
            col(other.pruned),
            col(other.withdrawn_at).is_(None),
        )
        .order_by(col(other.added_at))
    )
    told: dict[int, datetime] = {}
    for version_id, added_at in versions:
        queries = saved.matching(*await read_item(tx, version_id or 0), added_at.date())
        told |= dict.fromkeys(queries, added_at)
    return told


async def _deliver(tx: Transaction, fanout: Fanout, now: datetime, room: int) -> _Step:
    """Write the deliveries of the next stretch of chats."""
    stage = Stage(fanout.stage)
    connection = await tx.connection()
    here = {"item_id": fanout.item_id, "after": fanout.chat_id}
    queries, has_versions = (await connection.execute(CIRCUMSTANCES, here)).one()
    way = Way.BY_CHAT if queries > 1 else Way.OF_ONE
    if fanout.chat_id == FIRST_CHAT:
        more = await connection.scalar(more_followers(stage), here | {"offset": room})
        way = Way.AT_ONCE if more is None else way
    until = None
    if way is not Way.AT_ONCE:
        until = await connection.scalar(end(stage, way), here | {"offset": room - 1})
    written = await connection.execute(
        write(stage, way, has_versions=bool(has_versions), on_sqlite=database.is_sqlite(tx)),
        here | {"until": LAST_CHAT if until is None else until, "now": now},
    )
    if until is not None:
        return room, fanout._replace(chat_id=until)
    expanded = max(database.rows_changed(written), room // STAGES_AT_ONCE, 1)
    return expanded, fanout.at(Stage.DIGESTS) if stage is Stage.PUSHES else None
