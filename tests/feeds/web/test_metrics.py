"""`/metrics`, read by Prometheus' own parser."""

from datetime import timedelta

from prometheus_client.parser import text_string_to_metric_families

from domain import figures as names
from domain.model import Lane
from feeds.web.metrics import exposition
from storage import tally
from storage.outbox import Figures, LaneFigures
from storage.tally import Figure
from tests.factories import NOW
from tests.feeds.web.conftest import World


def read(body: bytes) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(body.decode())
        for sample in family.samples
    }


def test_every_figure_has_its_line() -> None:
    counted = {
        (names.MESSAGES, "push/sent"): 10,
        (names.MESSAGES, "push/ambiguous"): 2,
        (names.MESSAGES, "digest/throttled"): 1,
        (names.DELAYS, "inf"): 1,
        (names.DELAYS, "0.5"): 7,
        (names.DELAYS, "10"): 2,
        (names.DELAY_SECONDS, ""): 123.5,
        (names.RATE, ""): 20,
        (names.USED, ""): 24,
        (names.ALLOWED, ""): 30,
    }
    figures = Figures(
        at=NOW,
        lanes={
            Lane.PUSH: LaneFigures(5, 4, 3, timedelta(seconds=90)),
            Lane.DIGEST: LaneFigures(0, 0, 0, timedelta()),
        },
        fanouts=2,
        set_aside={(Lane.PUSH, "message is too long"): 6},
        has_sender=True,
        tally={key: Figure(value, NOW) for key, value in counted.items()},
    )
    lines = read(exposition(figures, {"memory": 8, "made": 9}, 1000))
    expected = {
        ("queue_messages", "push", "due"): 5,
        ("queue_messages", "push", "later"): 4,
        ("queue_messages", "push", "claimed"): 3,
        ("queue_messages", "digest", "due"): 0,
        ("queue_oldest_seconds", "push"): 90,
        ("fanouts_open",): 2,
        ("set_aside_messages", "push", "message is too long"): 6,
        ("messages_sent_total", "push"): 10,
        ("messages_sent_total", "digest"): 0,
        ("messages_retried_total", "push", "ambiguous"): 2,
        ("messages_possible_duplicates_total", "push"): 2,
        ("messages_refused_total", "digest", "throttled"): 1,
        ("messages_refused_total", "push", "poison"): 0,
        ("sender_up",): 1,
        ("outage",): 0,
        ("message_delay_seconds_bucket", "0.5"): 7,
        ("message_delay_seconds_bucket", "5.0"): 7,
        ("message_delay_seconds_bucket", "10.0"): 9,
        ("message_delay_seconds_bucket", "+Inf"): 10,
        ("message_delay_seconds_count",): 10,
        ("message_delay_seconds_sum",): 123.5,
        ("messages_per_second",): 20,
        ("allowed_messages_per_second",): 30,
        ("rate_utilisation_ratio",): 0.8,
        ("http_requests_total", "memory"): 8,
        ("documents_bytes",): 1000,
    }
    for (name, *labels), value in expected.items():
        assert lines[f"topicwire_{name}", *sorted(labels)] == value, name


async def test_a_store_without_a_sender_has_figures_too(world: World) -> None:
    async with world.db.write() as tx:
        await tally.put(tx, {(names.RATE, ""): 30}, now=NOW)
    await world.get("/feed.rss")
    answer = await world.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert answer.headers["cache-control"] == "no-store"
    lines = read(answer.content)
    assert lines["topicwire_queue_messages", "due", "push"] == 0
    assert lines["topicwire_http_requests_total", "made"] >= 1
    assert lines["topicwire_message_delay_seconds_count",] == 0
    assert lines["topicwire_message_delay_seconds_bucket", "3600.0"] == 0, "steps are always there"
    assert lines["topicwire_sender_up",] == 0
    assert lines["process_cpu_seconds_total",] > 0
