'use strict';
// Search over a collection: videos and people as one types, and what was said where it is small enough to be here.

const mostHits = 200;
const listed = Array.from(document.querySelectorAll('.sortable tbody tr'), (row) => ({ row, text: searchable(row.textContent) }));
let spoken = null;

/** What was said, folded once. */
function spokenTexts() {
  spoken ??= (data.rows ?? []).map(([video, milliseconds, text, speaker]) => ({ video, milliseconds, text, speaker: data.speakers[speaker], folded: searchable(text) }));
  return spoken;
}

function searchFor(query) {
  const terms = termsOf(query);
  const fits = (text) => terms.every((term) => isIn(term, text));
  let shown = 0;
  for (const { row, text } of listed) {
    row.hidden = !fits(text);
    if (!row.hidden) shown += 1;
  }
  const asksForRows = terms.length > 0 && query.trim().length > 1;
  const hits = asksForRows ? spokenTexts().filter((one) => fits(one.folded)) : [];
  byId('found').hidden = !asksForRows || !data.rows;
  byId('found').querySelector('.count').textContent = hits.length.toLocaleString('en');
  byId('hits').textContent = terms.length === 0 ? '' : shown + hits.length === 0 ? 'Nothing found'
    : `${counted(shown, 'line')} and ${counted(hits.length, 'row')}`;
  byId('said-more').textContent = hits.length > mostHits ? `The first ${mostHits} of ${hits.length.toLocaleString('en')} rows; more words find fewer.` : '';
  // In the address, so that going back, reloading and sharing bring it again.
  history.replaceState(null, '', query.trim() === '' ? location.pathname : `#q=${encodeURIComponent(query.trim())}`);
  byId('said-hits').replaceChildren(...hits.slice(0, mostHits).map((hit) => hitItem(hit, terms)));
}

function hitItem({ video, milliseconds, text, speaker, folded }, terms) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const { title, href } = data.videos[video];
  link.href = milliseconds === null ? href : `${href}#t=${milliseconds / 1000}`;
  link.textContent = milliseconds === null ? title : `${title}, ${clock(milliseconds)}`;
  const words = document.createElement('p');
  words.dir = 'auto';
  let passed = 0;
  if (folded.length === text.length) {
    for (const { at, end } of stretches(folded, terms)) {
      const mark = document.createElement('mark');
      mark.textContent = shownText(text.slice(at, end));
      words.append(shownText(text.slice(passed, at)), mark);
      passed = end;
    }
  }
  words.append(shownText(text.slice(passed)));
  const who = document.createElement('b');
  who.dir = 'auto';
  who.textContent = shownText(speaker ?? '');
  item.append(link, ' ', who, words);
  return item;
}

/** Where the terms stand, in order, none over another. */
function stretches(folded, terms) {
  const all = [];
  for (const term of terms) eachPlace(term, folded, (at, end) => all.push({ at, end }));
  all.sort((one, other) => one.at - other.at || other.end - one.end);
  let end = 0;
  return all.filter((one) => one.at >= end && (end = one.end) > 0);
}

document.querySelector('.tools').hidden = false;
byId('query').addEventListener('input', (event) => searchFor(event.target.value));
byId('query').addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { event.target.value = ''; searchFor(''); }
});
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target === byId('query')) return;
  event.preventDefault();
  byId('query').focus();
});

const asked = /[#&]q=([^&]*)/.exec(location.hash);
if (asked) {
  byId('query').value = decoded(asked[1]);
  searchFor(byId('query').value);
}
