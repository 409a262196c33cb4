import asyncio
import time
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from bot.errors import NotYetError
from bot.limiter import Errand, FloodLimiter


class Api:
    """Counts what reaches Telegram, and refuses what it is told to."""

    def __init__(self, limiter: FloodLimiter):
        self.limiter = limiter
        self.arrived: list[tuple[float, int | str | None, str]] = []
        self.refuse: dict[int | str, list[float]] = {}

    async def send(
        self, chat: int | str | None, errand: Errand | None = None, text: str = ""
    ) -> bool:
        async def callback() -> bool:
            await asyncio.sleep(0)
            if chat is not None and self.refuse.get(chat):
                raise RetryAfter(timedelta(seconds=self.refuse[chat].pop()))
            self.arrived.append((time.monotonic(), chat, text))
            return True

        data = {} if chat is None else {"chat_id": chat}
        done = await self.limiter.process_request(callback, (), {}, "sendMessage", data, errand)
        assert done is True
        return True


@pytest.fixture
async def api() -> Api:
    limiter = FloodLimiter(100)
    await limiter.initialize()
    return Api(limiter)


async def test_the_bot_stays_under_its_rate_in_every_second(api: Api) -> None:
    await asyncio.gather(*(api.send(chat, Errand()) for chat in range(1, 131)))
    times = sorted(at for at, _, _ in api.arrived)
    assert times[-1] - times[0] < 10
    for first, after in zip(times, times[100:], strict=False):
        assert after - first >= 1.0, "the bucket alone would let 112 through"


async def test_replies_pass_before_pushes_that_waited_longer(api: Api) -> None:
    pushes = [asyncio.create_task(api.send(chat, Errand(), "push")) for chat in range(1, 61)]
    await asyncio.sleep(0.05)
    await api.send(999, text="reply")
    assert sum(text == "push" for _, _, text in api.arrived) < 40
    await asyncio.gather(*pushes)


async def test_a_private_chat_takes_a_burst_and_then_one_a_second(api: Api) -> None:
    for _ in range(4):
        await api.send(5)
    first, _, third, fourth = (at for at, _, _ in api.arrived)
    assert third - first < 0.9 < fourth - first


async def test_a_push_to_a_chat_that_is_full_comes_back_at_once(api: Api) -> None:
    for group in (-5, "@channel"):
        for _ in range(20):
            await api.send(group, Errand())
        with pytest.raises(NotYetError) as caught:
            await api.send(group, Errand())
        assert timedelta(seconds=55) < caught.value.delay < timedelta(seconds=62)
    await api.send(6, Errand())


async def test_a_refused_chat_is_held_and_others_are_not(api: Api) -> None:
    api.refuse = {7: [30]}
    with pytest.raises(RetryAfter):
        await api.send(7, Errand())
    with pytest.raises(NotYetError) as caught:
        await api.send(7, Errand())
    assert caught.value.delay > timedelta(seconds=29)
    await api.send(8, Errand())
    assert api.limiter.closed_for() == 0


async def test_two_refused_chats_hold_everyone(api: Api) -> None:
    api.refuse = {7: [20], 8: [25]}
    for chat in (7, 8):
        with pytest.raises(RetryAfter):
            await api.send(chat, Errand())
    assert 24 < api.limiter.closed_for() <= 25
    with pytest.raises(NotYetError):
        await api.send(9, Errand())


async def test_a_hold_turns_away_pushes_that_already_wait() -> None:
    api = Api(FloodLimiter(2))
    await api.send(1)
    await api.limiter._hold(7, 20)
    waiting = asyncio.create_task(api.send(9, Errand()))
    await asyncio.sleep(0)
    await api.limiter._hold(8, 20)
    with pytest.raises(NotYetError):
        await waiting


async def test_a_refused_reply_is_tried_again_after_the_wait(api: Api) -> None:
    api.refuse = {7: [0.2]}
    start = time.monotonic()
    await api.send(7, text="reply")
    assert time.monotonic() - start >= 0.2
    assert len(api.arrived) == 1


async def test_a_reply_is_given_up_after_three_refusals(api: Api) -> None:
    api.refuse = {7: [0.01] * 9}
    with pytest.raises(RetryAfter):
        await api.send(7)
    assert len(api.refuse[7]) == 6


async def test_a_reply_cancelled_while_it_waits_takes_no_turn() -> None:
    api = Api(FloodLimiter(4))
    await api.send(1)
    waiting = [asyncio.create_task(api.send(chat)) for chat in (2, 3)]
    await asyncio.sleep(0.01)
    waiting[0].cancel()
    await waiting[1]
    assert [chat for _, chat, _ in api.arrived] == [1, 3]
    await api.limiter.shutdown()


async def test_what_is_no_message_is_not_limited() -> None:
    limiter, asked = FloodLimiter(1), []

    async def callback() -> bool:
        asked.append(1)
        return True

    for _ in range(50):
        await limiter.process_request(callback, (), {}, "getChatMember", {"chat_id": -5}, None)
    assert len(asked) == 50
    assert limiter.passed == 0


async def test_calls_without_a_chat_are_not_limited(api: Api) -> None:
    start = time.monotonic()
    await asyncio.gather(*(api.send(None) for _ in range(500)))
    assert time.monotonic() - start < 3, "under the limit it would take four seconds"


async def test_idle_chats_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.limiter.REMEMBERED_CHATS", 50)
    now = 0.0
    limiter = FloodLimiter(1000, clock=lambda: now)
    for chat in range(1, 200):
        limiter._gate(chat).take(now)
        limiter._gate(chat).land(now)
        now += 10
    assert len(limiter._chats) <= 51


class Notes:
    """Remembers holds as the store does."""

    def __init__(self) -> None:
        self.kept: dict[int | None, float] = {}

    async def load(self) -> dict[int | None, float]:
        return self.kept

    async def sent_to_groups(self, seconds: float) -> list[tuple[int, float]]:
        return [(-5, 30.0)] * 20

    async def keep(self, chat: int | None, seconds: float) -> None:
        self.kept[chat] = seconds


async def test_what_refusals_taught_survives_a_restart() -> None:
    notes = Notes()
    api = Api(FloodLimiter(100, memory=notes))
    api.refuse = {7: [30], 8: [20]}
    for chat in (7, 8):
        with pytest.raises(RetryAfter):
            await api.send(chat, Errand())
    assert notes.kept == {7: 30, 8: 20, None: 20}
    again = FloodLimiter(100, memory=notes)
    await again.initialize()
    assert 19 < again.closed_for() <= 20
    notes.kept = {7: 30}
    again = FloodLimiter(100, memory=notes)
    await again.initialize()
    after = Api(again)
    with pytest.raises(NotYetError):
        await after.send(7, Errand())
    with pytest.raises(NotYetError) as caught:
        await after.send(-5, Errand())
    assert timedelta(seconds=28) < caught.value.delay < timedelta(seconds=31)
    await after.send(8, Errand())


async def test_an_errand_that_may_no_longer_go_stays(api: Api) -> None:
    errand = Errand(may_go=lambda: False)
    with pytest.raises(NotYetError):
        await api.send(1, errand)
    assert not errand.began
    assert api.arrived == []
    await api.send(1, going := Errand())
    assert going.began
    assert len(api.arrived) == 1


async def test_more_cannot_be_on_their_way_than_a_second_allows() -> None:
    limiter, answered = FloodLimiter(4), asyncio.Event()
    on_their_way = 0

    async def callback() -> bool:
        nonlocal on_their_way
        on_their_way += 1
        return await answered.wait()

    sends = [
        asyncio.create_task(
            limiter.process_request(callback, (), {}, "sendMessage", {"chat_id": chat}, None)
        )
        for chat in range(1, 6)
    ]
    await asyncio.sleep(1.3)
    assert on_their_way == 4
    answered.set()
    await asyncio.gather(*sends)
    assert on_their_way == 5
