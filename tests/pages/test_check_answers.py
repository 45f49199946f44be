"""Check my answers, run from app.py: paste, verdicts, links to the steps, and where the text is kept."""

import pytest

from tests.expected import settings_of, step_of
from tests.markup import elements
from tests.pages.helpers import markup_of, open_app, page_text
from ui.names.timeline import find_step
from ui.state.packed import MOST_CHARACTERS, pack, unpack
from ui.views.practice import words

BOOK = {"data": "textbook", "hidden": "2", "act": "sigmoid", "out": "sigmoid-squared", "lr": "0.5"}
SOLUTION = """a2 = 0.75136507 0.772928465
delta2 = 0.741 -0.217
dW2 = [[0.44, 0.442], [-0.129, -0.13]]
foo = 1"""


def paste(app, text: str):
    app.main.text_area[0].set_value(text)
    return app.button(key="check_submit").click().run()


def verdicts(app) -> dict[str, str]:
    """By line: the verdict."""
    found = [e.attributes for e in elements(markup_of(app)) if "data-verdict" in e.attributes]
    return {each["data-line"]: each["data-verdict"] for each in found}


def kept(app) -> str:
    """What the address holds of the answers."""
    return unpack(*app.session_state["view"]["answers"]) if "answers" in app.session_state["view"] else ""


def test_paste_verdicts_and_the_step_that_explains_the_first_wrong_one():
    app = open_app("practice", check=1, **BOOK)
    assert not verdicts(app)
    paste(app, SOLUTION)
    assert not app.exception
    assert verdicts(app) == {"1": "right", "2": "wrong", "3": "follows", "4": "unread"}
    assert "You forgot the derivative of sigmoid" in page_text(app)
    settings = settings_of(**BOOK)
    hrefs = [e.attributes["href"] for e in elements(markup_of(app)) if "data-app-link" in e.attributes]
    assert settings.link("walkthrough", step=find_step(settings.config, "2.IV")) in hrefs
    assert kept(app) == SOLUTION
    assert app.main.text_area[0].value == SOLUTION


def test_a_link_opens_the_answers_and_shows_the_right_numbers_and_measured_slopes_folded():
    app = open_app("practice", check=1, answers=pack(SOLUTION), **BOOK)
    assert app.main.text_area[0].value == SOLUTION
    assert verdicts(app)["2"] == "wrong"
    cells = [e for e in elements(markup_of(app)) if "data-cell" in e.attributes]
    right = [cell.value for cell in cells if cell.attributes["data-cell"].startswith("right:through")]
    measured = [cell.value for cell in cells if cell.attributes["data-cell"] == "measured:z2"]
    delta = step_of(settings_of(**BOOK)).cotangent("z2").tolist()
    assert right == delta
    assert measured == pytest.approx(delta, rel=1e-5)


def test_what_is_too_long_for_a_link_stays_in_the_session():
    app = open_app("practice", check=1)
    text = "\n".join(f"a1_{n % 5 + 1} = 0.{(n * 7919**3) % 10**12}" for n in range(400))
    assert len(pack(text)) > MOST_CHARACTERS
    paste(app, text)
    assert kept(app) == ""
    assert "stay in this tab" in page_text(app)
    assert len(verdicts(app)) == 400
    paste(app, "C = 1")
    assert words.IN_THE_LINK in page_text(app)
    assert kept(app) == "C = 1"
    paste(app, "  ")
    assert not verdicts(app)
    assert kept(app) == ""


@pytest.mark.parametrize(
    "text", ["a1 = <b>x</b>", "[[[[", "=", "🌸 = 🌸", "a1 = 1/0", "\x00", "C = nan", "δ = ,,,"]
)
def test_any_text_gets_a_sentence(text):
    app = open_app("practice", check=1)
    paste(app, text)
    assert not app.exception
    assert "<b>x</b>" not in markup_of(app)
    assert page_text(app).strip()


def test_a_broken_link_gets_one_notice():
    app = open_app("practice", check=1, answers="1!!")
    (notice,) = app.warning
    assert "answers as the page packs them" in notice.value
    assert not open_app("practice", check=0).main.text_area


def test_another_network_is_checked_anew():
    """The same answers against another learning rate."""
    text = "W2_new = [[0.3589165, 0.4086662], [0.5113013, 0.5613701]]"
    for rate, verdict in (("0.5", "right"), ("0.4", "wrong")):
        app = open_app("practice", check=1, answers=pack(text), **BOOK | {"lr": rate})
        assert verdicts(app) == {"1": verdict}
