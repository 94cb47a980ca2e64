'use strict';
// What stays of a visit: search and filter in the address, which one shares; the rest in the browser.

const memory = { key: `tabscribe-view:${data.run}`, isRecalling: false, wrote: -500, timer: 0 };

function remember(members) {
  if (memory.isRecalling) return;
  storage.set(memory.key, { ...storage.get(memory.key), ...members });
}

/** The parts of the address behind `#`. */
const fragmentParts = () => new Map(location.hash.slice(1).split('&').filter(Boolean).map((part) => {
  const at = part.indexOf('=');
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}));

function setFragment(changes) {
  const parts = fragmentParts();
  for (const [name, value] of Object.entries(changes)) if (value === '') parts.delete(name); else parts.set(name, value);
  const fragment = Array.from(parts, ([name, value]) => (value === '' ? name : `${name}=${value}`)).join('&');
  try {
    history.replaceState(null, '', fragment ? '#' + fragment : location.pathname + location.search);
  } catch { /* Browsers refuse addresses that change too often. */ }
}

/** At once, and not more often than twice a second while one types. */
function rememberSearch() {
  if (memory.isRecalling) return;
  clearTimeout(memory.timer);
  const wait = Math.max(0, memory.wrote + 500 - performance.now());
  if (wait > 0) memory.timer = setTimeout(writeSearch, wait); else writeSearch();
}

function writeSearch() {
  memory.wrote = performance.now();
  const voices = Array.from(filter.speakers, (place) => Array.from(overlay.places).find(([, other]) => other === place)?.[0]);
  const isPlain = !search.query && voices.length === 0 && !filter.onlyFindings;
  const parts = fragmentParts();
  if (isPlain && !['q', 'voice', 'only'].some((name) => parts.has(name))) return;
  setFragment({ q: encodeURIComponent(search.query), voice: voices.join(','), only: filter.onlyFindings ? 'findings' : '' });
}

/** Puts the page as it was left: the address goes first. */
function recall() {
  memory.isRecalling = true;
  const kept = storage.get(memory.key) ?? {};
  if (kept.tint === true) tint(true);
  if (sizes.includes(kept.size)) setSize(kept.size);
  if (typeof kept.speed === 'number') player.setSpeed(kept.speed);
  if (typeof kept.zoom === 'number' && kept.zoom > 1) setZoom(kept.zoom);
  const parts = fragmentParts();
  if (timeBefore() > 0 && !parts.has('t')) player.seek(timeBefore(), false);
  recallSearch(parts);
  memory.isRecalling = false;
}

function recallSearch(parts) {
  for (const voice of (parts.get('voice') ?? '').split(',').filter(Boolean)) {
    const place = overlay.places.get(Number(voice));
    if (place !== undefined) filter.speakers.add(place);
  }
  filter.onlyFindings = parts.get('only') === 'findings' && rows.some(hasFinding);
  byId('query').value = decoded(parts.get('q') ?? '');
  if (filter.speakers.size > 0 || filter.onlyFindings) applyFilter();
  else if (byId('query').value) searchFor(byId('query').value);
}

// Where the recording was is this tab's alone: another one begins at the start.
addEventListener('pagehide', () => {
  try { if (player.time() > 0) sessionStorage.setItem(memory.key, String(Math.round(player.time()))); } catch { /* storage is a convenience */ }
});
function timeBefore() {
  try { return Number(sessionStorage.getItem(memory.key)); } catch { return 0; }
}
