"""What every page offers to take along: links to this view, and files of it. Made when asked for."""

from collections.abc import Callable

import streamlit as st

from ui.export import arrays_csv, arrays_json, notebook_text
from ui.export.arrays import BYTES_A_ROW, count_numbers
from ui.export.state import describe_state
from ui.export.walkthrough import standalone_html
from ui.export.worksheet import PAPERS, worksheet_html
from ui.names.numbers import short
from ui.shell.share import View, app_address, share_dialog
from ui.shell.share.escape import escape_closes
from ui.shell.share.links import own_parameters
from ui.state.address import parameters
from ui.state.captions import file_name
from ui.state.settings import current_settings, shared_texts


def take_along(page: str) -> None:
    """Two buttons at the foot of the sidebar, and the dialog of the one that was pressed.

    Args:
        page: URL path of the page that follows.
    """
    with st.sidebar, st.container(horizontal=True, key="take_along"):
        for name, icon, dialog in _BUTTONS:
            st.button(
                name, icon=icon, key=f"open_{dialog}", on_click=_ask_for, args=(dialog,), width="stretch"
            )
    wanted = st.session_state.pop("wanted_dialog", None)
    if wanted == "share":
        share_dialog(_view(page))
    elif wanted == "export":
        _export_dialog(_view(page))


_BUTTONS = (
    ("Share", ":material/share:", "share"),
    ("Export", ":material/download:", "export"),
)


def _ask_for(dialog: str) -> None:
    # A button forgets that it was pressed when the script starts over, as it does after putting a link right.
    # One key for all dialogs of the sidebar: of two quick clicks the last one counts, since one may be open.
    st.session_state["wanted_dialog"] = dialog


def _view(page: str) -> View:
    own = own_parameters((key, text) for key, texts in parameters().items() for text in texts)
    return View(app_address(st.context.url, page), page, tuple(shared_texts().items()), own)


@st.dialog("Export exactly this view", width="medium")
def _export_dialog(view: View) -> None:
    escape_closes()
    settings = current_settings()
    st.caption("  \n".join(describe_state(settings)))
    _worksheet(view)
    link = view.short_link
    _offer(
        "Notebook",
        "A cell for every step; needs NumPy only, and checks that it gets the numbers you see.",
        data=lambda: notebook_text(settings, link),
        name=file_name(settings, "notebook", "ipynb"),
        mime="application/x-ipynb+json",
    )
    numbers = count_numbers(settings.config)
    _offer(
        "Arrays, JSON",
        f"All values, Jacobians, path terms, derivatives and updates: {numbers:,} numbers with every digit.",
        data=lambda: arrays_json(settings, link),
        name=file_name(settings, "arrays", "json"),
        mime="application/json",
    )
    _offer(
        "Arrays, CSV",
        f"The same, one number a row, about {_size(numbers * BYTES_A_ROW)}. Indices count from 0.",
        data=lambda: arrays_csv(settings),
        name=file_name(settings, "arrays", "csv"),
        mime="text/csv",
    )
    _offer(
        "Walkthrough",
        "The walkthrough as one HTML file, for use without network.",
        data=lambda: standalone_html(settings),
        name=file_name(settings, "walkthrough", "html"),
        mime="text/html",
    )
    st.caption("Charts have a camera button in their upper right corner.")


def _worksheet(view: View) -> None:
    settings, link = current_settings(), view.short_link
    with st.container(horizontal=True, vertical_alignment="bottom"):
        paper = st.segmented_control("Paper", tuple(PAPERS), default="A4", required=True, key="paper")
        key = st.toggle("Answer key on its own pages", value=True, key="worksheet_key")
    _offer(
        "Worksheet",
        "To print: the network, its numbers, blanks to fill. Open the file and print it, or save it as PDF.",
        data=lambda: worksheet_html(settings, link, str(paper), key),
        name=file_name(settings, f"worksheet-{paper}", "html"),
        mime="text/html",
    )


def _offer(title: str, text: str, data: Callable[[], str], name: str, mime: str) -> None:
    """One file: a button that has it made and downloads it, and what it is."""
    button, words = st.columns([2, 5], vertical_alignment="center")
    button.download_button(
        title, data, file_name=name, mime=mime, on_click="ignore", key=f"get_{title}", width="stretch"
    )
    words.markdown(text)


def _size(count: int) -> str:
    return f"{short(count / 1e6, digits=2)} MB" if count >= 1e6 else f"{short(max(1, count // 1000))} kB"
