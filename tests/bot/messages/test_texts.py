from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.registry import COMMANDS as IN_CHATS
from bot.handlers.registry import IN_TOPIC, OPERATOR
from bot.messages.callbacks import (
    EVERYTHING,
    Follow,
    Ref,
    ShowPage,
    ShowSubscriptions,
    ShowTopics,
    Stop,
    StopAll,
    decode,
)
from bot.messages.choices import Pause, Resume
from bot.messages.commands import COMMANDS, OPERATOR_COMMANDS
from bot.messages.help import help_text, welcome
from bot.messages.problems import unreadable_query, unreadable_schedule, usage
from bot.messages.subscriptions import Followed, following, not_followed, subscriptions
from bot.messages.text import LIMIT, Message, size, visible
from bot.messages.topics import TopicCount, topics
from domain.schedule import FOREVER


def presses(message: Message) -> list[object]:
    rows = message.keyboard.inline_keyboard if message.keyboard else ()
    return [decode(str(button.callback_data)) for row in rows for button in row]


def test_the_menu_keeps_telegrams_rules() -> None:
    for name, means in COMMANDS:
        assert name.isascii()
        assert name.islower()
        assert 1 <= len(name) <= 32
        assert 3 <= len(means) <= 256


def test_the_operators_commands_are_in_the_operators_help_alone() -> None:
    assert {name for name, _ in OPERATOR_COMMANDS} == set(OPERATOR)
    for name in OPERATOR:
        assert f"/{name}" not in help_text().html
        assert f"/{name} – " in help_text(operator=True).html


def test_help_names_every_command() -> None:
    assert {name for name, _ in COMMANDS} == {*IN_CHATS, *IN_TOPIC}
    for name, _ in COMMANDS:
        assert f"/{name}" in help_text().html
    assert presses(welcome()) == [ShowTopics(), ShowPage(EVERYTHING), ShowSubscriptions()]


def test_topics_are_paged_with_their_counts() -> None:
    found = [TopicCount(Ref(f"topic:t-{n}"), f"Topic {n}", n) for n in range(20)]
    message = topics(found, ShowTopics(page=2))
    assert message.keyboard is not None
    assert message.keyboard.inline_keyboard[0][0].text == "Topic 8 (8)"
    assert presses(message) == [
        *(ShowPage(Ref(f"topic:t-{n}")) for n in range(8, 16)),
        ShowTopics(1),
        ShowTopics(3),
        ShowPage(EVERYTHING),
    ]
    assert "Page 2 of 3" in message.html


def test_topics_to_follow_are_followed_at_once() -> None:
    found = [TopicCount(Ref("topic:drugs"), "Drugs", 1)]
    message = topics(found, ShowTopics(page=77, follow=True))
    assert presses(message) == [Follow(Ref("topic:drugs")), Follow(EVERYTHING)]
    assert "Page" not in message.html


def test_subscriptions_are_numbered_with_their_schedule() -> None:
    found = [Followed(4, "topic: Drugs", "now"), Followed(5, "", "daily 08:00")]
    message = subscriptions(found, ShowSubscriptions(), "Africa/Lagos")
    assert visible(message.html) == (
        "You follow\n\n1. topic: Drugs\nEach new item as it comes\n\n"
        "2. everything\nA digest daily 08:00\n\nTimes are in Africa/Lagos."
    )
    assert presses(message) == [
        *(Stop(4), Pause("", 4), Stop(5), Pause("", 5)),
        *(StopAll(), ShowTopics(follow=True)),
    ]


def test_paused_subscriptions_say_so() -> None:
    until = datetime(2026, 12, 24, 7, tzinfo=UTC)
    found = [Followed(4, "drugs", "now", until), Followed(5, "", "daily 08:00", FOREVER)]
    message = subscriptions(found, ShowSubscriptions(), "Africa/Lagos", FOREVER)
    assert "Paused until 24 Dec 2026, 08:00" in visible(message.html)
    assert "A digest daily 08:00\nPaused until you resume" in visible(message.html)
    assert "Paused until you resume: everything, /resume." in visible(message.html)
    assert Resume(4) in presses(message)


def test_subscriptions_are_paged() -> None:
    found = [Followed(n, "wide " * 90, "now") for n in range(1, 40)]
    message = subscriptions(found, ShowSubscriptions(99), "UTC")
    assert "(page 5 of 5)" in message.html
    assert ShowSubscriptions(4) in presses(message)
    assert size(subscriptions(found, ShowSubscriptions(1), "UTC").html) <= LIMIT


def test_no_subscription_offers_topics() -> None:
    assert presses(subscriptions([], ShowSubscriptions(), "UTC")) == [ShowTopics(follow=True)]


def test_following_offers_the_latest_and_a_way_out() -> None:
    new = following(Followed(4, "", "now"), new=True)
    assert visible(new.html) == "You now follow everything\nEach new item as it comes."
    again = following(Followed(4, "<x>", "daily 08:00"), new=False)
    assert visible(again.html) == "You follow <x>\nA digest daily 08:00."
    assert not_followed("<x>").html == "You do not follow <b>&lt;x&gt;</b>."


def test_a_query_error_marks_the_place() -> None:
    message = unreadable_query("nigeria ( <b", "a bracket is not closed", 8)
    assert "a bracket is not closed" in message.html
    assert "nigeria 👉( &lt;b" in message.html


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-5, 5000))
def test_a_query_error_fits_whatever_the_query(text: str, position: int) -> None:
    assert size(unreadable_query(text * 30, "wrong", position).html) <= LIMIT


def test_a_schedule_error_says_what_there_is() -> None:
    assert "daily 08:00" in unreadable_schedule("no such hour").html
    assert "/search blue heart" in usage("search", "blue heart").html
