import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.upstream.formats.htmltext import html_text


def test_lists_become_indented_bullets() -> None:
    page = html_text(
        "<ul><li>01/04/2010<br>Parliamentarians <b>unite</b> against\n crime<p>Body one.</p>"
        "<ul><li>alpha<li>beta</ul></li><li><p>02/04/2010</p>Second</li></ul>"
    )
    assert page.splitlines() == [
        "  • 01/04/2010",
        "    Parliamentarians unite against crime",
        "",
        "    Body one.",
        "",
        "      • alpha",
        "      • beta",
        "",
        "  • 02/04/2010",
        "",
        "    Second",
    ]


def test_scripts_styles_and_comments_are_not_text() -> None:
    assert html_text("<p>a<script>b</script><!-- c -->d<style>e</style></p>") == "ad"


def test_no_break_space_stays_and_other_blanks_collapse() -> None:
    assert html_text("<p>1\u00a0May \n\t 2010</p>") == "1\u00a0May 2010"


def test_entities_are_read_once() -> None:
    assert html_text("<p>R&amp;D &lt;b&gt; &amp;amp;</p>") == "R&D <b> &amp;"


@pytest.mark.parametrize("markup", ["", "  ", "<!-- -->", "<p></p>"])
def test_no_text(markup: str) -> None:
    assert html_text(markup) == ""


def test_table_cells_are_apart() -> None:
    assert html_text("<table><tr><td>3 May</td><td>Launch</td></tr></table>") == "3 May Launch"


@given(st.text(max_size=300))
def test_any_text_is_read(markup: str) -> None:
    assert isinstance(html_text(markup), str)
