import pytest

from domain.stories.figures import read_figures


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.8 million dollars", {"1800000"}),
        ("1,8 millones de dólares", {"1800000"}),
        ("出资180万美元", {"1800000"}),
        ("свыше 70 млн. человек", {"70000000"}),
        ("500 ألف جنيه", {"500000"}),
        ("casi 10.000 migrantes, 60.000 dólares", {"10000", "60000"}),
        ("2 500 exemplaires", {"2500"}),
        ("7.2 tonnes", {"7.2"}),
        ("COVID-19 and the A4 road", set()),
        ("its 100,000th call", {"100000"}),
    ],
)
def test_numbers_are_the_same_in_every_language(text: str, numbers: set[str]) -> None:
    assert read_figures(text).numbers == numbers


@pytest.mark.parametrize(
    "text",
    [
        "from 8 to 10 April 2019",
        "du 8 au 10 avril 2019",
        "من 8 إلى 10 أبريل 2019",
        "2019年4月8日至10日",
    ],
)
def test_dates_are_no_numbers(text: str) -> None:
    figures = read_figures(text)
    assert figures.days == {"04-08", "04-10"}
    assert figures.years == {2019}
    assert not figures.numbers


def test_a_year_alone_is_a_year_and_roman_numerals_count_a_series() -> None:
    figures = read_figures("Operation Turquesa III in 2021, by Ivan I")
    assert figures.years == {2021}
    assert figures.romans == {"III"}
    assert not figures.numbers
