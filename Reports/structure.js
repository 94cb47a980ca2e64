'use strict';
// A row's form: when it is spoken, and rows that become two, become one, go or come.

/** A field for a time of a row, as people write it. */
const timeField = (name, value) => make('input', {
  name, defaultValue: value === null ? '' : exactClock(value), inputMode: 'decimal', autocomplete: 'off', spellcheck: false, className: 'time', dir: 'ltr',
});

/** The time in a field, in milliseconds: `null` where it is empty, `undefined` where it holds no time. */
function timeIn({ value }) {
  const text = value.trim().replace(',', '.');
  return text === '' ? null : milliseconds(text) ?? undefined;
}

/** The two times of a row; each takes the player's at a press. */
function timeFields(fields) {
  const { start, end } = fields;
  for (const field of [start, end]) field.addEventListener('input', () => checkTimes(fields));
  const part = (name, field, key) => make('span', { className: 'pair' }, labelled(name, field),
    makeButton('⌖', `${name} now: where the player is (Ctrl+${key})`, () => setTime(field)));
  return make('div', { className: 'times' }, part('Start', start, 'I'), part('End', end, 'O'));
}

function setTime(field) {
  if (player === noPlayer) { tell('There is no recording here to take the time from'); return; }
  field.value = exactClock(Math.round(player.time()));
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The buttons that do something with the row as a whole. */
function rowTools(fields) {
  const button = (text, title, action) => makeButton(text, title, action);
  const tools = [
    button('Split', 'Two rows: the words behind the caret become a row of their own (Ctrl+Shift+Enter)', () => divideRow(fields)),
    button('Join next', 'One row of this and the next', () => joinRow(fields)),
    button('Row after', 'A new row behind this one', () => addRow(fields)),
    button('Delete', 'Take this row out of the transcript', () => deleteRow(fields)),
  ];
  ['split', 'join', 'add', 'delete'].forEach((name, index) => { tools[index].dataset.tool = name; });
  return [make('span', { className: 'row-tools', role: 'group', ariaLabel: 'This row' }, ...tools)];
}

/** What a form says of when its row is spoken. */
function timeCorrections(position, startField, endField) {
  const { startMS, endMS, endIsEstimate } = transcript().segments[position];
  const written = (value) => (value === null ? '' : exactClock(value));
  const isSame = startField.value.trim() === written(startMS) && endField.value.trim() === written(endMS);
  const start = timeIn(startField);
  if (isSame || start === null) return [];
  const after = spanFrom(start, endField.value.trim() === written(endMS) && endIsEstimate ? null : timeIn(endField), position, endMS);
  const before = { startMS, endMS, ...endIsEstimate && { endIsEstimate } };
  return [{ kind: 'retime', ...placeIn(position), before, after }];
}

/** A start, and an end that a person gave, else the one that was guessed, as far as it is still later. */
function spanFrom(startMS, given, position, guessed) {
  if (given !== null) return { startMS, endMS: Math.max(startMS, given) };
  const next = data.starts[position + 1] ?? null;
  const end = [guessed, next, startMS + Math.max(1000, data.talks[position] ?? 0)].find((moment) => moment !== null && moment > startMS);
  return { startMS, endMS: end, endIsEstimate: true };
}

/** Says what is wrong with the times in a form; an end that was only guessed gives way to a later start. */
function checkTimes({ start, end }) {
  const [first, last] = [timeIn(start), timeIn(end)];
  const isReversed = first != null && last != null && last < first && end.value !== end.defaultValue;
  const spelling = 'Write a time like 1:02.5';
  start.setCustomValidity(first === undefined ? spelling : first === null && last != null ? 'A row that has an end has a start' : '');
  end.setCustomValidity(last === undefined ? spelling : isReversed ? 'A row ends after it starts' : '');
}

/** A number that no row has or had; others may add rows at the same time. */
function freeNumber() {
  const taken = new Set([...machineTranscript().segments.map(({ row }) => row), ...allCorrections().map((one) => one.newRow)]);
  const most = Math.max(-1, ...data.rows ?? [rows.length], machineTranscript().segments.at(-1)?.row ?? 0);
  let number = 0;
  do number = most + 1 + Math.floor(Math.random() * 1000000); while (taken.has(number));
  return number;
}

/** Makes the corrections of a form and some more as one step, which undo takes back as one. */
function keepWith(fields, list, sentence) {
  const position = positions.get(fields.row);
  if (position === undefined) { leaveForm(); return null; }
  keepForm(fields.form, [...wholeRowCorrections(position, fields), ...list(position)], sentence);
  return position;
}

function divideRow(fields) {
  const { text } = fields;
  const [first, second] = [text.value.slice(0, text.selectionStart).trimEnd(), text.value.slice(text.selectionStart).trimStart()];
  if (first === '' || second === '') { tell('Put the caret between two words: there the row is split'); return; }
  if (!fields.form.reportValidity()) return;
  const position = keepWith(fields, (place) => [{
    kind: 'divide', ...placeIn(place), before: textAfter(fields), first, second, atMS: momentOfWords(place, fields, first), newRow: freeNumber(),
  }], 'Row split');
  if (position !== null) editRow(position + 1, 0);
}

/** The text of a row once the words of its form are kept. */
const textAfter = ({ text, segment }) => (text.value === segment.text.replace(/\r\n?/g, '\n') ? segment.text : text.value);

/** When the words behind a place are spoken: as the sound has told, else by how long the words are. */
function momentOfWords(position, { text, start, end }, first) {
  const begin = timeIn(start);
  if (begin === null || begin === undefined) return null;
  const times = timesOfWords(position);
  if (times?.length === wordCount(text.value) && begin === data.starts[position]) return times[wordCount(first)][0];
  const last = timeIn(end) ?? begin;
  const length = Math.min(Math.max(0, last - begin), data.starts[position] === null ? Infinity : Math.max(data.talks[position], 1));
  return Math.round(begin + length * first.length / text.value.length);
}

function joinRow(fields) {
  const position = positions.get(fields.row);
  const next = transcript().segments[position + 1];
  if (!next) { tell('There is no next row'); return; }
  if (!fields.form.reportValidity()) return;
  const before = textAfter(fields);
  keepWith(fields, (place) => [{
    kind: 'join', ...placeIn(place), before, next: next.row, nextBefore: next.text, after: together(before, next.text),
  }], 'Rows joined');
  tell('Rows joined', { text: 'Undo', act: undo });
}

/** Two texts as one, with a blank between words of scripts that have blanks. */
function together(one, other) {
  const [first, second] = [one.trimEnd(), other.trimStart()];
  const isTight = first === '' || second === '' || (unpartedWord.test(Array.from(first).at(-1)) && unpartedWord.test(second));
  return first + (isTight ? '' : ' ') + second;
}

function deleteRow({ row, form, segment }) {
  const position = positions.get(row);
  if (position === undefined) { leaveForm(); return; }
  const list = [{ kind: 'delete', ...placeIn(position), before: segment.text }];
  keepForm(form, list, 'Row deleted');
  focusRow(Math.min(position, rows.length - 1), { preventScroll: true });
  tell('Row deleted', { text: 'Undo', act: undo });
}

/** Keeps what a row's form says, and opens one for a row behind it. */
function addRow({ row, form }) {
  if (isDirty(form)) form.requestSubmit(); else closeForm();
  if (!form.isConnected) openNewRow(positions.get(row));
}

/** Opens a form for a row behind another one; it comes to be when its words are kept. */
function openNewRow(position) {
  if (!(position >= 0)) return;
  keepOpenForm();
  const { voice, startMS, endMS } = transcript().segments[position];
  const begin = startMS === null ? null : Math.min(endMS ?? Infinity, startMS + data.talks[position]);
  const next = data.starts[position + 1] ?? null;
  const end = begin === null ? null : next !== null && next > begin ? next : begin + 2000;
  const fields = rowFields({ text: '', voice, startMS: begin, endMS: end }, new Map());
  fields.keep = () => keepNewRow(fields);
  fields.text.ariaLabel = 'Text of the new row';
  const form = make('form', { className: 'editor new' }, fields.text, timeFields(fields), personFields(fields, fields.segment),
    make('div', {}, make('span', { className: 'grow' }), formButtons()));
  showRowForm(form, position, fields, `after-${rowNumber(position)}`);
  rows[position].classList.remove('editing');
}

function keepNewRow(fields) {
  const position = positions.get(fields.row);
  if (position === undefined || fields.text.value.trim() === '') { leaveForm(); return; }
  const [start, end] = [timeIn(fields.start), timeIn(fields.end)];
  const { segment } = fields;
  const isNew = fields.voice.value === 'new';
  const voice = isNew || fields.voice.value === 'null' ? segment.voice : Number(fields.voice.value);
  const newRow = freeNumber();
  const after = start === null ? { startMS: null, endMS: null } : end === null ? spanFrom(start, null, position, null) : { startMS: start, endMS: Math.max(start, end) };
  const list = [{ kind: 'insert', ...placeIn(position), newRow, after, voice, text: fields.text.value }];
  if (isNew && voice !== null) list.push(...newSpeaker(voice, [newRow], fields.name.value.trim()));
  if (fields.checked.checked) list.push({ kind: 'checked', row: newRow, checked: true });
  keepForm(fields.form, list, 'Row added');
  focusRow(position + 1, { preventScroll: true });
}
