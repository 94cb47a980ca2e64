'use strict';
// Search as you type, and filters. Nothing is added to the rows: hits are painted as highlights.

const search = { query: '', index: null, rows: new Set(), hits: [], at: -1 };
const canPaint = typeof Highlight === 'function' && CSS.highlights !== undefined;
const painted = {};
if (canPaint) {
  for (const [priority, name] of ['spoken', 'hits', 'hit'].entries()) {
    painted[name] = new Highlight();
    painted[name].priority = priority;
    CSS.highlights.set(name, painted[name]);
  }
}

/**
 * All texts, folded, as one string with a line for each row: one search instead of thousands.
 * Made when the page is idle, or at the first keystroke.
 */
function textIndex() {
  if (search.index) return search.index;
  const lines = rows.map((_, position) => fold(textOf(position).textContent).replaceAll('\n', ' '));
  const starts = new Int32Array(lines.length + 1);
  lines.forEach((line, position) => { starts[position + 1] = starts[position] + line.length + 1; });
  search.index = { text: lines.join('\n'), starts };
  return search.index;
}

function searchFor(query) {
  search.query = fold(query.trim());
  search.hits = [];
  search.at = -1;
  const total = search.query ? collectHits(search.query, textIndex()) : 0;
  search.rows = new Set(search.hits);
  byId('previous').disabled = byId('next').disabled = search.hits.length === 0;
  byId('hits').textContent = search.query ? hitSentence(total) : '';
  paintHits();
  markHits(search.hits);
}

/** Adds the shown rows that hold the query to the hits; returns how often it occurs. */
function collectHits(query, { text, starts }) {
  const filtered = filter.onlyFindings || filter.speakers.size > 0;
  let total = 0, position = 0, last = -1;
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
    while (starts[position + 1] <= at) position += 1;
    if (filtered && !isShown(position)) continue;
    total += 1;
    if (position !== last) search.hits.push(position);
    last = position;
  }
  return total;
}

function hitSentence(total) {
  if (total === 0) return 'Nothing found';
  const inRows = search.hits.length === 1 ? '1 row' : `${search.hits.length.toLocaleString('en')} rows`;
  return `${total.toLocaleString('en')} in ${inRows}`;
}

/** The places of the query in a row, as ranges of its text nodes. */
function rangesIn(position) {
  const ranges = [];
  const cell = textOf(position);
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const pieces = [];
  let length = 0;
  while (walker.nextNode()) {
    pieces.push({ node: walker.currentNode, start: length });
    length += walker.currentNode.length;
  }
  const text = cell.textContent;
  const map = offsets(text);
  const locate = (offset) => {
    const piece = pieces.findLast((candidate) => candidate.start <= offset);
    return [piece.node, offset - piece.start];
  };
  const { text: all, starts } = textIndex();
  const folded = all.slice(starts[position], starts[position + 1] - 1);
  for (let at = folded.indexOf(search.query); at >= 0; at = folded.indexOf(search.query, at + search.query.length)) {
    const range = document.createRange();
    range.setStart(...locate(map(at)));
    range.setEnd(...locate(map(at + search.query.length)));
    ranges.push(range);
  }
  return ranges;
}

/** Maps offsets of the folded text to offsets of the text. */
function offsets(text) {
  if (fold(text).length === text.length) return (offset) => offset;
  const starts = [];
  let at = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    for (let unit = 0; unit < fold(segment).length; unit += 1) starts.push(at);
    at += segment.length;
  }
  return (offset) => starts[offset] ?? text.length;
}

/** Marks the words that are being said, as far as the length of words tells. */
function markSpoken(milliseconds) {
  if (!canPaint) return;
  painted.spoken.clear();
  const { position } = current;
  if (position < 0 || !player.isPlaying() || openForm || !isShown(position)) return;
  const share = (milliseconds - data.starts[position]) / Math.max(1, data.talks[position]);
  const range = share <= 1 ? wordAt(position, share) : null;
  if (range) painted.spoken.add(range);
}

/** The word at a share of a row's words. */
function wordAt(position, share) {
  const nodes = textNodes(textOf(position)).filter((node) => !node.parentElement.closest('small'));
  let rest = share * nodes.reduce((sum, node) => sum + node.length, 0);
  for (const node of nodes) {
    if (rest >= node.length) { rest -= node.length; continue; }
    const start = node.data.slice(0, Math.floor(rest)).search(/\S+$/);
    const from = start < 0 ? Math.floor(rest) : start;
    const length = node.data.slice(from).search(/\s|$/);
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, from + Math.min(length, 40));
    return range;
  }
  return null;
}

function textNodes(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

/** Blocks of rows near the window; only their hits are painted. */
const nearBlocks = new Set();
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) nearBlocks.add(entry.target); else nearBlocks.delete(entry.target);
  }
  if (search.query) paintHits();
}, { rootMargin: '300px' });
for (const body of table.tBodies) watcher.observe(body);

function paintHits() {
  if (!canPaint) {
    rows.forEach((row, position) => row.classList.toggle('has-hit', search.rows.has(position)));
    return;
  }
  painted.hits.clear();
  painted.hit.clear();
  if (!search.query) return;
  for (const body of nearBlocks) {
    for (const row of body.rows) {
      const position = positions.get(row);
      if (!search.rows.has(position)) continue;
      const target = position === search.hits[search.at] ? painted.hit : painted.hits;
      for (const range of rangesIn(position)) target.add(range);
    }
  }
}

function goToHit(step) {
  const count = search.hits.length;
  if (count === 0) return;
  search.at = search.at < 0 ? firstHit(step) : (search.at + step + count) % count;
  follow(false);
  reveal(search.hits[search.at]);
  paintHits();
  byId('hits').textContent = `Row ${search.at + 1} of ${count.toLocaleString('en')}`;
}

/** The hit to begin with: the next one below the top of the window. */
function firstHit(step) {
  const below = search.hits.findIndex((position) => rows[position].getBoundingClientRect().top > coveredTop());
  if (below < 0) return step > 0 ? 0 : search.hits.length - 1;
  return step > 0 ? below : (below - 1 + search.hits.length) % search.hits.length;
}

byId('query').addEventListener('input', (event) => searchFor(event.target.value));
byId('query').addEventListener('keydown', (event) => {
  if (isComposing(event)) return;
  if (event.key === 'Enter') { event.preventDefault(); goToHit(event.shiftKey ? -1 : 1); }
  if (event.key === 'Escape') { event.target.value = ''; searchFor(''); event.target.blur(); }
});
byId('next').addEventListener('click', () => goToHit(1));
byId('previous').addEventListener('click', () => goToHit(-1));

// Filters are one style rule, however many rows there are.
const filterSheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, filterSheet];
function applyFilter() {
  const chosen = Array.from(filter.speakers, (index) => `.s${index}`).join(',');
  const rules = [];
  if (chosen) rules.push(`.rows tbody tr:not(${chosen}),.lane:not(${chosen},.marks,.axis){display:none}`);
  if (filter.onlyFindings) rules.push('.rows tbody tr:not(:has(>td:nth-child(4))){display:none}');
  filterSheet.replaceSync(rules.join(''));
  table.classList.toggle('filtered', rules.length > 0);
  table.classList.toggle('named', filter.onlyFindings);
  describeFilter();
  searchFor(byId('query').value);
}

function describeFilter() {
  const shown = rows.reduce((count, _, position) => count + (isShown(position) ? 1 : 0), 0);
  const names = Array.from(filter.speakers, (index) => data.labels[index]);
  const what = [names.join(', '), filter.onlyFindings ? 'rows with findings' : ''].filter(Boolean).join(', ');
  byId('filter').hidden = !what;
  byId('filter').firstElementChild.textContent =
    what ? `Showing ${shown.toLocaleString('en')} of ${rows.length.toLocaleString('en')} rows: ${what}.` : '';
  byId('only-findings').ariaPressed = String(filter.onlyFindings);
  document.querySelectorAll('.speakers tbody tr').forEach((row, index) => {
    row.classList.toggle('shown', filter.speakers.has(index));
    row.querySelector('th button').ariaPressed = String(filter.speakers.has(index));
  });
}

function showOnly(index) {
  if (!filter.speakers.delete(index)) filter.speakers.add(index);
  applyFilter();
}
byId('only-findings').addEventListener('click', () => { filter.onlyFindings = !filter.onlyFindings; applyFilter(); });
byId('clear').addEventListener('click', () => {
  filter.speakers.clear();
  filter.onlyFindings = false;
  applyFilter();
  byId('query').focus();
});
/** Makes a speaker's name a button that shows only their rows. */
function offerFilter(row, index) {
  const name = row.querySelector('th');
  const button = makeButton(name.textContent, '', () => showOnly(index));
  button.title = 'Show only this speaker';
  button.ariaPressed = 'false';
  name.replaceChildren(button);
}
document.querySelectorAll('.speakers tbody tr').forEach(offerFilter);
