"""Entry point: page configuration, navigation, the shared sidebar, then the page."""

import gc

import streamlit as st

from ui.chrome import app_chrome
from ui.navigation import app_pages
from ui.sidebar import sidebar
from ui.take_along import take_along
from ui.tolerance import tolerate_bad_values


@st.cache_resource
def freeze_imports() -> None:
    """Take everything imported so far out of garbage collection, once in a process."""
    gc.collect()
    gc.freeze()


tolerate_bad_values()
st.set_page_config(page_title="Backpropagation, every path of it", page_icon="🌸", layout="wide")
page = st.navigation(app_pages())
app_chrome()
sidebar(page.url_path)
take_along(page.url_path)
freeze_imports()
page.run()
