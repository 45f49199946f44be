"""What stands beside a question: its subject, its tolerance, the score. No Streamlit."""

from collections.abc import Mapping

from ui.draw.prose import row_head, table
from ui.draw.svg import scripts, tag
from ui.names.numbers import count_word
from ui.questions.questions import Question
from ui.questions.words.choices import Choice
from ui.state.captions import describe_observation
from ui.state.settings import COST_NAMES
from ui.views.practice.catalogue import KINDS
from ui.views.practice.choice import PracticeChoice
from ui.views.practice.session import AT_ONCE, MOST_RECORDS, RESULTS, WITH_HELP

KEPT = "Kept until you close this tab."
RULES = "Each question counts once, and not as right if its answer was shown. Worked examples do not count."


def subject_markup(choice: PracticeChoice) -> str:
    """Which flower and which network is asked about."""
    settings = choice.settings
    sizes = " → ".join(map(str, settings.config.layer_sizes))
    config = settings.config
    network = (
        f"{sizes} units, {settings.activation}, {config.output_activation} output, {COST_NAMES[config.loss]}"
    )
    return (
        tag("h3", "Asked about", class_="bp-subheading")
        + tag("p", scripts(f"{describe_observation(settings)}."), class_="bp-note")
        + tag("p", network, class_="bp-note")
    )


def tolerance_markup(asked: Question | Choice) -> str:
    """How near is near enough, and how numbers may be typed."""
    if isinstance(asked, Choice):
        return ""
    return tag("h3", "What counts as right", class_="bp-subheading") + tag(
        "p",
        "What the numbers shown give, to three digits. 0,25, 2.5e−1, 1/4 and 0.5*0.5 are read as 0.25.",
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
        return heading + tag("p", f"{RULES} {KEPT}", class_="bp-note")
    rows = [
        [
            row_head(kind),
            *(tag("td", str(score[kind][each]), data_score=f"{kind}:{each}") for each in RESULTS),
        ]
        for kind in KINDS
        if kind in score
    ]
    note = tag("p", f"{_summary(score, shown)} {KEPT}", class_="bp-note")
    return heading + table(("", "at once", "with help", "not yet"), rows) + note


def _summary(score: Mapping[str, Mapping[str, int]], shown: int) -> str:
    asked = sum(sum(each.values()) for each in score.values())
    right = sum(each[AT_ONCE] + each[WITH_HELP] for each in score.values())
    if asked == 1:
        what = "right" if right else "not right yet"
        return f"One question so far, {'not right: its answer was shown' if shown else what}."
    which = "none of them" if not right else f"{count_word(right)} of them"
    if right == asked:
        which = "both" if asked == 2 else "all of them"
    asked_word = count_word(asked).capitalize()
    so_far = f"Your last {asked} questions" if asked == MOST_RECORDS else f"{asked_word} questions so far"
    said = f"{so_far}, {which} right."
    if not shown:
        return said
    if shown == 1:
        return f"{said} The answer of one was shown, so it does not count as right."
    return f"{said} The answers of {count_word(shown)} were shown, so they do not count as right."
