"""Two replicas behind nginx with the configuration of deploy/: one of them dies in the middle of a lesson."""

import asyncio
import http.client
import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from time import monotonic, sleep
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed

from tests.browser.helpers import Watcher, new_context, wait_settled
from tests.browser.outages import lose_connection, see_connection
from tests.browser.shown import see_parameter
from tests.browser.stage_page import press
from tests.browser.test_faults import FIRST
from tests.fuzz.links import PAGES
from tests.nginx import NGINX, running_nginx
from tests.server import HOST, app_process, free_port
from tests.visitor import Visitor, run_visits, socket_to
from ui.state.data import describe_flower
from ui.state.rooms.codes import code_of, new_secret
from ui.views.classroom.controls import PAUSE

SESSIONS = 50
ROUNDS = 2
WHOLE = 5.0
"""Seconds after the pages are connected again."""
WALKED = ("walkthrough", "training", "update")
"""Components of our own, and Plotly."""
RELOADED = ("walkthrough", "training")
VIEW = {"flower": 7, "hidden": "5-4", "act": "tanh"}
NOTE_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", event => {
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""

pytestmark = pytest.mark.skipif(
    not NGINX, reason="nginx is not installed here; on Debian: apt-get install nginx (no service is started)"
)


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """nginx and two replicas: `url`, and port → process of the replicas."""
    folder = tmp_path_factory.mktemp("hall")
    with ExitStack() as stack:
        replicas = {}
        for number in range(2):
            port = free_port()
            replicas[port] = stack.enter_context(app_process(folder / f"replica{number}.log", port=port))[1]
        url = stack.enter_context(running_nginx(folder, list(replicas)))
        yield SimpleNamespace(url=url, replicas=replicas, folder=folder, stack=stack)


def start_again(hall, port: int) -> None:
    log = hall.folder / f"replica-again-{port}.log"
    hall.replicas[port] = hall.stack.enter_context(app_process(log, port=port))[1]


def get(url: str, path: str, cookie: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    with closing(connection):
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        response.read()
    return response


def seat_of(url: str) -> str:
    """The cookie that a new browser gets with its first page."""
    return re.match(r"seat=\w{32}", get(url, "/").getheader("Set-Cookie") or "")[0]


def active_sessions(port: int) -> int:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    with closing(connection):
        connection.request("GET", "/_stcore/metrics")
        text = connection.getresponse().read().decode()
    return int(float(re.search(r"(?m)^active_sessions (\S+)", text)[1]))


class Guest(Visitor):
    """A visitor with a seat; as the browser does, it comes back with its address and its widgets."""

    seat = ""
    url = ""

    @classmethod
    async def sit_down(cls, url: str, seat: str, **query: object) -> "Guest":
        guest = await cls.arrive(url, cookie=seat, **query)
        guest.url, guest.seat = url, seat
        return guest

    async def change(self, flower: int) -> int:
        """Another flower; how often it had to connect anew."""
        for attempt in range(5):
            try:
                await self.set_number("flower", flower)
                return attempt
            except (ConnectionClosed, OSError):
                await asyncio.sleep(0.1 * (attempt + 1))
                self.socket = await socket_to(self.url, self.seat)
        raise AssertionError("no replica answers")

    def shows(self, flower: int, seed: int) -> bool:
        caption = describe_flower(flower).split(", ", 1)[1]
        return caption in self.texts and self.query["seed"] == seed


def test_headers_and_a_seat(hall):
    page = get(hall.url, "/walkthrough?flower=3")
    assert page.status == 200
    policy = page.getheader("Content-Security-Policy")
    assert "script-src 'self' blob: " in policy
    assert "'unsafe-eval'" not in policy
    assert "frame-ancestors *" in policy
    assert page.getheader("X-Content-Type-Options") == "nosniff"
    assert page.getheader("Referrer-Policy") == "strict-origin"
    assert page.getheader("Server") == "nginx"
    seat = seat_of(hall.url)
    assert seat != seat_of(hall.url)
    again = get(hall.url, "/", cookie=seat)
    assert "seat" not in (again.getheader("Set-Cookie") or "")
    assert get(hall.url, "/_stcore/metrics").status == 404


def test_every_page_works_under_the_policy(hall, browser):
    """Nothing is blocked, and a reload shows the same view; with LONG_TESTS=1 on every page."""
    context = new_context(browser, base_url=hall.url)
    context.add_init_script(NOTE_VIOLATIONS)
    watcher = Watcher(context, hall.url)
    page = context.new_page()
    page.goto(f"/?{urlencode(VIEW)}")
    for name in PAGES if os.environ.get("LONG_TESTS") else WALKED:
        wait_settled(page)
        page.locator(f'[data-testid="stSidebarNavLink"][href$="/{name}"]').click()
        page.wait_for_function("name => location.pathname === `/${name}`", arg=name)
        wait_settled(page)
        if name in RELOADED or os.environ.get("LONG_TESTS"):
            page.reload()
            wait_settled(page)
        assert page.evaluate("violations") == [], name
        assert page.get_by_role("spinbutton", name="Flower").input_value() == "7", name
        assert page.get_by_text("encountered an error").count() == 0, name
        if name == "walkthrough":
            page.get_by_test_id("stage").wait_for()
            page.keyboard.press("ArrowRight")
            page.wait_for_function("() => new URL(location).searchParams.get('step') === '1'")
    assert watcher.errors == []
    assert watcher.foreign_requests == []
    context.close()


@pytest.mark.expects_browser_errors
def test_one_replica_dies_under_load(hall, browser):
    """Fifty sessions and a browser: all go on, with the same view, on the other replica."""
    context = new_context(browser, base_url=hall.url)
    page = context.new_page()
    page.goto(f"/update?{urlencode(VIEW)}")
    wait_settled(page)
    with ThreadPoolExecutor(1) as thread:  # Playwright has a loop of its own in this one
        thread.submit(run_visits, lesson(hall)).result()
    wait_settled(page)
    page.get_by_test_id("stNumberInput").filter(has_text="Flower").get_by_test_id(
        "stNumberInputStepUp"
    ).click()
    page.wait_for_function("() => new URL(location).searchParams.get('flower') === '8'")
    wait_settled(page)
    assert page.get_by_text("encountered an error").count() == 0
    assert "tanh" in page.url
    context.close()
    for log in hall.folder.glob("replica*.log"):
        assert "Traceback" not in log.read_text()
    for port, process in hall.replicas.items():
        if process.poll() is not None:
            start_again(hall, port)


async def lesson(hall) -> None:
    url = hall.url
    seats = [seat_of(url) for _ in range(SESSIONS)]
    guests = await asyncio.gather(
        *(Guest.sit_down(url, seat, flower=n, seed=n) for n, seat in enumerate(seats))
    )
    sessions = {port: active_sessions(port) for port in hall.replicas}
    assert min(sessions.values()) >= SESSIONS // 5, sessions  # the seats are spread
    dying = max(sessions, key=sessions.get)

    async def work(guest: Guest, seed: int) -> int:
        again = 0
        for round_ in range(ROUNDS):
            flower = (seed * 7 + 31 * round_) % 150
            again += await guest.change(flower)
            assert guest.shows(flower, seed)
        return again

    async def kill() -> None:
        await asyncio.sleep(0.3)
        hall.replicas[dying].kill()

    *reconnections, _ = await asyncio.gather(*(work(guest, n) for n, guest in enumerate(guests)), kill())
    assert sum(reconnections) >= SESSIONS // 5
    assert [text for guest in guests for text in guest.exceptions] == []
    survivor = min(hall.replicas, key=lambda port: port == dying)
    assert active_sessions(survivor) >= SESSIONS
    await asyncio.gather(*(guest.leave() for guest in guests))


@pytest.mark.expects_browser_errors
@pytest.mark.parametrize("name", FIRST if os.environ.get("LONG_TESTS") else ["step"])
@pytest.mark.parametrize("again", range(5 if os.environ.get("LONG_TESTS") else 1))
def test_the_first_action_on_the_other_replica_counts(hall, browser, name, again):
    where, act = FIRST[name]
    before = {port: active_sessions(port) for port in hall.replicas}
    context = new_context(browser, base_url=hall.url)
    page = context.new_page()
    page.goto(f"/{where}?{urlencode(VIEW)}&step=14")
    wait_settled(page)
    if name == "step":
        press(page, page.get_by_test_id("stage"), "ArrowRight", 15)
        see_parameter(page, "step", "15")
        wait_settled(page)
    port = max(before, key=lambda port: active_sessions(port) - before[port])  # others may end meanwhile
    hall.replicas[port].kill()
    hall.replicas[port].wait()
    lose_connection(page)
    see_connection(page)
    page.wait_for_timeout(again * 200)
    act(page)
    wait_settled(page)
    assert "tanh" in page.url
    assert page.get_by_text("encountered an error").count() == 0
    context.close()
    start_again(hall, port)


@pytest.mark.expects_browser_errors
def test_a_room_outlives_its_replica(hall, browser):
    """In the middle of a vote; and it goes along when its visitors are led back to the first one."""
    secret = new_secret()
    room = code_of(secret)
    host, phone, sleeper = (new_context(browser, base_url=hall.url).new_page() for _ in range(3))
    host.goto(f"/class?room={room}&host={secret}&ask=sum.1")
    for page in (phone, sleeper):
        page.goto(f"/class?room={room}")
        page.get_by_text("You are in the room").wait_for()
    go_on(host, "next")
    for page in (phone, sleeper):
        answer(page, "0.276")
    see_count(host, 2)
    wait_settled(host)
    phone.get_by_role("textbox").fill("0.289")
    sleeper.goto("about:blank")
    port = replica_of(hall, room)
    start = monotonic()
    with host.expect_websocket(), phone.expect_websocket():
        hall.replicas[port].kill()
        hall.replicas[port].wait()
    for page in (host, phone):
        see_connection(page)
    connected = monotonic()
    for page in (host, phone):
        page.wait_for_function("() => !('reconnecting' in document.documentElement.dataset)")
    see_count(host, 2)
    phone.get_by_text("You answered 0.276").wait_for()
    expect(phone.get_by_role("textbox")).to_have_value("0.289")  # typed before, and not sent
    whole = monotonic()
    answer(phone)
    assert connected - start < WHOLE
    assert whole - connected < WHOLE
    go_on(host, "next")
    phone.get_by_text("Closed.").wait_for()
    see_count(host, 2)
    start_again(hall, port)
    before = monotonic()
    while replica_of(hall, room) != port:
        assert monotonic() < before + 20
        sleep(0.2)
    before = monotonic()
    sleeper.goto(f"/class?room={room}")
    sleeper.get_by_text("Closed. You answered").wait_for()
    go_on(host, "next")
    for page in (phone, sleeper):
        page.locator(".bp-answer").wait_for()
    host.locator(".bp-vote").first.wait_for()
    counted = host.locator(".bp-vote.bp-is-last").evaluate_all("bars => bars.map(bar => bar.dataset.count)")
    assert [count for count in counted if count != "0"] == ["1", "1"]
    go_on(host, "again")
    for page in (phone, sleeper):
        answer(page, "0.289")
    see_count(host, 2)
    for page in (host, phone, sleeper):
        page.context.close()


def replica_of(hall, room: str) -> int:
    """The port of the one to which a room's visitors are led."""
    server = said_of(hall.url, room)
    alive = [port for port, process in hall.replicas.items() if process.poll() is None]
    return next(port for port in alive if said_of(f"http://{HOST}:{port}", room) == server)


def said_of(url: str, room: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    with closing(connection):
        connection.request("GET", f"/room?room={room}&who=")
        return connection.getresponse().read().decode().split()[1]


def answer(page, text: str = "") -> None:
    """Send a number, or what is in the field; the room has it."""
    field = page.get_by_role("textbox")
    if text:
        field.fill(text)
    text = field.input_value()
    page.get_by_role("button", name="Send").click()
    page.get_by_text(f"You answered {text}").wait_for()


def go_on(host, what: str) -> None:
    """Press a button of the host's, which does nothing in the first second after another."""
    host.wait_for_timeout(1000 * PAUSE)
    host.locator(f'[class*="st-key-host_{what}"] button').click()


def see_count(host, answers: int) -> None:
    host.locator(f'.bp-counted [data-count="{answers}"]').wait_for()
