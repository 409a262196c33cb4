import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.publishing import Preview, ask_to_publish, digest, read_draft
from bot.messages.text import LIMIT, size
from domain.errors import InputError

URL = "https://x.example/a?b=1|2"


@pytest.mark.parametrize(
    ("text", "title", "summary", "body", "link"),
    [
        ("Title", "Title", "", "", None),
        (" Title | Summary ", "Title", "Summary", "", None),
        ("Title | Summary | https://x.example", "Title", "Summary", "", "https://x.example"),
        ("Title | https://x.example", "Title", "", "", "https://x.example"),
        ("Title | a | b", "Title", "a | b", "", None),
        ("Title | see https://x.example now", "Title", "see https://x.example now", "", None),
        ("Title | x\nOne\n\nTwo", "Title | x", "", "One\n\nTwo", None),
        (f"Title\nOne\n{URL}\n", "Title", "", "One", URL),
        ("Title\nOne\nftp://x.example", "Title", "", "One\nftp://x.example", None),
    ],
)
def test_how_a_draft_is_written(
    text: str, title: str, summary: str, body: str, link: str | None
) -> None:
    draft = read_draft(text)
    assert (draft.title, draft.summary, draft.body, draft.link) == (title, summary, body, link)
    assert (draft.kind, draft.lang, draft.topics, draft.countries) == (None,) * 4


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=4000))
def test_any_text_is_read_or_refused_and_fits_a_message(text: str) -> None:
    try:
        draft = read_draft(text)
    except InputError:
        return
    names = ("a long name, " * 9,) * 40
    preview = Preview(
        draft=draft,
        kind="news",
        language="English",
        topics=names,
        countries=names,
        summary=draft.summary or draft.body[:300],
    )
    message = ask_to_publish(preview, text)
    assert size(message.html) <= LIMIT
    assert message.quotes


def test_a_digest_tells_texts_apart() -> None:
    assert digest("a") == digest("a")
    assert digest("a") != digest("b")
    assert len(digest("")) == 32
