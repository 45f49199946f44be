"""Every page with the question it answers."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

from ui.draw.prose import page_link
from ui.draw.svg import scripts, tag
from ui.state.pages import PAGES, Page
from ui.state.settings import Settings
from ui.views.overview import words


def page_map(settings: Settings) -> str:
    """HTML: links to all pages, this view kept, each with its question."""
    asked = [page for page in PAGES if page.question]
    groups = (_group(settings, name, pages) for name, pages in groupby(asked, attrgetter("group")))
    return tag("h2", words.EVERY_PAGE, class_="bp-heading") + tag("div", *groups, class_="bp-pages")


def _group(settings: Settings, heading: str, pages: Iterable[Page]) -> str:
    items = (
        tag("li", page_link(page.title, settings.link(page.path)), tag("span", scripts(page.question)))
        for page in pages
    )
    return tag("section", tag("h3", heading), tag("ul", *items, class_="bp-begin"))
