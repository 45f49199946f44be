"""Waiting for what another thread does."""

from collections.abc import Callable
from time import monotonic, sleep


def until(condition: Callable[[], object]) -> None:
    """Until it holds, for 20 s at most."""
    deadline = monotonic() + 20
    while not condition():
        assert monotonic() < deadline
        sleep(0.002)
