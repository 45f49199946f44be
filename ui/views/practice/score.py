"""What stands beside a question: its subject, its tolerance, the score. No Streamlit."""

from collections.abc import Mapping

from ui.draw.prose import row_head, table
from ui.draw.svg import scripts, tag
from ui.questions.questions import Question
from ui.questions.words.choices import Choice
from ui.state.captions import describe_observation
from ui.views.practice import words
from ui.views.practice.catalogue import KINDS
from ui.views.practice.choice import PracticeChoice
from ui.views.practice.session import AT_ONCE, MOST_RECORDS, RESULTS, WITH_HELP


def subject_markup(choice: PracticeChoice) -> str:
    """Which flower and which network is asked about."""
    settings = choice.settings
    sizes = " → ".join(map(str, settings.config.layer_sizes))
    config = settings.config
    network = f"{sizes} units, {settings.activation}, {config.output_activation} output, {config.cost.label}"
    return (
        tag("h3", "Asked about", class_="bp-subheading")
        + tag("p", scripts(f"{describe_observation(settings)}."), class_="bp-note")
        + tag("p", network, class_="bp-note")
    )


def tolerance_markup(asked: Question | Choice) -> str:
    """How near is near enough, and how numbers may be typed."""
    if isinstance(asked, Choice):
        return ""
    return tag("h3", words.TOLERANCE_HEADING, class_="bp-subheading") + tag(
        "p",
        words.TOLERANCE,
        class_="bp-note",
    )


def score_markup(score: Mapping[str, Mapping[str, int]], shown: int) -> str:
    """Right answers by kind of question.

    It never claims to be empty: after a reload it is, until the tab has handed over what it keeps.

    Args:
        score: how many questions of a kind were right at once, with help, or not yet.
        shown: of how many the answer was shown before it was right.
    """
    heading = tag("h3", "Your score", class_="bp-subheading")
    if not score:
        return heading + tag("p", f"{words.RULES} {words.KEPT}", class_="bp-note")
    rows = [
        [
            row_head(kind),
            *(tag("td", str(score[kind][each]), data_score=f"{kind}:{each}") for each in RESULTS),
        ]
        for kind in KINDS
        if kind in score
    ]
    note = tag("p", f"{_summary(score, shown)} {words.KEPT}", class_="bp-note")
    return heading + table(("", "at once", "with help", "not yet"), rows) + note


def _summary(score: Mapping[str, Mapping[str, int]], shown: int) -> str:
    asked = sum(sum(each.values()) for each in score.values())
    right = sum(each[AT_ONCE] + each[WITH_HELP] for each in score.values())
    if asked == 1:
        return words.one_question(right == 1, shown == 1)
    said = (words.last_questions if asked == MOST_RECORDS else words.questions_so_far)(asked, right)
    return f"{said} {words.answers_shown(shown)}" if shown else said
