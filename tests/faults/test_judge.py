from collections import Counter

from faults.judge import judge

BOTH = {1: (10, 11), 2: (10, 11)}


def test_all_came_once_and_in_order() -> None:
    found = judge([(10, 1), (11, 1), (10, 2), (11, 2)], BOTH)
    assert (found.lost, found.unwanted, found.duplicates) == (0, 0, 0)
    assert (found.unexplained, found.disordered) == (0, 0)


def test_what_is_missing_and_what_nobody_asked_for() -> None:
    found = judge([(10, 1), (12, 1), (10, 2), (11, 2)], BOTH)
    assert (found.lost, found.unwanted) == (1, 1)


def test_a_kill_explains_what_went_before_it() -> None:
    sent = [(10, 1), (11, 1), (11, 1), (10, 2), (11, 2), (10, 2)]
    found = judge(sent, BOTH, kills=[2, 5])
    assert (found.duplicates, found.unexplained) == (2, 0)
    assert found.by_kill == (1, 1)
    assert judge(sent, BOTH, kills=[0, 6]).unexplained == 2


def test_two_kills_explain_two_copies() -> None:
    sent = [(10, 1), (10, 1), (10, 1), (11, 1), (10, 2), (11, 2)]
    assert judge(sent, BOTH, kills=[1, 2]).by_kill == (1, 1)
    assert judge(sent, BOTH, kills=[1]).unexplained == 1


def test_a_lost_answer_explains_one_copy() -> None:
    sent = [(10, 1), (10, 1), (11, 1), (10, 2), (11, 2), (10, 2)]
    found = judge(sent, BOTH, unanswered=Counter({(10, 1): 1}))
    assert (found.duplicates, found.unexplained) == (2, 1)


def test_a_later_item_comes_later() -> None:
    assert judge([(10, 2), (10, 1), (11, 1), (11, 2)], BOTH).disordered == 1
    assert judge([(10, 1), (10, 1), (10, 2), (11, 1), (11, 2)], BOTH).disordered == 0
