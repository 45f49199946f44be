"""A page that is not there leads to the one above it, and nothing else does."""

import asyncio

import pytest

from ui.shell.lost import LeadBack, page_above


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/walkthrough/anything", "../walkthrough"),
        ("/walkthrough/a/b", "../../walkthrough"),
        ("/nothing/here", "../nothing"),
        ("/", None),
        ("/walkthrough", None),
        ("/walkthrough/", None),
        ("/static/js/index.js", None),
        ("/media/worksheet.html", None),
        ("/component/backprop/index.html", None),
        ("/_stcore/health", None),
        ("/walkthrough/_stcore/health", None),
        ("/~/+/walkthrough", None),
    ],
)
def test_the_page_above(path, above):
    assert page_above(path) == above


def answer_to(path, accept="text/html", query=b"", root=""):
    """Status and address that a browser gets, or None where the app itself answers."""
    said = []

    async def app(scope, receive, send):
        pass

    async def send(message):
        said.append(message)

    headers = [(b"accept", accept.encode())]
    scope = {"type": "http", "path": path, "root_path": root, "query_string": query, "headers": headers}
    asyncio.run(LeadBack(app)(scope, None, send))
    if not said:
        return None
    return said[0]["status"], dict(said[0]["headers"])[b"location"].decode()


def test_a_browser_is_led_to_the_page_with_its_settings():
    assert answer_to("/a/b/c") == (307, "../../a")
    wanted = (307, "../walkthrough?flower=3&act=tanh")
    assert answer_to("/walkthrough/anything", query=b"flower=3&act=tanh") == wanted
    assert answer_to("/course/walkthrough/anything", root="/course") == (307, "../walkthrough")


@pytest.mark.parametrize(
    ("path", "accept", "root"),
    [
        ("/walkthrough", "text/html", ""),
        ("/course/walkthrough", "text/html", "/course"),
        ("/walkthrough/a.js", "*/*", ""),
        ("/media/a.html", "text/html", ""),
    ],
)
def test_everything_else_is_answered_by_the_app(path, accept, root):
    assert answer_to(path, accept, root=root) is None
