"""A class that answers: a host, everybody else on a phone, and ten people beside them, over real connections.

    .venv/bin/python -m tests.benchmarks.room [--people 100 200 400] [--within 10]

The app is started as the README does, one process. Everybody comes by the room's link within so many
seconds, waits for ten, answers within ten after the question has come, one in five twice, and sees the
reveal. Ten others change the flower every three seconds, before the room is there and beside its vote. Prints
for each number of people how long from arriving to the end of the first page; from an answer to its
acknowledgement; from an answer to the host's board; from the reveal to the last phone; the changes of the
ten; the server's CPU while all wait and during the vote (share of a core; ms of each who waits, a second);
and its memory. It fails if an answer is not counted exactly once.
"""

import argparse
import asyncio
import random
import re
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from tests.benchmarks.classroom import Record, cpu_seconds, percentiles, rss
from tests.server import app_process
from tests.visitor import Visitor, run_visits
from ui.questions.polls import poll_at
from ui.state.rooms.codes import code_of, new_secret
from ui.state.settings import settings_of
from ui.views.classroom.controls import PAUSE

CODE = "sum.1.choice"
BESIDE, PERIOD, AGAIN = 10, 3.0, 0.2
PATIENCE = 60.0
"""Seconds after which something will not come."""

HEADER = (
    f"{'':8}{'arrive, ms':22}{'acknowledged, ms':22}{'on the board, ms':22}{'reveal':8}"
    f"{'ten others before, beside, ms':30}{'CPU: waiting, vote':26}RSS, MB\n"
    f"people  {'50 / 95 / max':22}{'50 / 95 / 99 %':22}{'50 / 95 / max':22}{'s':8}"
    f"{'50 / 95 %':15}{'50 / 95 %':15}{'core (a person), core':26}(a person)"
)


class Phone(Visitor):
    """Somebody in the room, or its host; as look.js does, it asks whether there is anything new."""

    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def look(self) -> None:
        known = self.data["room_look"]
        query = urlencode({"room": known["room"], "who": known["who"]})
        try:
            answer = await self._get(f"/room?{query}")
        except (asyncio.IncompleteReadError, ConnectionError):  # closed after some seconds of silence
            self.connection = None
            answer = await self._get(f"/room?{query}")
        _, server, version = answer.split()
        assert server == known["server"]
        if version != known["version"]:
            await self.run(fragment_id=self.fragments["room_look"])

    async def _get(self, path: str) -> str:
        host, port = self.socket.remote_address[:2]
        self.connection = self.connection or await asyncio.open_connection(host, port)
        reader, writer = self.connection
        writer.write(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        return (await reader.readexactly(int(re.search(rb"length: (\d+)", head)[1]))).decode()

    async def leave(self, goodbye: bool = True) -> None:
        if self.connection:
            self.connection[1].close()
        await super().leave(goodbye)

    async def look_until(self, end: float, has_come=lambda: False) -> bool:
        """Look until a time, or until something has come; whether it has."""
        while not has_come():
            pause = self.data["room_look"]["every"] / 1000 * random.uniform(0.8, 1.2)
            if perf_counter() + pause > end:
                await asyncio.sleep(max(0.0, end - perf_counter()))
                break
            await asyncio.sleep(pause)
            await self.look()
        return has_come()

    def option(self, place: int) -> str | None:
        """The key of an answer's button; None while nothing is open."""
        return next((key for key in self.widgets if re.fullmatch(f"room_answer:.*:{place}", key)), None)

    def says(self, pattern: str) -> bool:
        return re.search(pattern, " ".join(self.texts)) is not None


@dataclass
class Room:
    """A room of the app at an address, and what is seen in it.

    Attributes:
        seconds: in which everybody answers.
        chosen: the last answer of each person.
        sent: when the first one of each was.
        board: what the host has counted, and when.
    """

    url: str
    seconds: float
    record: Record = field(default_factory=Record)
    secret: str = field(default_factory=new_secret)
    options: tuple[str, ...] = field(default_factory=lambda: poll_at(settings_of(""), CODE).options)
    chosen: dict[int, int] = field(default_factory=dict)
    sent: list[float] = field(default_factory=list)
    board: list[tuple[float, int]] = field(default_factory=list)
    arrived: int = 0
    answered: int = 0
    revealed: list[float] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def code(self) -> str:
        return code_of(self.secret)

    async def person(self, number: int, after: float) -> None:
        """Somebody's whole lecture."""
        rng = random.Random(number)
        await asyncio.sleep(after)
        phone = await self.record.time("arrive", Phone.arrive(self.url, "class", room=self.code))
        self.arrived += 1
        if not await phone.look_until(perf_counter() + PATIENCE, lambda: phone.option(0)):
            raise AssertionError(f"no question: {phone.texts} {phone.exceptions}")
        answers = 2 if rng.random() < AGAIN else 1
        moments = sorted(perf_counter() + rng.uniform(0, self.seconds) for _ in range(answers))
        for moment in moments:
            await phone.look_until(moment)
            if moment == moments[0]:
                self.sent.append(perf_counter())
            self.chosen[number] = rng.randrange(len(self.options))
            await self.record.time("answer", phone.press(phone.option(self.chosen[number])))
            assert phone.says("You answered"), phone.texts
        self.answered += 1
        if not await phone.look_until(perf_counter() + PATIENCE, lambda: phone.says("bp-answer ")):
            raise AssertionError(f"no reveal: {phone.texts} {phone.exceptions}")
        self.revealed.append(perf_counter())
        self.record.errors += phone.exceptions
        await phone.leave()

    async def go_on(self, host: Visitor) -> None:
        """What the host's main button does, which does nothing in the first second after it was pressed."""
        await asyncio.sleep(PAUSE)
        async with self.turn:
            await host.press("host_next")

    async def watch(self, host: Phone) -> None:
        """The host looks, for good."""
        while True:
            await asyncio.sleep(host.data["room_look"]["every"] / 1000)
            async with self.turn:
                await host.look()
            if found := re.search(r'<strong data-count="(\d+)"', " ".join(host.texts)):
                self.board.append((perf_counter(), int(found[1])))

    async def others(self, what: str, seconds: float) -> None:
        """Ten ordinary sessions, each with a change every three seconds."""
        await asyncio.gather(*(self._other(what, n, perf_counter() + seconds) for n in range(BESIDE)))

    async def _other(self, what: str, number: int, end: float) -> None:
        visitor = await Visitor.arrive(self.url, "walkthrough", flower=number)
        await asyncio.sleep(PERIOD * number / BESIDE)
        while perf_counter() < end:
            number = (number + 13) % 150
            await self.record.time(what, visitor.set_number("flower", number))
            await asyncio.sleep(PERIOD)
        self.record.errors += visitor.exceptions
        await visitor.leave()


class Cpu:
    """The server's share of a core since this was made, in %."""

    def __init__(self, pid: int) -> None:
        self.pid, self.cpu, self.since = pid, cpu_seconds([pid]), perf_counter()

    def share(self) -> float:
        return 100 * (cpu_seconds([self.pid]) - self.cpu) / (perf_counter() - self.since)


async def hold(url: str, pid: int, people: int, within: float, seconds: float = 10) -> str:
    """One vote of so many people, as a line of the table."""
    await (await Visitor.arrive(url)).leave()
    room = Room(url, seconds)
    await room.others("before", seconds)
    host = await Phone.arrive(url, "class", room=room.code, host=room.secret, ask=CODE)
    before = rss([pid])
    crowd = asyncio.gather(*(room.person(number, within * number / people) for number in range(people)))
    watching = asyncio.ensure_future(room.watch(host))
    await until(lambda: room.arrived == people, crowd)
    await asyncio.sleep(1)
    cpu = Cpu(pid)
    await asyncio.sleep(seconds)
    waited, full, cpu = cpu.share(), rss([pid]), Cpu(pid)
    await room.go_on(host)
    await room.others("beside", seconds)
    vote = cpu.share()
    await until(lambda: room.answered == people and room.board[-1][1] == people, crowd)
    await room.go_on(host)
    await room.go_on(host)
    shown = perf_counter()
    counts = [
        int(count) for count in re.findall(r'"bp-vote bp-is-last" data-count="(\d+)"', " ".join(host.texts))
    ]
    await crowd
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await host.leave()
    assert sorted(filter(None, counts)) == sorted(Counter(room.chosen.values()).values()), counts
    assert not room.record.errors, room.record.errors[:5]
    room.record.times["board"] = [
        next(at for at, seen in room.board if seen >= count) - moment
        for count, moment in enumerate(sorted(room.sent), 1)
    ]
    said = [
        f"{people:6}",
        f"{percentiles(room.record, 'arrive', 50, 95, 100):20}",
        f"{percentiles(room.record, 'answer', 50, 95, 99):20}",
        f"{percentiles(room.record, 'board', 50, 95, 100):20}",
        f"{max(room.revealed) - shown:4.1f}  ",
        f"{percentiles(room.record, 'before', 50, 95):13}",
        f"{percentiles(room.record, 'beside', 50, 95):13}",
        f"{waited:3.0f} % ({10 * waited / people:.2f} ms/s), {vote:3.0f} %",
        f"{before:.0f} → {full:.0f} ({(full - before) / people:.2f})",
    ]
    return "  ".join(said)


async def until(holds, crowd: asyncio.Future) -> None:
    """Wait for the crowd, which may fail meanwhile."""
    start = perf_counter()
    while not holds():
        if crowd.done():
            await crowd
        assert perf_counter() < start + 2 * PATIENCE, "it takes too long"
        await asyncio.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[100, 200, 400])
    parser.add_argument("--within", type=float, default=10)
    options = parser.parse_args()
    print(HEADER)
    for people in options.people:
        log = Path(tempfile.mkdtemp()) / "app.log"
        with app_process(log) as (url, process):
            print(run_visits(hold(url, process.pid, people, options.within)), flush=True)
        assert "Traceback" not in log.read_text(errors="replace"), log


if __name__ == "__main__":
    main()
