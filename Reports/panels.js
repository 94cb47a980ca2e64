'use strict';
// Timeline, findings, panels of the phone layout, shortcuts; then everything starts.

const lanes = document.querySelector('.lanes');
const playhead = document.createElement('div');
playhead.id = 'playhead';
lanes.append(playhead);
const marks = lanes.querySelector('.marks svg');
const axis = lanes.querySelector('.axis svg');
let zoom = 1;

function movePlayhead(milliseconds) {
  const box = axis.getBoundingClientRect();
  const origin = lanes.getBoundingClientRect().left - lanes.scrollLeft;
  const x = box.left - origin + box.width * Math.min(1, milliseconds / data.durationMS);
  playhead.style.left = `${x}px`;
  if (zoom > 1 && player.isPlaying()) lanes.scrollLeft = x - lanes.clientWidth / 2;
}

lanes.addEventListener('click', (event) => {
  const drawing = event.target.closest('svg');
  if (!drawing) return;
  const box = drawing.getBoundingClientRect();
  seek(Math.round((event.clientX - box.left) / box.width * data.durationMS));
});

/** Where the search hits are, at most one mark for each pixel or so. */
function markHits(hits) {
  marks.querySelector('.hit')?.remove();
  marks.parentElement.firstElementChild.textContent = hits.length > 0 ? 'Findings, hits' : 'Findings';
  if (hits.length === 0) return;
  const unit = data.durationMS / 400;
  const columns = new Set(hits.filter((position) => data.starts[position] !== null)
    .map((position) => Math.floor(data.starts[position] / unit)));
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('class', 'hit');
  const width = Math.ceil(unit / 100);
  path.setAttribute('d', Array.from(columns, (column) => `M${Math.floor(column * unit / 100)} 0h${width}v10h-${width}z`).join(''));
  marks.append(path);
}

function setZoom(factor) {
  const most = Math.max(1, Math.min(64, 2 ** Math.ceil(Math.log2(data.durationMS / 60000))));
  const middle = (lanes.scrollLeft + lanes.clientWidth / 2) / lanes.scrollWidth;
  zoom = Math.min(most, Math.max(1, zoom * factor));
  lanes.style.setProperty('--zoom', zoom);
  labelAxis();
  lanes.scrollLeft = middle * lanes.scrollWidth - lanes.clientWidth / 2;
  movePlayhead(player.time());
}

function labelAxis() {
  const room = axis.getBoundingClientRect().width;
  const steps = [5, 10, 30, 60, 300, 600, 1800, 3600, 7200].map((seconds) => seconds * 1000);
  const step = steps.find((length) => length / data.durationMS * room >= 56) ?? 14400000;
  const labels = [];
  for (let moment = 0; moment < data.durationMS; moment += step) {
    const label = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    const share = moment / data.durationMS;
    if ((1 - share) * room < 34) break;
    label.setAttribute('x', `${share * 100}%`);
    label.setAttribute('y', '12');
    label.textContent = clock(moment);
    labels.push(label);
  }
  axis.replaceChildren(...labels);
}

const zoomButtons = document.createElement('span');
zoomButtons.className = 'pair';
zoomButtons.append(makeButton('−', 'Zoom out', () => setZoom(0.5)), makeButton('+', 'Zoom in', () => setZoom(2)));
byId('timeline-heading').append(zoomButtons);

// Findings: one after the other.
const findings = Array.from(document.querySelectorAll('.findings li[id]'));
let finding = -1;
function goToFinding(step) {
  if (findings.length === 0) return;
  findings[finding]?.removeAttribute('aria-current');
  finding = (finding + step + findings.length) % findings.length;
  const item = findings[finding];
  item.setAttribute('aria-current', 'true');
  item.scrollIntoView({ block: 'nearest' });
  say(item.textContent);
  const place = item.querySelector('a');
  const row = place ? document.getElementById(place.getAttribute('href').slice(1)) : null;
  if (!row || !positions.has(row)) return;
  follow(false);
  for (const note of row.querySelectorAll('details')) note.open = true;
  reveal(positions.get(row));
  focusRow(positions.get(row), { preventScroll: true });
}
byId('only-findings').hidden = findings.length === 0;
if (findings.length > 1) {
  const pair = document.createElement('span');
  pair.className = 'pair';
  pair.append(makeButton('↑', 'Previous finding', () => goToFinding(-1)), makeButton('↓', 'Next finding', () => goToFinding(1)));
  byId('findings-heading').append(pair);
}

// Menus open below their buttons.
for (const opener of document.querySelectorAll('.tools [popovertarget]')) {
  const panel = byId(opener.getAttribute('popovertarget'));
  if (!panel.classList.contains('menu')) continue;
  panel.addEventListener('toggle', () => {
    const place = opener.getBoundingClientRect();
    panel.style.top = `${Math.min(place.bottom + 6, Math.max(6, innerHeight - panel.offsetHeight - 6))}px`;
    panel.style.left = `${Math.max(6, Math.min(place.right - panel.offsetWidth, innerWidth - panel.offsetWidth - 6))}px`;
  });
}

byId('tint').addEventListener('click', (event) => {
  event.currentTarget.ariaPressed = String(document.documentElement.classList.toggle('tinted'));
});

// On a phone the panels come up from a bar at the bottom.
for (const button of document.querySelectorAll('.bar button')) {
  button.hidden = button.dataset.pane === 'search' ? rows.length === 0 : byId(button.dataset.pane).hidden;
  button.addEventListener('click', () => {
    const name = button.dataset.pane;
    for (const pane of document.querySelectorAll('.panes section, .tools')) {
      const up = pane.matches(name === 'search' ? '.tools' : '.' + name) && !pane.classList.contains('up');
      pane.classList.toggle('up', up);
    }
    for (const other of document.querySelectorAll('.bar button')) other.ariaExpanded = String(other === button && !!document.querySelector('.up'));
    if (name === 'search' && document.querySelector('.tools.up')) byId('query').focus();
    if (name === 'timeline') { labelAxis(); movePlayhead(player.time()); }
  });
}

// Shortcuts of one key: off while typing, and for readers who switch them off.
const keys = byId('keys');
try { keys.checked = localStorage.getItem('tabscribe-keys') !== 'off'; } catch { /* storage is a convenience */ }
keys.addEventListener('change', () => {
  try { localStorage.setItem('tabscribe-keys', keys.checked ? 'on' : 'off'); } catch { /* as above */ }
});
/** The row with the focus, else the selected one, else the one that is playing. */
const focusedRow = () => positions.get(document.activeElement?.closest('.rows tbody tr'))
  ?? (selection.position >= 0 ? selection.position : current.position);
const shortcuts = {
  '/': () => byId('query').focus(),
  n: () => goToHit(1),
  N: () => goToHit(-1),
  k: () => player.toggle(),
  j: () => player.skip(-5),
  l: () => player.skip(5),
  '.': () => follow(true),
  f: () => goToFinding(1),
  F: () => goToFinding(-1),
  c: () => copyQuote(focusedRow()),
  e: () => editRow(focusedRow()),
  x: () => toggleChecked(focusedRow()),
  u: () => undo(),
  U: () => redo(),
  '?': () => byId('shortcuts').togglePopover(),
};

/** While typing, the player answers to keys with Ctrl; Ctrl+Shift+Space goes round in the row being corrected. */
const typingKeys = {
  Space: (event) => { if (event.shiftKey) loopRow(); else player.toggle(); },
  KeyJ: () => player.skip(-5),
  KeyL: () => player.skip(5),
};
function loopRow() {
  const position = positions.get(openForm?.form.closest('.rows tbody tr'));
  if (position === undefined || data.starts[position] === null) return;
  if (stretch.loops) { stretch.play(0, null); if (player.isPlaying()) player.toggle(); return; }
  stretch.play(data.starts[position], data.starts[position] + Math.max(data.talks[position], 1000), true);
  player.seek(data.starts[position], true);
}
addEventListener('keydown', (event) => {
  if (!openForm || !event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return;
  if (!typingKeys[event.code]) return;
  event.preventDefault();
  typingKeys[event.code](event);
});

addEventListener('keydown', (event) => {
  if (isComposing(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keys.checked) return;
  if (event.target.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]')) return;
  const action = shortcuts[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

player = makePlayer();
document.querySelector('.tools').hidden = rows.length === 0;
document.querySelector('.bar').hidden = false;
makeOneTabStop();
openCorrections();
openDrafts();
labelAxis();
movePlayhead(0);
if (location.hash) openAddress();
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
whenIdle(() => textIndex());
addEventListener('resize', () => { labelAxis(); movePlayhead(player.time()); });
