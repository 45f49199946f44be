"""The dialog that shares a view: links to copy, HTML for another page, a QR code."""

from pathlib import Path

import streamlit as st

from ui.draw.bundle import bundle
from ui.draw.qr import qr_code
from ui.shell import words
from ui.shell.share.escape import escape_closes
from ui.shell.share.links import View
from ui.state.cache import kept
from ui.state.captions import file_name
from ui.state.settings import current_settings

# Neither is in a shadow root, which a dialog's Tab key would leave out. Their styles are in app.css.
_FOLDER = Path(__file__).parent
_LINKS = st.components.v2.component(
    "backprop.links_to_copy",
    html='<div class="bp-share-links" data-part="links"></div>',
    js=bundle(_FOLDER / "links.js"),
    isolate_styles=False,
)
_QR = st.components.v2.component(
    "backprop.qr",
    html="""
<div class="bp-qr" data-part="sheet">
  <div class="bp-qr-code" data-part="code" role="img"></div>
  <p data-part="address"></p>
</div>
<p class="bp-qr-actions">
  <button type="button" data-part="fill">Fill the screen</button>
  <a data-part="file">Download as SVG</a>
</p>
""",
    js=bundle(_FOLDER / "qr.js"),
    isolate_styles=False,
)


@st.dialog(words.SHARE, width="large")
def share_dialog(view: View, to_class: str, is_shown: bool) -> None:
    """Links to the view; they hold every setting, the step and what the page itself has set.

    Args:
        view: what the links open.
        to_class: link, without the app's address, that asks a class.
        is_shown: whether the question on the page comes first there.
    """
    escape_closes()
    links, code = st.columns([3, 2], gap="large")
    with links:
        if not view.app:
            st.warning(words.NO_ADDRESS)
        _LINKS(key="links_to_copy", data={"links": _links(view, to_class, is_shown)})
    with code:
        shown = words.THIS_VIEW, words.ANSWERS_HIDDEN
        choice = st.segmented_control("QR code of", shown, default=shown[0], required=True, key="qr_of")
        _code(view.quiz if choice == words.ANSWERS_HIDDEN else view)


def _links(view: View, to_class: str, is_shown: bool) -> list[dict[str, str]]:
    rows = (
        (*words.LINK, view.link),
        (*words.PROJECTOR, view.presenting.link),
        (*words.QUIZ, view.quiz.link),
        (*words.to_class(is_shown), f"{view.app}/{to_class}"),
        (*words.FRAME, view.frame),
    )
    return [{"title": title, "text": text, "link": link} for title, text, link in rows]


def _code(view: View) -> None:
    code = kept(qr_code, view.short_link)
    if code is None:
        st.warning(words.NO_CODE)
        return
    name = file_name(current_settings(), f"link-{view.page or 'overview'}", "svg")
    _QR(key="qr", data={"svg": code.svg, "link": view.short_link, "name": name})
    st.caption(words.DENSE_CODE if code.is_dense else words.CODE)
