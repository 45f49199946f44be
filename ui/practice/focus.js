/**
 * After an answer or a new question, put the focus where the reader goes on. Streamlit draws the new parts a
 * moment later, so look for them for a second; leave a reader alone who has gone somewhere else meanwhile.
 */
const PATIENCE = 1000;
let seen = 0;

function focusOn(selector, from, start) {
  const active = document.activeElement;
  if (active !== from && active !== document.body) return;
  const target = document.querySelector(selector);
  if (target && !target.disabled) target.focus({ preventScroll: false });
  else if (performance.now() - start < PATIENCE) requestAnimationFrame(() => focusOn(selector, from, start));
}

export default function ({ data }) {
  if (data.moves === seen) return;
  const isMove = data.moves > seen;
  seen = data.moves;
  if (isMove && data.selector) focusOn(data.selector, document.activeElement, performance.now());
}
