"""Take the pictures: `.venv/bin/python -m tests.screenshots [--review DIR]`.

Without an argument: the pictures of the README, in docs/images. With `--review`: every page of the app,
in every size and theme, in DIR, for a look before a release.
"""

import argparse
import tempfile
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests.browser.helpers import DESKTOP, PHONE, launch_chromium, new_context, wait_settled
from tests.rooms import keep_rounds, lecture, secret_of
from tests.server import ROOT, running_app
from ui.state.rooms.codes import code_of

README_PAGES = {
    "overview": "/",
    "walkthrough": "/walkthrough?step=13",
    "jacobians": "/jacobians",
    "training": "/training?epoch=100&epochs=100",
}
THEMES = ("light", "dark")
PROJECTOR = {"width": 1280, "height": 720}
REVIEW_SIZES = (DESKTOP, PROJECTOR, {"width": 1920, "height": 1080}, PHONE)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--review", type=Path, metavar="DIR")
    review_folder = parser.parse_args().review
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "streamlit.log") as app_url,
        sync_playwright() as playwright,
    ):
        browser = launch_chromium(playwright)
        if review_folder:
            review(browser, app_url, review_folder)
        else:
            illustrate_readme(browser, app_url)
        browser.close()


def illustrate_readme(browser: Browser, app_url: str) -> None:
    for (name, path), theme in product(README_PAGES.items(), THEMES):
        shoot(browser, app_url + path, theme, DESKTOP, ROOT / f"docs/images/{name}-{theme}.png")
    for theme in THEMES:
        secret = secret_of("README")
        link = f"{app_url}/class?room={code_of(secret)}&host={secret}"
        kept = keep_rounds(secret, lecture())
        shoot(browser, link, theme, PROJECTOR, ROOT / f"docs/images/class-{theme}.png", kept)


def review(browser: Browser, app_url: str, folder: Path) -> None:
    for url, size, theme in product(page_urls(browser, app_url), REVIEW_SIZES, THEMES):
        name = urlsplit(url).path.strip("/") or "start"
        shoot(browser, url, theme, size, folder / f"{name}-{size['width']}x{size['height']}-{theme}.png")


def page_urls(browser: Browser, app_url: str) -> list[str]:
    """Every page that the app's navigation offers."""
    page = new_context(browser).new_page()
    page.goto(app_url)
    wait_settled(page)
    urls = page.get_by_test_id("stSidebarNavLink").evaluate_all("links => links.map(link => link.href)")
    page.context.close()
    return urls


def shoot(browser: Browser, url: str, theme: str, size: dict[str, int], path: Path, kept: str = "") -> None:
    """Picture of a page; `kept` is JavaScript that puts something into the browser's storage before."""
    context = new_context(browser, viewport=size, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    if kept:
        page.goto(urlsplit(url)._replace(path="/notation", query="").geturl())
        page.evaluate(kept)
    page.goto(url)
    if kept:
        page.locator(".bp-told").wait_for()
    wait_settled(page)
    page.screenshot(path=path)
    page.context.close()
    print(path)


if __name__ == "__main__":
    main()
