"""What surrounds every page: styles, links between pages, headings."""

from html import escape
from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
# In one line, which ui.speed makes cheap.
_STYLES = f"<style>{' '.join((_FOLDER / 'app.css').read_text(encoding='utf-8').split())}</style>"

# A link between pages must carry the whole query string. st.switch_page and st.page_link cannot pass
# parameters that widgets are bound to, and a plain link loads the app anew. This listener turns a plain
# link into one entry of the browser's history, which Streamlit then handles like Back and Forward.
_SCRIPTS = ("links.js", "number_fields.js")
_LINKS = st.components.v2.component(
    "backprop.links", js="\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in _SCRIPTS)
)


def app_chrome() -> None:
    """Styles of the whole app, and links that switch pages without loading anew."""
    st.html(_STYLES)
    _LINKS(key="links")


def page_heading(title: str, sentence: str, beside: str = "") -> None:
    """The page's name and one sentence on what to look at; `beside` is HTML such as a link."""
    heading = f'<h1 class="bp-title">{escape(title)}</h1><p class="bp-lead">{escape(sentence)}</p>'
    st.html(f'<div class="bp-opening"><div>{heading}</div>{beside}</div>' if beside else heading)


def page_link(label: str, href: str, primary: bool = False) -> str:
    """HTML of a link to another page; `href` comes from Settings.link."""
    kind = "bp-button bp-primary" if primary else "bp-button"
    return f'<a class="{kind}" data-app-link href="{escape(href)}" target="_self">{escape(label)}</a>'
