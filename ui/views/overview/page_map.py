"""Every page with the question it answers. No Streamlit."""

from ui.draw.prose import page_link
from ui.draw.svg import scripts, tag
from ui.state.settings import Settings
from ui.views.overview import words


def page_map(settings: Settings) -> str:
    """HTML: links to all pages, this view kept, each with its question."""
    groups = (_group(settings, heading, pages) for heading, pages in words.QUESTIONS.items())
    return tag("h2", words.EVERY_PAGE, class_="bp-heading") + tag("div", *groups, class_="bp-pages")


def _group(settings: Settings, heading: str, pages: dict[str, tuple[str, str]]) -> str:
    items = (
        tag("li", page_link(title, settings.link(path)), tag("span", scripts(question)))
        for title, (path, question) in pages.items()
    )
    return tag("section", tag("h3", heading), tag("ul", *items, class_="bp-begin"))
