"""A lecture: one host and three participants, from opening the room to the second vote that is shown."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.helpers import DESKTOP, PHONE, in_both_themes, wait_settled
from tests.browser.test_every_page import SIDEWAYS
from tests.browser.visits import visit
from tests.rooms import keep_rounds, lecture, secret_of
from ui.questions.polls import poll_of
from ui.state.rooms.codes import code_of
from ui.state.rooms.room import Round
from ui.views.classroom.controls import PAUSE

OFFERED = poll_of("sum.1.choice?").options
PROJECTOR = {"width": 1280, "height": 720}
HALL = {"width": 1920, "height": 1080}
SMALLEST = {1280: 18.0, 1366: 18.0, 1920: 24.0}
"""Pixels of a letter, by the width of the screen."""

OUTSIDE_OR_SMALL = """
smallest => [...document.querySelectorAll(".st-key-host *")].flatMap((element) => {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!isText || !width || !height || element.closest(".st-key-host_clicker")) return [];
  const size = parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);
  const isOut = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
  const isSmall = size < smallest - 0.01 && !element.closest("sup, sub");
  return isOut || isSmall ? [`${element.textContent.slice(0, 30)} ${size} ${right} ${bottom}`] : [];
})
"""
OVERLAPS = """
() => {
  const texts = ".bp-votes-row > p, .bp-vote-count, .st-key-host_controls button";
  const boxes = [...document.querySelectorAll(texts)]
    .filter((element) => !element.closest(".st-key-host_clicker"))
    .map((element) => [element.textContent, element.getBoundingClientRect()]);
  return boxes.flatMap(([name, one], place) =>
    boxes.slice(place + 1)
      .filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1
        && one.top < other.bottom - 1 && other.top < one.bottom - 1)
      .map(([other]) => `${name} / ${other}`));
}
"""
COUNT_CHANGES = """
() => {
  window.changes = [];
  const note = (all) => window.changes.push(...all.map(({ target }) => target.className ?? target.data));
  const observer = new MutationObserver(note);
  const parts = ".st-key-host_board, .st-key-host_side, .st-key-host_controls";
  for (const part of document.querySelectorAll(parts)) {
    observer.observe(part, { childList: true, subtree: true, characterData: true });
  }
}
"""


def press(host: Page, key: str, label: str) -> None:
    """A key of a clicker or the keyboard, then the label of the main button."""
    host.keyboard.press(key)
    button = host.locator(".st-key-host_next button")
    expect(button).to_contain_text(label)
    host.wait_for_timeout(1000 * PAUSE)  # no key does two things


def counted(host: Page) -> Locator:
    return host.locator(".bp-counted")


def counts(host: Page) -> list[list[str]]:
    """Of each bar, the counts of all votes."""
    rows = "rows => rows.map(row => [...row.querySelectorAll('[data-count]')].map(e => e.dataset.count))"
    return host.locator(".bp-votes-row").evaluate_all(rows)


def choose(phone: Page, answer: str) -> None:
    """Such as C 0.276."""
    phone.get_by_role("button", name=answer, exact=True).click()
    expect(phone.get_by_text(f"You answered {answer.replace(' ', ': ')}.")).to_be_visible()


def test_a_lecture_from_the_code_to_the_second_vote(open_page):
    host = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    visit(host, "/class?ask=sum.1.choice-stop.10d")
    host.get_by_role("button", name="Open a room", exact=True).click()
    code = host.locator("[data-room]").get_attribute("data-room")
    phones = [open_page(viewport=PHONE, reduced_motion="reduce") for _ in range(3)]
    for phone in phones:
        phone.goto(f"/class?room={code}")
        expect(phone.get_by_text("You are in the room")).to_be_visible()
    expect(host.locator("[data-present='3']")).to_be_visible()
    assert host.evaluate(OUTSIDE_OR_SMALL, 18.0) == []

    press(host, "PageDown", "Close")
    for phone, answer in zip(phones, ("C 0.276", "C 0.276", "D 0.289"), strict=True):
        choose(phone, answer)
    expect(counted(host)).to_have_text("3 of 3 have answered")
    press(host, "PageDown", "Show")
    expect(phones[0].get_by_text("Closed. You answered C: 0.276.")).to_be_visible()
    host.keyboard.press("PageUp")
    expect(host.locator(".bp-votes-row")).to_have_count(len(OFFERED))
    assert host.locator(".bp-is-right, .bp-is-told").count() == 0

    press(host, "v", "Close")
    for phone in phones:
        choose(phone, "D 0.289")
    expect(counted(host)).to_have_text("3 of 3 have answered")
    press(host, "ArrowRight", "Show")
    press(host, "ArrowRight", "Ask next")
    assert counts(host) == [["1", "3"], ["2", "0"], *[["0", "0"]] * (len(OFFERED) - 2)]
    expect(phones[0].get_by_text("✓ Right: 0.289")).to_be_visible()

    # The code over all, and back by Escape; Escape once more changes nothing.
    host.keyboard.press("q")
    expect(host.locator(".st-key-host_board .bp-room-qr")).to_be_visible()
    host.keyboard.press("Escape")
    expect(host.locator(".bp-votes-row")).to_have_count(len(OFFERED))
    host.keyboard.press("Escape")
    expect(host.locator(".st-key-host_code")).to_contain_text("QR code")
    wait_settled(host)

    host.evaluate(COUNT_CHANGES)
    host.wait_for_timeout(2500)
    assert host.evaluate("window.changes") == []  # polls do not draw anything anew
    violations = []
    for theme in in_both_themes(host):
        violations += [f"{theme}: {violation}" for violation in serious_violations(host, theme=theme)]
    assert violations == []

    press(host, "ArrowRight", "Close")
    for number, phone in enumerate(phones):
        phone.get_by_label("Your sentence").fill(f"Sentence {number}")
        phone.get_by_role("button", name="Send").click()
        expect(phone.get_by_text(f"You answered “Sentence {number}”.")).to_be_visible()
    press(host, "ArrowRight", "Show")
    press(host, "ArrowRight", "Ask next")
    expect(host.locator(".bp-sentences li")).to_have_text(["Sentence 2", "Sentence 1", "Sentence 0"])

    # A question found on another page is asked in the room that is open; nobody else is offered that.
    for page in (host, phones[0]):
        visit(page, "/practice?kind=path&flower=3")
        page.get_by_role("link", name="Ask the class →").click()
        expect(page.locator(".bp-first-asked")).to_be_visible()
    expect(phones[0].locator(".bp-own-rooms")).to_have_text("")
    host.get_by_role("link", name=f"Ask in room {code}").click()
    expect(host.get_by_text("Next: One path 1")).to_be_visible()
    wait_settled(host)
    press(host, "ArrowRight", "Close")
    expect(phones[1].locator(".bp-prompt")).to_have_text(host.locator(".bp-prompt").inner_text())


def test_eight_bars_of_two_votes_are_on_one_screen_and_read_from_the_back_row(open_page):
    """A host's page brings the room along that it has kept: a full one."""
    host = open_page(viewport=PROJECTOR, reduced_motion="reduce")
    visit(host, "/notation")
    secret = secret_of("full")
    host.evaluate(keep_rounds(secret, lecture()))
    host.goto(f"/class?room={code_of(secret)}&host={secret}")
    for shown in (".bp-is-votes", ".bp-asks"):
        expect(host.locator(shown)).to_be_visible()
        for size in (PROJECTOR, DESKTOP, HALL):
            host.set_viewport_size(size)
            wait_settled(host)
            assert host.evaluate(OUTSIDE_OR_SMALL, SMALLEST[size["width"]]) == [], size
            assert host.evaluate(OVERLAPS) == []
            main = host.get_by_test_id("stMain")
            assert main.evaluate("main => main.scrollHeight <= main.clientHeight")
        host.keyboard.press("ArrowLeft")
    expect(host.locator(".bp-votes-row")).to_have_count(8)
    host.set_viewport_size(PHONE)  # who hosts with a phone scrolls, but not sideways
    assert host.evaluate(SIDEWAYS) == []


BLOCKED = """
Storage.prototype.getItem = Storage.prototype.setItem = () => {
  throw new DOMException("blocked", "SecurityError");
};
"""
NOTE_FOCUS = (
    "field => { window.field = field; window.blurs = 0; field.onblur = () => { window.blurs += 1; }; }"
)
FOCUS = "[window.blurs, document.activeElement === window.field, window.field.isConnected]"
SMALL_TARGETS = """
() => [...document.querySelectorAll(".st-key-room :is(button, input)")]
  .filter((element) => element.getBoundingClientRect().height < 44)
  .map((element) => element.outerHTML)
"""


def test_a_phone_with_a_question_to_work_out(open_page):
    """The keyboard stays when the page changes, two tabs are one, and blocked storage keeps nobody out."""
    host = open_page(viewport=DESKTOP)
    visit(host, "/notation")
    secret = secret_of("typed")
    host.evaluate(keep_rounds(secret, [Round("0000aa", 1, "update.1?hidden=16")]))
    host.goto(f"/class?room={code_of(secret)}&host={secret}")
    expect(counted(host)).to_be_visible()
    phone = open_page(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    phone.goto(f"/class?room={code_of(secret)}")
    field = phone.get_by_label("Your number")
    expect(phone.locator(".bp-given")).to_be_visible()
    for part in (".stSidebar", ".stAppHeader"):
        assert not phone.locator(part).is_visible()
    assert phone.evaluate(SIDEWAYS) == phone.evaluate(SMALL_TARGETS) == []
    violations = []
    for theme in in_both_themes(phone):
        violations += [f"{theme}: {violation}" for violation in serious_violations(phone, theme=theme)]
    assert violations == []

    field.evaluate(NOTE_FOCUS)
    field.tap()
    phone.keyboard.type("0,27")
    tab = phone.context.new_page()
    tab.goto(f"/class?room={code_of(secret)}")
    tab.get_by_label("Your number").fill("1/4")
    tab.keyboard.press("Enter")
    expect(phone.get_by_text("You answered 1/4 = 0.250.")).to_be_visible()
    assert phone.evaluate(FOCUS) == [0, True, True]
    phone.keyboard.type("6")
    phone.keyboard.press("Enter")
    for page in (phone, tab):
        expect(page.get_by_text("You answered 0.276.")).to_be_visible()
    assert phone.evaluate(FOCUS) == [0, True, True]
    assert field.input_value() == "0,276"
    phone.reload()
    expect(phone.get_by_text("You answered 0.276.")).to_be_visible()

    other = open_page(viewport=PHONE)
    other.add_init_script(BLOCKED)
    other.goto(f"/class?room={code_of(secret)}")
    other.get_by_label("Your number").fill("−0.5")
    other.keyboard.press("Enter")
    expect(other.get_by_text("You answered −0.5.")).to_be_visible()
    expect(counted(host)).to_contain_text("2 of")
    press(host, "ArrowRight", "Show")
    expect(other.get_by_text("Closed. You answered −0.5.")).to_be_visible()
    assert not other.get_by_label("Your number").is_visible()
