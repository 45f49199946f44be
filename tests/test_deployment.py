"""What nginx with the configuration of deploy/ does to the app's files; no browser."""

import gzip
import http.client
import re
from urllib.parse import urlsplit

import pytest

from tests.nginx import NGINX, running_nginx
from tests.server import app_process

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed here")
FIRST_PAGE = 1_300_000
SMALLEST = 1024


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
