'use strict';
// The lists beside the text: speakers and findings as tabs, findings as work to be done.

const lists = ['speakers', 'findings'].map(byId).filter((section) => !section.hidden);
const tabList = document.createElement('div');
tabList.className = 'tabs';
tabList.role = 'tablist';
tabList.ariaLabel = 'Lists';

/** Shows one of the lists; on a phone each has its own button in the bar. */
function showList(section) {
  for (const [index, list] of lists.entries()) {
    list.classList.toggle('back', list !== section);
    tabList.children[index].ariaSelected = String(list === section);
    tabList.children[index].tabIndex = list === section ? 0 : -1;
  }
}

if (lists.length > 1) {
  for (const section of lists) {
    const heading = section.querySelector('h2');
    const tab = makeButton('', '', () => showList(section));
    tab.append(heading.firstChild.data.trim() + ' ', heading.querySelector('.count').cloneNode(true));
    tab.role = 'tab';
    tab.id = `tab-${section.id}`;
    tab.setAttribute('aria-controls', section.id);
    tabList.append(tab);
    heading.classList.add('tabbed');
  }
  tabList.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = lists[lists.findIndex((list) => !list.classList.contains('back')) === 0 ? 1 : 0];
    showList(next);
    byId(`tab-${next.id}`).focus();
  });
  lists[0].before(tabList);
  showList(lists[0]);
}

/** Brings the list into view that an element is in. */
function showListOf(element) {
  const section = element.closest('.panes section');
  if (lists.length > 1 && lists.includes(section)) showList(section);
}
// A link to a speaker or a finding leads into a list that may be behind the other.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#speaker-"], a[href^="#finding-"]') : null;
  const target = link ? byId(link.getAttribute('href').slice(1)) : null;
  if (!target) return;
  showListOf(target);
  if (isNarrow.matches) raise(target.closest('section').id);
});

// Many speakers stand on one line each; what else is known of one shows when asked for.
const manySpeakers = 8;
function offerDetails(row) {
  const button = makeButton('⋯', `More about ${row.querySelector('th button').textContent}`, () => {
    button.ariaExpanded = String(row.classList.toggle('open'));
  });
  button.className = 'more';
  button.ariaExpanded = 'false';
  row.querySelector('th').append(button);
}
const speakerRows = document.querySelectorAll('.speakers tbody tr');
document.querySelector('.speakers table').classList.toggle('short', speakerRows.length > manySpeakers);

// Findings: a queue. One is done when somebody says so, or checked its row.
const findings = Array.from(document.querySelectorAll('.findings li[id]'));
const fine = { key: `tabscribe-fine:${data.run}`, ids: new Set() };
const nameOf = (item) => `${item.querySelector('code').textContent} ${item.querySelector('a')?.getAttribute('href') ?? ''} ${item.querySelector('p').textContent}`.slice(0, 200);
const rowOf = (item) => positions.get(document.getElementById(item.querySelector('a')?.getAttribute('href').slice(1))) ?? -1;

function isDone(item) {
  const position = rowOf(item);
  return fine.ids.has(nameOf(item)) || (position >= 0 && rows[position].classList.contains('k'));
}

function showQueue() {
  const left = findings.filter((item) => !item.classList.toggle('done', isDone(item))).length;
  const count = left === findings.length ? String(left) : `${left} of ${findings.length} left`;
  for (const place of document.querySelectorAll('#findings-heading .count, #tab-findings .count')) place.textContent = count;
  for (const item of findings) item.querySelector('.fine').ariaPressed = String(fine.ids.has(nameOf(item)));
}

function toggleFine(item) {
  const name = nameOf(item);
  if (!fine.ids.delete(name)) fine.ids.add(name);
  storage.set(fine.key, fine.ids.size > 0 ? [...fine.ids] : null);
  showQueue();
}

for (const item of findings) {
  const button = makeButton('Fine', 'This finding needs no more work', () => toggleFine(item));
  button.className = 'fine';
  item.append(button);
}

const queue = { at: -1 };
function goToFinding(step) {
  if (findings.length === 0) return;
  const open = findings.filter((item) => !isDone(item));
  if (open.length === 0) { tell('Every finding is done'); return; }
  findings[queue.at]?.removeAttribute('aria-current');
  do queue.at = (Math.max(queue.at, step > 0 ? -1 : 0) + step + findings.length) % findings.length; while (isDone(findings[queue.at]));
  const item = findings[queue.at];
  item.setAttribute('aria-current', 'true');
  showListOf(item);
  item.scrollIntoView({ block: 'nearest' });
  say(item.querySelector('p').textContent);
  const position = rowOf(item);
  if (position < 0) return;
  follow(false);
  for (const note of rows[position].querySelectorAll('details')) note.open = true;
  reveal(position);
  focusRow(position, { preventScroll: true });
}
byId('only-findings').hidden = findings.length === 0;
if (findings.length > 0) byId('only-findings').append(` ${table.querySelectorAll('tr > td:nth-child(4)').length}`);
if (findings.length > 1) {
  const pair = document.createElement('span');
  pair.className = 'pair';
  pair.append(makeButton('↑', 'Previous finding', () => goToFinding(-1)), makeButton('↓', 'Next finding', () => goToFinding(1)));
  byId('findings-heading').after(pair);
}
function openQueue() {
  const kept = storage.get(fine.key);
  fine.ids = new Set(Array.isArray(kept) ? kept : []);
  showQueue();
}
