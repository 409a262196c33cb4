import pytest

from domain.stories.numerals import written_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("四十万美元", [400_000]),
        ("二百一十二人", [212]),
        ("两千三百名", [2_300]),
        ("一亿二千万", [120_000_000]),
        ("十二名和九名", [12]),
        ("二〇一五", [2015]),
        ("一些 三八", [38]),
        ("三一", [31]),
        ("万一", []),
        ("أربعون قاضيا وثلاثين", [40]),
        ("forty", []),
    ],
)
def test_numbers(text: str, numbers: list[int]) -> None:
    assert list(written_numbers(text)) == numbers
