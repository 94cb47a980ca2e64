"""Rules of accessibility that a machine can decide, after WCAG 2.2 AA."""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]


def axe_source():
    """The text of axe-core, as a Python package in the project's environment brings it; None without it."""
    found = sorted(ROOT.glob(".venv/lib/python*/site-packages/axe_*_python/axe.min.js"))
    return found[-1].read_text("utf-8") if found else None


AXE = """axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
  .then((result) => result.violations.filter((one) => ['serious', 'critical', 'moderate'].includes(one.impact))
    .map((one) => `${one.impact} ${one.id}: ${one.nodes.length} times, ${one.nodes[0].html.slice(0, 120)}: ${one.nodes[0].any[0]?.message ?? one.help}`))"""


def broken_by_axe(page, source):
    """What axe-core finds that is at least moderate."""
    page.run(source + ";0")
    return page.run(AXE)


# Contrast of each visible text with the background behind it; 3 for large text, else 4.5.
CONTRAST = """(() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); const d = pen.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = (colour) => { const [r, g, b] = colour.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const background = (element) => { const layers = []; for (let e = element; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor)); return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]); };
  const bad = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode() && seen < 3000) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || /^(SCRIPT|STYLE)$/.test(element.tagName) || !element.checkVisibility()) continue;
    if (element.closest('[disabled], .sr, .skip') || element.offsetWidth === 1) continue;
    seen += 1;
    const style = getComputedStyle(element);
    const below = background(element);
    const svg = element instanceof SVGElement;
    const [a, b] = [light(over(rgba(svg ? style.fill : style.color), below)), light(below)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) bad.add(`contrast ${((a + 0.05) / (b + 0.05)).toFixed(2)} of ${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${walker.currentNode.data.trim().slice(0, 30)}"`);
  }
  return [...bad];
})()"""

STRUCTURE = """(() => {
  const bad = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ids = all('[id]').map((element) => element.id);
  if (new Set(ids).size !== ids.length) bad.push('ids repeat');
  if (all('main').length !== 1) bad.push('not one main');
  if (all('h1').length !== 1) bad.push('not one h1');
  if (!document.title || !document.documentElement.lang) bad.push('no title or language');
  const levels = all('h1, h2, h3, h4').map((heading) => Number(heading.tagName[1]));
  levels.reduce((before, level) => { if (level > before + 1) bad.push(`heading jumps from ${before} to ${level}`); return level; }, 0);
  for (const element of all('[aria-labelledby], [aria-describedby], label[for], output[for], [popovertarget]'))
    for (const name of ['aria-labelledby', 'aria-describedby', 'for', 'popovertarget'])
      for (const id of (element.getAttribute(name) ?? '').split(' ').filter(Boolean))
        if (!document.getElementById(id)) bad.push(`${name} points at nothing: ${id}`);
  for (const element of all('[tabindex]')) if (element.tabIndex > 0) bad.push('a tab order of its own');
  for (const element of all('table')) if (!element.querySelector('th')) bad.push('a table without headers');
  for (const element of all('button, summary, select, input, a[href]')) {
    const box = element.getBoundingClientRect();
    const hidden = !element.checkVisibility() || element.closest('.sr, .skip') || element.type === 'checkbox';
    const inText = getComputedStyle(element).display === 'inline';
    if (!hidden && !inText && (box.width < 24 || box.height < 20)) bad.push(`small target ${element.tagName} "${element.textContent.trim().slice(0, 20)}" ${Math.round(box.width)}x${Math.round(box.height)}`);
  }
  return [...new Set(bad)];
})()"""

NAMED_ROLES = {"button", "link", "textbox", "searchbox", "checkbox", "combobox", "slider", "DisclosureTriangle", "table", "region", "dialog"}


def unnamed(page):
    """Controls and landmarks without a name, as the browser's accessibility tree has them."""
    found = set()
    for node in page.send("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        if node.get("ignored") or role not in NAMED_ROLES:
            continue
        if not node.get("name", {}).get("value", "").strip():
            found.add(f"a {role} without a name")
    return sorted(found)


def broken(page):
    return page.run(CONTRAST) + page.run(STRUCTURE) + unnamed(page)
