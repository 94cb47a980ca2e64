'use strict';
// The rows, and the one that is current. The page reads without any of this.

data.labels = Array.from(document.querySelectorAll('.speakers tbody th'), (name) => name.textContent);
const table = document.querySelector('.rows');
const rows = Array.from(table.querySelectorAll('tbody tr'));
const positions = new Map(rows.map((row, position) => [row, position]));

/** Row positions in order of time; replies may go back in time, and rows may lack one. */
const timed = rows.map((_, position) => position)
  .filter((position) => data.starts[position] !== null)
  .sort((a, b) => data.starts[a] - data.starts[b] || a - b);

/** The last row that has begun at a moment, or -1. */
function positionAt(milliseconds) {
  let low = 0, high = timed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (data.starts[timed[middle]] <= milliseconds) low = middle + 1; else high = middle;
  }
  return low > 0 ? timed[low - 1] : -1;
}

/** Which rows the reader has asked to see; `search.js` changes it. */
const filter = { speakers: new Set(), onlyFindings: false };
const hasFinding = (row) => row.cells.length > 3;
function isShown(position) {
  if (filter.onlyFindings && !hasFinding(rows[position])) return false;
  return filter.speakers.size === 0 || filter.speakers.has(data.speakers[position]);
}

const textOf = (position) => rows[position].cells[2];
const linkOf = (position) => rows[position].cells[0].querySelector('a');

/** Scrolls a row into the calm part of the window, a third from the top. */
function reveal(position) {
  const row = rows[position];
  const reading = row.getBoundingClientRect();
  const bottom = innerHeight * 0.7;
  const top = Math.min(innerHeight * 0.4, coveredTop());
  if (reading.top >= top && reading.bottom <= bottom) return;
  row.scrollIntoView({ block: 'start' });
  scrollBy(0, row.getBoundingClientRect().top - Math.max(coveredTop(), innerHeight * 0.25));
}

/** How much of the window's top is under the tools, or under the player on a phone. */
function coveredTop() {
  const tools = document.querySelector('.tools');
  const player = document.querySelector('.player');
  const isWide = matchMedia('(min-width: 1000px)').matches;
  const cover = isWide ? tools : player;
  return cover ? cover.offsetHeight + 8 : 8;
}

/** The row being played: marked, and kept in view until the reader scrolls away. */
const current = { position: -1, following: true };
function showCurrent(position) {
  if (position === current.position) return;
  rows[current.position]?.removeAttribute('aria-current');
  current.position = position;
  rows[position]?.setAttribute('aria-current', 'true');
  if (position >= 0 && current.following && isShown(position)) reveal(position);
}

function follow(following) {
  current.following = following;
  byId('now').hidden = following || current.position < 0;
  if (following && current.position >= 0) reveal(current.position);
}

byId('now').addEventListener('click', () => follow(true));
for (const kind of ['wheel', 'touchmove']) {
  addEventListener(kind, (event) => {
    const inside = event.target instanceof Element && event.target.closest('.panes');
    if (!inside && player.isPlaying()) follow(false);
  }, { passive: true });
}

/** Moves the player; on pages without one, goes to the row. */
function seek(milliseconds, options = {}) {
  const position = positionAt(milliseconds);
  if (player.seek(milliseconds, options.play ?? true)) follow(true);
  showCurrent(position);
  if (position >= 0 && !options.stay) reveal(position);
}

// Every `#t=` on the page is a moment: in rows, speakers, findings, evidence.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const moment = /^#t=(\d+(?:\.\d+)?)$/.exec(link.getAttribute('href'));
  if (!moment) return;
  event.preventDefault();
  history.replaceState(null, '', link.getAttribute('href'));
  const row = link.closest('.rows tbody tr');
  if (row) focusRow(positions.get(row));
  seek(Math.round(Number(moment[1]) * 1000), { stay: row !== null });
});

/** Goes where the address says, without playing. */
function openAddress() {
  const moment = /^#t=(\d+(?:\.\d+)?)/.exec(location.hash);
  if (moment) seek(Math.round(Number(moment[1]) * 1000), { play: false });
}
addEventListener('hashchange', openAddress);

// One tab stop in the transcript; arrow keys move inside it.
let stop = null;
function focusRow(position, options) {
  const link = position >= 0 ? linkOf(position) : null;
  if (!link) return;
  if (stop) stop.tabIndex = -1;
  stop = link;
  link.tabIndex = 0;
  link.focus(options);
}

/** The next shown row with a time from a position, in a direction; -1 when there is none. */
function neighbour(position, step) {
  let next = position + step;
  while (next >= 0 && next < rows.length && !(isShown(next) && linkOf(next))) next += step;
  return next < rows.length ? next : -1;
}

table.addEventListener('keydown', (event) => {
  const row = event.target.closest('tbody tr');
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const position = positions.get(row);
  const moves = {
    ArrowDown: () => focusRow(neighbour(position, 1)),
    ArrowUp: () => focusRow(neighbour(position, -1)),
    Home: () => focusRow(neighbour(-1, 1)),
    End: () => focusRow(neighbour(rows.length, -1)),
    ArrowRight: () => row.querySelector('summary, td:nth-child(4) a')?.focus(),
    ArrowLeft: () => focusRow(position),
  };
  if (!moves[event.key]) return;
  event.preventDefault();
  moves[event.key]();
});

function makeOneTabStop() {
  for (const part of table.querySelectorAll('tbody a, tbody summary')) part.tabIndex = -1;
  const first = rows.findIndex((_, position) => linkOf(position));
  if (first >= 0) { stop = linkOf(first); stop.tabIndex = 0; }
}

/** A quote with its speaker, title and time, and the moment's address. */
function quoteOf(position) {
  const time = data.starts[position] === null ? '' : ', ' + clock(data.starts[position]);
  const speaker = data.labels[data.speakers[position]] ?? 'unknown voice';
  const address = location.href.replace(/#.*/, '') + '#' + rows[position].id;
  const text = textOf(position).firstElementChild?.localName === 'small' ? '' : spoken(position);
  return `“${text}”\n${speaker}, ${data.title}${time}\n${address}`;
}

/** The words of a row without the fields under them. */
function spoken(position) {
  return Array.from(textOf(position).childNodes)
    .filter((node) => !/^(SMALL|FORM)$/.test(node.nodeName)).map((node) => node.textContent).join('').trim();
}

async function copyQuote(position) {
  if (position < 0 || position === undefined) return;
  try {
    await navigator.clipboard.writeText(quoteOf(position));
    say('Quote copied');
  } catch {
    say('The browser did not allow copying');
  }
}

// A button to copy the row under the pointer or the focus.
const actions = byId('actions');
let actionPosition = -1;
function offerActions(event) {
  const row = event.target instanceof Element ? event.target.closest('.rows tbody tr') : null;
  if (!row) return;
  actionPosition = positions.get(row);
  actions.hidden = false;
  row.append(actions);
}
table.addEventListener('pointerover', offerActions);
table.addEventListener('focusin', offerActions);
byId('copy-quote').addEventListener('click', () => copyQuote(actionPosition));
