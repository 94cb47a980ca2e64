'use strict';
// Where corrections wait in this browser until they are downloaded or saved: one entry each, under the run's name.
// Tabs add and remove single entries and tell each other, so that none wipes what another wrote.

const shelf = {
  key: 'tabscribe-corrections:' + data.run,
  keyOf: (id) => `${shelf.key}:${id}`,
  /** Everything there is, in order: `{ order, step, one }`, where corrections made together share a step. */
  entries: [],
  /** The steps made in this tab, the latest last; undo takes these first. */
  steps: [],

  /** Adds corrections as one step; whether the browser keeps them. */
  add(list) {
    const order = Math.max(Date.now() * 1000, (shelf.entries.at(-1)?.order ?? 0) + 1);
    const step = list[0].id;
    const entries = list.map((one, index) => ({ order: order + index, step, one }));
    shelf.entries.push(...entries);
    shelf.steps.push(step);
    shelf.sort();
    return entries.map((entry) => storage.set(shelf.keyOf(entry.one.id), entry)).every(Boolean);
  },

  /** Takes corrections out; whether the browser let them go. */
  remove(list) {
    const ids = new Set(list.map((one) => one.id));
    shelf.entries = shelf.entries.filter(({ one }) => !ids.has(one.id));
    shelf.steps = shelf.steps.filter((step) => shelf.entries.some((entry) => entry.step === step));
    shelf.sort();
    return Array.from(ids, (id) => storage.set(shelf.keyOf(id), null)).every(Boolean);
  },

  /** The corrections of the last step: of this tab while it has any, else of all. */
  lastStep() {
    const step = shelf.steps.at(-1) ?? shelf.entries.at(-1)?.step;
    return shelf.entries.filter((entry) => entry.step === step).map(({ one }) => one);
  },

  sort() {
    shelf.entries.sort((one, other) => one.order - other.order);
    overlay.mine = shelf.entries.map(({ one }) => one);
  },

  /** Reads what the browser keeps; entries that could not be kept stay. */
  read() {
    shelf.takeOver();
    const known = new Set((data.corrections ?? []).map((one) => one.id));
    const found = new Map(shelf.entries.filter(({ one }) => !known.has(one.id)).map((entry) => [entry.one.id, entry]));
    for (const key of storage.keys(shelf.key + ':')) {
      const entry = storage.get(key);
      if (!isEntry(entry)) continue;
      if (known.has(entry.one.id)) storage.set(key, null); else found.set(entry.one.id, entry);
    }
    shelf.entries = Array.from(found.values());
    shelf.sort();
  },

  /** Earlier versions kept one list for all. */
  takeOver() {
    const list = storage.get(shelf.key);
    if (!Array.isArray(list)) return;
    const kept = list.filter((one) => one && typeof one === 'object' && typeof one.id === 'string')
      .map((one, index) => storage.set(shelf.keyOf(one.id), { order: index, step: one.id, one }));
    if (kept.every(Boolean)) storage.set(shelf.key, null);
  },
};

const isEntry = (entry) => typeof entry?.one?.id === 'string' && typeof entry.order === 'number';

/** What another tab of this report did to the corrections. */
function hearOfCorrections(event) {
  if (event.key === shelf.key) { shelf.read(); return true; }
  if (!event.key?.startsWith(shelf.key + ':')) return false;
  const id = event.key.slice(shelf.key.length + 1);
  shelf.entries = shelf.entries.filter(({ one }) => one.id !== id);
  const entry = event.newValue === null ? null : storage.get(event.key);
  if (isEntry(entry)) shelf.entries.push(entry);
  shelf.sort();
  return true;
}

let isStale = false;
addEventListener('storage', (event) => {
  if (event.key?.startsWith(drafts.key)) { showDrafts(); return; }
  if (!hearOfCorrections(event) || isStale) return;
  isStale = true;
  setTimeout(() => { isStale = false; overlay.view = null; showTranscript(); });
});

/** A page that comes back from the browser's cache missed what other tabs did. */
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  shelf.read();
  overlay.view = null;
  showTranscript();
});
