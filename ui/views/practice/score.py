"""What stands beside a question: its subject, its tolerance, the score."""

from collections.abc import Mapping

from ui.draw.prose import paragraph, row_head, table
from ui.draw.svg import tag
from ui.questions.catalogue import KINDS
from ui.questions.questions import Question
from ui.questions.words.choices import Choice
from ui.questions.words.wording import network
from ui.state.captions import describe_observation
from ui.views.practice import words
from ui.views.practice.choice import PracticeChoice
from ui.views.practice.session import AT_ONCE, MOST_RECORDS, RESULTS, WITH_HELP


def subject_markup(choice: PracticeChoice) -> str:
    """Which flower and which network is asked about."""
    said = describe_observation(choice.settings)
    return _part("Asked about", f"{said}.", network(choice.settings.config))


def tolerance_markup(asked: Question | Choice) -> str:
    """How near is near enough, and how numbers may be typed."""
    if isinstance(asked, Choice):
        return ""
    return _part(words.TOLERANCE_HEADING, words.TOLERANCE)


def _part(heading: str, *notes: str) -> str:
    title = tag("h3", heading, class_="bp-subheading")
    return title + "".join(paragraph(note, "bp-note") for note in notes)


def score_markup(score: Mapping[str, Mapping[str, int]], shown: int) -> str:
    """Right answers by kind of question.

    It never claims to be empty: after a reload it is, until the tab has handed over what it keeps.

    Args:
        score: how many questions of a kind were right at once, with help, or not yet.
        shown: of how many the answer was shown before it was right.
    """
    if not score:
        return _part("Your score", f"{words.RULES} {words.KEPT}")
    rows = [
        [
            row_head(kind),
            *(tag("td", str(score[kind][each]), data_score=f"{kind}:{each}") for each in RESULTS),
        ]
        for kind in KINDS
        if kind in score
    ]
    note = paragraph(f"{_summary(score, shown)} {words.KEPT}", "bp-note")
    return _part("Your score") + table(("", "at once", "with help", "not yet"), rows) + note


def _summary(score: Mapping[str, Mapping[str, int]], shown: int) -> str:
    asked = sum(sum(each.values()) for each in score.values())
    right = sum(each[AT_ONCE] + each[WITH_HELP] for each in score.values())
    if asked == 1:
        return words.one_question(right == 1, shown == 1)
    said = (words.last_questions if asked == MOST_RECORDS else words.questions_so_far)(asked, right)
    return f"{said} {words.answers_shown(shown)}" if shown else said
