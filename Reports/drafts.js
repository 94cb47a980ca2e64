'use strict';
// Words typed but not kept yet: they outlive another form, Escape, reload and crash.

const drafts = {
  key: `tabscribe-draft:${data.run}:`,
  /** Drafts of this page where the browser keeps nothing. */
  unkept: new Map(),
  /** The form that was left with unsaved words just now, for undo. */
  left: null,
  get: (name) => storage.get(drafts.key + name) ?? drafts.unkept.get(name) ?? null,
  set(name, values) {
    drafts.unkept.delete(name);
    if (!storage.set(drafts.key + name, values) && values !== null) drafts.unkept.set(name, values);
  },
  names: () => [...storage.keys(drafts.key).map((key) => key.slice(drafts.key.length)), ...drafts.unkept.keys()],
};

/** What the fields of a form hold, in order. */
const valuesOf = (form) => Array.from(form.querySelectorAll('textarea, input, select'),
  (field) => (field.type === 'checkbox' ? field.checked : field.value));

function setValues(form, values) {
  for (const [index, field] of Array.from(form.querySelectorAll('textarea, input, select')).entries()) {
    const value = values[index];
    if (field.type === 'checkbox') field.checked = value === true;
    else if (isPossible(field, value)) field.value = value;
    field.dispatchEvent(new Event('change'));
  }
}

/** Whether a field can have a value; a voice may be gone since. */
const isPossible = (field, value) => typeof value === 'string'
  && (field.localName !== 'select' || Array.from(field.options).some((option) => option.value === value));

const isDirty = (form) => JSON.stringify(valuesOf(form)) !== form.dataset.before;

/** Keeps what is typed into a form under a name, and brings back what was typed before. */
function draftable(form, name) {
  form.dataset.before = JSON.stringify(valuesOf(form));
  form.dataset.draft = name;
  const draft = drafts.get(name);
  if (Array.isArray(draft?.values) && draft.values.length === valuesOf(form).length) {
    setValues(form, draft.values);
    const note = make('p', { className: 'unsaved' }, 'These are words you did not keep before. ',
      makeButton('Start again', '', () => { setValues(form, JSON.parse(form.dataset.before)); drafts.set(name, null); note.remove(); showDrafts(); }));
    form.prepend(note);
  }
  for (const kind of ['input', 'change']) form.addEventListener(kind, () => keepDraft(form));
}

function keepDraft(form) {
  // A field that leaves the page with its form tells of a change once more.
  if (openForm?.form !== form) return;
  const had = drafts.get(form.dataset.draft) !== null;
  drafts.set(form.dataset.draft, isDirty(form) ? { values: valuesOf(form), at: Date.now() } : null);
  if (had !== isDirty(form)) showDrafts();
}

/** Opens a draft's form again. */
function openDraft(name) {
  const [kind, number] = name.split('-');
  if (kind === 'row' || kind === 'after') {
    const position = rows.findIndex((_, place) => rowNumber(place) === Number(number));
    if (position < 0) return;
    reveal(position);
    if (kind === 'row') editRow(position); else openNewRow(position);
  } else if (kind === 'title') {
    editTitle();
  } else if (overlay.places.has(Number(number))) {
    editSpeaker(overlay.places.get(Number(number)));
  }
}

/** After Escape, undo opens the form again with what was typed. */
function reopenLeft() {
  const { left } = drafts;
  drafts.left = null;
  if (left === null || drafts.get(left) === null) return false;
  openDraft(left);
  return true;
}

/** Marks rows and speakers with unsaved words, and counts them. */
function showDrafts() {
  for (const marked of document.querySelectorAll('tr.draft')) marked.classList.remove('draft');
  const names = drafts.names();
  for (const name of names) {
    const [kind, number] = name.split('-');
    const place = kind !== 'voice' ? rows[rowsByNumber().get(Number(number))] : byId(`speaker-${(overlay.places.get(Number(number)) ?? -1) + 1}`);
    place?.classList.add('draft');
  }
  byId('drafts').hidden = names.length === 0;
  byId('drafts').firstElementChild.textContent = `${counted(names.length, 'form')} with words you have not kept. `;
  showCorrectionTools(allCorrections().length);
}

let numbers = null;
function rowsByNumber() {
  numbers ??= new Map(rows.map((_, position) => [rowNumber(position), position]).reverse());
  return numbers;
}

/** After opening the page: says that there are words from before. */
function openDrafts() {
  const names = drafts.names();
  if (names.length === 0) return;
  showDrafts();
  tell('Words that you did not keep are still here', { text: 'Go on', act: () => openDraft(names[0]) });
}

byId('open-draft').addEventListener('click', () => { byId('corrections').hidePopover(); openDraft(drafts.names()[0]); });
byId('drop-drafts').addEventListener('click', () => {
  for (const name of drafts.names()) drafts.set(name, null);
  closeForm();
  showDrafts();
  tell('Unsaved words dropped');
});

// The browser asks before it closes a page with words in an open form.
addEventListener('beforeunload', (event) => { if (openForm && isDirty(openForm.form)) event.preventDefault(); });
