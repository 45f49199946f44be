"""What is drawn for a view is kept for everybody who looks at the same: many usual views, few large ones."""

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

USUAL, LARGE = 160, 24
"""Views kept of a function: all 150 flowers of a usual network; of a large one, those of a few people.

With everything full, those of the default network take 130 MB over all pages, 0.8 MB a view, and those of the
largest 60 MB, 2.3 MB a view."""

MOST_UNITS = 16
"""Hidden units of a usual network."""

P = ParamSpec("P")
T = TypeVar("T")


class ViewCache(Generic[P, T]):
    """A function of a view's settings, or of a choice that has `settings`, with its results kept."""

    def __init__(self, draw: Callable[P, T], usual: int, large: int) -> None:
        update_wrapper(self, draw)
        self.caches: tuple[Any, Any] = lru_cache(maxsize=usual)(draw), lru_cache(maxsize=large)(draw)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result for the view that is the first argument; all arguments are hashable."""
        view: Any = args[0]
        hidden = getattr(view, "settings", view).hidden
        result: T = self.caches[sum(hidden) > MOST_UNITS](*args, **kwargs)
        return result

    def cache_clear(self) -> None:
        """Forget all views."""
        for cache in self.caches:
            cache.cache_clear()


def kept_by_view(usual: int = USUAL, large: int = LARGE) -> Callable[[Callable[P, T]], ViewCache[P, T]]:
    """Keep so many results for usual networks and so many for large ones."""
    return lambda draw: ViewCache(draw, usual, large)
