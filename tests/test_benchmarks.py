"""The benchmarks' own parts work: a visitor sees the core's numbers, and the server tells what it holds."""

import re

import pytest

from tests.benchmarks import classroom, room, soak
from tests.benchmarks.__main__ import Row, cpu_row
from tests.benchmarks.observed import observed
from tests.benchmarks.server_cpu import BARE, NEW, SEEN, PageCost
from tests.visitor import Visitor, run_visits
from ui.state.data import describe_flower


@pytest.fixture(scope="module")
def server():
    with observed() as server:
        yield server


def test_a_visitor_on_an_observed_server(server):
    run_visits(change_and_look(server))


async def change_and_look(server):
    visitor = await Visitor.arrive(server.url, "", flower=3)
    before = server.cpu()
    await visitor.set_number("flower", 51)
    assert 0 < server.cpu() - before < 30
    said = "".join(visitor.texts)
    assert [describe_flower(flower).split(", ", 1)[1] in said for flower in (51, 3)] == [True, False]
    held = server.holds()
    assert (held["connected"], held["sessions"]) == (1, 1)
    assert held["caches"] > 20
    assert held["entries"] > 0
    assert held["too_full"] == []
    assert server.rss() > 50
    await visitor.leave()
    parts = await soak.soak(server, changes=5, sessions=1, samples=1, say=lambda _: None)
    assert [part["changes"] for part in parts] == [0, 5]
    assert server.tracebacks() == 0


def test_the_verdicts():
    cheap = PageCost({NEW: [17, 18, 19], SEEN: [6, 7, 8], BARE: [6, 6, 6]})
    dear = PageCost({NEW: [22, 22, 22], SEEN: [6, 7, 8], BARE: [7, 7, 7]})
    assert cpu_row("", cheap, 1).met
    assert not cpu_row("", dear, 1).met
    assert cpu_row("", dear, 2).met
    assert str(Row("w", "b", "m", False)).endswith("NOT MET")
    assert soak.growth([{"rss": 5.0}, {"rss": 10.0}, {"rss": 11.0}]) == 1.1


def test_a_class_of_two_arrives_and_changes(server, capsys):
    run_visits(classroom.classroom(server.url, [server.process.pid], sessions=2, seconds=2, seeds=1))
    (line,) = capsys.readouterr().out.splitlines()
    arrive, change = re.match(r" +2 +(\d+ / \d+ / \d+) +(\d+ / \d+ / \d+) ", line).groups()
    assert [sorted(numbers, key=int) for numbers in (arrive.split(" / "), change.split(" / "))] == [
        arrive.split(" / "),
        change.split(" / "),
    ]


def test_a_room_of_ten_answers(server):
    line = run_visits(room.hold(server.url, server.process.pid, people=10, within=0.5, seconds=1))
    assert re.match(r" +10(  +\d+ / \d+ / \d+){3}  +\d+\.\d  ", line), line
