"""Button presses and inline queries that wait for the bot's answer."""

import itertools
from collections import deque
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Question:
    """A press or an inline query, and its answer once there is one."""

    id: str
    chat_id: int
    asked: float
    answer: dict[str, Any] | None = None


class Questions:
    """Open questions of one kind; each can be answered for `lifetime` seconds."""

    def __init__(self, lifetime: float):
        self._lifetime = lifetime
        self._numbers = itertools.count(1)
        self._open: dict[str, Question] = {}
        self._ages: deque[Question] = deque()

    def ask(self, chat_id: int, now: float) -> Question:
        """Open a question."""
        while self._ages and self._ages[0].asked < now - self._lifetime:
            del self._open[self._ages.popleft().id]
        question = Question(f"{abs(chat_id)}{next(self._numbers):06}", chat_id, now)
        self._open[question.id] = question
        self._ages.append(question)
        return question

    def answer(self, question_id: str, answer: dict[str, Any], now: float) -> Question:
        """Record an answer; raises ApiError when the question is unknown or too old."""
        question = self._open.get(question_id)
        if question is None or question.asked < now - self._lifetime:
            raise bad_request(_TOO_OLD)
        question.answer = answer
        return question
