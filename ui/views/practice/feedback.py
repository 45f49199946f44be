"""What the page says to an answer."""

from html import escape

from ui.draw.prose import paragraph
from ui.draw.svg import scripts, tag
from ui.names.typed import Typed
from ui.questions.answers import Reading, remarks, verdict_of
from ui.questions.questions import Question
from ui.questions.words import tasks as task_words
from ui.questions.words.choices import Choice
from ui.views.practice import words


def verdict_markup(asked: Question | Choice, given: Reading, is_spoilt: bool = False) -> str:
    """The verdict on an answer.

    Args:
        asked: the question.
        given: the answer.
        is_spoilt: whether the answer was shown before it was right.
    """
    answer, shown = given.answer, given.shown
    if answer is None:
        return ""
    verdict = verdict_of(asked, answer)
    if verdict.right:
        note = paragraph(words.SPOILT) if is_spoilt else ""
        return _box("bp-is-right", paragraph(task_words.right(shown), "bp-verdict") + note)
    if verdict.nearly:
        return _box("bp-is-nearly", paragraph(words.nearly(shown), "bp-verdict"))
    said = remarks(asked, answer)
    quoted = shown if isinstance(asked, Question) else task_words.chosen(shown)
    body = paragraph(task_words.wrong(quoted), "bp-verdict")
    if len(said) > 1:
        body += paragraph(words.several_mistakes(len(said)))
        body += tag("ul", *(tag("li", scripts(each)) for each in said))
    else:
        is_one_digit = isinstance(answer, Typed) and answer.digits == 1
        body += paragraph(said[0] if said else words.NOT_IT if is_one_digit else words.NOT_RECOGNISED)
    return _box("bp-is-wrong", body)


def hints_markup(hints: tuple[str, ...], count: int) -> str:
    """The first `count` hints."""
    items = [tag("li", scripts(hint)) for hint in hints[:count]]
    return tag("ol", *items, class_="bp-hints", aria_label="Hints") if items else ""


def error_markup(message: str) -> str:
    """What is wrong with the text in the field."""
    return tag("p", escape(message), class_="bp-field-error", role="alert")


def _box(class_: str, body: str) -> str:
    return tag("div", body, class_=f"bp-answer {class_}")
