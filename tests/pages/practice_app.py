"""The page Practice, as a student uses it."""

from tests.expected import settings_of
from tests.markup import by_attribute
from tests.pages.helpers import markup_of
from ui.questions.catalogue import question_at


def asked_by(link):
    settings = settings_of(**{key: value for key, value in link.items() if key not in ("kind", "q", "level")})
    return settings, question_at(settings, link.get("kind", "sum"), int(link.get("q", 1)))


def answer(app, text: str):
    app.main.text_input[0].set_value(text)
    return app.button(key="practice_submit").click().run()


def score(app) -> dict[str, str]:
    return {key: cell.text for key, cell in by_attribute(markup_of(app), "data-score").items()}


def choose(app, key: str, option: str) -> None:
    (pills,) = [group for group in app.main.button_group if group.key == key]
    pills.set_value(option).run()


def button_keys(app) -> set[str]:
    return {button.key for button in app.main.button}
