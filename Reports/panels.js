'use strict';
// Menus, panels of the phone layout, shortcuts; then everything starts.

/** Puts a menu below its button, as far as the window has room. */
function placeBelow(opener, panel) {
  const place = opener.getBoundingClientRect();
  panel.style.top = `${Math.min(place.bottom + 6, Math.max(6, innerHeight - panel.offsetHeight - 6))}px`;
  panel.style.left = `${Math.max(6, Math.min(place.right - panel.offsetWidth, innerWidth - panel.offsetWidth - 6))}px`;
}

for (const opener of document.querySelectorAll('.tools [popovertarget]')) {
  const panel = byId(opener.getAttribute('popovertarget'));
  if (!panel.classList.contains('menu')) continue;
  panel.addEventListener('toggle', () => placeBelow(opener, panel));
}

function tint(isOn) {
  byId('tint').ariaPressed = String(isOn);
  document.documentElement.classList.toggle('tinted', isOn);
}
byId('tint').addEventListener('click', () => { tint(byId('tint').ariaPressed !== 'true'); remember({ tint: byId('tint').ariaPressed === 'true' }); });

// Three sizes of text; the largest is for reading along: what is not being said recedes.
const sizes = ['', 'large', 'largest'];
function setSize(name) {
  for (const size of sizes.filter(Boolean)) document.documentElement.classList.toggle(size, size === name);
  byId('size').ariaPressed = String(name !== '');
}
byId('size').addEventListener('click', () => {
  const held = heldRow();
  const size = sizes[(sizes.findIndex((name) => name && document.documentElement.classList.contains(name)) + 1 || 1) % sizes.length];
  setSize(size);
  putBack(held);
  remember({ size });
});

// The command that fetches the rest goes to the clipboard.
for (const code of document.querySelectorAll('.banner code')) {
  const copy = makeButton('Copy', 'Copy the command', () => navigator.clipboard.writeText(code.textContent).then(() => tell('Copied'), () => tell('The browser did not allow copying')));
  code.after(' ', copy);
  if (code.dataset.address) offerResuming(code, copy);
}

/** A server that sends by itself can fetch the rest, too; what keeps it from that is said below. */
function offerResuming(code, copy) {
  const problem = document.createElement('p'), limit = document.createElement('input');
  problem.role = 'alert';
  Object.assign(limit, { hidden: true, ariaLabel: 'Spend at most, in USD and with what it has cost', size: 8, inputMode: 'decimal' });
  const resume = makeButton('Go on', 'Fetch the rest now', async () => {
    resume.disabled = true;
    const answer = await askServer(code.dataset.address, code.dataset.token, { costLimitUSD: limit.value });
    if (answer.isUnderWay) { location.reload(); return; }
    resume.disabled = false;
    problem.textContent = answer.error ? refusalWords(answer.error) : (answer.said ?? []).join(' ');
    // A higher limit of its own lets it go on.
    if (answer.error?.code === 'limit') limit.hidden = false;
  });
  resume.classList.add('resume');
  copy.after(' ', resume, ' ', limit);
  code.parentElement.after(problem);
}

// On a phone the panels come up from a bar at the bottom, and go when something in them was chosen.
const panes = Array.from(document.querySelectorAll('.panes section, .tools'));
function raise(name) {
  for (const pane of panes) pane.classList.toggle('up', name !== null && pane.matches(name === 'search' ? '.tools' : '.' + name));
  for (const button of document.querySelectorAll('.bar [data-pane]')) button.ariaExpanded = String(button.dataset.pane === name);
  document.body.classList.toggle('covered', name !== null);
}
for (const button of document.querySelectorAll('.bar [data-pane]')) {
  const { pane } = button.dataset;
  button.hidden = pane === 'search' ? rows.length === 0 : byId(pane).hidden;
  button.ariaExpanded = 'false';
  button.addEventListener('click', () => {
    raise(button.ariaExpanded === 'true' ? null : pane);
    if (pane === 'search' && document.querySelector('.tools.up')) byId('query').focus();
    if (pane === 'timeline') drawAxis();
  });
}
for (const pane of document.querySelectorAll('.panes section')) {
  const close = makeButton('✕', 'Close this panel', () => raise(null));
  close.className = 'close';
  pane.prepend(close);
  pane.addEventListener('click', (event) => {
    if (isNarrow.matches && event.target.closest('a[href^="#"], th > button:not(.pencil), .lane svg')) raise(null);
  });
}

// The player makes room for the text while one reads on, and comes back at the top.
const playerSection = document.querySelector('.player');
let lastScroll = 0;
addEventListener('scroll', () => {
  if (!isNarrow.matches || !playerSection || openForm) return;
  if (scrollY > lastScroll + 24 && scrollY > innerHeight * 0.6) playerSection.classList.add('small');
  if (scrollY < 80) playerSection.classList.remove('small');
  lastScroll = scrollY;
}, { passive: true });

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
  KeyI: () => setOpenTime('start'),
  KeyO: () => setOpenTime('end'),
};
function setOpenTime(name) {
  const field = openForm.form.elements.namedItem(name);
  if (field) setTime(field);
}
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
drawAxis();
recall();
if (location.hash) openAddress();
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
whenIdle(() => textIndex());
addEventListener('resize', drawAxis);
