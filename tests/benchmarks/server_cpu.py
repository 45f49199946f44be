"""CPU of the server's process for one change, beside a bare page's, by visitors without a browser."""

import statistics
from dataclasses import dataclass, field

from tests.benchmarks.observed import Server
from tests.visitor import Visitor
from ui.state.pages import TITLES

PAGES = tuple(TITLES)
BLOCK = 8
"""Changes of one measurement."""
NEW, SEEN, BARE = "a new flower", "one seen before", "bare page"


@dataclass
class PageCost:
    """Milliseconds of CPU a change, one number a block; bytes sent a change."""

    times: dict[str, list[float]] = field(default_factory=lambda: {NEW: [], SEEN: [], BARE: []})
    bytes_sent: float = 0.0

    def median(self, kind: str) -> float:
        return statistics.median(self.times[kind])

    def ratio(self, kind: str) -> float:
        """To the bare page, which took turns with this one."""
        return self.median(kind) / self.median(BARE)


async def page_cost(app: Server, bare: Server, page: str, blocks: int, **query: object) -> PageCost:
    """Change the flower on a page, and press the bare page's button, in turns."""
    visitor = await Visitor.arrive(app.url, page, **query)
    presser = await Visitor.arrive(bare.url)
    cost = PageCost()
    await cpu_of(app, [visitor.set_number("flower", 149 - n) for n in range(BLOCK)])
    await cpu_of(bare, [presser.press() for _ in range(BLOCK)])
    received = visitor.received
    for block in range(blocks):
        new = [visitor.set_number("flower", BLOCK * block + n) for n in range(BLOCK)]
        cost.times[NEW].append(await cpu_of(app, new))
        cost.times[BARE].append(await cpu_of(bare, [presser.press() for _ in range(BLOCK)]))
        seen = [visitor.set_number("flower", 149 - n) for n in range(BLOCK)]
        cost.times[SEEN].append(await cpu_of(app, seen))
    cost.bytes_sent = (visitor.received - received) / (2 * BLOCK * blocks)
    assert not visitor.exceptions, visitor.exceptions
    await visitor.leave()
    await presser.leave()
    return cost


async def cpu_of(server: Server, changes: list) -> float:
    """Milliseconds a change, of these changes one after another."""
    before = server.cpu()
    for change in changes:
        await change
    return 1000 * (server.cpu() - before) / len(changes)
