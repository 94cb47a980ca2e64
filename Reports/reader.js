'use strict';
// The rows, and the one that is current. The page reads without any of this.

data.labels = Array.from(document.querySelectorAll('.speakers tbody th'), (name) => name.textContent);
const table = document.querySelector('.rows');
const rows = Array.from(table.querySelectorAll('tbody tr'));
const positions = new Map(rows.map((row, position) => [row, position]));

/** Row positions in order of time; replies may go back in time, and rows may lack one. */
let timed = [];
function sortByTime() {
  timed = rows.map((_, position) => position)
    .filter((position) => data.starts[position] !== null)
    .sort((a, b) => data.starts[a] - data.starts[b] || a - b);
}
sortByTime();

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
/** The time of a row as it stands there, without the tick before it. */
const timeOf = (position) => linkOf(position)?.textContent ?? '?';

/** The words of a row as they stand there, without the fields and the form under them. */
const rowWords = (position) => Array.from(textOf(position).childNodes)
  .filter((node) => !/^(SMALL|FORM)$/.test(node.nodeName)).map((node) => node.textContent).join('');

/** A sentence at the edge of the window, for eyes and ears, with what one can do about it. */
let noticeTimer = 0;
function tell(sentence, remedy) {
  const notice = byId('notice');
  notice.replaceChildren(sentence);
  if (remedy) notice.append(' ', makeButton(remedy.text, '', () => { notice.hidden = true; remedy.act(); }));
  notice.hidden = false;
  say(sentence);
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { notice.hidden = true; }, remedy ? 20000 : 4000);
}

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
const current = { position: -1, following: true, top: null };
function showCurrent(position) {
  if (position === current.position) return;
  rows[current.position]?.removeAttribute('aria-current');
  current.position = position;
  rows[position]?.setAttribute('aria-current', 'true');
  current.top = null;
  if (position < 0) return;
  showNow();
  if (current.following && isShown(position)) { reveal(position); rememberPlace(); }
}

function follow(following) {
  current.following = following;
  showNow();
  if (following && current.position >= 0) { reveal(current.position); rememberPlace(); }
}

/** The way back, with the time it leads to. */
function showNow() {
  byId('now').hidden = current.following || current.position < 0;
  if (!byId('now').hidden) byId('now').textContent = `Back to now · ${timeOf(current.position)}`;
}

/** Where the page itself put the current row in the window. */
function rememberPlace() { current.top = rows[current.position].getBoundingClientRect().top; }

// The current row moves in the window by no other hand than the reader's: pages that grow above it
// keep it in place. So whatever scrolled, wheel, keys, scroll bar or the browser's search, it is seen here.
addEventListener('scroll', () => {
  if (!current.following || current.top === null || !player.isPlaying()) return;
  if (Math.abs(rows[current.position].getBoundingClientRect().top - current.top) > 12) follow(false);
}, { passive: true });
addEventListener('resize', () => { if (current.following && current.top !== null) rememberPlace(); });
// Words that the reader marks stay under the pointer.
document.addEventListener('selectionchange', () => {
  const chosen = getSelection();
  if (current.following && !chosen.isCollapsed && table.contains(chosen.anchorNode) && player.isPlaying()) follow(false);
});
byId('now').addEventListener('click', () => follow(true));

/** Playing that begins in view of the reader is followed. */
function playingBegan() {
  const box = rows[current.position]?.getBoundingClientRect();
  if (!openForm && (!box || (box.bottom > 0 && box.top < innerHeight))) follow(true);
}

/** Moves the player; on pages without one, goes to the row. */
function seek(milliseconds, options = {}) {
  const position = positionAt(milliseconds);
  if (player.seek(milliseconds, options.play ?? true)) follow(true);
  showCurrent(position);
  if (position >= 0 && !options.stay) reveal(position);
}

/** A clock time or seconds, in milliseconds; `null` when it is neither. */
function milliseconds(text) {
  const parts = /^(?:(\d+):)?(?:(\d{1,2}):)?(\d+(?:\.\d*)?)s?$/.exec(text);
  if (!parts) return null;
  const [hours, minutes] = parts[2] === undefined ? [0, parts[1] ?? 0] : [parts[1], parts[2]];
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(parts[3])) * 1000);
}

/** The start and end that an address names, as Media Fragments write them: `t=31`, `t=npt:0:31,1:35`, `t=,95`. */
function momentOf(fragment) {
  const part = fragment.replace(/^#/, '').split('&').find((one) => one.startsWith('t='));
  if (!part) return null;
  const [first, second] = decoded(part.slice(2)).replace(/^npt:/, '').split(',');
  const start = first === '' ? 0 : milliseconds(first);
  const end = second === undefined ? null : milliseconds(second);
  return start === null || (second !== undefined && !(end > start)) ? null : { start, end };
}

// Every `#t=` on the page is a moment: in rows, speakers, findings, evidence.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const moment = momentOf(link.getAttribute('href'));
  if (!moment) return;
  event.preventDefault();
  setFragment({ t: link.getAttribute('href').slice(3) });
  const row = link.closest('.rows tbody tr');
  if (row) focusRow(positions.get(row));
  seek(moment.start, { stay: row !== null });
});

/** Goes where the address says, without playing; of a stretch, playing ends with it. */
function openAddress() {
  const moment = momentOf(location.hash);
  if (!moment) return;
  seek(moment.start, { play: false });
  stretch.play(moment.start, moment.end);
}
addEventListener('hashchange', openAddress);

// One tab stop in the transcript; arrow keys move inside it. Its row is the selected one.
let stop = null;
const selection = { position: -1 };
function select(position) {
  rows[selection.position]?.removeAttribute('data-here');
  selection.position = position;
  rows[position].setAttribute('data-here', '');
  offerActions(position);
}

function focusRow(position, options) {
  if (!(position >= 0)) return;
  select(position);
  const link = linkOf(position) ?? rows[position];
  if (stop) stop.tabIndex = -1;
  stop = link;
  link.tabIndex = 0;
  link.focus(options);
}

/** The next shown row from a position, in a direction; -1 when there is none. */
function neighbour(position, step) {
  let next = position + step;
  while (next >= 0 && next < rows.length && !isShown(next)) next += step;
  return next < rows.length ? next : -1;
}

table.addEventListener('keydown', (event) => {
  const row = event.target.closest('tbody tr');
  if (!row || event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return;
  if (event.target.closest('form')) return;
  const position = positions.get(row);
  const moves = {
    ArrowDown: () => focusRow(neighbour(position, 1)),
    ArrowUp: () => focusRow(neighbour(position, -1)),
    Home: () => focusRow(neighbour(-1, 1)),
    End: () => focusRow(neighbour(rows.length, -1)),
    ArrowRight: () => walk(row, 1),
    ArrowLeft: () => walk(row, -1),
  };
  if (!moves[event.key]) return;
  event.preventDefault();
  moves[event.key]();
});

/** From a row's time to its notes and buttons, and back. */
function walk(row, step) {
  const stops = [linkOf(positions.get(row)) ?? row, ...row.querySelectorAll('summary, td:nth-child(4) a, #actions button')];
  if (!row.contains(actions.element)) stops.push(...actions.element.querySelectorAll('button'));
  const reachable = stops.filter((part) => part.checkVisibility());
  const at = reachable.indexOf(document.activeElement);
  reachable[Math.max(0, Math.min(reachable.length - 1, at + step))].focus();
}

function makeOneTabStop() {
  for (const part of table.querySelectorAll('tbody a, tbody summary')) part.tabIndex = -1;
  const first = rows.findIndex((_, position) => linkOf(position));
  if (first >= 0) { stop = linkOf(first); stop.tabIndex = 0; }
}

// The buttons of a row: in the row under the pointer, else in the selected one; on a phone above the bar.
const actions = { element: byId('actions'), position: -1 };
const isNarrow = matchMedia('(max-width: 999px)');
function offerActions(position) {
  if (!(position >= 0)) return;
  actions.position = position;
  actions.element.hidden = false;
  // A node that is put where it already is leaves the page for a moment, and a press on it is lost.
  const place = isNarrow.matches ? document.body : rows[position];
  if (actions.element.parentElement !== place) place.append(actions.element);
}

const rowAt = (target) => positions.get(target instanceof Element ? target.closest('.rows tbody tr') : null) ?? -1;
table.addEventListener('pointerover', (event) => { if (event.pointerType !== 'touch' && !isNarrow.matches) offerActions(rowAt(event.target)); });
table.addEventListener('focusin', (event) => offerActions(rowAt(event.target)));
table.addEventListener('pointerleave', () => offerActions(selection.position));
isNarrow.addEventListener('change', () => offerActions(selection.position));
byId('copy-quote').addEventListener('click', () => copyQuote(actions.position));
byId('play-row').addEventListener('click', () => playFrom(actions.position));

// A click on a row selects it; a double click plays from the word under it, and while playing a click does.
const isControl = (target) => target.closest('a, button, summary, form, input, select, textarea') !== null;
table.addEventListener('click', (event) => {
  const position = rowAt(event.target);
  if (position < 0 || isControl(event.target) || event.detail > 1) return;
  if (!getSelection().isCollapsed) return;
  focusRow(position, { preventScroll: true });
  if (player.isPlaying()) playFrom(position, shareAt(event));
});
table.addEventListener('dblclick', (event) => {
  const position = rowAt(event.target);
  if (position < 0 || isControl(event.target)) return;
  getSelection().removeAllRanges();
  playFrom(position, shareAt(event));
});

/** How far into a row's words a point is, `0...1`. */
function shareAt(event) {
  const cell = textOf(rowAt(event.target));
  const place = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  if (!place || !cell.contains(place.offsetNode) || place.offsetNode.nodeType !== Node.TEXT_NODE) return 0;
  const before = document.createRange();
  before.setStart(cell, 0);
  before.setEnd(place.offsetNode, place.offset);
  const said = before.toString().replace(/\S*$/, '').length;
  return Math.min(1, said / Math.max(1, rowWords(rowAt(event.target)).length));
}

/** Plays a row, from a share of its words on; words that nobody timed are taken to last as long as they are. */
function playFrom(position, share = 0) {
  const start = data.starts[position];
  if (!(position >= 0) || start === null) return;
  const words = rowWords(position), times = timesOfWords(position);
  const before = words.slice(0, Math.round(share * words.length)).match(/\P{White_Space}+/gu)?.length ?? 0;
  if (times?.[before]) { seek(times[before][0], { stay: true }); return; }
  seek(Math.round(start + share * data.talks[position]), { stay: true });
}
