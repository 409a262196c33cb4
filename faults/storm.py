"""A Telegram at its worst, by chance, and a record of what the bot may be blamed for."""

import math
import random
import time
from collections import Counter
from dataclasses import dataclass

from bot.sandbox.faults import SERVER_ERROR, Broken, Drop, Fault, Faults, Refuse, Slow, throttled
from faults.installation import item_of
from faults.judge import Message

ON_THE_WIRE = 0.5
"""Seconds for which requests may have been on their way when all were refused."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How often what goes wrong: shares of all sends."""

    lost_answers: float = 0.05
    server_errors: float = 0.05
    chat_bursts: float = 0.005
    slow: float = 0.003
    slow_seconds: float = 11.0
    """Longer than the bot waits for an answer."""
    chat_penalty: tuple[int, int] = (3, 8)
    """Seconds, least and most."""
    bot_penalty: int = 5


class Storm(Faults):
    """Faults for sends, by chance. `inside` counts sends inside a penalty."""

    def __init__(self, chance: random.Random, weather: Weather, in_flight: int):
        super().__init__()
        self._in_flight = in_flight
        self._on_the_wire = 0
        self._chance = chance
        self._weather = weather
        self._chats: dict[int, float] = {}
        self._all_until = -math.inf
        self._refused_since: float | None = None
        self._first_refused: int | None = None
        self.is_out = False
        """In an outage every connection breaks before anything is done."""
        self.is_over = False
        self.inside = 0
        self.unanswered: Counter[Message] = Counter()
        """Sends that were carried out and that the bot cannot know of."""
        self.counts: Counter[str] = Counter()

    def refuse_all(self) -> None:
        """Refuse every chat, for a while."""
        self._all_until = time.monotonic() + self._weather.bot_penalty
        self._refused_since = self._first_refused = None
        self._on_the_wire = 0
        self.counts["bursts for the bot"] += 1

    def take(self, method: str, chat_id: int | None, text: str = "") -> Fault | None:
        """Return what strikes this request."""
        if method != "sendmessage" or chat_id is None:
            return None
        now = time.monotonic()
        if now < self._all_until:
            return self._refused_as_bot(chat_id, now)
        if now < self._chats.get(chat_id, -math.inf):
            self.inside += 1
            return self._refuse(self._chats[chat_id] - now)
        if self.is_out:
            self.counts["cut off in the outage"] += 1
            return Drop(delivered=False)
        if self.is_over:
            return None
        return self._by_chance(chat_id, text, now)

    def _by_chance(self, chat_id: int, text: str, now: float) -> Fault | None:
        weather, number = self._weather, item_of(text)
        lot = self._chance.random()
        for name, share in (
            ("answers lost", weather.lost_answers),
            ("server errors", weather.server_errors),
            ("bursts for a chat", weather.chat_bursts),
            ("answers too late", weather.slow),
        ):
            lot -= share
            if lot >= 0:
                continue
            self.counts[name] += 1
            match name:
                case "server errors":
                    return self._chance.choice((SERVER_ERROR, Broken(502)))
                case "bursts for a chat":
                    seconds = self._chance.randint(*weather.chat_penalty)
                    self._chats[chat_id] = now + seconds
                    return throttled(seconds)
            if number is not None:
                self.unanswered[chat_id, number] += 1
            return Drop(delivered=True) if name == "answers lost" else Slow(weather.slow_seconds)
        return None

    def _refused_as_bot(self, chat_id: int, now: float) -> Refuse:
        """Refuse; who is refused for a second chat knows that all are, and must wait.

        What was on its way by then is no fault, and is no more than may be in flight.
        """
        if self._refused_since is not None:
            self._on_the_wire += 1
            is_late = now > self._refused_since + ON_THE_WIRE
            self.inside += is_late or self._on_the_wire > self._in_flight
        if self._first_refused is None:
            self._first_refused = chat_id
        elif chat_id != self._first_refused and self._refused_since is None:
            self._refused_since = now
        self._chats[chat_id] = max(self._chats.get(chat_id, now), self._all_until)
        return self._refuse(self._all_until - now)

    @staticmethod
    def _refuse(seconds: float) -> Refuse:
        return throttled(max(math.ceil(seconds), 1))
