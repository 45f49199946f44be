"""axe-core in the page, from the package axe-playwright-python."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STREAMLITS_OWN = [["[data-testid=stSidebarNav]"]]
"""Its list of pages holds headings beside the items; nothing of ours is in there."""


def serious_violations(page: Page, part: str | None = None, theme: str = "light") -> list[str]:
    """What axe-core calls serious or critical, one line each; only inside the element with this test id.

    Only contrast depends on the theme, so on dark nothing else is looked at again.
    """
    context = {"exclude": STREAMLITS_OWN}
    options = {"resultTypes": ["violations"]} | ({"runOnly": ["color-contrast"]} if theme == "dark" else {})
    results = Axe().run(page, context, options).response
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in results["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if part is None or is_inside(page, node["target"], part)
    ]


def is_inside(page: Page, target: list, part: str) -> bool:
    """Whether the element lies in the part; a target inside a shadow root is a list of selectors."""
    path = target[0] if isinstance(target[0], list) else [target[0]]
    return page.evaluate(
        """([path, part]) => {
          let root = document, element = null;
          for (const selector of path) { element = root.querySelector(selector); root = element?.shadowRoot; }
          return Boolean(element?.closest(`[data-testid="${part}"]`));
        }""",
        [path, part],
    )
