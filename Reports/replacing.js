'use strict';
// One spelling in place of another, everywhere: shown first, then made as corrections that are undone as one.
// The rules are those of `correct replace`; `Tests/ConformanceCases/replacing.json` holds both to them.

/** More changes than a person reads through are counted only. */
const mostPreviewed = 200;
const graphemes = new Intl.Segmenter();
const isWordy = (character) => character !== undefined && /^[\p{Alphabetic}\p{N}]/u.test(character);

/** Characters as a reader sees them, however they are encoded. */
const charactersOf = (text) => (onlyASCII.test(text) && !text.includes('\r') ? text.split('')
  : Array.from(graphemes.segment(text), ({ segment }) => segment));

/**
 * A text in pieces: `[text]` as it was, `[before, after]` where the spelling is replaced.
 * `null` where it does not occur, or nothing would change.
 */
function replacedPieces(text, { old, with: after, parts }) {
  const wanted = charactersOf(old).map((one) => one.normalize());
  if (!text.normalize().includes(old.normalize())) return null;
  const own = charactersOf(text), compared = own.map((one) => one.normalize());
  const pieces = [];
  let passed = 0;
  for (let at = 0; at + wanted.length <= own.length;) {
    const end = at + wanted.length;
    if (!wanted.every((one, place) => one === compared[at + place])) { at += 1; continue; }
    const isInWord = (isWordy(own[at - 1]) && isWordy(wanted[0])) || (isWordy(own[end]) && isWordy(wanted.at(-1)));
    if (parts || !isInWord) {
      pieces.push([own.slice(passed, at).join('')], [own.slice(at, end).join(''), after]);
      passed = end;
    }
    at = end;
  }
  pieces.push([own.slice(passed).join('')]);
  return pieces.some((piece) => piece.length === 2 && piece[0] !== piece[1]) ? pieces : null;
}

const joined = (pieces) => pieces.map((piece) => piece.at(-1)).join('');

/** Everything that a replacement would change: `{ label, position, pieces, correction }`, rows before speakers. */
function replacements(wanted) {
  const { segments, speakers } = transcript();
  const list = [];
  for (const [position, segment] of segments.entries()) {
    const pieces = replacedPieces(segment.text, wanted);
    if (!pieces) continue;
    const correction = { kind: 'text', ...placeIn(position), before: segment.text, after: joined(pieces) };
    list.push({ label: timeOf(position), position, pieces, correction });
  }
  for (const person of speakers) {
    for (const field of ['name', 'company', 'position']) {
      const pieces = person[field] == null ? null : replacedPieces(person[field], wanted);
      if (!pieces || joined(pieces) === '') continue;
      list.push({ label: field, pieces, correction: { kind: 'speaker', voice: person.voice, field, before: person[field], after: joined(pieces) } });
    }
  }
  return list;
}

const replacing = { panel: byId('replacing'), list: [] };

function wantedReplacement() {
  return { old: byId('replace-old').value, with: byId('replace-new').value, parts: byId('replace-parts').checked };
}

/** Shows what would change, as one types. */
function previewReplacement() {
  const wanted = wantedReplacement();
  replacing.list = wanted.old === '' || wanted.old === wanted.with ? [] : replacements(wanted);
  const count = replacing.list.length;
  byId('replace-all').disabled = count === 0;
  byId('replace-count').textContent = wanted.old === '' ? ''
    : count === 0 ? 'Nothing to replace' : count > mostPreviewed ? `${counted(count, 'change')}, the first ${mostPreviewed} of them here` : counted(count, 'change');
  byId('replace-preview').replaceChildren(...replacing.list.slice(0, mostPreviewed).map(previewed));
  placeBelow(tools.open, replacing.panel);
}

function previewed({ label, position, pieces }) {
  const words = make('span', { dir: 'auto' });
  for (const [before, after] of pieces.map(aroundChange)) {
    if (after === undefined) { words.append(shownText(before)); continue; }
    words.append(make('del', {}, shownText(before)), make('ins', {}, shownText(after)));
  }
  const place = position === undefined ? make('b', {}, label)
    : make('a', { href: linkOf(position)?.getAttribute('href') ?? '#transcript' }, label);
  return make('li', {}, place, ' ', words);
}

/** A long text that stays is cut to what stands beside the change. */
function aroundChange(piece, index, all) {
  if (piece.length === 2 || piece[0].length <= 60) return piece;
  const [text] = piece;
  if (index === 0) return [`… ${text.slice(-40)}`];
  return [index === all.length - 1 ? `${text.slice(0, 40)} …` : `${text.slice(0, 25)} … ${text.slice(-25)}`];
}

byId('replace').addEventListener('click', () => {
  tools.panel.hidePopover();
  keepOpenForm();
  replacing.panel.showPopover();
  byId('replace-old').focus();
  previewReplacement();
});
for (const name of ['replace-old', 'replace-new', 'replace-parts']) byId(name).addEventListener('input', previewReplacement);
replacing.panel.addEventListener('submit', (event) => {
  event.preventDefault();
  // What is shown now is what is made, whatever another tab did meanwhile.
  previewReplacement();
  const { list } = replacing;
  if (list.length === 0) return;
  replacing.panel.hidePopover();
  correctAll(list.map(({ correction }) => correction), `${counted(list.length, 'change')} made`);
  tell(`${counted(list.length, 'change')} made`, { text: 'Undo', act: undo });
});
