'use strict';
// Searches and narrowed lists that a person keeps in this browser. The pages read without it.

const key = 'tabscribe-searches';
const place = document.getElementById('saved');

const parameters = new URLSearchParams(location.search);
for (const [name, value] of [...parameters]) if (value === '' || name === 'page') parameters.delete(name);
const here = parameters.size === 0 ? location.pathname : `${location.pathname}?${parameters}`;

/** What is asked for, in its own words: how it is sorted says nothing. */
const label = [...parameters].filter(([name]) => !['order', 'reversed', 'all'].includes(name))
  .map(([name, value]) => (name === 'q' ? `“${value}”` : value)).join(', ');

const isSearch = (one) => typeof one?.label === 'string' && /^\/(?:search|people)?\?/.test(one.address);

function kept() {
  try {
    const list = JSON.parse(localStorage.getItem(key));
    return Array.isArray(list) ? list.filter(isSearch) : [];
  } catch {
    return [];
  }
}

function keep(list) {
  try { localStorage.setItem(key, JSON.stringify(list)); } catch { return; }
  show();
}

function button(text, name, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  if (name) made.ariaLabel = name;
  made.addEventListener('click', action);
  return made;
}

function link(one) {
  const item = document.createElement('span');
  const anchor = document.createElement('a');
  anchor.href = one.address;
  anchor.textContent = one.label;
  anchor.dir = 'auto';
  if (one.address === here) anchor.ariaCurrent = 'true';
  const forget = () => { keep(kept().filter((other) => other.address !== one.address)); place.querySelector('a, button')?.focus(); };
  item.append(anchor, button('✕', `Forget ${one.label}`, forget));
  return item;
}

function show() {
  const list = kept();
  place.replaceChildren(...list.map(link));
  if (label !== '' && isSearch({ label, address: here }) && !list.some((one) => one.address === here)) {
    place.append(button('Keep this search', '', () => { keep([...kept(), { label, address: here }]); place.querySelector('[aria-current]')?.focus(); }));
  }
  place.hidden = place.childElementCount === 0;
}

addEventListener('storage', (event) => { if (event.key === key) show(); });
show();
