from feeds.web.listing import Listing
from feeds.web.words import words_in


def listing(total: int, *, is_whole: bool) -> Listing:
    return Listing(items=(), total=total, page=1, at=str, also={}, by_year=False, is_whole=is_whole)


def test_a_count_that_may_go_on_says_so() -> None:
    words = words_in("en")
    assert words("results", n=listing(1, is_whole=True).count) == "1 result"
    assert words("results", n=listing(400, is_whole=True).count) == "400 results"
    assert words("results", n=listing(400, is_whole=False).count) == "400+ results"
