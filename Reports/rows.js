'use strict';
// Rows that come, go and move in time: the page's rows are brought in line with those of the transcript.

/** The page's rows by the numbers that were ever shown, so that one that is undone comes back as it was. */
const rowsEver = new Map();

/** Puts rows where the transcript has them; whether any came, went or has other times. */
function arrangeRows(view) {
  const before = shown.segments;
  const isSame = before.length === view.segments.length
    && view.segments.every((segment, position) => segment === before[position] || isAtSamePlace(segment, before[position]));
  if (isSame) return false;
  const places = new Map();
  for (const [position, { row }] of before.entries()) {
    rowsEver.set(row, rows[position]);
    if (places.has(row)) places.get(row).push(position); else places.set(row, [position]);
  }
  const from = view.segments.map(({ row }) => places.get(row)?.shift() ?? -1);
  const marked = [current.position, selection.position, actions.position].map((position) => rows[position]);
  const elements = view.segments.map((segment, position) => rows[from[position]] ?? rowsEver.get(segment.row) ?? makeRow(segment));
  actions.element.remove();
  takeOut(new Set(elements));
  putIn(elements);
  renumber(view, from, elements);
  [current.position, selection.position, actions.position] = marked.map((row) => positions.get(row) ?? -1);
  if (!positions.has(stop?.closest('tr'))) makeOneTabStop();
  if (selection.position >= 0) { offerActions(selection.position); return true; }
  actions.element.hidden = true;
  document.body.append(actions.element);
  return true;
}

const isAtSamePlace = (one, other) => one.row === other.row && one.startMS === other.startMS && one.endMS === other.endMS
  && one.endIsEstimate === other.endIsEstimate;

function takeOut(kept) {
  for (const row of rows) {
    if (kept.has(row)) continue;
    row.remove();
    for (const name of ['aria-current', 'data-here', 'class']) row.removeAttribute(name);
  }
}

/** Rows that are not on the page go behind the one before them. */
function putIn(elements) {
  elements.forEach((row, position) => {
    if (row.isConnected) return;
    const previous = elements[position - 1];
    if (previous) previous.after(row); else (table.tBodies[0] ?? table.createTBody()).prepend(row);
  });
}

/** Everything that is counted by the positions of rows, anew. */
function renumber(view, from, elements) {
  const { starts, ends, talks, words, speakers } = data;
  const { segments, written } = shown;
  const old = (list, position, otherwise) => (from[position] < 0 ? otherwise : list[from[position]]);
  rows.splice(0, rows.length, ...elements);
  positions.clear();
  rows.forEach((row, position) => positions.set(row, position));
  const timed = view.segments.map((segment, position) => from[position] >= 0 && isAtSamePlace(segment, segments[from[position]]));
  Object.assign(data, {
    rows: view.segments.map(({ row }) => row),
    starts: view.segments.map(({ startMS }) => startMS),
    ends: view.segments.map(({ endMS }) => endMS),
    talks: view.segments.map((segment, position) => (timed[position] ? talks[from[position]] : talkTime(segment))),
    words: view.segments.map((_, position) => old(words, position, 0)),
    speakers: view.segments.map((_, position) => old(speakers, position, -1)),
  });
  shown.segments = view.segments.map((_, position) => old(segments, position, undefined));
  shown.written = view.segments.map((_, position) => old(written, position, undefined));
  view.segments.forEach((segment, position) => { if (!timed[position]) showTime(rows[position], segment); });
  sortByTime();
  numbers = null;
  [search.hits, search.at, search.rows] = [[], -1, new Set()];
}

/** How long a row is spoken: an end that is only a guess counts as far as the words last. */
function talkTime({ startMS, endMS, endIsEstimate, text }) {
  if (startMS === null) return 0;
  const count = spokenWords(text);
  if (endMS === null) return count * 400;
  const length = Math.max(0, endMS - startMS);
  return endIsEstimate ? Math.min(length, 2000 + count * 600) : length;
}

/** A row that was not on the page; what else stands below its words is that of the row it was part of. */
function makeRow(segment) {
  const row = document.createElement('tr');
  row.insertCell();
  row.append(document.createElement('th'));
  const text = row.insertCell();
  text.dir = 'auto';
  const whole = textIn(rowsEver.get(segment.from));
  if (whole?.lang) text.lang = whole.lang;
  if (whole) text.append(...Array.from(whole.querySelectorAll(':scope > small:not(.was)'), (part) => part.cloneNode(true)));
  text.prepend(shownText(segment.text));
  showTime(row, segment);
  return row;
}

const textIn = (row) => row?.cells[2];

/** The time of a row, and its anchor: the time, or the number where another row has that. */
function showTime(row, { row: number, startMS }) {
  const [cell] = row.cells;
  for (const node of Array.from(cell.childNodes)) if (node.className !== 'ok') node.remove();
  const moment = startMS === null ? null : `t=${startMS / 1000}`;
  const other = moment === null ? null : byId(moment);
  row.id = moment !== null && (other === null || other === row) ? moment : `r${number + 1}`;
  if (moment === null) { cell.append('?'); return; }
  cell.append(make('a', { href: `#${moment}`, tabIndex: -1 }, clock(startMS)));
}

/** What the machine wrote in a row; `undefined` for one that a person added. */
function machineRow({ row }) {
  const machine = machineTranscript();
  if (machineRows.of !== machine) {
    machineRows.of = machine;
    machineRows.byNumber = new Map(machine.segments.map((segment) => [segment.row, segment]).reverse());
  }
  return machineRows.byNumber.get(row);
}
const machineRows = { of: null, byNumber: null };
