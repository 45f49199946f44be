"""What every page offers to take along: links to this view, and files of it. Made when asked for."""

from collections.abc import Callable

import streamlit as st

from ui.export.arrays import BYTES_A_ROW, arrays_csv, arrays_json, count_numbers
from ui.export.notebook import notebook_text
from ui.export.state import describe_state
from ui.export.walkthrough import standalone_html
from ui.export.worksheet.document import PAPERS, worksheet_html
from ui.questions.polls import found_codes
from ui.shell import words
from ui.shell.share.dialog import share_dialog
from ui.shell.share.escape import escape_closes
from ui.shell.share.links import View, own_parameters
from ui.state.address import app_address, parameters
from ui.state.captions import file_name
from ui.state.for_class import class_link, question_shown
from ui.state.settings import current_settings, shared_texts


def take_along() -> None:
    """Two buttons at the foot of the sidebar."""
    with st.sidebar, st.container(horizontal=True, key="take_along"):
        for name, icon, dialog in _BUTTONS:
            st.button(
                name, icon=icon, key=f"open_{dialog}", on_click=_ask_for, args=(dialog,), width="stretch"
            )


def open_dialog(page: str) -> None:
    """The dialog of the button that was pressed, once the page has said what it asks.

    Args:
        page: URL path of the page.
    """
    wanted = st.session_state.pop("wanted_dialog", None)
    if wanted == "share":
        share_dialog(_view(page), *_to_class())
    elif wanted == "export":
        _export_dialog(_view(page))


_BUTTONS = (("Share", ":material/share:", "share"), ("Export", ":material/download:", "export"))


def _ask_for(dialog: str) -> None:
    # A button forgets that it was pressed when the script starts over, as it does after putting a link right.
    # One key for all dialogs of the sidebar: of two quick clicks the last one counts, since one may be open.
    st.session_state["wanted_dialog"] = dialog


def _view(page: str) -> View:
    own = own_parameters((key, text) for key, texts in parameters().items() for text in texts)
    return View(app_address(st.context.url, page), page, tuple(shared_texts().items()), own)


def _to_class() -> tuple[str, bool]:
    """The link that asks a class, and whether it is what the page asks that comes first."""
    settings, codes = question_shown() or (current_settings(), ())
    codes = found_codes(settings, codes)
    return class_link(settings if codes else current_settings(), *codes), bool(codes)


@st.dialog(words.EXPORT, width="medium")
def _export_dialog(view: View) -> None:
    escape_closes()
    settings = current_settings()
    st.caption("  \n".join(describe_state(settings)))
    _worksheet(view)
    link = view.short_link
    _offer(
        words.NOTEBOOK,
        lambda: notebook_text(settings, link),
        file_name(settings, "notebook", "ipynb"),
        "application/x-ipynb+json",
    )
    numbers = count_numbers(settings)
    _offer(
        words.arrays_json(numbers),
        lambda: arrays_json(settings, link),
        file_name(settings, "arrays", "json"),
        "application/json",
    )
    _offer(
        words.arrays_csv(numbers * BYTES_A_ROW),
        lambda: arrays_csv(settings),
        file_name(settings, "arrays", "csv"),
        "text/csv",
    )
    _offer(
        words.WALKTHROUGH,
        lambda: standalone_html(settings),
        file_name(settings, "walkthrough", "html"),
        "text/html",
    )
    st.caption(words.CHARTS)


def _worksheet(view: View) -> None:
    settings, link = current_settings(), view.short_link
    with st.container(horizontal=True, vertical_alignment="bottom"):
        paper = st.segmented_control("Paper", tuple(PAPERS), default="A4", required=True, key="paper")
        key = st.toggle(words.KEY, value=True, key="worksheet_key")
    _offer(
        words.WORKSHEET,
        lambda: worksheet_html(settings, link, str(paper), key),
        file_name(settings, f"worksheet-{paper}", "html"),
        "text/html",
    )


def _offer(said: tuple[str, str], data: Callable[[], str], name: str, mime: str) -> None:
    """One file: a button that has it made and downloads it, and what it is."""
    title, text = said
    button, beside = st.columns([2, 5], vertical_alignment="center")
    button.download_button(
        title, data, file_name=name, mime=mime, on_click="ignore", key=f"get_{title}", width="stretch"
    )
    beside.markdown(text)
