"""Result codes: read back, every single slip noticed, found in a chat, and counted."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop.practice import CHAIN_MISTAKES, MISTAKES
from tests.expected import settings_of
from ui.questions.catalogue import KINDS
from ui.questions.results import practice
from ui.questions.results.lesson import RESULTS, STOPS, LessonResult, read_result_code, result_code
from ui.questions.results.letters import ALPHABET
from ui.questions.results.mistakes import CODED, made_most, read_made, write_made
from ui.questions.results.pasted import find_codes
from ui.questions.results.practice import PracticeResult, practice_code, read_practice_code
from ui.questions.results.standing import AGAIN, OTHER_NETWORK, most_missed, standing_of
from ui.questions.words.polls import NAMES
from ui.state.marks import MARKS
from ui.views.practice.sequence import length_of, sequence

OLD_CODES = {"L-0YNKV3-AZ": ("1213300411", 3), "L-0DXF8V-M2": ("2214104103", 1), "L-000000-F6": ("0" * 10, 0)}
"""Such as people have kept, with the numbers of their results and the points."""

made = st.lists(st.sampled_from(CODED), max_size=2, unique=True).map(tuple)
lessons = st.builds(
    LessonResult,
    st.tuples(*[st.sampled_from(RESULTS)] * STOPS),
    st.integers(0, 3),
    made,
)
questions = st.tuples(st.sampled_from(practice.CODED), st.sampled_from(MARKS))
sequences = st.builds(
    PracticeResult, st.lists(questions, min_size=1, max_size=12).map(tuple), st.booleans(), made
)


def code_of(result) -> str:
    if isinstance(result, LessonResult):
        return result_code(result.results, result.points, result.mistakes)
    return practice_code(result.questions, result.is_set, result.mistakes)


def read(code):
    return (read_practice_code if code.strip().upper().startswith("P") else read_result_code)(code)


def random_codes(count: int) -> list[str]:
    rng = random.Random("codes")
    found = []
    for _ in range(count):
        results = rng.choices(RESULTS, k=STOPS)
        found.append(result_code(results, rng.randrange(4), rng.sample(CODED, rng.randrange(3))))
        asked = [(rng.choice(practice.CODED), rng.choice(MARKS)) for _ in range(rng.randint(1, 12))]
        found.append(practice_code(asked, rng.random() < 0.5, rng.sample(CODED, rng.randrange(3))))
    return found


@given(lessons | sequences)
def test_a_code_is_read_back_however_it_is_typed(result):
    code = code_of(result)
    assert read(code) == result
    prefix, body = code.split("-", 1)
    for sloppy in (
        f" {code.lower().replace('-', ' – ')} ",
        code.replace("-", ""),
        f"{prefix}-{body.replace('0', 'O').replace('1', 'l')}",
    ):
        assert read(sloppy) == result


def test_codes_of_before_are_read_and_hold_no_mistakes():
    for code, (results, points) in OLD_CODES.items():
        assert read_result_code(code) == LessonResult(tuple(RESULTS[int(n)] for n in results), points)
        assert [each.text for each in find_codes(f"me: {code.lower()}")[0]] == [code]


def test_codes_stay_readable():
    """What people have kept: these never change."""
    results = ("at_once",) * 6 + ("not_yet", "with_help", "skipped", "none")
    assert result_code(results, 0, ["one_path"]) == "L2-0001-4R20-E7"
    assert practice_code([("sum", "2"), ("rule", "0")] * 6) == "P-P2W2W-2W2W2-W2W-F8"
    assert practice_code([("rule", "x")], is_set=True) == "P-1Z-T0"
    with_mistakes = "P2-P2W2W-2W2W2-W2W02-Y-KD"
    assert practice_code([("sum", "2"), ("rule", "0")] * 6, mistakes=["one_path", "added"]) == with_mistakes


def test_mistakes_are_counted_in_links_by_two_digits_each():
    names = ["added", "one_path", "transposed", "one_path", "added", "wrong_sign"]
    assert read_made(write_made(names)) == names
    assert made_most(names) == ("added", "one_path")  # of as many the one made first
    assert read_made("0001996402") == ["one_path", "missing_path"]


def test_every_mistake_and_every_kind_has_its_place_and_every_mistake_its_name():
    assert {*CODED} == {*MISTAKES, *CHAIN_MISTAKES} == {*NAMES}
    assert CODED[:3] == ("one_path", "missing_path", "paths_averaged")  # codes hold these numbers
    assert {*practice.CODED} == {*KINDS}
    assert len(practice.CODED) * len(MARKS) == len(ALPHABET)


def test_every_wrong_letter_and_every_two_that_are_swapped_are_noticed():
    tried = 0
    for code in random_codes(40):
        places = [n for n, each in enumerate(code) if each != "-" and n > code.index("-")]
        slips = {code[:n] + letter + code[n + 1 :] for n in places for letter in ALPHABET}
        for one, two in pairwise(places):
            letters = [*code]
            letters[one], letters[two] = code[two], code[one]
            slips.add("".join(letters))
        for slip in slips - {code}:
            with pytest.raises(ValueError, match="code"):
                read(slip)
            codes, found = find_codes(slip)
            assert codes == []
            assert len(found) <= 1
            tried += 1
    assert tried > 20_000


def test_what_is_wrong_is_named():
    for bad in ("", "L2-", "L-000000-ZZ", "X2-0000-0000-00", "L2-UUUU-0000-00", "L2-3FR8-XDW1-Q"):
        with pytest.raises(ValueError, match="code"):
            read_result_code(bad)
    for bad in ("", "P", "P-", "P-Z0", "L2-0000-0000-00", "P-U"):
        with pytest.raises(ValueError, match="code"):
            read_practice_code(bad)
    for wrong in (
        (["right"] * 10,),
        (["at_once"] * 9,),
        (["at_once"] * 10, 4),
        (["at_once"] * 10, 0, ("x",)),
    ):
        with pytest.raises(ValueError, match=r"results|points|mistakes"):
            result_code(*wrong)
    with pytest.raises(ValueError, match="questions"):
        practice_code([])


@given(st.lists(lessons | sequences, max_size=6), st.lists(st.text(max_size=30), min_size=7, max_size=7))
@settings(max_examples=60)
def test_codes_are_found_in_any_text(results, texts):
    lines = [f"{text} " for text in texts]
    noise = "\n".join(lines)
    if find_codes(noise) != ([], []):
        return
    text = "\n".join(f"{line}{code_of(each)}" for line, each in zip(lines, results, strict=False))
    assert [each.result for each in find_codes(text)[0]] == results


SOME = random_codes(2)[2], practice_code([("sum", "0"), ("rule", "2"), ("mean", "1")] * 4)


def test_a_chat_gives_its_codes_their_lines_and_no_names():
    chat = f"""[12:03] Anna L.: mine is {SOME[0].lower()}, thanks!
Pete P. Miller: {SOME[1].replace("-", " ")} and Lou’s L2–{SOME[0][3:]}
L-shaped, P-value 0.05, L2-norm, P. 12 of 30, L-Anna-Maria, p-hacking-2, l’eau, LL2-0000-0000-00
{SOME[0][:-1]}{"X" if SOME[0][-1] != "X" else "Y"} {SOME[1][:-4]} {SOME[0]}7
{SOME[0].replace("-", " ")[:-1]}U"""
    codes, slips = find_codes(chat)
    assert [(each.text, each.line) for each in codes] == [(SOME[0], 1), (SOME[1], 2), (SOME[0], 2)]
    assert [each.line for each in slips] == [4, 4, 4, 5]
    assert [each.text for each in slips][1:3] == [SOME[1][:-4], f"{SOME[0]}7"]
    assert "got 11" in slips[2].reason


def test_what_was_asked_again_is_known_from_the_marks():
    rng = random.Random("again")
    for link in ({}, {"hidden": "6-5", "act": "tanh"}, {"hidden": "none"}):
        view = settings_of(**link)
        for _ in range(20):
            marks = "".join(rng.choice("00122") for _ in range(length_of(view)))
            asked = sequence(view, marks)
            result = PracticeResult(tuple((each.kind, mark) for each, mark in zip(asked, marks, strict=True)))
            assert result.is_again == tuple(each.is_again for each in asked)


def test_a_class_is_counted_worst_first():
    at_once, helped, not_yet, skipped, none = RESULTS
    one = LessonResult((at_once,) * 7 + (not_yet, helped, none), 0, ("one_path",))
    two = LessonResult((at_once,) * 6 + (not_yet, not_yet, skipped, none), 0, ("transposed", "one_path"))
    missed = (("sum", "0"), ("path", "2"), ("rule", "1"), ("sum", "2"), ("update", "x"), ("forward", "0"))
    practised = PracticeResult(missed, mistakes=("transposed", "one_path"))
    found = standing_of([one, two, practised, PracticeResult((("mean", "2"),), is_set=True)])
    assert (found.lessons, found.sequences) == (2, 2)
    assert [row.key for row in found.stops] == ["8", "7", "9", *map(str, range(1, 7))]
    assert found.stops[1].counts == (1, 0, 1, 0)
    assert [row.key for row in found.kinds] == ["forward", "sum", "rule", "path", "mean"]
    assert {row.key: row.counts for row in found.special} == {
        AGAIN: (1, 0, 0, 0),  # the second sum
        OTHER_NETWORK: (0, 0, 1, 0),  # of the set none
    }
    assert found.mistakes == (("one_path", 3), ("transposed", 2))
    assert most_missed(found.stops, 5) == ["8", "7"]
    assert standing_of([]).stops == ()
