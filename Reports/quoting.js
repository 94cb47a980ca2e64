'use strict';
// Taking words along: quotes with their speaker, title and address, and copies that read as a transcript.

/** The rows that the selection reaches into, with the words it holds of each. */
function selectedWords() {
  const chosen = getSelection();
  if (chosen.isCollapsed || chosen.rangeCount === 0) return [];
  const range = chosen.getRangeAt(0);
  if (!range.intersectsNode(table)) return [];
  const first = positions.get(elementOf(range.startContainer).closest('.rows tbody tr')) ?? 0;
  const last = positions.get(elementOf(range.endContainer).closest('.rows tbody tr')) ?? rows.length - 1;
  const parts = [];
  for (let position = first; position <= last; position += 1) {
    const words = isShown(position) && range.intersectsNode(textOf(position)) ? wordsIn(position, range) : '';
    if (words) parts.push({ position, words });
  }
  return parts;
}

const elementOf = (node) => (node instanceof Element ? node : node.parentElement);

/** The words of a row inside a range. */
function wordsIn(position, range) {
  let words = '';
  for (const node of textOf(position).childNodes) {
    if (/^(SMALL|FORM)$/.test(node.nodeName) || !range.intersectsNode(node)) continue;
    const part = document.createRange();
    part.selectNodeContents(node);
    if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
    if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
    words += part.toString();
  }
  return words.trim();
}

const speakerOf = (position) => data.labels[data.speakers[position]] ?? 'unknown voice';

/** `Name: words`, a line for each turn. */
function asLines(parts) {
  let before = null;
  return parts.map(({ position, words }) => {
    const name = speakerOf(position);
    const lead = before === null ? `${name}: ` : name === before ? ' ' : `\n${name}: `;
    before = name;
    return lead + words;
  }).join('');
}

document.addEventListener('copy', (event) => {
  if (elementOf(getSelection().anchorNode ?? document.body).closest('form')) return;
  const parts = selectedWords();
  if (parts.length < 2) return;
  event.clipboardData.setData('text/plain', asLines(parts));
  event.preventDefault();
});

/** What is selected, else a row: with its speaker, title and time, and the address of the moment or stretch. */
function quoteOf(position) {
  const parts = selectedWords();
  if (parts.length > 1) return passageQuote(parts);
  const time = data.starts[position] === null ? '' : ', ' + clock(data.starts[position]);
  const text = textOf(position).firstElementChild?.localName === 'small' ? '' : spoken(position);
  return `“${text}”\n${speakerOf(position)}, ${data.title}${time}\n${addressOf(rows[position].id)}`;
}

function passageQuote(parts) {
  const first = parts[0].position, last = parts.at(-1).position;
  const start = data.starts[first], end = data.ends[last] ?? (data.starts[last] === null ? null : data.starts[last] + data.talks[last]);
  const time = start === null ? '' : `, ${clock(start)}${end === null ? '' : '–' + clock(end)}`;
  const moment = start === null ? rows[first].id : `t=${start / 1000}${end > start ? ',' + end / 1000 : ''}`;
  return `${asLines(parts)}\n${data.title}${time}\n${addressOf(moment)}`;
}

const addressOf = (fragment) => location.href.replace(/#.*/, '') + '#' + fragment;

const spoken = (position) => rowWords(position).trim();

async function copyQuote(position) {
  if (!(position >= 0)) return;
  const quote = quoteOf(position);
  try {
    await navigator.clipboard.writeText(quote);
    tell(`Copied with its ${quote.includes('#t=') ? 'time and address' : 'address'}`);
  } catch {
    tell('The browser did not allow copying');
  }
}
