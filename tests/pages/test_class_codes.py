"""Result codes pasted into the page Class: what is counted, as it is displayed; names are not kept."""

import random
from urllib.parse import parse_qsl, urlsplit

from tests.expected import settings_of
from tests.markup import by_attribute, elements
from tests.pages.helpers import markup_of, open_app
from ui.questions.polls import poll_at
from ui.questions.results.lesson import RESULTS, STOPS, result_code
from ui.questions.results.mistakes import CODED
from ui.questions.results.practice import CODED as KINDS
from ui.questions.results.practice import practice_code
from ui.views.classroom import words

GOOD = result_code(["at_once"] * 9 + ["none"], 2)
POOR = result_code(["at_once"] * 6 + ["not_yet", "with_help", "skipped", "none"], 0, ["one_path"])
SET = practice_code([("sum", "0"), ("rule", "2"), ("update", "x")], is_set=True)


def paste(app, text: str):
    app.text_area(key="codes_text").set_value(text)
    app.button(key="codes_read").click().run()
    assert not app.exception
    return app


def cells(app) -> dict[str, str]:
    return {key: each.text for key, each in by_attribute(markup_of(app), "data-standing").items()}


def links(app) -> list[str]:
    return [each.attributes["href"] for each in elements(markup_of(app)) if each.tag == "a"]


def test_a_few_codes_are_counted_with_what_repairs_and_what_to_ask():
    app = paste(open_app("class", flower=3), f"Zoë: {GOOD}\nMax: {POOR}, {SET}\nMia: {POOR[:-1]}U\n{POOR}")
    found = cells(app)
    assert [found[f"7:{each}"] for each in RESULTS[:4]] == ["1", "0", "2", "0"]
    assert [found[f"8:{each}"] for each in RESULTS[:4]] == ["1", "2", "0", "0"]
    assert [found[f"9:{each}"] for each in RESULTS[:4]] == ["1", "0", "0", "2"]
    assert "10:at_once" not in found
    assert [found[f"{kind}:not_yet"] for kind in ("sum", "rule")] == ["1", "0"]
    assert "update:at_once" not in found
    assert "other:at_once" not in found
    assert next(iter(found)).startswith("7:")
    said = markup_of(app)
    assert words.codes_read(3, 1, False) in said
    assert words.equal_codes([(POOR, 2)], 1, False) in said
    assert words.slips(1) in said
    assert by_attribute(said, "data-mistake")["one_path"].text == "2"
    assert "paths?flower=3" in links(app)
    (asked,) = [link for link in links(app) if link.startswith("class?")]
    query = dict(parse_qsl(urlsplit(asked).query))
    assert query["ask"].split("-")[-2:] == ["sum.1", "sum.2"]
    assert query["ask"].startswith("stop.7a")
    assert all(poll_at(settings_of(flower=3), code) for code in query["ask"].split("-"))
    app.checkbox(key="codes_once").check().run()
    assert cells(app)["7:not_yet"] == "1"
    assert words.equal_codes([(POOR, 2)], 1, True) in markup_of(app)
    held = f"{markup_of(app)} {app.session_state['class_codes']} {app.session_state['codes_text']}"
    assert not any(name in held for name in ("Zoë", "Max:", "Mia"))
    paste(app, f"one more {GOOD}")
    assert cells(app)["7:at_once"] == "1"  # equal ones count once, still
    app.button(key="codes_forget").click().run()
    assert cells(app) == {}


def test_four_hundred_in_one_paste_and_none():
    rng, lines, counts = random.Random(1), [], dict.fromkeys(RESULTS, 0)
    for number in range(400):
        results = rng.choices(RESULTS, k=STOPS)
        counts[results[6]] += 1
        code = result_code(results, 0, rng.sample(CODED, 2))
        if number % 2:
            counts[results[6]] -= 1
            code = practice_code([(rng.choice(KINDS), rng.choice("012")) for _ in range(12)])
        lines.append(f"{number % 24:02}:15 Person {number}: {code.lower()} 👍")
    app = paste(open_app("class"), "\n".join(lines))
    assert words.codes_read(200, 200, False) in markup_of(app)
    assert [int(cells(app)[f"7:{each}"]) for each in RESULTS[:4]] == [counts[each] for each in RESULTS[:4]]
    assert sum(int(cells(app)[f"other:{each}"]) for each in RESULTS[:3]) == 200
    app = paste(open_app("class"), "hello")
    assert words.codes_read(0, 0, False) in markup_of(app)
    assert paste(open_app("class"), "").text_area(key="codes_text").value == ""
