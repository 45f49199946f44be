"""A sample of `python -m tests.fuzz`, and what the server writes and lets in."""

import asyncio
import http.client
import os
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.expected import DEFAULTS
from tests.fuzz.attacker import Attacker
from tests.fuzz.campaign import campaign, http_status, tracebacks
from tests.fuzz.links import PARAMETERS
from tests.fuzz.texts import MARK, SCRIPTS, injected
from tests.server import app_process
from tests.visitor import run_visits

TRIES = 40
ONCE_BROKE_THE_APP = [
    ("", "flower=inf&seed=Infinity&split=1e999&epoch=-inf&step=inf&taken=inf"),
    ("practice", "q=inf"),
    ("training", "epochs=-inf"),
    ("jacobians", "edit=b2_3_-740"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """(URL, process id, log, folder): a server whose home and temporary folder are in `folder`."""
    folder = tmp_path_factory.mktemp("host")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "TMPDIR"):
            (folder / name).mkdir()
            patch.setenv(name, str(folder / name))
        with app_process(folder / "log") as (url, process):
            yield url, process.pid, folder / "log", folder


def test_a_sample_of_bad_input(server):
    url, _, log, _ = server
    report = run_visits(campaign(url, seed=0, tries=TRIES))
    assert report.failures == []
    assert tracebacks(log) == {}
    assert report.tries.total() == TRIES
    assert report.others >= 3
    assert set(PARAMETERS) >= {*DEFAULTS, "unit", "drop", "eps", "f", "t", "row", "lab_order", "kind", "q"}


@pytest.mark.parametrize(("page", "query"), ONCE_BROKE_THE_APP)
def test_links_that_once_broke_the_app(server, page, query):
    visitor = run_visits(arrive(server[0], page, query))
    assert visitor.problems == []
    wrong = 0 if page == "jacobians" else query.count("inf") + query.count("Inf") + query.count("1e999")
    assert sum("expected a whole number" in text for text in visitor.texts) == wrong


def test_the_server_writes_no_file(server):
    """Above all no home folder is needed, so a container may be read-only."""
    _, pid, log, folder = server
    assert [path for name in ("HOME", "TMPDIR") for path in (folder / name).rglob("*")] == []
    if os.path.isdir(f"/proc/{pid}/fd"):
        assert files_open_for_writing(pid) <= {str(log), "/dev/null"}


def test_visitors_see_neither_the_agent_interface_nor_files(server):
    for path in (
        "/_stcore/agent/interact",
        "/app.py",
        "/static/../../app.py",
        "/static/%2e%2e/%2e%2e/app.py",
    ):
        connection = http.client.HTTPConnection(urlsplit(server[0]).netloc, timeout=20)
        with closing(connection):
            connection.request("POST" if "agent" in path else "GET", path)
            answer = connection.getresponse()
            assert answer.status >= 400 or b"set_page_config" not in answer.read(), path


def test_uploads_are_refused(server):
    assert http_status(server[0], "PUT", "/_stcore/upload_file/session/file") in (400, 403)


def test_another_site_gets_no_session(server):
    """CORS and XSRF protection are on: a WebSocket with another site's Origin is refused."""

    async def from_another_site():
        await connect(
            server[0].replace("http", "ws") + "/_stcore/stream",
            subprotocols=["streamlit"],
            origin="https://example.invalid",
            proxy=None,
        )

    with pytest.raises(InvalidStatus, match="403"):
        asyncio.run(from_another_site())


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_search_for_injected_scripts_finds_them(script):
    assert injected(f"got {script} here", is_html=True) or script.startswith(("'", "`"))
    assert not injected(f"got `` {script} `` here", is_html=True) or "`" in script


def test_escaped_scripts_are_not_taken_for_injected():
    assert not injected(f"&lt;script&gt;{MARK}=1&lt;/script&gt;", is_html=True)
    assert not injected(f"<script>{MARK}=1</script>", is_html=False)
    assert not injected(f"[{MARK}](javascript:{MARK}=1)", is_html=True, is_markdown=False)
    assert injected(f"`<script>{MARK}=1</script>`", is_html=True, is_markdown=False)


def test_tracebacks_of_a_log(tmp_path):
    log = tmp_path / "log"
    entry = 'Traceback (most recent call last):\n  File "/x/ui/a.py", line 3, in f\nValueError: no\n'
    ignored = f"2026-01-01 00:00:01.0 Error deserializing back message\n{entry}"
    log.write_text(
        f"2026-01-01 00:00:00.0 Uncaught app execution\n{entry}{ignored}2026-01-01 00:00:02.0 fine\n"
    )
    assert list(tracebacks(log).values()) == [1]


async def arrive(url: str, page: str, query: str) -> Attacker:
    visitor = await Attacker.arrive(url, page, raw=query)
    await visitor.leave()
    return visitor


def files_open_for_writing(pid: int) -> set[str]:
    found = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        path = os.readlink(entry)
        flags = int(Path(f"/proc/{pid}/fdinfo/{entry.name}").read_text().split()[3], 8)
        if path.startswith("/") and flags & (os.O_WRONLY | os.O_RDWR):
            found.add(path)
    return found
