"""The menu of prepared examples, and the note on what to look for in the one that is shown."""

import streamlit as st

from ui.draw.prose import link
from ui.draw.svg import scripts, tag
from ui.shell import words
from ui.state.cache import kept
from ui.state.pages import TITLES, shows_network
from ui.state.presets import PRESETS, START, active_preset
from ui.state.settings import Settings


def preset_menu(page: str, settings: Settings) -> None:
    """The examples as links that keep the page."""
    active = active_preset(settings)
    with st.popover("Examples", width="stretch"):  # a tooltip would cover the last line of the menu
        st.markdown(kept(_menu, page, active.name if active else ""), unsafe_allow_html=True)


def preset_note(page: str, settings: Settings) -> None:
    """What to look for, as long as an example is shown."""
    active = active_preset(settings)
    if active is not None:
        st.markdown(kept(_note, page, active.name), unsafe_allow_html=True)


def _menu(page: str, active: str) -> str:
    ours, books = (
        [
            _entry(preset.name, preset.link(page), preset.name == active)
            for preset in PRESETS
            if bool(preset.source) == is_book
        ]
        for is_book in (False, True)
    )
    start = _entry(words.TO_START, START.link(page if shows_network(page) else "walkthrough"), current=False)
    heading = tag("p", words.FROM_BOOKS, id="bp-from-books")
    listed = tag("ul", *books, start, aria_labelledby="bp-from-books")
    return tag("div", tag("ul", *ours), heading, listed, class_="bp-presets")


def _entry(name: str, href: str, current: bool) -> str:
    return tag("li", link(name, href, aria_current="true" if current else None))


def _note(page: str, name: str) -> str:
    preset = next(preset for preset in PRESETS if preset.name == name)
    is_elsewhere = page != preset.best
    best = link(words.best_seen(TITLES[preset.best]), preset.link(preset.best)) if is_elsewhere else ""
    source = tag("cite", preset.source) + " " if preset.source else ""
    said = tag("p", tag("strong", f"{name}."), f" {scripts(preset.look)} ", source, best, data_preset=name)
    return tag("div", said, class_="bp-preset", role="note")
