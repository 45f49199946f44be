"""What nginx with the configuration of deploy/ does to the app's files; no browser."""

import gzip
import http.client
import re
import resource
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.nginx import NGINX, running_nginx
from tests.server import ROOT, app_process, free_port

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed here")
FIRST_PAGE = 1_300_000
SMALLEST = 1024
CONNECTIONS = 4000


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Address of the app behind nginx; both of its replicas are the same process."""
    folder = tmp_path_factory.mktemp("nginx")
    with app_process(folder / "app.log") as (url, _):
        port = urlsplit(url).port
        with running_nginx(folder, [port, port]) as through_nginx:
            yield urlsplit(through_nginx)


def fetch(served, path: str, encoding: str = "gzip") -> tuple[http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(served.hostname, served.port, timeout=10)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = connection.getresponse()
        assert answer.status == http.HTTPStatus.OK, path
        return answer.headers, answer.read()
    finally:
        connection.close()


def files_of(page: bytes) -> list[str]:
    """Scripts and styles that the page itself names."""
    return re.findall(r'(?:src|href)="\./(static/[^"]+\.(?:js|css))"', page.decode())


def test_the_first_page_comes_compressed(served):
    headers, page = fetch(served, "/")
    assert headers["Content-Encoding"] == "gzip"
    files = files_of(gzip.decompress(page))
    assert any(name.endswith(".js") for name in files)
    assert any(name.endswith(".css") for name in files)
    total, uncompressed = len(page), 0
    for name in files:
        headers, body = fetch(served, f"/{name}")
        plain_headers, plain = fetch(served, f"/{name}", "identity")
        assert plain_headers["Content-Encoding"] is None
        if len(plain) >= SMALLEST:
            assert headers["Content-Encoding"] == "gzip", name
            assert "Accept-Encoding" in headers["Vary"]
            assert gzip.decompress(body) == plain
            assert len(body) < len(plain)
        total, uncompressed = total + len(body), uncompressed + len(plain)
    assert total < min(FIRST_PAGE, 0.4 * uncompressed)


def test_what_is_compressed_in_itself_or_tiny_is_left_alone(served):
    _, page = fetch(served, "/", "identity")
    style = next(name for name in files_of(page) if name.endswith(".css"))
    font = re.search(rb"[\w.-]+\.woff2", fetch(served, f"/{style}", "identity")[1])
    assert font is not None
    headers, _ = fetch(served, f"/static/media/{font.group().decode()}")
    assert headers["Content-Encoding"] is None
    headers, _ = fetch(served, "/_stcore/health")
    assert headers["Content-Encoding"] is None


def test_no_log_has_the_secret_of_a_class(tmp_path):
    """Nor of a page that no replica is there for; and no other request hears it, as Referer."""
    with running_nginx(tmp_path, [free_port(), free_port()], wait=False) as through_nginx:
        connection = http.client.HTTPConnection(urlsplit(through_nginx).netloc, timeout=10)
        connection.request(
            "GET", "/class?room=KZKJXY&host=0123456789abcdef", headers={"Referer": "/?host=0123"}
        )
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.headers["Referrer-Policy"]) == (502, "strict-origin")
        connection.request("GET", "/paths?flower=3")
        connection.getresponse().read()
        connection.close()
    access, errors = ((tmp_path / name).read_text() for name in ("access.log", "error.log"))
    assert '"GET /class" 502' in access
    assert "/paths" in errors
    assert "0123" not in access + errors


def test_connections_for_a_thousand_people(served):
    """Four for each of them, none to be closed in favour of another, and one more is served."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < CONNECTIONS + 500:
        pytest.skip("this process may not open so many files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(allowed, CONNECTIONS + 500), most))
    with ExitStack() as stack:
        address = (served.hostname, served.port)
        for _ in range(CONNECTIONS):
            stack.enter_context(socket.create_connection(address, timeout=10)).send(b"GET / HTTP/1.1\r\n")
        _, health = fetch(served, "/_stcore/health")
        assert health == b"ok"


@pytest.mark.parametrize("option", ["worker_connections", "worker_rlimit_nofile"])
def test_what_cannot_stand_in_conf_d_stands_before_the_sites(option):
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert 0 < text.index(f"{option} ") < text.index("http {\n")
    assert option in (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    assert "./nginx.conf:/etc/nginx/nginx.conf:ro" in (ROOT / "deploy/compose.yaml").read_text(
        encoding="utf-8"
    )
