"""The links of a view, as text."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urlencode

from ui.names.words import TITLE
from ui.state.parameters import PARAMETERS
from ui.state.rows import Switch

WALKTHROUGH = "walkthrough"

FRAME_HEIGHT = 800


@dataclass(frozen=True, slots=True)
class View:
    """What a link opens.

    Attributes:
        app: address of the app, without a slash at its end; empty if unknown.
        page: URL path of the page; empty for the overview.
        shared: every parameter of all pages that has a value.
        own: the page's own parameters, in order.
    """

    app: str
    page: str
    shared: tuple[tuple[str, str], ...]
    own: tuple[tuple[str, str], ...] = ()

    @property
    def link(self) -> str:
        """With every parameter written out, so that it stays the same view if a default ever changes."""
        return self._address([*self.shared, *self.own])

    @property
    def short_link(self) -> str:
        """Without what is at its default. It opens the same view."""
        changed = [(key, text) for key, text in self.shared if text != PARAMETERS[key].default_text]
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
        source = escape(self._address([*self.shared, *self.own, ("embed", "true")]))
        return (
            f'<iframe src="{source}" title="{TITLE}" width="100%" '
            f'height="{FRAME_HEIGHT}" style="border: 0" allow="fullscreen; clipboard-write"></iframe>'
        )

    def _walkthrough(self, mode: str) -> "View":
        own = [(key, text) for key, text in self.own if self.page == WALKTHROUGH and key != mode]
        return replace(self, page=WALKTHROUGH, own=(*own, (mode, "1")))

    def _address(self, parameters: Iterable[tuple[str, str]]) -> str:
        query = urlencode(list(parameters))
        return f"{self.app}/{self.page}?{query}" if query else f"{self.app}/{self.page}"


def own_parameters(query: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The parameters in the URL that belong to the page alone; of switches those that are on."""
    rows = [(PARAMETERS[key], text) for key, text in query]
    return tuple(
        (row.key, text)
        for row, text in rows
        if row.page and not row.secret and not (isinstance(row, Switch) and text != "1")
    )
