'use strict';
// Correcting: a form in the row, a form at the speaker, and what is done with the corrections made.
// Forms are made of elements and values; no text becomes markup.

/** Where the page came from, when that is a library that takes corrections. */
const library = document.querySelector('meta[name="tabscribe-library"]');

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element) element[name] = value; else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const labelled = (text, control) => make('label', {}, text + ' ', control);

/** The form that is open, and what to do when it closes; one at a time. */
let openForm = null;
function showForm(form, place, name, restore) {
  openForm = { form, restore };
  follow(false);
  place.append(form);
  draftable(form, name);
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || isComposing(event)) return;
    event.preventDefault();
    event.stopPropagation();
    leaveForm();
  });
  form.querySelector('textarea, input')?.focus();
}

/** Before another form opens: what was typed into this one becomes a correction. */
function keepOpenForm() {
  if (openForm && isDirty(openForm.form)) openForm.form.requestSubmit(); else closeForm();
  // What cannot be kept as it is stays as a draft.
  leaveForm();
}

function closeForm() {
  const closing = openForm;
  openForm = null;
  if (!closing) return;
  closing.form.remove();
  closing.restore();
}

/** Closes the form without a correction; what was typed stays as a draft. */
function leaveForm() {
  if (!openForm) return;
  const { form } = openForm;
  const name = isDirty(form) ? form.dataset.draft : null;
  if (name) keepDraft(form);
  closeForm();
  drafts.left = name;
  if (name) { showDrafts(); tell('Not kept as a correction; your words stay as a draft', { text: 'Go on', act: () => openDraft(name) }); }
}

/** Closes the form because its words become corrections. */
function keepForm(form, list, sentence) {
  drafts.set(form.dataset.draft, null);
  drafts.left = null;
  closeForm();
  correctAll(list, sentence);
  showDrafts();
}

const formButtons = () => {
  const keepButton = make('button', { type: 'submit', className: 'primary', title: 'Enter, or Ctrl+Enter to go on with the next row' }, 'Keep');
  return make('span', { className: 'pair' }, makeButton('Cancel', 'Close; your words stay as a draft', leaveForm), keepButton);
};

// A row: its words, its voice, and whether somebody compared it with the recording.

function editRow(position, caret) {
  if (!(position >= 0)) return;
  keepOpenForm();
  const segment = transcript().segments[position];
  const fields = rowFields(segment, scopes(position));
  const form = make('form', { className: 'editor' }, fields.text, timeFields(fields), personFields(fields, segment),
    make('div', {}, ...rowTools(fields), make('span', { className: 'grow' }), formButtons()));
  showRowForm(form, position, fields, `row-${rowNumber(position)}`);
  if (caret !== undefined) fields.text.setSelectionRange(caret, caret);
}

/** Opens the form of a row; it finds its row again when others come or go. */
function showRowForm(form, position, fields, name) {
  const row = rows[position];
  Object.assign(fields, { row, form });
  form.addEventListener('submit', (event) => { event.preventDefault(); fields.keep(); });
  fields.text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.shiftKey && !isCommand) return;
    event.preventDefault();
    if (event.shiftKey) { divideRow(fields); return; }
    form.requestSubmit();
    if (isCommand && !form.isConnected) editRow(neighbour(positions.get(row), 1));
  });
  row.classList.add('editing');
  showForm(form, textOf(position), name, () => { row.classList.remove('editing'); focusRow(positions.get(row), { preventScroll: true }); });
}

/** The fields of a row's form; what keeping does with them is said later. */
function rowFields(segment, rowScopes) {
  const scope = make('select', { ariaLabel: 'Rows that get the speaker' });
  for (const [name, list] of rowScopes) scope.add(new Option(`${name} (${list.length})`, name));
  const fields = {
    segment,
    text: make('textarea', { value: segment.text, rows: 2, dir: 'auto', spellcheck: true, ariaLabel: `Text of the row at ${segment.startMS === null ? '?' : clock(segment.startMS)}` }),
    start: timeField('start', segment.startMS),
    end: timeField('end', segment.endMS),
    voice: voiceMenu(segment.voice),
    scope,
    name: make('input', { placeholder: 'Name, if known', ariaLabel: 'Name of the new speaker', autocomplete: 'off', dir: 'auto' }),
    checked: make('input', { type: 'checkbox', checked: Boolean(segment.checked) }),
    keep: () => keepRow(fields),
  };
  return fields;
}

function personFields({ voice, scope, name, checked }, segment) {
  const show = () => {
    scope.hidden = scope.length === 0 || voice.value === String(segment.voice);
    name.hidden = voice.value !== 'new';
  };
  show();
  voice.addEventListener('change', show);
  return make('div', {}, labelled('Speaker', voice), name, scope, labelled('Checked', checked));
}

function keepRow(fields) {
  const position = positions.get(fields.row);
  // Another tab took the row away: the words stay as a draft.
  if (position === undefined) { leaveForm(); return; }
  keepForm(fields.form, wholeRowCorrections(position, fields), 'Row corrected');
}

/** All that the form of a row says. */
function wholeRowCorrections(position, { text, start, end, voice, scope, name, checked }) {
  const list = [...rowCorrections(position, text.value, checked.checked), ...timeCorrections(position, start, end)];
  if (voice.value !== String(transcript().segments[position].voice)) {
    list.push(...voiceCorrections(position, voice.value, scope.value, name.value.trim()));
  }
  return list;
}

function voiceMenu(voice) {
  const menu = make('select');
  if (voice === null) menu.add(new Option('unknown', 'null'));
  for (const person of transcript().speakers) menu.add(new Option(shownText(labelOf(person)), person.voice));
  menu.add(new Option('New speaker…', 'new'));
  menu.value = String(voice);
  return menu;
}

/** The rows a change of speaker may go to: this one, its turn, and all from here. */
function scopes(position) {
  const { segments } = transcript();
  const { voice } = segments[position];
  let start = position, end = position;
  while (start > 0 && segments[start - 1].voice === voice) start -= 1;
  while (end + 1 < segments.length && segments[end + 1].voice === voice) end += 1;
  const turn = Array.from({ length: end - start + 1 }, (_, index) => start + index);
  const rest = segments.flatMap((segment, index) => (segment.voice === voice && index >= position ? [index] : []));
  return new Map([['this row', [position]], ['this turn', turn], ['all rows from here', rest]]);
}

function rowCorrections(position, text, isChecked) {
  const segment = transcript().segments[position];
  const list = [];
  const place = placeIn(position);
  // A field holds line ends as LF; a text that was only looked at stays as it is.
  const isSame = text === segment.text.replace(/\r\n?/g, '\n');
  if (!isSame) list.push({ kind: 'text', ...place, before: segment.text, after: text });
  if (isChecked !== Boolean(segment.checked)) list.push({ kind: 'checked', ...place, checked: isChecked });
  return list;
}

/** Rows go to a voice of the table, or to a new one that may get its name at once. */
function voiceCorrections(position, choice, scopeName, name) {
  const { voice } = transcript().segments[position];
  const chosen = scopes(position).get(scopeName);
  if (choice !== 'new') {
    return chosen.map((place) => ({ kind: 'voice', ...placeIn(place), before: voice, after: Number(choice) }));
  }
  if (voice === null) return [];
  return newSpeaker(voice, chosen.map(rowNumber), name);
}

/** Rows of a voice go to a new one, which may get its name at once. */
function newSpeaker(voice, numbers, name) {
  const newVoice = Math.max(0, ...overlay.places.keys(), ...transcript().speakers.map((person) => person.voice)) + 1;
  const split = { kind: 'split', voice, rows: numbers, newVoice };
  return name ? [split, { kind: 'speaker', voice: newVoice, field: 'name', before: null, after: name }] : [split];
}

function toggleChecked(position) {
  if (!(position >= 0)) return;
  const isChecked = !transcript().segments[position].checked;
  correct('checked', { ...placeIn(position), checked: isChecked }, isChecked ? 'Checked' : 'No longer checked');
}

// A speaker: who it is, and whether it is somebody else of the table.

function editSpeaker(place) {
  keepOpenForm();
  const voice = Array.from(overlay.places).find(([, other]) => other === place)?.[0];
  const person = transcript().speakers.find((one) => one.voice === voice);
  if (!person) return;
  const fields = speakerFields.map((field) => [field, make('input', { value: person[field] ?? '', dir: 'auto', autocomplete: 'off' })]);
  const merge = make('select');
  merge.add(new Option('nobody', ''));
  for (const other of transcript().speakers) {
    if (other.voice !== voice) merge.add(new Option(shownText(labelOf(other)), other.voice));
  }
  const form = make('form', { className: 'editor' },
    ...fields.map(([field, input]) => labelled(field[0].toUpperCase() + field.slice(1), input)),
    labelled('Same as', merge), formButtons());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const list = fields.flatMap(([field, input]) => {
      const before = person[field] ?? null, after = input.value.trim() === '' ? null : input.value.trim();
      return after === (before === null ? null : before.trim()) ? [] : [{ kind: 'speaker', voice, field, before, after }];
    });
    if (merge.value) list.push({ kind: 'merge', voice, into: Number(merge.value) });
    keepForm(form, list, merge.value ? 'Speakers merged' : 'Speaker corrected');
  });
  const row = byId(`speaker-${place + 1}`);
  showForm(form, row.cells[0], `voice-${voice}`, () => row.querySelector('th button')?.focus());
}

/** A pencil beside each speaker's name. */
function offerEditing(row, place) {
  const button = makeButton('✎', `Correct ${row.querySelector('th button').textContent}`, () => editSpeaker(place));
  button.className = 'pencil';
  row.querySelector('th').append(button);
}

// The menu of corrections: how many, where they are, and what can be done with them.

const tools = { panel: byId('corrections'), open: byId('edit') };
function showCorrectionTools(made) {
  const mine = overlay.mine.length;
  tools.open.querySelector('.count').textContent = stateOfWork(made, library ? mine : 0);
  byId('undo').disabled = mine === 0 && drafts.left === null && savedStep().length === 0;
  byId('redo').disabled = overlay.undone.length === 0;
  byId('download').disabled = made === 0;
  byId('discard').disabled = mine === 0;
  byId('was').disabled = made === 0;
  if (library) { showSavingTools(mine); return; }
  byId('where').textContent = mine === 0
    ? 'Nothing is kept in this browser. Point at a row or a speaker and press ✎, or press e.'
    : `${counted(mine, 'correction')} ${mine === 1 ? 'is' : 'are'} kept in this browser only. Download them, then run:`;
  byId('apply').hidden = mine === 0;
  byId('apply').textContent = `tabscribe correct apply ${data.source.stem}.corrections.json ${data.source.stem}.json`;
}

/** How much there is, and what of it is neither saved nor kept: `3 · 1 unsaved`. */
function stateOfWork(made, unsaved) {
  const waiting = unsaved + drafts.names().length;
  return [made > 0 ? made.toLocaleString('en') : '', waiting > 0 ? `${waiting.toLocaleString('en')} unsaved` : ''].filter(Boolean).join(' · ');
}

/** In a library the corrections made here are one press away from the others. */
function showSavingTools(mine) {
  byId('save-corrections').hidden = false;
  byId('save-corrections').disabled = mine === 0;
  byId('download').classList.remove('primary');
  byId('where').textContent = mine === 0
    ? 'Point at a row or a speaker and press ✎, or press e.'
    : `${counted(mine, 'correction')} ${mine === 1 ? 'is' : 'are'} kept in this browser only. Save to keep ${mine === 1 ? 'it' : 'them'} in the library${library.dataset.user ? `, as ${library.dataset.user}` : ''}.`;
}

/** A file of corrections; what else the library is told stands beside them. */
function correctionsFile(list = allCorrections(), more = {}) {
  return JSON.stringify({
    tabscribeCorrections: 1,
    run: data.run,
    source: { uri: data.source.uri, stem: data.source.stem },
    machineFNV1a64: machineDigest(machineTranscript().segments),
    corrections: list,
    ...more,
  }, null, 1) + '\n';
}

/** Hands a file to the reader. */
function save(name, content, type) {
  const link = make('a', { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  tell(`${name} saved`);
}

byId('undo').addEventListener('click', undo);
byId('redo').addEventListener('click', redo);
byId('download').addEventListener('click', () => save(`${data.source.stem}.corrections.json`, correctionsFile(), 'application/json'));
byId('was').addEventListener('click', (event) => {
  const isShown = event.currentTarget.ariaPressed !== 'true';
  event.currentTarget.ariaPressed = String(isShown);
  showMachine(isShown);
});
byId('discard').addEventListener('click', () => {
  const all = overlay.mine.slice();
  overlay.undone.push(all);
  changed('All corrections of this browser are taken back; redo brings them again', shelf.remove(all));
});

byId('edit-row').addEventListener('click', () => editRow(actions.position));
byId('check-row').addEventListener('click', () => toggleChecked(actions.position));

/** Shows what this browser kept from an earlier visit. */
function openCorrections() {
  for (const [place, row] of document.querySelectorAll('.speakers tbody tr').entries()) { offerEditing(row, place); offerDetails(row); }
  for (const note of table.querySelectorAll('.was')) note.remove();
  shelf.read();
  openQueue();
  if (overlay.mine.length > 0) showTranscript(); else showCorrectionTools(allCorrections().length);
}
