"""Many tries by several attackers at once, while somebody else goes on working."""

import asyncio
import http.client
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed

from tests.fuzz.attacker import Attacker
from tests.fuzz.links import PAGES, link
from tests.fuzz.states import odd_message, widget_states
from tests.fuzz.texts import odd_text
from tests.visitor import Visitor
from ui.state.data import describe_flower

KINDS = {"link": 0.3, "history": 0.2, "states": 0.4, "message": 0.08, "path": 0.02}
SLOW = 5.0
# What Streamlit itself notes, with a traceback, of what is no message or no JSON, and deals with.
EXPECTED_IN_LOG = ("Error deserializing back message", "Failed to deserialize component state")


@dataclass
class Report:
    """What a campaign did and found."""

    tries: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    closed: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    others: int = 0

    def note_time(self, seconds: float, what: str) -> None:
        self.slowest = sorted([*self.slowest, (seconds, what)], reverse=True)[:5]


async def campaign(url: str, seed: int, tries: int, attackers: int = 4) -> Report:
    """Try number n of a seed sends the same whatever happened before, but for the widgets that are there."""
    report = Report()
    numbers = iter(range(tries))
    done = asyncio.Event()
    other = asyncio.create_task(somebody_else(url, report, done))
    try:
        await asyncio.gather(*(attack(url, seed, numbers, report) for _ in range(attackers)))
    finally:
        done.set()
        await other
    return report


async def attack(url: str, seed: int, numbers, report: Report) -> None:
    attacker: Attacker | None = None
    for number in numbers:
        rng = random.Random(f"{seed}-{number}")
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        if attacker is None and kind != "path":
            kind = "link"
        report.tries[kind] += 1
        note: list[str] = []
        start, before = perf_counter(), attacker
        try:
            attacker = await TRIES[kind](url, rng, attacker, note)
        except ConnectionClosed as closed:
            report.closed[f"{kind}: {closed.rcvd}"] += 1
            if kind != "message":
                report.failures.append(f"{seed}-{number} {kind} {note}: connection closed, {closed}")
            attacker = None
        except Exception as error:
            report.failures.append(f"{seed}-{number} {kind} {note}: {type(error).__name__}: {error}")
            attacker = None
        report.note_time(perf_counter() - start, f"{seed}-{number} {kind} {str(note)[:300]}")
        if attacker is not None and attacker.problems:
            what = f"{seed}-{number} {kind} {str(note)[:1500]}"
            report.failures += [f"{what}: {problem}" for problem in attacker.problems]
            before, attacker = attacker, None
        if before is not None and before is not attacker:
            await before.leave()
    if attacker is not None:
        await attacker.leave()


async def try_link(url: str, rng: random.Random, attacker: Attacker | None, note: list[str]) -> Attacker:
    """Arrive by a link."""
    page = rng.choice(PAGES) if rng.random() < 0.97 else odd_text(rng)[:200]
    query = link(rng)
    note += [f"/{page}?{query[:1000]}"]
    return await Attacker.arrive(url, page, raw=query)


async def try_history(url: str, rng: random.Random, attacker: Attacker, note: list[str]) -> Attacker:
    """Go to another link in the same session, as Back and Forward do."""
    query = link(rng)
    attacker.page_hash = attacker.some_page(rng)
    note += [f"{attacker.page_hash}?{query[:1000]}"]
    await attacker.ask(query, [], is_history_navigation=rng.random() < 0.7)
    return attacker


async def try_states(url: str, rng: random.Random, attacker: Attacker, note: list[str]) -> Attacker:
    """Widget states, for the page or for one of its fragments."""
    states = widget_states(rng, attacker.widgets_of_kinds())
    note += [f"after ?{attacker.query_string[:500]}", *(str(state)[:300] for state in states)]
    more = {}
    if attacker.fragment_ids and rng.random() < 0.3:
        more["fragment_id"] = rng.choice(sorted(attacker.fragment_ids))
    await attacker.ask(attacker.query_string, states, **more)
    return attacker


async def try_message(url: str, rng: random.Random, attacker: Attacker, note: list[str]) -> Attacker:
    """Something else than a run, then a run."""
    data = odd_message(rng)
    note += [repr(data[:200])]
    await attacker.socket.send(data)
    await attacker.run()
    return attacker


async def try_path(
    url: str, rng: random.Random, attacker: Attacker | None, note: list[str]
) -> Attacker | None:
    """An odd HTTP request."""
    start = rng.choice(
        ("/", "/static/", "/media/", "/_stcore/", "/_stcore/upload_file/", "/walkthrough/", "/component/")
    )
    text = odd_text(rng)[:3000].encode("utf-8", "replace")
    path = start + "".join(
        f"%{byte:02x}" if rng.random() < 0.5 or not 33 <= byte < 127 else chr(byte) for byte in text
    )
    method = rng.choice(("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"))
    note += [f"{method} {path[:300]}"]
    status = await asyncio.to_thread(http_status, url, method, path)
    if status >= 500:
        raise AssertionError(f"status {status}")
    return attacker


def http_status(url: str, method: str, path: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    try:
        connection.request(method, path)
        return connection.getresponse().status
    finally:
        connection.close()


TRIES = {
    "link": try_link,
    "history": try_history,
    "states": try_states,
    "message": try_message,
    "path": try_path,
}


async def somebody_else(url: str, report: Report, done: asyncio.Event) -> None:
    """A visitor who must not notice."""
    visitor = await Visitor.arrive(url)
    rng = random.Random(0)
    while not done.is_set():
        flower = rng.randrange(150)
        start = perf_counter()
        await visitor.set_number("flower", flower)
        report.others += 1
        seconds = perf_counter() - start
        caption = describe_flower(flower).split(", ", 1)[1]
        if visitor.exceptions or caption not in visitor.texts or seconds > SLOW:
            report.failures.append(f"somebody else: flower {flower}, {seconds:.1f} s, {visitor.exceptions}")
            visitor.exceptions.clear()
        await asyncio.sleep(0.2)
    await visitor.leave()


def tracebacks(log: Path) -> Counter[str]:
    """The unexpected tracebacks of the log by where they come from and what they say."""
    text = log.read_text(errors="replace")
    found: Counter[str] = Counter()
    for entry in re.split(r"(?m)^(?=\d{4}-\d\d-\d\d \d\d:)", text):
        if "Traceback" in entry and not any(expected in entry for expected in EXPECTED_IN_LOG):
            found[_summary(entry)] += 1
    return found


def _summary(entry: str) -> str:
    frames = re.findall(r'File "([^"]*)", line (\d+), in (\S+)', entry)
    ours = [frame for frame in frames if "/site-packages/" not in frame[0] and "/main/" in frame[0]]
    shown = [*ours[-2:], *frames[-2:]] if frames else []
    where = " < ".join(f"{Path(path).name}:{line} {name}" for path, line, name in reversed(shown))
    errors = re.findall(r"(?m)^(?:\w+\.)*\w*(?:Error|Exception|Warning)\b.*$", entry)
    return f"{errors[-1][:200] if errors else entry[-300:]}\n      {where}"
