"""What Streamlit 1.67 knows of a session and no public call of it tells: only read, and nowhere else."""

from streamlit import runtime
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx


def came_by_address() -> bool:
    """Whether the browser was led here by an address: links.js follows links as the Back button does.

    The address alone does not tell: one that is not what was last published may be an older one, which the
    browser sends with a change that is made before it has the answer to the last. And links.js could only
    tell by a second run after that of the browser.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def is_without_app() -> bool:
    """Whether Streamlit runs pages without app.py, which it does until the first call of st.navigation.

    It takes the folder pages/ for its older kind of multipage app till then.
    """
    return bool(PagesManager.uses_pages_directory)


def this_run() -> object | None:
    """What is another one in every run of a script; None outside of runs."""
    return get_script_run_ctx()


def this_session() -> str:
    """The session whose run this is, for `is_connected`; empty where there is none."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def is_connected(session: str) -> bool:
    """Whether a browser is connected to it. A test of a page has a session, and no server.

    A resource that is cached for a session tells when the connection breaks, but not when it is back.
    """
    return not runtime.exists() or runtime.get_instance().is_active_session(session)
