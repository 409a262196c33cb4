"""Classifying an item, beside making its index terms."""

from bench import report
from domain.text import analyse
from seeds.data import load_classifier
from seeds.load import seed_documents


def run(_scale: float) -> None:
    """Classify the shipped items."""
    classifier = load_classifier()
    drafts = [draft for _, document in seed_documents() for draft in document.drafts]
    classifier.classify(drafts[0])
    report.heading(f"classify: the {len(drafts)} shipped items")
    times = report.each(classifier.classify, drafts)
    report.figures("one item", times)
    bodies = [draft.body for draft in drafts if draft.body]
    analysed = report.each(lambda body: analyse(body, "en"), bodies)
    ours, terms = (sum(one) / len(one) for one in (times, analysed))
    report.ratio("classifying / index terms alone", ours, terms)
