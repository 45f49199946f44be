"""The links of a view, as text. No Streamlit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit

from ui.state.settings import DEFAULTS, Settings

WALKTHROUGH = "walkthrough"
MODES = ("present", "quiz")
"""Parameters of the walkthrough that are on with 1; each has a link of its own, too."""

CLOUD_FRAME = "/~/+"
"""Where Streamlit Community Cloud has the app in a frame of its own; outside of it, nobody needs that."""

FRAME_HEIGHT = 800


@dataclass(frozen=True, slots=True)
class View:
    """What a link opens.

    Attributes:
        app: address of the app, without a slash at its end; empty if unknown.
        page: URL path of the page; empty for the overview.
        settings: those of the sidebar.
        step: of the walkthrough.
        own: the page's own parameters, in order.
    """

    app: str
    page: str
    settings: Settings
    step: int = 0
    own: tuple[tuple[str, str], ...] = ()

    @property
    def link(self) -> str:
        """With every parameter written out, so that it stays the same view if a default ever changes."""
        return self._address([*self._parameters().items(), *self.own])

    @property
    def short_link(self) -> str:
        """Without what is at its default. It opens the same view."""
        changed = [(key, value) for key, value in self._parameters().items() if value != str(DEFAULTS[key])]
        return self._address([*changed, *self.own])

    @property
    def presenting(self) -> "View":
        """The walkthrough in presenter mode."""
        return self._walkthrough("present")

    @property
    def quiz(self) -> "View":
        """The walkthrough with answers hidden."""
        return self._walkthrough("quiz")

    @property
    def frame(self) -> str:
        """HTML that shows the view within another page."""
        source = escape(self._address([*self._parameters().items(), *self.own, ("embed", "true")]))
        return (
            f'<iframe src="{source}" title="Backpropagation, every path of it" width="100%" '
            f'height="{FRAME_HEIGHT}" style="border: 0" allow="fullscreen; clipboard-write"></iframe>'
        )

    def _parameters(self) -> Mapping[str, str]:
        """Every shared parameter that has a value, as in the URL."""
        changed = dict(parse_qsl(urlsplit(self.settings.link("", step=self.step)).query))
        values = {key: changed.get(key, str(default)) for key, default in DEFAULTS.items()}
        return {key: value for key, value in values.items() if value}

    def _walkthrough(self, mode: str) -> "View":
        own = [(key, text) for key, text in self.own if self.page == WALKTHROUGH and key != mode]
        return replace(self, page=WALKTHROUGH, own=(*own, (mode, "1")))

    def _address(self, parameters: Iterable[tuple[str, str]]) -> str:
        query = urlencode(list(parameters))
        return f"{self.app}/{self.page}?{query}" if query else f"{self.app}/{self.page}"


def app_address(url: str | None, page: str) -> str:
    """The app's own address from that of a page of it, as the reader's browser has it.

    Args:
        url: such as https://example.org/backprop/paths; None if it is not known.
        page: URL path of the page it belongs to.
    """
    if url is None:
        return ""
    return url.rstrip("/").removesuffix(f"/{page}" if page else "").rstrip("/").removesuffix(CLOUD_FRAME)


def own_parameters(query: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The parameters in the URL that belong to the page alone; of the modes those that are on."""
    return tuple(
        (key, text) for key, text in query if key not in DEFAULTS and (key not in MODES or text == "1")
    )
