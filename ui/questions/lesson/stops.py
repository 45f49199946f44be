"""What each stop asks, all of it from the recorded step of the view.

Every `_stop` gives its exercises; `variant` 1 asks the same kind of another unit, for what comes back.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ui.questions.lesson import batch, functions, hidden, output, own
from ui.questions.lesson.building import Stop
from ui.questions.tasks import Exercise
from ui.state.settings import Settings

COUNT = 10


def stop_at(settings: Settings, number: int) -> Stop:
    """One stop, by its number from 1."""
    return _STOPS[number - 1](settings)


def stops_of(settings: Settings) -> tuple[Stop, ...]:
    """All ten stops."""
    return tuple(stop_at(settings, number) for number in range(1, COUNT + 1))


def number_of(key: str) -> int:
    """The stop of an exercise's key: 7 of 7a and of 7ar; 0 of a key that is no exercise's."""
    digits = key.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(digits) if digits.isdecimal() and int(digits) <= COUNT else 0


def again(settings: Settings, key: str) -> Exercise | None:
    """What comes back for an exercise that was missed: the same kind with another unit, if there is one."""
    build = _AGAIN.get(key)
    found = build(settings, 1) if build else None
    return replace(found, key=f"{key}r") if found else None


_STOPS = (
    functions.one_path,
    functions.two_paths,
    functions.row_times_column,
    output.forward,
    output.output,
    output.last_weight,
    hidden.hidden,
    hidden.first_layer,
    batch.batch,
    own.own,
)
_AGAIN: Mapping[str, Callable[[Settings, int], Exercise | None]] = {
    "1a": functions.chain(1),
    "2a": functions.chain(2),
    "4a": output.sum_forward,
    "5b": output.delta,
    "6b": output.weight,
    "7a": hidden.sum_over_paths,
    "8b": hidden.first_weight,
    "9b": batch.mean_entry,
}
