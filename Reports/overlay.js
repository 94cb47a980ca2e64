'use strict';
// The transcript as people corrected it, laid over what the machine wrote.
//
// The machine's transcript is read off the page once. Every change is a correction (`corrections.js`);
// what is shown is always the machine's transcript with all of them applied, so that undoing is leaving one out.

/** The words of a row as the page was written. */
const writtenText = (position) => data.exact[position] ?? rowWords(position);

const rowNumber = (position) => data.rows?.[position] ?? position;
const endIsEstimate = (position) => Boolean(data.estimates?.[position] ?? data.estimates);

const overlay = {
  /** The corrections of this browser that are not in the file, in order, and those taken back that can come again. */
  mine: [], undone: [],
  machine: null, view: null,
  /** When words are spoken, by segment. */
  times: new WeakMap(),
  /** Speaker positions on the page by voice: those of the table, then new ones. */
  places: new Map(data.voices.map((voice, place) => [voice, place])),
};

/**
 * What the machine wrote: rows and speakers as values.
 * Where the page was written with corrections, `data.machine` has what stood there before, `data.added` the rows
 * that people added, and `data.gone` those of the machine that are not on the page.
 */
function machineTranscript() {
  overlay.machine ??= { segments: machineSegments(), speakers: data.people, title: data.source.title ?? null };
  return overlay.machine;
}

function machineSegments() {
  const added = new Set(data.added);
  const segments = rows.map((_, position) => ({
    row: rowNumber(position),
    startMS: data.starts[position],
    endMS: data.ends[position],
    endIsEstimate: endIsEstimate(position),
    voice: data.voices[data.speakers[position]] ?? null,
    text: writtenText(position),
    ...data.machine?.[position],
  })).filter((_, position) => !added.has(position));
  for (const { at, ...segment } of data.gone ?? []) segments.splice(at, 0, segment);
  return segments;
}

const allCorrections = () => [...(data.corrections ?? []), ...overlay.mine];

/** The transcript as it is shown: the machine's with every correction applied. */
function transcript() {
  overlay.view ??= applyCorrections(machineTranscript(), allCorrections());
  return overlay.view;
}

/** When the words of a row are spoken, as [start, end] each; `null` where nobody knows. */
function timesOfWords(position) {
  if (allCorrections().length === 0) return null;
  const segment = transcript().segments[position];
  if (!segment) return null;
  if (!overlay.times.has(segment)) overlay.times.set(segment, wordTimes(segment));
  return overlay.times.get(segment);
}

/** Adds a correction and shows its effect. */
function correct(kind, members, sentence) {
  correctAll([{ kind, ...members }], sentence);
}

/** Adds corrections that are made, undone and done again as one. */
function correctAll(list, sentence) {
  if (list.length === 0) return;
  const at = new Date().toISOString().replace(/\.\d+/, '');
  const isKept = shelf.add(list.map((one) => ({ id: newID(), at, ...one })));
  overlay.undone = [];
  changed(sentence, isKept);
}

const newID = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Where a row is, as corrections say it. */
function placeIn(position) {
  const { row, startMS } = transcript().made[position];
  return startMS === null ? { row } : { row, startMS };
}

function undo() {
  if (reopenLeft()) return;
  const step = shelf.lastStep();
  if (step.length === 0 && savedStep().length > 0) { takeBackSaved(); return; }
  if (step.length === 0) { tell('Nothing to undo'); return; }
  overlay.undone.push(step);
  changed('Undone', shelf.remove(step));
}

function redo() {
  const next = overlay.undone.pop();
  if (!next) { tell('Nothing to do again'); return; }
  changed('Done again', shelf.add(next));
}

function changed(sentence, isKept) {
  overlay.view = null;
  showTranscript();
  say(isKept ? sentence : `${sentence}. This browser keeps nothing for this page: download your corrections before you close it`);
}

/** What the page shows now, row by row; compared with what it should show. First that is what it was written with. */
const shown = { corrections: data.corrections ?? [], segments: null, written: [], labels: [], people: null };

/** Brings rows, speakers, timeline and counts up to date with the transcript. */
function showTranscript() {
  if (!shown.segments) {
    const written = applyCorrections(machineTranscript(), shown.corrections);
    shown.segments = shown.written = written.segments;
    shown.people = written.speakers;
  }
  const view = transcript();
  const isArranged = arrangeRows(view);
  const moved = showRows(view);
  if (isArranged) moved.voices = true;
  if (!showPeople(view, moved.voices) && moved.words) showSpeakerTable(view);
  showTitle(view);
  showCounts(view);
  captions.refresh();
  search.index = null;
  if (search.terms.length > 0 || filter.speakers.size > 0) applyFilter();
}

function showRows(view) {
  const moved = { voices: false, words: false };
  for (const [position, segment] of view.segments.entries()) {
    const before = shown.segments[position];
    if (before === segment) continue;
    const row = rows[position], machine = machineRow(segment);
    if (before?.text !== segment.text) {
      showText(position, segment.text);
      moved.words = true;
    }
    if (before?.voice !== segment.voice) moved.voices = true;
    row.classList.toggle('w', segment.text !== machine?.text);
    row.classList.toggle('v', machine !== undefined && segment.voice !== machine.voice);
    row.classList.toggle('k', Boolean(segment.checked));
    showMarks(position, segment, machine);
  }
  shown.segments = view.segments.slice();
  return moved;
}

/** The words of a row with remarks in brackets marked up, as the page was written. */
function showText(position, text) {
  const cell = textOf(position);
  for (const node of Array.from(cell.childNodes)) if (!/^(SMALL|FORM)$/.test(node.nodeName)) node.remove();
  const pieces = [];
  let done = 0;
  const clean = shownText(text);
  for (const match of clean.matchAll(/\[[^[\]\n]{1,59}\]/g)) {
    pieces.push(clean.slice(done, match.index));
    const remark = document.createElement('i');
    if (match[0].endsWith('?]')) remark.className = 'q';
    remark.textContent = match[0];
    pieces.push(remark);
    done = match.index + match[0].length;
  }
  cell.prepend(...pieces, clean.slice(done));
  rows[position].classList.toggle('r', getComputedStyle(cell).direction === 'rtl');
}

/** The signs of a row that people worked on: a tick, and the machine's words on demand. */
function showMarks(position, segment, machine) {
  const row = rows[position];
  row.querySelector(':scope > td .ok')?.remove();
  if (segment.checked) {
    const tick = document.createElement('span');
    tick.className = 'ok';
    tick.title = 'Checked by a person';
    tick.append('✓', hiddenText(' checked '));
    row.cells[0].prepend(tick);
  }
  textOf(position).querySelector('.was')?.remove();
  const was = table.classList.contains('machine') ? machineNote(segment, machine) : null;
  if (was) textOf(position).append(was);
}

/** Shows what the machine had written under each row that is another now, or hides it again. */
function showMachine(isShown) {
  table.classList.toggle('machine', isShown);
  for (const [position, segment] of transcript().segments.entries()) {
    const machine = machineRow(segment);
    if (segment !== machine) showMarks(position, segment, machine);
  }
  search.index = null;
}

function hiddenText(text) {
  const span = document.createElement('span');
  span.className = 'sr';
  span.textContent = text;
  return span;
}

function machineNote(segment, machine) {
  const parts = [];
  if (!machine) parts.push(segment.from === undefined ? 'has no such row' : 'part of the row above');
  else if (segment.voice !== machine.voice) parts.push(labelOfVoice(overlay.machine, machine.voice));
  if (machine && segment.text !== machine.text) parts.push(shownText(machine.text));
  if (machine && segment.startMS !== machine.startMS) parts.push(machine.startMS === null ? '?' : exactClock(machine.startMS));
  if (parts.length === 0) return null;
  const author = authorsOfRows().get(segment.row);
  const note = document.createElement('small');
  note.className = 'was';
  note.dir = 'auto';
  const head = document.createElement('span');
  head.textContent = 'Machine:';
  note.append(head, ' ' + parts.join(': ') + (author ? ` · ${shownText(author.by)}, ${shownText(author.at.slice(0, 10))}` : ''));
  return note;
}

/** The last correction of each row whose maker is known. */
function authorsOfRows() {
  const view = transcript();
  view.authors ??= new Map((data.corrections ?? []).filter((one) => typeof one.by === 'string' && typeof one.at === 'string').map((one) => [one.row, one]));
  return view.authors;
}

function labelOfVoice(whole, voice) {
  if (voice === null) return '[voice ?]';
  return labelOf(whole.speakers.find((one) => one.voice === voice) ?? { voice });
}

/** How many rows a person has checked, in the header and beside the tools. */
function showCounts(view) {
  const checked = view.segments.reduce((count, segment) => count + (segment.checked ? 1 : 0), 0);
  const all = counted(rows.length, 'row');
  byId('checked').textContent = checked === 0 ? 'No row was checked by a person' : `${checked.toLocaleString('en')} of ${all} checked by a person`;
  const corrections = allCorrections();
  const made = corrections.length;
  // What another run's transcript says already needs nobody.
  const idle = corrections.filter((one) => one.carried?.as === 'obsolete').length;
  const timed = view.isTimedBySound ? 1 : 0;
  const applied = made - view.problems.length - idle - timed;
  byId('corrected').textContent = (timed > 0 ? ', times set by the sound' : '') + (applied > 0 ? `, ${counted(applied, 'correction')} by people` : '')
    + (view.problems.length > 0 ? `, ${counted(view.problems.length, 'correction')} that could not be applied` : '') + '.';
  showCorrectionTools(made);
  showQueue();
}
