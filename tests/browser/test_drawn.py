"""What the modules of ui/draw draw of scenes, place by place, and what follows the pointer and the keys.

The other tests ask whether what is drawn fits the numbers; this one notices whatever moves. After a change
that is meant, look at the pages and write the files anew: `.venv/bin/python -m tests.browser.test_drawn`.
"""

import json
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser.helpers import launch_chromium
from tests.expected import settings_of
from tests.pages.helpers import component_data, open_app, scene_keys
from ui.draw.bundle import bundle
from ui.names.timeline import find_step
from ui.questions.lesson.stops import stops_of
from ui.questions.quiz import stage_questions
from ui.state.parameters import PRINCIPAL
from ui.steps.payload import stage_payload
from ui.views.lesson.scenes import moves, scene_of
from ui.views.training.payload import film_payload

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/golden/drawn"
STYLES = [*sorted(ROOT.glob("ui/draw/css/*.css"), reverse=True), *sorted(ROOT.glob("ui/views/*/js/*.css"))]
WIDTHS = (340, 640, 1180)
VIEWS = {
    "overview": {"hidden": "3", "unit": "2"},
    "total_derivative": {"f": "xyz", "t": "0.123"},
    "jacobians": {"hidden": "3"},
    "paths": {"hidden": "3", "eps": "0.3"},
    "update": {"hidden": "2", "lr": "0.3"},
    "batch": {"hidden": "2", "n": "3", "col": "b"},
}
PATH = re.compile(r" d=([MLAZ\d. -]+)")
MORE = {
    "overview": ({"hidden": "none", "unit": "2"}, {"hidden": "16-5", "out": "sigmoid-squared"}),
    "total_derivative": ({"f": "xy", "x": "const", "t": "-3"},),
    "jacobians": ({"hidden": "none"}, {"hidden": "1", "out": "sigmoid-squared"}),
    "paths": ({"hidden": "none"}, {"hidden": "1-12", "drop": "2", "eps": "-1"}),
    "update": ({"hidden": "none", "bias": "none"}, {"hidden": "1", "lr": "0"}),
    "batch": ({"hidden": "1", "n": "1"}, {"hidden": "none", "n": "2"}, {"n": "150"}),
}
"""Where something else is drawn, once, and not touched."""
LESSON = ("1a", "2a", "3a", "4a", "5a", "6b", "7a", "8a", "9a", "10a", "10c")
DRAW = "([data, address]) => { now?.end?.(); now = draw(data, address) }"
ENTER = """part => part.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }))"""
EVERY_SWITCH = """() => {
    const switches = () => document.querySelectorAll("g[data-switch]");
    for (const place of switches().keys()) {
        const part = switches()[place];
        if (!part.matches(".bp-out")) part.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    }
}"""
WRITE = "document.dispatchEvent(new Event('bp-write-place'))"
ADDRESS = "http://drawn.test/"
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


def drawn(page: Page, path: str, query: dict[str, str]) -> Iterator[str]:
    """The scenes of a page, touched, and of some other views of it."""
    for data in scenes_of(path, query):
        yield from touched(page, path, data)
    for more in MORE[path]:
        for data in scenes_of(path, more):
            yield from untouched(page, f"{data['key']}, {more}", data)


def drawn_lesson(page: Page) -> Iterator[str]:
    """The scenes of the lesson with their answers, touched where something moves."""
    settings = settings_of(hidden="3")
    exercises = {exercise.key: exercise for stop in stops_of(settings) for exercise in stop.exercises}
    for exercise in map(exercises.__getitem__, LESSON):
        state = [{"t": ["1"], "eps": ["0.1"], "drop": []}[key] for key in moves(exercise, True)[0]]
        scene = json.loads(scene_of(settings, exercise, True, None, None))
        data = {"key": exercise.key, "scene": scene, "defaults": state, "told": [state, 1]}
        yield from (touched if state else untouched)(page, exercise.key, data)


def touched(page: Page, path: str, data: dict[str, Any]) -> Iterator[str]:
    """A scene at three widths, and what changes when the reader does something there."""
    page.evaluate(DRAW, [data, f"{ADDRESS}{path}"])
    before: list[str] = []
    for width in WIDTHS:
        page.evaluate("width => now.resize(width)", width)
        yield f"== {data['key']}, {width} pixels wide"
        before = yield from changes(page, before)
    for what, act in actions(page):
        scrolls = act()  # or whatever else a key does that the scene leaves to the browser
        yield f"-- {what}{', which it takes' * (scrolls is False)}: {page.evaluate('now.news()')}"
        before = yield from changes(page, before)
    for what, act in reports(page, data["told"][0]):
        act()
        yield f"-- {what}: {page.evaluate('now.news()')}"


def untouched(page: Page, title: str, data: dict[str, Any]) -> Iterator[str]:
    """A scene at its widest."""
    page.evaluate(DRAW, [data, ADDRESS])
    page.evaluate("width => now.resize(width)", WIDTHS[-1])
    yield f"== {title}"
    yield from page.evaluate("now.lines()")


def scenes_of(path: str, query: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What a page sends for each of its scenes."""
    app = open_app(path, **query)
    for key in scene_keys(app):
        yield {"key": key, **component_data(app, "page", key)}


def drawn_stage(page: Page, query: dict[str, str], steps: Sequence[str]) -> Iterator[str]:
    """Some steps of the walkthrough, an entry of them pointed at, and one for a projector."""
    settings = settings_of(**query)
    texts = stage_payload(settings), stage_questions(settings)
    page.evaluate("([...data]) => { now = drawStage(...data) }", [*map(json.loads, texts)])
    before: list[str] = []
    for name in steps:
        page.evaluate("step => now.open(step)", find_step(settings.config, name))
        page.evaluate(FRAME)
        yield f"== {name}"
        before = yield from changes(page, before)
        page.locator("[data-matrix]").last.dispatch_event("pointerover")
        yield "-- point at the last cell"
        before = yield from changes(page, before)
    page.evaluate("now.present()")
    page.evaluate(FRAME)
    yield "== present"
    yield from changes(page, before)


def drawn_film(page: Page, query: dict[str, str], epochs: int) -> Iterator[str]:
    """The first and the last epoch of a short training."""
    film = json.loads(film_payload(settings_of(**query).plan, epochs, PRINCIPAL, lambda share: None))
    page.evaluate("film => { now = drawFilm(film) }", film)
    before: list[str] = []
    for epoch in (0, epochs):
        page.evaluate("epoch => now.open(epoch)", epoch)
        page.evaluate(FRAME)
        yield f"== epoch {epoch}"
        before = yield from changes(page, before)


def changes(page: Page, before: list[str]) -> Generator[str, None, list[str]]:
    """What is not as it was."""
    after = page.evaluate("now.lines()")
    yield from (line for line in unified_diff(before, after, n=0, lineterm="") if line[0] != "@")
    return after


def actions(page: Page) -> Iterator[tuple[str, Callable[[], object]]]:
    """Point at a part, choose, switch, slide: the last of each, the first may be what is there already."""
    for what in ("[data-link]", "[data-option]", "[data-switch]", "input"):
        part = page.locator(what).last
        if not part.count():
            continue
        yield f"point at {what}", partial(part.dispatch_event, "pointerover")
        yield f"click on {what}", partial(part.dispatch_event, "click")
        yield f"press Enter on {what}", partial(part.evaluate, ENTER)
        if what == "input":
            yield "press →", partial(part.press, "ArrowRight")
            yield "hold", partial(part.dispatch_event, "pointerdown")
            yield "press → meanwhile", partial(part.press, "ArrowRight")
            yield "release", partial(part.dispatch_event, "pointerup")
    escape = {"key": "Escape"}
    yield "press Escape", partial(page.locator(".bp-scene").dispatch_event, "keydown", escape)
    if page.locator("[data-switch]").count():
        yield "click on every path that is in", partial(page.evaluate, EVERY_SWITCH)


def reports(page: Page, state: list[list[str]]) -> Iterator[tuple[str, Callable[[], object]]]:
    """The reader chooses, and before the pause is over turns to something else, or the server answers."""
    part = page.locator("input:not(:checked), [data-option]:not(.bp-chosen)").first
    if not part.count():
        return
    for what, then in {
        "export": f"() => {WRITE}",
        "touch the rest": "() => document.body.dispatchEvent(new Event('pointerdown'))",
        "go back": "() => dispatchEvent(new Event('popstate'))",
        "hear of where it was": f"() => now.answer({json.dumps([state, 2])})",
        "hear of it again": f"() => now.answer({json.dumps([state, 2])})",
        "hear of it anew": f"() => {{ now.answer({json.dumps([state, 3])}); {WRITE} }}",
        "hear of it from a new server": f"() => now.answer({json.dumps([state, 0])})",
        "be away": "() => document.documentElement.toggleAttribute('data-reconnecting')",
        "hear of it while away": f"() => now.answer({json.dumps([state, 4])})",
        "come back": "() => document.documentElement.toggleAttribute('data-reconnecting')",
        "be gone": f"() => {{ now.end(); {WRITE} }}",
    }.items():
        yield f"choose, then {what}", partial(choose, part, then)


def choose(part: Locator, then: str) -> None:
    """By the reader, and what happens next."""
    if part.get_attribute("type") == "range":
        part.press("ArrowLeft")
    else:
        part.dispatch_event("click")
    part.page.evaluate(then)


def blank_page(browser: Browser) -> Page:
    """A page with the modules and styles, and nothing else."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.route(ADDRESS, lambda route: route.fulfill(body="<!doctype html><title>drawn</title>"))
    page.goto(ADDRESS)
    for style in STYLES:
        page.add_style_tag(path=style)
    script = bundle(Path(__file__).with_name("drawn.js")).replace("export default", "")
    page.add_script_tag(content=f"{script}\nlet now;")
    return page


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = blank_page(browser)
    yield page
    page.close()


PICTURES: dict[str, Callable[[Page], Iterator[str]]] = {
    "stage": partial(drawn_stage, query={"hidden": "2"}, steps=("z1", "1.II", "1.V", "update.1")),
    "stage_wide": partial(
        drawn_stage,
        query={"hidden": "1-12", "out": "sigmoid", "edit": "x_1_-0.000123~W1_1_1_-999"},
        steps=("3.IV", "2.II", "after"),
    ),
    "film": partial(drawn_film, query={"hidden": "2"}, epochs=1),
    "film_linear": partial(drawn_film, query={"hidden": "none", "lr": "3"}, epochs=12),
    "lesson": drawn_lesson,
    **{path: partial(drawn, path=path, query=query) for path, query in VIEWS.items()},
}


def alike(one: str, other: str) -> bool:
    """Whether two lines agree, but for the last digit in curves, which machines may round apart."""
    if one == other or PATH.sub("", one) != PATH.sub("", other):
        return one == other
    places = [
        [float(number) for number in re.findall(r"-?[\d.]+", *PATH.findall(line))] for line in (one, other)
    ]
    return places[0] == pytest.approx(places[1], rel=0, abs=0.11)


@pytest.mark.parametrize("path", PICTURES)
def test_everything_is_drawn_where_it_was(blank, path):
    lines = list(PICTURES[path](blank))
    golden = (GOLDEN / f"{path}.txt").read_text(encoding="utf-8").splitlines()
    if len(golden) == len(lines):
        lines = [old if alike(old, new) else new for old, new in zip(golden, lines, strict=True)]
    changed = list(unified_diff(golden, lines, n=0, lineterm=""))
    assert not changed, "\n".join(changed[:40])


def test_html_changes_where_it_has_changed_and_does_nothing_of_its_own(blank):
    blank.evaluate("document.body.replaceChildren()")
    root, paragraph, details = map(blank.locator, (".bp-markup", "p", "details"))

    def show(html: str) -> str:
        blank.evaluate("html => showMarkup({ data: { html }, parentElement: document.body })", html)
        return root.inner_html()

    first = '<p title="one">1</p><details><summary>more</summary></details><i>last</i>'
    assert show(first) == first
    kept = [part.element_handle() for part in (paragraph, details)]
    blank.evaluate("document.querySelector('details').open = true")
    second = '<p class="two">2</p><details open=""><summary>more</summary><b>new</b></details>'
    harmful = "<a id='x' href=' JavaScript:y' onclick='y'>z</a><iframe></iframe><script>y</script>"
    assert show(second.replace(' open=""', "") + harmful) == f'{second}<a id="x">z</a>'
    assert [part.evaluate("part => part.isConnected") for part in kept] == [True, True]
    paragraph.evaluate("part => part.textContent = 'touched'")
    assert "touched" in show(second.replace(' open=""', "") + harmful)
    assert show("<p>3</p>") == "<p>3</p>"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    with sync_playwright() as playwright, launch_chromium(playwright) as browser:
        for path, draw in PICTURES.items():
            text = "\n".join(draw(blank_page(browser)))
            (GOLDEN / f"{path}.txt").write_text(f"{text}\n", encoding="utf-8")
