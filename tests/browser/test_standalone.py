import pytest

from tests.browser.helpers import Watcher
from tests.browser.stage_page import cells, position, press
from tests.expected import settings_of, step_of, table_of
from ui.export.walkthrough import standalone_html
from ui.names.timeline import find_step, timeline


@pytest.fixture
def offline_page(browser):
    """A page whose context has no network at all."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
    watcher = Watcher(context, "file://")
    yield context.new_page()
    context.close()
    assert [url for url in watcher.foreign_requests if not url.startswith("file:")] == []
    assert watcher.errors == []


def test_exported_file_works_without_network(offline_page, tmp_path):
    settings = settings_of(flower=20, hidden="4-3", act="tanh")
    step = step_of(settings)
    path = tmp_path / "walkthrough.html"
    path.write_text(standalone_html(settings), encoding="utf-8")
    assert path.stat().st_size < 500_000
    start = find_step(settings.config, "2.II")
    offline_page.goto(f"{path.as_uri()}#step={start}")
    stage = offline_page.get_by_test_id("stage")
    assert position(stage) == start
    last = len(timeline(settings.config)) - 1
    for number in range(start + 1, last + 1):
        press(offline_page, stage, "ArrowRight", number)
        for matrix, block, row, column, value in cells(stage):
            array = table_of(step, matrix)
            expected = array[block, row, column] if array.ndim == 3 else array[row, column]
            assert value == pytest.approx(expected, rel=1e-12)
    assert offline_page.url.endswith(f"#step={last}")
    offline_page.reload()
    assert position(offline_page.get_by_test_id("stage")) == last


def test_download_gives_that_file(page, tmp_path):
    page.goto("/walkthrough?flower=12")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this walkthrough").click()
    target = tmp_path / "download.html"
    download.value.save_as(target)
    assert download.value.suggested_filename == "walkthrough-flower12-seed859-5-relu-softmax-eta0.1.html"
    assert target.read_text(encoding="utf-8") == standalone_html(settings_of(flower=12))


def test_the_file_follows_its_fragment_whenever_it_changes(offline_page, tmp_path):
    path = tmp_path / "walkthrough.html"
    path.write_text(standalone_html(settings_of()), encoding="utf-8")
    offline_page.goto(path.as_uri())
    stage = offline_page.get_by_test_id("stage")
    quiz = stage.get_by_role("group", name="Quiz")
    is_presenting = "document.documentElement.classList.contains('bp-present')"
    for fragment, step, presenting, asking in [
        ("step=13", 13, False, False),
        ("step=13&present=1", 13, True, False),
        ("step=14&present=1&quiz=1", 14, True, True),
        ("step=14&quiz", 14, False, True),
        ("present", 0, True, False),
        ("step=99", 20, False, False),
    ]:
        offline_page.evaluate("fragment => { location.hash = fragment; }", fragment)
        offline_page.wait_for_function(
            "([stage, step]) => stage.dataset.step === step", arg=[stage.element_handle(), str(step)]
        )
        offline_page.wait_for_function(f"{is_presenting} === {str(presenting).lower()}")
        assert quiz.is_visible() is asking
        offline_page.reload()
        assert position(stage) == step
        assert offline_page.evaluate(is_presenting) is presenting
        assert quiz.is_visible() is asking
