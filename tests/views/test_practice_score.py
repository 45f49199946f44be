"""The score of Practice: what counts, what a tab keeps of it, and how it is told."""

import pytest

from tests.expected import settings_of
from tests.markup import by_attribute, text_of
from ui.questions.catalogue import (
    RULE,
    question_at,
)
from ui.state.parameters import LEVELS
from ui.views.practice.choice import PracticeChoice
from ui.views.practice.score import score_markup, subject_markup, tolerance_markup
from ui.views.practice.session import AT_ONCE, MOST_RECORDS, NOT_YET, WITH_HELP, Attempt, Progress, Record
from ui.views.practice.tab import read, written
from ui.views.practice.workings_table import LAST_TERM, SUM


def record_of(*attempts: Attempt, **fields) -> Record:
    return Record("sum", attempts=dict(zip(LEVELS[1:], attempts, strict=False)), **fields)


def counted(right: bool = False, **fields) -> Record:
    """A record with one attempt, entered into the score."""
    record = record_of(Attempt(tries=1, solved=right), **fields)
    record.count(LAST_TERM, right)
    return record


def test_the_score_counts_a_question_once_and_corrects_itself():
    progress = Progress()
    record = progress.touch("q1", "sum")
    attempt = record.attempt(LAST_TERM)
    attempt.tries = 1
    record.count(LAST_TERM, right=False)
    assert progress.score()["sum"] == {AT_ONCE: 0, WITH_HELP: 0, NOT_YET: 1}
    attempt.tries = 2
    record.count(LAST_TERM, right=True)
    assert progress.score()["sum"] == {AT_ONCE: 0, WITH_HELP: 1, NOT_YET: 0}
    record.count(LAST_TERM, right=False)
    record.count(SUM, right=True)
    assert progress.score()["sum"] == {AT_ONCE: 0, WITH_HELP: 1, NOT_YET: 0}
    assert progress.streak("sum", LAST_TERM) == -1
    for name in ("q2", "q3"):
        progress.records[name] = counted(right=True)
    assert progress.score()["sum"] == {AT_ONCE: 2, WITH_HELP: 1, NOT_YET: 0}
    assert progress.streak("sum", LAST_TERM) == 2
    assert progress.streak("sum", SUM) == progress.streak("slope", LAST_TERM) == 0
    progress.records["q4"] = counted()
    assert progress.streak("sum", LAST_TERM) == -1


def test_what_was_shown_is_never_right():
    progress = Progress(records={"q1": counted(right=True, shown=True), "q2": Record("sum", shown=True)})
    assert progress.score() == {"sum": {AT_ONCE: 0, WITH_HELP: 0, NOT_YET: 1}}
    assert progress.shown() == 1
    assert progress.is_spoilt("q1")
    assert not progress.is_spoilt("q2")
    assert not progress.is_spoilt("q3")


def test_a_hint_at_any_level_is_help():
    record = record_of(Attempt(tries=1, solved=True), Attempt(hints=1))
    record.count(LAST_TERM, right=True)
    assert record.result == WITH_HELP


@pytest.mark.parametrize(
    ("earlier", "later", "result"),
    [
        (counted(right=True), counted(), AT_ONCE),
        (counted(right=True), counted(right=True), AT_ONCE),
        (counted(right=True), counted(shown=True), AT_ONCE),
        (counted(), counted(right=True), WITH_HELP),
        (record_of(Attempt(hints=1)), counted(right=True), WITH_HELP),
        (counted(shown=True), counted(right=True), NOT_YET),
        (Record("sum", shown=True), counted(right=True), NOT_YET),
        (record_of(Attempt()), counted(right=True), AT_ONCE),
        (counted(), Record("sum"), NOT_YET),
        (Record("sum"), counted(), NOT_YET),
        (Record("sum"), Record("sum"), ""),
    ],
)
def test_what_was_done_before_and_after_a_reload_is_one(earlier, later, result):
    assert later.after(earlier).result == result
    assert later.after(earlier).shown is (earlier.shown or later.shown)


def test_a_session_takes_over_the_one_before_once():
    before = Attempt("0.5", tries=2, hints=1)
    progress = Progress(records={"q2": counted(right=True)})
    progress.records["q2"].attempts[SUM] = Attempt(hints=1)
    earlier = {"q1": counted(right=True), "q2": record_of(before, result=NOT_YET, first=NOT_YET, level=SUM)}
    for _ in range(2):
        progress.take("0123456789abcdef", dict(earlier))
        assert list(progress.records) == ["q1", "q2"]
        assert progress.score()["sum"] == {AT_ONCE: 1, WITH_HELP: 1, NOT_YET: 0}
        assert progress.records["q2"].attempts == {
            LAST_TERM: Attempt("0.5", tries=3, hints=1, solved=True),
            SUM: Attempt(hints=1),
        }
        assert (progress.records["q2"].first, progress.records["q2"].level) == (NOT_YET, SUM)
    assert progress.taken == "0123456789abcdef"
    own = Progress()
    own.take(own.session, dict(earlier))
    assert not own.records
    emptied = Progress(records=dict(earlier))
    emptied.begin_anew()
    emptied.take("0123456789abcdef", dict(earlier))
    assert not emptied.records
    assert emptied.taken == "0123456789abcdef"


RECORDS = {
    "0270fac527670980": Record(
        "sum",
        WITH_HELP,
        False,
        NOT_YET,
        LAST_TERM,
        {LAST_TERM: Attempt("−0,25", 2, 1, True, True, False), SUM: Attempt(None, 0, 3, False, False, True)},
    ),
    "00000000000000ff": Record(RULE, "", True, "", "", {"": Attempt("the total derivative")}),
}


def test_what_a_tab_keeps_comes_back_as_it_was():
    assert read(written(RECORDS)) == RECORDS
    largest = Attempt("⁄" * 200, 9999, 9999, True, True, True)
    many = {
        f"{n:016x}": record_of(*[largest] * 3, result=NOT_YET, first=NOT_YET) for n in range(MOST_RECORDS)
    }
    assert read(written(many)) == many


TAMPERED = [
    ("0270fac527670980", "0270fac52767098"),
    ("0270fac527670980", "0270FAC527670980"),
    ('"sum",', '"product",'),
    ('"sum",', "[],"),
    ("with_help", "always"),
    ("false,", "0,"),
    ("last term", "first term"),
    (":[", ":[7,"),
    ('"−0,25"', "7"),
    ("−0,25", "1" * 201),
    ("−0,25", "\\ud800"),
    (",2,1,", ",-1,1,"),
    (",2,1,", ",2,10000,"),
    (",2,1,", ",2,true,"),
    (",2,1,", ",2.0,1,"),
    ("true,true", '1,"true"'),
    ("[[", "[" * 100_000),
    ("]]", ""),
]


@pytest.mark.parametrize(("part", "other"), TAMPERED, ids=range(len(TAMPERED)))
def test_what_a_tab_hands_over_is_checked(part, other):
    text = written(RECORDS)
    assert part in text
    with pytest.raises((ValueError, TypeError, RecursionError)):
        read(text.replace(part, other, 1))


@pytest.mark.parametrize("text", [None, 8, "", "7", "{}", "[7]", "[[]]", " " * 500_001 + "[]"])
def test_what_is_no_text_of_records_is_refused(text):
    with pytest.raises((ValueError, TypeError)):
        read(text)


def test_no_more_records_are_taken_than_are_kept():
    many = {f"{n:016x}": Record("sum") for n in range(MOST_RECORDS + 1)}
    with pytest.raises(ValueError, match="expected records"):
        read(written(many))


def test_what_is_said_of_the_score():
    kept = "Kept until you close this tab."
    assert text_of(score_markup({}, 0)) == (
        "Your scoreEach question counts once, and not as right if its answer was shown. "
        f"Worked examples do not count. {kept}"
    )
    score = {
        "update": {AT_ONCE: 0, WITH_HELP: 1, NOT_YET: 3},
        "sum": {AT_ONCE: 0, WITH_HELP: 0, NOT_YET: 1},
    }
    markup = score_markup(score, 0)
    assert text_of(markup) == (
        f"Your scoreat oncewith helpnot yetsum001update013Five questions so far, one of them right. {kept}"
    )
    assert {key: cell.text for key, cell in by_attribute(markup, "data-score").items()} == {
        f"{kind}:{result}": str(count) for kind in score for result, count in score[kind].items()
    }


@pytest.mark.parametrize(
    ("counts", "shown", "said"),
    [
        ((1, 0, 0), 0, "One question so far, right."),
        ((0, 1, 0), 0, "One question so far, right."),
        ((0, 0, 1), 0, "One question so far, not right yet."),
        ((0, 0, 1), 1, "One question so far, not right: its answer was shown."),
        ((1, 1, 0), 0, "Two questions so far, both right."),
        ((1, 0, 1), 0, "Two questions so far, one of them right."),
        ((0, 0, 2), 0, "Two questions so far, none of them right."),
        ((2, 1, 0), 0, "Three questions so far, all of them right."),
        (
            (1, 1, 2),
            1,
            "Four questions so far, two of them right. The answer of one was shown, "
            "so it does not count as right.",
        ),
        (
            (12, 1, 4),
            3,
            "17 questions so far, 13 of them right. The answers of three were shown, "
            "so they do not count as right.",
        ),
        ((198, 0, 2), 0, "Your last 200 questions, 198 of them right."),
    ],
)
def test_the_score_in_words(counts, shown, said):
    score = {"sum": dict(zip((AT_ONCE, WITH_HELP, NOT_YET), counts, strict=True))}
    assert f"{''.join(map(str, counts))}{said} Kept until you close this tab." in text_of(
        score_markup(score, shown)
    )


def test_who_is_asked_about_and_what_counts():
    def said(kind: str = "sum", **link) -> tuple[str, str]:
        view = settings_of(**link)
        choice = PracticeChoice(view, kind, 1, LAST_TERM)
        return text_of(subject_markup(choice)), text_of(tolerance_markup(question_at(view, kind, 1)))

    subject, counts = said()
    assert subject == (
        "Asked aboutFlower 106, virginica: sepal 4.9 × 2.5 cm, petal 4.5 × 1.7 cm."
        "4 → 5 → 3 units, relu, softmax output, cross-entropy"
    )
    assert counts == (
        "What counts as rightWhat the numbers shown give, to three digits. "
        "0,25, 2.5e−1, 1/4 and 0.5*0.5 are read as 0.25."
    )
    subject, counts = said(RULE, data="textbook", hidden="2", act="tanh", out="sigmoid-squared")
    assert subject == (
        "Asked aboutTextbook example: x = (0.05, 0.1), targets y = (0.01, 0.99)."
        "2 → 2 → 2 units, tanh, sigmoid output, squared error"
    )
    assert counts == ""


def test_old_records_are_forgotten_and_first_those_that_do_not_count():
    progress = Progress(records={"counted": counted()})
    for number in range(1000):
        progress.touch(str(number), "sum").attempt(SUM).tries = 1
    assert len(progress.records) == MOST_RECORDS
    assert progress.attempt("999", SUM).tries == 1
    assert progress.attempt("0", SUM).tries == 0
    assert progress.score()["sum"][NOT_YET] == 1
    for number in range(200):
        progress.records.pop(str(number), None)
        progress.touch(f"more {number}", "sum").count(SUM, right=False)
    assert "counted" not in progress.records
    assert progress.score()["sum"][NOT_YET] == MOST_RECORDS
