"""What makes every run of the script cheaper, for all sessions of a process."""

import gc
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState


@cache
def speed_up() -> None:
    """Put everything below in place, once; after the imports."""
    gc.collect()
    gc.freeze()
    streamlits: Any = vars(SafeSessionState)["filtered_state"]
    looked_up: Any = property(lambda state: _LookedUp(state, streamlits.fget))
    SafeSessionState.filtered_state = looked_up  # type: ignore[method-assign]


class _LookedUp(Mapping[str, Any]):
    """A session's values by their keys, each looked up when it is asked for.

    Streamlit 1.67 copies all of them for nearly every widget, only to ask whether the widget's own is None:
    with twenty widgets an eighth of the script's time. Streamlit has no setting for it.
    """

    def __init__(self, state: SafeSessionState, everything: Any) -> None:
        self._state = state
        self._everything = everything

    def __getitem__(self, key: str) -> Any:
        return self._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._everything(self._state))

    def __len__(self) -> int:
        return len(self._everything(self._state))

    def __repr__(self) -> str:
        return repr(self._everything(self._state))
