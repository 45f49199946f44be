"""HTML of our own on a page, which changes in place where it has changed."""

from ui.draw.library import component, packed

_MARKUP = component("markup", in_shadow=False)


def show_markup(html: str, key: str) -> None:
    """Draw what is long, or changes with every setting; ready, with what readers have typed escaped.

    st.markdown reads it as Markdown and draws it anew as a whole: 70 ms in the browser for the page Notation.

    Args:
        html: what is drawn.
        key: of the component.
    """
    _MARKUP(key=key, data=packed({"html": html}))
