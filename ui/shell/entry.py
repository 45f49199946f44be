"""A run of the app for one session: page configuration, navigation, the shared sidebar, then the page."""

from collections.abc import Mapping

import streamlit as st

from ui.names.words import TITLE
from ui.shell.chrome import app_chrome, chrome_has_come
from ui.shell.onward import onward
from ui.shell.sidebar import sidebar
from ui.shell.speed import speed_up
from ui.shell.take_along import open_dialog, take_along
from ui.state.address import follow, publish
from ui.state.for_class import forget_question
from ui.state.jobs import end_unwanted
from ui.state.pages import app_pages
from ui.state.rooms.codes import read_code
from ui.state.settings import current_settings
from ui.state.turns import run_among_few


def run() -> None:
    """Everything that a reader sees."""
    try:
        with run_among_few():
            _run()
    except RuntimeError as error:
        # Who reloads during a run keeps the session, and Streamlit 1.67 lets the new run begin while the old
        # one ends, which clears up in the state that the new one is reading.
        if "during iteration" not in str(error):
            raise
        st.rerun()


def _run() -> None:
    st.set_page_config(
        page_title=TITLE,
        page_icon="🌸",
        layout="wide",
        # In another page's frame the view comes first; the settings open with Streamlit's arrow.
        initial_sidebar_state="collapsed" if st.context.is_embedded else "auto",
    )
    page = st.navigation(app_pages(), expanded=True)
    is_phone = page.url_path == "class" and _is_of_room(st.query_params)
    follow(page.url_path, told=app_chrome(draws=not is_phone))
    if is_phone:  # of four hundred: the question, and nothing else
        speed_up()
        page.run()
        publish()
        return
    sidebar(page.url_path)
    end_unwanted(current_settings())
    take_along()
    speed_up()
    forget_question()
    page.run()
    open_dialog(page.url_path)
    onward(current_settings(), page.url_path)
    publish()
    chrome_has_come()


def _is_of_room(query: Mapping[str, str]) -> bool:
    """Whether the address is that of somebody in a room, and not of its host."""
    try:
        return bool(read_code(query.get("room", ""))) and not query.get("host")
    except ValueError:
        return False
