from collections.abc import Callable

import pytest

from api.questions import CompareParams, HmgParams, answer_compare, answer_hmg, make_params
from api.remembered import Remembered
from graph.model import GraphBatch
from graph.stores import open_store


def test_an_answer_is_worked_out_once() -> None:
    asked: list[int] = []
    answers = Remembered()
    found = [answers.get(("a",), lambda: asked.append(1) or len(asked)) for _ in range(3)]
    assert found == [1, 1, 1]
    assert answers.get(("b",), lambda: 2) == 2


def test_those_used_last_stay() -> None:
    answers = Remembered(most=2)
    for key in ("a", "b", "a", "c"):
        answers.get((key,), lambda: "first")
    assert [answers.get((key,), lambda: "again") for key in ("a", "c", "b")] == ["first", "first", "again"]


def test_a_failure_is_not_kept() -> None:
    answers = Remembered()
    with pytest.raises(ZeroDivisionError):
        answers.get(("a",), lambda: 1 // 0)
    assert answers.get(("a",), lambda: 1) == 1


def test_new_data_makes_a_new_answer(make_store: Callable[..., str], paper: Callable[..., GraphBatch]) -> None:
    params = make_params(CompareParams, area="strategy:lancashire")
    with open_store(make_store(paper())) as store:
        with store.view() as view:
            first = answer_compare(view, params)
            assert answer_compare(view, params) is first
            assert answer_compare(view, make_params(CompareParams, area="strategy:lancashire", nearest=1)) is not first
        with store.writer() as writer:
            writer.put(paper(taint=" again"))
        with store.view() as view:
            assert answer_compare(view, params).version != first.version


def test_holders_of_today_are_asked_for_anew_each_day(
    make_store: Callable[..., str], paper: Callable[..., GraphBatch], monkeypatch: pytest.MonkeyPatch
) -> None:
    days = iter(["2019-01-01", "2024-01-01"])
    monkeypatch.setattr("api.questions.read_today", lambda: next(days))
    params = make_params(HmgParams, today=True)
    with open_store(make_store(paper())) as store, store.view() as view:
        assert [answer_hmg(view, params).holders[0].on for _ in range(2)] == ["2019-01-01", "2024-01-01"]
