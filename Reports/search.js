'use strict';
// Search as you type, and filters. Nothing is added to the rows: hits are painted as highlights.

const search = { query: '', terms: [], index: null, rows: new Set(), hits: [], at: -1 };
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
  const lines = rows.map((_, position) => searchable(textOf(position).textContent));
  const starts = new Int32Array(lines.length + 1);
  lines.forEach((line, position) => { starts[position + 1] = starts[position] + line.length + 1; });
  search.index = { text: lines.join('\n'), starts };
  return search.index;
}

function searchFor(query) {
  search.query = query.trim();
  search.terms = termsOf(query);
  search.hits = [];
  search.at = -1;
  const total = search.terms.length > 0 ? collectHits(search.terms, textIndex()) : 0;
  search.rows = new Set(search.hits);
  byId('previous').disabled = byId('next').disabled = search.hits.length === 0;
  byId('hits').textContent = search.terms.length > 0 ? hitSentence(total) : '';
  suggest(query);
  paintHits();
  markHits(search.hits);
  rememberSearch();
}

/** Adds the shown rows that hold every term to the hits; returns how often terms occur in them. */
function collectHits(terms, index) {
  const filtered = filter.onlyFindings || filter.speakers.size > 0;
  const counts = terms.map((term) => occurrences(term, index));
  counts.sort((one, other) => one.size - other.size);
  let total = 0;
  for (const position of counts[0].keys()) {
    if ((filtered && !isShown(position)) || !counts.every((count) => count.has(position))) continue;
    search.hits.push(position);
    total += counts.reduce((sum, count) => sum + count.get(position), 0);
  }
  return total;
}

/** How often a term occurs in each row that has it. */
function occurrences(term, { text, starts }) {
  const counts = new Map();
  let position = 0;
  eachPlace(term, text, (at) => {
    while (starts[position + 1] <= at) position += 1;
    counts.set(position, (counts.get(position) ?? 0) + 1);
  });
  return counts;
}

function hitSentence(total) {
  if (total === 0) return 'Nothing found';
  const inRows = search.hits.length === 1 ? '1 row' : `${search.hits.length.toLocaleString('en')} rows`;
  return `${total.toLocaleString('en')} in ${inRows}`;
}

/** What else the words may mean: somebody who speaks, or a moment. */
function suggest(query) {
  const box = byId('suggest');
  const wanted = fold(query.trim());
  const moment = /^\d+:\d\d/.test(wanted) ? milliseconds(wanted) : null;
  const offers = [];
  if (moment !== null && moment <= data.durationMS) offers.push(makeButton(`Go to ${clock(moment)}`, '', () => { follow(false); seek(moment, { play: false }); }));
  if (wanted.length > 1) {
    const people = data.labels.flatMap((label, place) => (fold(label ?? '').includes(wanted) ? [place] : []));
    for (const place of people.slice(0, 3)) {
      const turns = data.speakers.reduce((sum, other, at) => sum + (other === place && data.speakers[at - 1] !== place ? 1 : 0), 0);
      if (turns > 0 && !filter.speakers.has(place)) offers.push(makeButton(`Show only ${data.labels[place]} (${counted(turns, 'turn')})`, '', () => showOnly(place)));
    }
  }
  box.replaceChildren(...offers);
  box.hidden = offers.length === 0;
}

/** The places of the terms in a row, as ranges of its text nodes. */
function rangesIn(position) {
  const cell = textOf(position);
  const pieces = [];
  let length = 0;
  for (const node of textNodes(cell)) {
    pieces.push({ node, start: length });
    length += node.length;
  }
  const map = offsets(cell.textContent);
  const locate = (offset) => {
    const piece = pieces.findLast((candidate) => candidate.start <= offset);
    return [piece.node, offset - piece.start];
  };
  const { text, starts } = textIndex();
  const folded = text.slice(starts[position], starts[position + 1] - 1);
  return search.terms.flatMap((term) => {
    const ranges = [];
    eachPlace(term, folded, (at, end) => {
      const range = document.createRange();
      range.setStart(...locate(map(at)));
      range.setEnd(...locate(map(end)));
      ranges.push(range);
    });
    return ranges;
  });
}

/** Maps offsets of the folded text to offsets of the text. */
function offsets(text) {
  if (onlyASCII.test(text)) return (offset) => offset;
  const starts = [];
  let at = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    for (let unit = 0; unit < fold(segment).length; unit += 1) starts.push(at);
    at += segment.length;
  }
  return (offset) => starts[offset] ?? text.length;
}

/** Marks the word that is being said: by the sound where it has told, else as far as the length of words does. */
function markSpoken(milliseconds) {
  if (!canPaint) return;
  painted.spoken.clear();
  const { position } = current;
  if (position < 0 || !player.isPlaying() || openForm || !isShown(position)) return;
  const range = spokenRange(position, milliseconds);
  if (range) painted.spoken.add(range);
}

function spokenRange(position, milliseconds) {
  const times = timesOfWords(position);
  if (times) {
    const number = times.findIndex(([start, end]) => start <= milliseconds && milliseconds < end);
    return number < 0 ? null : nthWord(position, number);
  }
  const share = (milliseconds - data.starts[position]) / Math.max(1, data.talks[position]);
  return share <= 1 ? wordAt(position, share) : null;
}

/** The words of a row in the order of its text, as far as the page shows them as they are. */
function nthWord(position, number) {
  const nodes = wordNodes(position);
  const words = Array.from(nodes.map((node) => node.data).join('').matchAll(/\P{White_Space}+/gu));
  const word = words[number];
  if (!word) return null;
  const range = document.createRange();
  let passed = 0;
  for (const node of nodes) {
    const [from, to] = [word.index - passed, word.index + word[0].length - passed];
    if (from >= 0 && from < node.length) range.setStart(node, from);
    if (to > 0 && to <= node.length) { range.setEnd(node, to); return range; }
    passed += node.length;
  }
  return null;
}

const wordNodes = (position) => textNodes(textOf(position)).filter((node) => !node.parentElement.closest('small'));

/** The word at a share of a row's words. */
function wordAt(position, share) {
  const nodes = wordNodes(position);
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
  if (search.terms.length === 0) return;
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
  const position = search.hits[search.at];
  reveal(position);
  // Blocks that were never laid out have other heights than was guessed; a frame later all are known.
  requestAnimationFrame(() => { if (search.hits[search.at] === position) reveal(position); });
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
  const moment = /^\d+:\d\d/.test(event.target.value) ? milliseconds(event.target.value.trim()) : null;
  if (event.key === 'Enter' && search.hits.length === 0 && moment !== null) { follow(false); seek(moment, { play: false }); }
  if (event.key === 'Escape') { event.target.value = ''; searchFor(''); event.target.blur(); }
});
byId('next').addEventListener('click', () => goToHit(1));
byId('previous').addEventListener('click', () => goToHit(-1));

// Filters are one style rule, however many rows there are.
const filterSheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, filterSheet];
function applyFilter() {
  const held = heldRow();
  const chosen = Array.from(filter.speakers, (index) => `.s${index}`).join(',');
  const rules = [];
  if (chosen) rules.push(`.rows tbody tr:not(${chosen}),.lane:not(${chosen},.sound,.marks,.axis){display:none}`);
  if (filter.onlyFindings) rules.push('.rows tbody tr:not(:has(>td:nth-child(4))){display:none}');
  filterSheet.replaceSync(rules.join(''));
  table.classList.toggle('filtered', rules.length > 0);
  table.classList.toggle('named', filter.onlyFindings);
  sizeBlocks(rules.length > 0);
  describeFilter();
  searchFor(byId('query').value);
  putBack(held);
}

/**
 * Blocks far from the window are as high as is guessed from the rows they show. Heights that browsers
 * remember are those of the filter before: blocks that are not laid out `auto` for a moment forget theirs.
 */
function sizeBlocks(isFiltered) {
  const whole = blockHeight();
  for (const body of table.tBodies) {
    const count = isFiltered ? shownIn(body) : body.rows.length;
    body.hidden = count === 0;
    body.style.containIntrinsicSize = `none ${Math.round(whole * count / body.rows.length)}px`;
    if (!nearBlocks.has(body)) body.style.contentVisibility = 'hidden';
  }
  requestAnimationFrame(() => requestAnimationFrame(() => {
    for (const body of table.tBodies) body.style.contentVisibility = '';
  }));
}

let guessedHeight = 0;
function blockHeight() {
  guessedHeight ||= parseFloat(getComputedStyle(table.tBodies[0] ?? table).containIntrinsicHeight.replace('auto', '')) || 2600;
  return guessedHeight;
}

function shownIn(body) {
  const first = positions.get(body.rows[0]);
  let count = 0;
  for (let position = first; position < first + body.rows.length; position += 1) if (isShown(position)) count += 1;
  return count;
}

/** The row at the top of the window, or the one after it that the filter shows, and where it stands. */
function heldRow() {
  const top = coveredTop();
  if (table.getBoundingClientRect().top > top) return null;
  const row = document.elementsFromPoint(table.getBoundingClientRect().left + 120, top + 24).map((element) => element.closest('.rows tbody tr')).find(Boolean);
  const position = positions.get(row);
  if (position === undefined) return null;
  const place = isShown(position) ? position : neighbour(position, 1);
  return place < 0 ? null : { place, top: Math.max(top, row.getBoundingClientRect().top) };
}

function putBack(held) {
  if (!held) return;
  const move = () => scrollBy({ top: rows[held.place].getBoundingClientRect().top - held.top, behavior: 'instant' });
  move();
  requestAnimationFrame(() => { move(); requestAnimationFrame(move); });
}

function describeFilter() {
  const shown = rows.reduce((count, _, position) => count + (isShown(position) ? 1 : 0), 0);
  const names = Array.from(filter.speakers, (index) => data.labels[index]);
  const what = [names.join(', '), filter.onlyFindings ? 'rows with findings' : ''].filter(Boolean).join(', ');
  byId('filter').hidden = !what;
  byId('filter').firstElementChild.textContent =
    what ? `Showing ${shown.toLocaleString('en')} of ${rows.length.toLocaleString('en')} rows: ${what}.` : '';
  byId('only-findings').ariaPressed = String(filter.onlyFindings);
  showChip(what);
  document.querySelectorAll('.speakers tbody tr').forEach((row, index) => {
    row.classList.toggle('shown', filter.speakers.has(index));
    row.querySelector('th button').ariaPressed = String(filter.speakers.has(index));
  });
}

function showOnly(index) {
  if (!filter.speakers.delete(index)) filter.speakers.add(index);
  applyFilter();
}
byId('only-findings').addEventListener('click', () => {
  filter.onlyFindings = !filter.onlyFindings;
  const notes = Array.from(table.querySelectorAll('details'));
  for (const note of notes.slice(0, 500)) note.open = filter.onlyFindings;
  applyFilter();
});
function clearFilter() {
  filter.speakers.clear();
  filter.onlyFindings = false;
  applyFilter();
}
byId('clear').addEventListener('click', () => { clearFilter(); byId('query').focus({ preventScroll: true }); });

/** On a phone the filter that is on stands in the bar. */
function showChip(what) {
  const chip = byId('chip');
  chip.hidden = !what;
  chip.textContent = what ? `${what} ✕` : '';
  chip.ariaLabel = what ? `Show all rows again, not only ${what}` : '';
}
byId('chip').addEventListener('click', clearFilter);
/** Makes a speaker's name a button that shows only their rows. */
function offerFilter(row, index) {
  const name = row.querySelector('th');
  const button = makeButton(name.textContent, '', () => showOnly(index));
  button.title = 'Show only this speaker';
  button.ariaPressed = 'false';
  name.replaceChildren(button);
}
document.querySelectorAll('.speakers tbody tr').forEach(offerFilter);
