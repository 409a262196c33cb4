import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("UNODC", "unodc"),
        ("Réfugiés à Besançon", "refugies a besancon"),
        ("Straße, Œuvre, Ærø, Łódź, Đakovo", "strasse, oeuvre, aero, lodz, dakovo"),
        ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
        ("Ёлка и йод", "елка и йод"),
        ("Киев Їжак", "киев іжак"),
        ("ΑΘΉΝΑΣ Αθήνας", "αθηνασ αθηνασ"),
        ("الإِتِّجار بالأشخاص", "الاتجار بالاشخاص"),
        ("مكافحة على مـــدى", "مكافحه علي مدي"),
        ("کی", "كي"),
        ("２０２１ ٢٠٢١ ۲۰۲۱", "2021 2021 2021"),
        ("ＵＮＯＤＣ：ｶﾞ", "unodc:ガ"),
        ("がか ป่า หู", "がか ป่า หู"),
        ("co\u00adop\u200dera\u200etion", "cooperation"),
        ("one\u200btwo", "one two"),
        ("Ǽǿ", "aeo"),
    ],
)
def test_forgives_case_accents_and_writing_variants(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("letters", [("и", "й"), ("か", "が"), ("क", "कि")])
def test_keeps_marks_that_make_another_letter(letters: tuple[str, str]) -> None:
    assert fold(letters[0]) != fold(letters[1])


def test_composed_and_decomposed_are_the_same() -> None:
    assert fold("\u0438\u0306") == fold("\u0439") == "\u0439"
    assert fold("e\u0301") == fold("\u00e9") == "e"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
