"""What nginx with the configuration of deploy/ does to the app's files; no browser."""

import gzip
import http.client
import re
import resource
import socket
from collections import Counter
from contextlib import ExitStack, closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.nginx import NGINX, running_nginx
from tests.server import HOST, ROOT, app_process, free_port
from ui.state.rooms.codes import LENGTH, LETTERS

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


class Named(BaseHTTPRequestHandler):
    """A replica that says which one it is, as a page or as what else it is asked for."""

    def do_GET(self) -> None:
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", "text/plain" if self.path.startswith("/room") else "text/html")
        self.end_headers()
        self.wfile.write(str(self.server.server_port).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def two_named(tmp_path_factory):
    """nginx before two replicas that say which one they are."""
    with ExitStack() as stack:
        servers = [stack.enter_context(ThreadingHTTPServer((HOST, 0), Named)) for _ in range(2)]
        for server in servers:
            Thread(target=server.serve_forever).start()
            stack.callback(server.shutdown)
        ports = [server.server_port for server in servers]
        yield urlsplit(stack.enter_context(running_nginx(tmp_path_factory.mktemp("two"), ports)))


def ask(served, path: str, seat: str = "") -> tuple[str, str | None]:
    """Which replica answers, and the seat that the browser gets with it."""
    connection = http.client.HTTPConnection(served.hostname, served.port, timeout=10)
    with closing(connection):
        connection.request("GET", path, headers={"Cookie": f"seat={seat}"} if seat else {})
        answer = connection.getresponse()
        cookie = answer.getheader("Set-Cookie")
        return answer.read().decode(), cookie and re.match(r"seat=([\w-]+); Path=/;", cookie)[1]


def test_a_room_decides_the_seat(two_named):
    """Of whoever comes with it, also with a seat; others keep theirs, and no two rooms have to share one."""
    rng, replicas, seats = Random(0), Counter(), set()
    for _ in range(40):
        room = "".join(rng.choices(LETTERS, k=LENGTH))
        replica, seat = ask(two_named, f"/class?flower=3&room={room}&host=some")
        assert ask(two_named, f"/class?room={room.lower()}", "0123456789abcdef" * 2) == (replica, seat)
        assert ask(two_named, f"/class?room={room}", "room-aaaaab") == (replica, seat)
        assert ask(two_named, f"/class?room={room}", seat) == (replica, None)
        assert ask(two_named, "/_stcore/stream", seat) == (replica, None)  # the WebSocket
        assert ask(two_named, f"/room?room={room}") == (replica, None)  # no page: says where the room is
        replicas[replica] += 1
        seats.add(seat)
    assert min(replicas.values()) >= 10
    assert len(seats) > 35


@pytest.mark.parametrize(
    "query", ["", "?room=", "?room=KFMQX", "?room=KFMQXDE", "?room=K%20MQXD", "?rooms=KFMQXD"]
)
def test_what_is_no_room_changes_no_seat(two_named, query):
    replica, seat = ask(two_named, f"/class{query}")
    assert re.fullmatch(r"\w{32}", seat)
    replica, new = ask(two_named, "/class", seat)
    assert new is None
    assert ask(two_named, f"/class{query}", seat) == (replica, None)


@pytest.mark.parametrize("option", ["worker_connections", "worker_rlimit_nofile"])
def test_what_cannot_stand_in_conf_d_stands_before_the_sites(option):
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert 0 < text.index(f"{option} ") < text.index("http {\n")
    assert option in (ROOT / "deploy/README.md").read_text(encoding="utf-8")
    assert "./nginx.conf:/etc/nginx/nginx.conf:ro" in (ROOT / "deploy/compose.yaml").read_text(
        encoding="utf-8"
    )
