"""What the page says to an answer. No Streamlit."""

from html import escape

from backprop.practice import judge
from ui.numbers import short
from ui.practice.choices import Choice
from ui.practice.questions import Question
from ui.practice.session import Attempt
from ui.svg import scripts, tag

NOT_RECOGNISED = "That is not it, and none of the usual mistakes either."


def is_right(asked: Question | Choice, answer: float | str) -> bool:
    """Whether an answer is right."""
    if isinstance(asked, Choice):
        return answer == asked.right
    return isinstance(answer, float) and judge(asked.problem, answer).right


def remarks(asked: Question | Choice, answer: float | str) -> list[str]:
    """What is wrong with a wrong answer: a sentence for every mistake that gives it."""
    if isinstance(asked, Choice):
        return [asked.remark(str(answer))]
    value = float(answer)
    return [each.sentence for each in asked.wrong if abs(value - each.value) <= each.tolerance]


def verdict_markup(asked: Question | Choice, attempt: Attempt) -> str:
    """The verdict on the last answer that could be read."""
    if attempt.answer is None:
        return ""
    shown = attempt.answer if isinstance(attempt.answer, str) else short(attempt.answer)
    if attempt.right:
        return _box("bp-is-right", _verdict(f"✓ Right: {shown}"))
    said = remarks(asked, attempt.answer)
    body = _verdict(f"✗ Not {shown}")
    if len(said) > 1:
        body += tag("p", f"{len(said)} mistakes give this number:")
        body += tag("ul", *(tag("li", scripts(each)) for each in said))
    else:
        body += tag("p", scripts(said[0] if said else NOT_RECOGNISED))
    return _box("bp-is-wrong", body)


def hints_markup(hints: tuple[str, ...], count: int) -> str:
    """The first `count` hints."""
    items = [tag("li", scripts(hint)) for hint in hints[:count]]
    return tag("ol", *items, class_="bp-hints", aria_label="Hints") if items else ""


def error_markup(message: str) -> str:
    """What is wrong with the text in the field; what was typed is in backticks."""
    parts = [
        tag("code", escape(part)) if n % 2 else escape(part) for n, part in enumerate(message.split("`"))
    ]
    return tag("p", *parts, class_="bp-field-error", role="alert")


def _verdict(text: str) -> str:
    return tag("p", scripts(text), class_="bp-verdict")


def _box(class_: str, body: str) -> str:
    return tag("div", body, class_=f"bp-answer {class_}")
