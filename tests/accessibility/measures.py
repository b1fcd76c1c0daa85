"""What is measured inside a page, as scripts for `page.evaluate`."""

#: Pixels that the page is wider than the window.
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"

#: Put a style on the page, for as long as it is open; the empty string takes it away. No CSP stands in its way.
WEAR = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = css ? [sheet] : [];
}"""

#: Everything one may stop at with Tab: links, buttons, fields, what unfolds. Of a group of radio buttons one.
STOPS = """() => {
  const groups = new Set();
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex]")];
  return all.filter((one) => {
    if (one.tabIndex < 0 || one.disabled || one.type === "hidden") return false;
    if (!one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== "radio") return true;
    const fresh = !groups.has(one.name);
    groups.add(one.name);
    return fresh;
  }).length;
}"""

#: What has the focus: number of the stop (the same element keeps its number), place, whether it can be seen.
#: A link whose `::after` fills the card around it is as large as that card.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  window.stops ??= [];
  if (!window.stops.includes(one)) window.stops.push(one);
  const after = getComputedStyle(one, "::after");
  const stretched = after.content !== "none" && after.position === "absolute";
  const box = (stretched ? one.offsetParent : one).getBoundingClientRect();
  const line = one.getClientRects()[0] ?? box;
  const hit = document.elementFromPoint(line.x + line.width / 2, line.y + line.height / 2);
  const outline = (style) => style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  return {
    number: window.stops.indexOf(one),
    name: one.outerHTML.replace(/\\s+/g, " ").slice(0, 120),
    box: { x: box.x, y: box.y, width: box.width, height: box.height },
    inView: line.top >= -1 && line.left >= -1 && line.right <= innerWidth + 1
      && (line.bottom <= innerHeight + 1 || line.height > innerHeight),
    covered: !(hit && (one.contains(hit) || hit.contains(one) && getComputedStyle(hit).position === "static")),
    outline: Math.max(...[undefined, "::after", "::before"].map((part) => outline(getComputedStyle(one, part)))),
  };
}"""

#: Take the focus away and give it back, without moving the page.
LOOK_AWAY = "() => { window.held = document.activeElement; window.held.blur(); }"
LOOK_BACK = "() => window.held.focus({ preventScroll: true, focusVisible: true })"

#: Text that is cut off by the box it stands in.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  if (style.clipPath !== "none" || !one.checkVisibility() || !one.innerText?.trim()) return false;
  const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
  return cuts(style.overflowX) && one.scrollWidth > one.clientWidth + 1
    || cuts(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
}).map((one) => one.outerHTML.replace(/\\s+/g, " ").slice(0, 120))"""

#: Everything one can press, outside sentences, with its size. A tick box counts with its label.
TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")].filter((one) => {
  if (one.type === "hidden" || one.tabIndex < 0 || !one.checkVisibility() || one.matches(".skip")) return false;
  if (getComputedStyle(one).display !== "inline") return true;
  let block = one.parentElement;
  while (getComputedStyle(block).display === "inline") block = block.parentElement;
  const rest = block.cloneNode(true);
  rest.querySelectorAll("a").forEach((link) => link.remove());
  return !/[\\p{L}\\d]/u.test(rest.textContent);
}).map((one) => {
  const boxes = [one, ...(one.labels ?? [])].filter((each, at) => !at || /checkbox|radio/.test(one.type))
    .map((each) => each.getBoundingClientRect());
  const after = getComputedStyle(one, "::after");
  const stretched = after.content !== "none" && after.position === "absolute";
  const box = stretched ? one.offsetParent.getBoundingClientRect() : boxes[0];
  return {
    name: one.outerHTML.replace(/\\s+/g, " ").slice(0, 120),
    width: box.width, height: box.height,
    withLabel: Math.max(box.height, ...boxes.map((each) => each.height)),
  };
})"""
