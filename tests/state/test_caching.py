"""What is kept of the views: usual ones and large ones apart, each bounded."""

from dataclasses import replace

from tests.expected import settings_of
from ui.state.caching import kept_by_view
from ui.views.paths.choice import PathChoice

USUAL, LARGE = settings_of(hidden="5"), settings_of(hidden="16-16")


def counted():
    calls = []

    @kept_by_view(usual=3, large=1)
    def drawn(view, word=""):
        calls.append(view)
        return object()

    return drawn, calls


def test_a_view_is_drawn_once():
    drawn, calls = counted()
    assert drawn(USUAL) is drawn(replace(USUAL))
    assert drawn(USUAL, "other") is not drawn(USUAL)
    assert len(calls) == 2


def test_large_views_do_not_drive_out_usual_ones():
    drawn, calls = counted()
    first = [drawn(replace(USUAL, flower=flower)) for flower in range(3)]
    for flower in range(9):
        drawn(replace(LARGE, flower=flower))
    assert [drawn(replace(USUAL, flower=flower)) for flower in range(3)] == first
    assert len(calls) == 12
    assert [cache.cache_info().currsize for cache in drawn.caches] == [3, 1]


def test_a_choice_is_as_large_as_its_network():
    drawn, _ = counted()
    drawn(PathChoice(LARGE, 1, 0))
    assert [cache.cache_info().currsize for cache in drawn.caches] == [0, 1]


def test_all_can_be_forgotten():
    drawn, _ = counted()
    first = drawn(USUAL), drawn(LARGE)
    drawn.cache_clear()
    assert drawn(USUAL) is not first[0]
    assert drawn(LARGE) is not first[1]
