"""What makes every run of the script cheaper, for all sessions of a process."""

import gc
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, wraps
from typing import Any

from streamlit.elements import html, markdown
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.state.safe_session_state import SafeSessionState

MOST_FILES = 65_536


@cache
def speed_up() -> None:
    """Put everything below in place, once; after the imports."""
    gc.collect()
    gc.freeze()
    _allow_open_files()
    streamlits: Any = vars(SafeSessionState)["filtered_state"]
    looked_up: Any = property(lambda state: _LookedUp(state, streamlits.fget))
    SafeSessionState.filtered_state = looked_up  # type: ignore[method-assign]
    app_session._populate_theme_msg = _written_once(app_session._populate_theme_msg)
    for module in (html, markdown):
        module.clean_text = _quick_for_one_line(module.clean_text)  # type: ignore[attr-defined]
    html._html_only_style_tags = lru_cache(maxsize=64)(html._html_only_style_tags)


def _allow_open_files() -> None:
    """As many as the system lets this process have: a session has four, and 1,024 are usual to begin with."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(MOST_FILES, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _written_once(write: Callable[[CustomThemeConfig, str], None]) -> Callable[..., None]:
    """Copies of each section of the theme, which Streamlit 1.67 reads anew for every run.

    It looks through all its options for each of the six: a fifth of what a page with one button costs.
    """

    @cache
    def theme(section: str) -> CustomThemeConfig:
        message = CustomThemeConfig()
        write(message, section)
        return message

    @wraps(write)
    def copy(message: CustomThemeConfig, section: str = "theme") -> None:
        if theme(section).ByteSize():  # merging nothing would still say that there is something
            message.MergeFrom(theme(section))

    return copy


def _quick_for_one_line(clean: Callable[[object], str]) -> Callable[[object], str]:
    """Streamlit's removal of indentation, which looks at every character, only for what can be indented.

    Half a millisecond for 25 kB; all our markup is in one line.
    """

    @wraps(clean)
    def clean_quickly(text: object) -> str:
        return text.strip() if isinstance(text, str) and "\n" not in text else clean(text)

    return clean_quickly


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
