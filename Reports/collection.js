'use strict';
// Search over a collection: videos and people as one types, and what was said where it is small enough to be here.

const mostHits = 200;
const listed = Array.from(document.querySelectorAll('.sortable tbody tr'), (row) => ({ row, text: fold(row.textContent) }));
let spoken = null;

/** What was said, folded once. */
function spokenTexts() {
  spoken ??= (data.rows ?? []).map(([video, milliseconds, text]) => ({ video, milliseconds, text, folded: fold(text) }));
  return spoken;
}

function searchFor(query) {
  const wanted = fold(query.trim());
  let shown = 0;
  for (const { row, text } of listed) {
    row.hidden = wanted !== '' && !text.includes(wanted);
    if (!row.hidden) shown += 1;
  }
  const hits = wanted.length < 2 ? [] : spokenTexts().filter((one) => one.folded.includes(wanted));
  byId('found').hidden = wanted.length < 2 || !data.rows;
  byId('found').querySelector('.count').textContent = hits.length.toLocaleString('en');
  byId('hits').textContent = wanted === '' ? '' : shown + hits.length === 0 ? 'Nothing found'
    : `${counted(shown, 'line')} and ${counted(hits.length, 'row')}`;
  byId('said-hits').replaceChildren(...hits.slice(0, mostHits).map((hit) => hitItem(hit, wanted)));
}

function hitItem({ video, milliseconds, text, folded }, wanted) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const { title, href } = data.videos[video];
  link.href = milliseconds === null ? href : `${href}#t=${milliseconds / 1000}`;
  link.textContent = milliseconds === null ? title : `${title}, ${clock(milliseconds)}`;
  const words = document.createElement('p');
  words.dir = 'auto';
  if (folded.length === text.length) {
    const at = folded.indexOf(wanted);
    const mark = document.createElement('mark');
    mark.textContent = shownText(text.slice(at, at + wanted.length));
    words.append(shownText(text.slice(0, at)), mark, shownText(text.slice(at + wanted.length)));
  } else {
    words.textContent = shownText(text);
  }
  item.append(link, words);
  return item;
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
