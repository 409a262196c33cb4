import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changes import Change, Wording, weigh

BODY = "The court in Lagos sentenced four people who had brought migrants over the border by night."


def wording(title: str, body: str = BODY, lang: str = "en") -> Wording:
    return Wording(title, body, lang)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (wording("Four smugglers convicted"), wording("Four smugglers convicted"), Change.LITTLE),
        (wording("Four smugglers convicted"), wording("FOUR SMUGGLERS CONVICTED!"), Change.LITTLE),
        (wording("Café raided"), wording("Cafe  raided"), Change.LITTLE),
        (wording("Four convicted"), wording("Four convicted", BODY + " Two fled."), Change.LITTLE),
        (wording("Four smugglers convicted"), wording("Five smugglers convicted"), Change.HEADLINE),
        (wording("Smugler convicted"), wording("Smuggler convicted"), Change.HEADLINE),
        (wording("Four convicted"), wording("Verdict"), Change.HEADLINE),
        (wording("Four convicted"), wording("Ship seized", "Off Malta, with oil."), Change.MUCH),
        (wording("Four convicted", ""), wording("Four convicted", BODY), Change.MUCH),
        (wording("四名走私者被判", "", "zh"), wording("五名走私者被判", "", "zh"), Change.HEADLINE),
        (wording("!", ""), wording("?", ""), Change.LITTLE),
    ],
)
def test_how_much_has_changed(before: Wording, after: Wording, change: Change) -> None:
    assert weigh(before, after) is change
    assert weigh(after, before) is change


@given(st.text(max_size=60), st.text(max_size=200), st.sampled_from(["en", "fr", "zh", "und"]))
def test_what_is_the_same_has_not_changed(title: str, body: str, lang: str) -> None:
    assert weigh(Wording(title, body, lang), Wording(title, body, lang)) is Change.LITTLE
