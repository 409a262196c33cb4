"""What `/metrics` tells, in Prometheus' text format.

How things are is read from the store, and so is what senders count, whichever process they run in:
any web process tells the same. Nothing is told by chat.
"""

from collections.abc import Iterable, Mapping
from itertools import accumulate

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from domain import figures as names
from domain.model import Lane
from storage.outbox import Figures

CONTENT_TYPE = CONTENT_TYPE_LATEST


def exposition(figures: Figures, requests: Mapping[str, int], kept_bytes: int) -> bytes:
    """Return the metrics; `requests` are this process's, by where their answers came from."""
    registry = CollectorRegistry()
    registry.register(_Known([*_of_outbox(figures), *_of_web(requests, kept_bytes)]))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Known(Collector):
    def __init__(self, metrics: list[Metric]):
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _of_outbox(figures: Figures) -> list[Metric]:
    queue = GaugeMetricFamily(
        "topicwire_queue_messages",
        "Messages that wait; later: for another try or their hour; claimed: by the sender.",
        labels=["lane", "state"],
    )
    oldest = GaugeMetricFamily(
        "topicwire_queue_oldest_seconds",
        "For how long the oldest message has been due.",
        labels=["lane"],
    )
    for lane, state in figures.lanes.items():
        queue.add_metric([lane, "due"], state.due)
        queue.add_metric([lane, "later"], state.later)
        queue.add_metric([lane, "claimed"], state.claimed)
        oldest.add_metric([lane], state.age.total_seconds())
    aside = GaugeMetricFamily(
        "topicwire_set_aside_messages",
        "Messages that could not be sent, by reason.",
        labels=["lane", "reason"],
    )
    for (lane, reason), count in sorted(figures.set_aside.items()):
        aside.add_metric([lane, reason], count)
    fanouts = GaugeMetricFamily(
        "topicwire_fanouts_open", "Items not yet written to all queues.", value=figures.fanouts
    )
    sender = GaugeMetricFamily(
        "topicwire_sender_up", "1 while a process has the sender's role.", value=figures.has_sender
    )
    outage = GaugeMetricFamily(
        "topicwire_outage",
        "1 while the sender waits because nothing arrives at Telegram.",
        value=figures.count(names.OUTAGE),
    )
    queues = [queue, oldest, fanouts, aside, sender, outage]
    return [*queues, *_of_messages(figures), _delay(figures), *_rate(figures)]


def _of_messages(figures: Figures) -> list[Metric]:
    sent = CounterMetricFamily(
        "topicwire_messages_sent", "Messages that Telegram took.", labels=["lane"]
    )
    doubtful = CounterMetricFamily(
        "topicwire_messages_possible_duplicates",
        "Sends without an answer, repeated though they may have arrived.",
        labels=["lane"],
    )
    retried = CounterMetricFamily(
        "topicwire_messages_retried", "Sends to be tried again.", labels=["lane", "cause"]
    )
    refused = CounterMetricFamily(
        "topicwire_messages_refused", "Sends that Telegram refused.", labels=["lane", "cause"]
    )
    for lane in Lane:
        sent.add_metric([lane], _count(figures, lane, names.SENT))
        doubtful.add_metric([lane], _count(figures, lane, names.AMBIGUOUS))
        for family, causes in ((retried, names.RETRIED), (refused, names.REFUSED)):
            for cause in causes:
                family.add_metric([lane, cause], _count(figures, lane, cause))
    return [sent, retried, refused, doubtful]


def _count(figures: Figures, lane: Lane, outcome: str) -> float:
    return figures.count(names.MESSAGES, names.message_label(lane, outcome))


def _delay(figures: Figures) -> Metric:
    counts = [figures.count(names.DELAYS, names.delay_label(step)) for step in names.DELAY_STEPS]
    buckets = list(zip(map(floatToGoString, names.DELAY_STEPS), accumulate(counts), strict=True))
    delay = HistogramMetricFamily(
        "topicwire_message_delay_seconds", "From an item's arrival to a push of it that was taken."
    )
    delay.add_metric([], buckets, sum_value=figures.count(names.DELAY_SECONDS))
    return delay


def _rate(figures: Figures) -> list[Metric]:
    rate, used = figures.speed(names.RATE), figures.speed(names.USED)
    allowed = figures.count(names.ALLOWED)
    return [
        GaugeMetricFamily(
            "topicwire_messages_per_second", "Messages that Telegram took lately.", value=rate
        ),
        GaugeMetricFamily(
            "topicwire_allowed_messages_per_second", "MESSAGES_PER_SECOND.", value=allowed
        ),
        GaugeMetricFamily(
            "topicwire_rate_utilisation_ratio",
            "How much of the allowed rate is used, answers to people included.",
            value=used / allowed if allowed else 0.0,
        ),
    ]


def _of_web(requests: Mapping[str, int], kept_bytes: int) -> list[Metric]:
    answered = CounterMetricFamily(
        "topicwire_http_requests",
        "Requests to this process, by where the answer came from.",
        labels=["origin"],
    )
    for origin, count in requests.items():
        answered.add_metric([origin], count)
    kept = GaugeMetricFamily(
        "topicwire_documents_bytes", "Feed documents kept in memory.", value=kept_bytes
    )
    return [answered, kept]
