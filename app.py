"""Entry point: `streamlit run` takes the server from here, and runs this file for every session."""

from pathlib import Path

import streamlit as st

if __name__ == "__main__":  # a session; the server imports this file
    from ui.shell.entry import run

    run()
else:
    from starlette.middleware import Middleware

    from ui.shell.lost import LeadBack

    app = st.App(Path(__file__), middleware=[Middleware(LeadBack)])
