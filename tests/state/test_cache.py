"""What is kept of the views: usual ones and large ones apart, each bounded, each made once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from time import sleep

import pytest

from tests.expected import settings_of
from ui.state import cache
from ui.state.cache import LARGE, USUAL, Store, kept
from ui.views.paths.choice import PathChoice

SMALL, BIG = settings_of(hidden="5"), settings_of(hidden="16-16")


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(cache, "_parts", type(cache._parts)(cache._parts.default_factory))


def counted():
    calls = []

    def drawn(view, word=""):
        calls.append(view)
        return object()

    return drawn, calls


def sizes(build):
    return [len(store) for store in cache._parts[build]]


def test_a_view_is_drawn_once():
    drawn, calls = counted()
    assert kept(drawn, SMALL) is kept(drawn, replace(SMALL))
    assert kept(drawn, SMALL, "other") is not kept(drawn, SMALL)
    assert len(calls) == 2


def test_large_views_do_not_drive_out_usual_ones():
    drawn, calls = counted()
    views = [replace(SMALL, flower=flower % 150, seed=flower) for flower in range(USUAL)]
    first = [kept(drawn, view) for view in views]
    for flower in range(LARGE + 9):
        kept(drawn, replace(BIG, flower=flower))
    assert [kept(drawn, view) for view in views] == first
    assert len(calls) == USUAL + LARGE + 9
    assert sizes(drawn) == [USUAL, LARGE]


def test_a_part_is_bounded_and_does_not_drive_out_another():
    drawn, calls = counted()
    other, _ = counted()
    first = kept(other, SMALL)
    for seed in range(USUAL + 5):
        kept(drawn, replace(SMALL, seed=seed))
    assert sizes(drawn) == [USUAL, 0]
    assert kept(other, SMALL) is first
    kept(drawn, replace(SMALL, seed=USUAL + 4))
    assert len(calls) == USUAL + 5
    kept(drawn, replace(SMALL, seed=0))
    assert len(calls) == USUAL + 6


def test_a_choice_is_as_large_as_its_network():
    drawn, _ = counted()
    kept(drawn, PathChoice(BIG, 1, 0))
    assert sizes(drawn) == [0, 1]


def test_what_was_asked_for_last_stays():
    store = Store(2)
    for key in "ab":
        store.put(key, key)
    store.get("a")
    store.put("c", "c")
    assert [store.get(key) for key in "abc"] == ["a", None, "c"]
    store.drop("a")
    store.drop("a")
    assert store.get("a") is None


def test_of_a_class_that_asks_at_once_one_builds():
    calls, together = [], Barrier(8)

    def slow(view):
        calls.append(view)
        sleep(0.05)
        return object()

    def ask(_):
        together.wait()
        return kept(slow, SMALL)

    with ThreadPoolExecutor(8) as class_:
        assert len(set(class_.map(ask, range(8)))) == 1
    assert len(calls) == 1


def test_who_fails_keeps_nobody_from_building():
    calls = []

    def fails_once(view):
        calls.append(view)
        if len(calls) == 1:
            raise ValueError("once")
        return view

    with pytest.raises(ValueError, match="once"):
        kept(fails_once, SMALL)
    assert kept(fails_once, SMALL) is SMALL
    assert kept(fails_once, SMALL) is SMALL
    assert len(calls) == 2
