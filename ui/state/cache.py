"""What is made for a view is kept for everybody who looks at the same, and made once."""

from collections import defaultdict
from collections.abc import Callable
from itertools import count
from threading import Lock
from typing import Any, Generic, TypeVar, TypeVarTuple

USUAL, LARGE = 160, 24
"""Views kept of each part of a page: of a usual network all 150 flowers, of a large one those of few people.

With everything full a server has grown by 210 MB, or with the largest network alone by 100 MB."""

MOST_UNITS = 16
"""Hidden units of a usual network."""

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")
Ts = TypeVarTuple("Ts")


class Store(Generic[K, T]):
    """So many values by their keys, for all threads; what was not asked for longest goes first."""

    def __init__(self, maxsize: int) -> None:
        self.maxsize = maxsize
        self._entries: dict[K, list[Any]] = {}  # when it was asked for last, and the value
        self._builders: dict[K, Lock] = {}
        self._clock = count()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: K) -> T | None:
        """The value of this key, None where there is none."""
        # Without the lock, and with one look-up alone: pages ask up to a hundred times a view.
        if (entry := self._entries.get(key)) is None:
            return None
        entry[0] = next(self._clock)
        value: T = entry[1]
        return value

    def put(self, key: K, value: T) -> None:
        """Keep a value, which is not None."""
        with self._lock:
            self._entries[key] = [next(self._clock), value]
            if len(self._entries) > self.maxsize:
                del self._entries[min(self._entries, key=lambda each: self._entries[each][0])]

    def drop(self, key: K) -> None:
        """Forget a value, if there is one."""
        with self._lock:
            self._entries.pop(key, None)

    def built(self, key: K, build: Callable[..., T], *args: Any) -> T:
        """The value of this key, built now if it is not there: by one thread, for which the others wait."""
        if (value := self.get(key)) is None:
            with self._lock:
                builder = self._builders.setdefault(key, Lock())
            with builder:
                if (value := self.get(key)) is None:
                    try:
                        value = build(*args)
                        self.put(key, value)
                    finally:
                        self._builders.pop(key, None)
        return value


def _stores() -> tuple[Store[Any, Any], Store[Any, Any]]:
    return Store(USUAL), Store(LARGE)


_parts: defaultdict[Callable[..., Any], tuple[Store[Any, Any], Store[Any, Any]]] = defaultdict(_stores)


def kept(build: Callable[[V, *Ts], T], view: V, *more: *Ts) -> T:
    """What `build` makes of a view, the same object for everybody: a page's part, or numbers behind it.

    Args:
        build: a function of a module, which returns something that nobody changes, and never None.
        view: the settings, or a choice that has `settings`; what has neither counts as usual.
        more: what else is asked; all arguments are hashable.
    """
    hidden: tuple[int, ...] = getattr(getattr(view, "settings", view), "hidden", ())
    part: Store[tuple[V, *Ts], T] = _parts[build][sum(hidden) > MOST_UNITS]
    return part.built((view, *more), build, view, *more)
