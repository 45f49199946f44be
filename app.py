"""Entry point: `streamlit run` takes the server from here, and runs this file for every session."""

from pathlib import Path

import streamlit as st

if __name__ == "__main__":  # a session; the server imports this file
    from ui.shell.entry import run

    run()
else:
    from importlib import import_module
    from pkgutil import walk_packages

    from starlette.middleware import Middleware

    from ui.shell.look import LOOK
    from ui.shell.lost import LeadBack

    # Before anybody comes: of threads that import at once, Python shows one the half of another's module.
    for module in walk_packages([str(Path(__file__).with_name("ui"))], "ui."):
        import_module(module.name)

    app = st.App(Path(__file__), routes=[LOOK], middleware=[Middleware(LeadBack)])
