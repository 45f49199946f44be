"""axe-core in the page, from the package axe-playwright-python."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STREAMLITS_OWN = "[data-testid=stSidebarNav]"
"""Its list of pages holds headings beside the items; nothing of ours is in there."""

# Contrast takes axe-core nine tenths of its time, and follows from what is drawn: of the texts that have the
# same colours, sizes and what is behind them it judges one.
RUN = """
async ([leftOut, onlyContrast, part]) => {
  const exclude = [[leftOut]];
  const find = (root) => {
    const found = root.querySelector(`[data-testid="${part}"]`);
    const shadows = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    return found ?? shadows.map(find).find(Boolean);
  };
  const whole = part ? find(document) : document.body;
  const resultTypes = ["violations"];
  const parentOf = (element) => element.parentElement ?? element.getRootNode().host;
  const looks = new Map();
  const lookOf = (element) => {
    if (!element) return "";
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      const { color, fill, fontSize, fontWeight, opacity } = style;
      const { backgroundColor, backgroundImage, position } = style;
      const place = position === "absolute" ? element.className : "";
      const own = backgroundColor + backgroundImage + opacity + place;
      const isClear = own === "rgba(0, 0, 0, 0)none1";
      looks.set(element, [(isClear ? "" : own) + behind(element), color + fill + fontSize + fontWeight]);
    }
    return looks.get(element);
  };
  const behind = (element) => lookOf(parentOf(element))[0] ?? "";
  const samples = new Map();
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot);
      if (element.closest(leftOut)) continue;
      const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
      const hasText = [...element.childNodes].some(isText);
      if (hasText || element.matches("input, textarea, select")) {
        const look = lookOf(element).join();
        if (!samples.has(look) && element.checkVisibility()) samples.set(look, element);
      }
    }
  };
  walk(whole);
  const include = [...samples.values()];
  const contrast = await axe.run({ include }, { resultTypes, runOnly: ["color-contrast"] });
  if (onlyContrast) return contrast.violations;
  const rules = { "color-contrast": { enabled: false } };
  const others = await axe.run(part ? { include: [whole], exclude } : { exclude }, { resultTypes, rules });
  return [...others.violations, ...contrast.violations];
}
"""


def serious_violations(page: Page, part: str | None = None, theme: str = "light") -> list[str]:
    """What axe-core calls serious or critical, one line each; only inside the element with this test id.

    Only contrast depends on the theme, so on dark nothing else is looked at again.
    """
    if page.evaluate("window.axe === undefined"):
        page.evaluate(Axe().axe_script)
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in page.evaluate(RUN, [STREAMLITS_OWN, theme == "dark", part])
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
