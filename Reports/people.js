'use strict';
// Speakers after corrections: their colours, their rows in the table, their lanes.

/** The place of a voice on the page; new voices come after those of the table. */
function placeOf(voice) {
  if (voice === null) return -1;
  if (!overlay.places.has(voice)) overlay.places.set(voice, overlay.places.size);
  return overlay.places.get(voice);
}

const palette = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, palette];

/** Hues for people with a name, greys for others, as the page was coloured. */
function paint(people, counts) {
  const byTime = people.filter((person) => person.name != null)
    .sort((one, other) => counts.get(other.voice).time - counts.get(one.voice).time);
  const ranks = new Map(byTime.map((person, rank) => [person.voice, rank]));
  let greys = 0;
  const rules = people.map((person) => {
    const colour = ranks.has(person.voice) ? hueOf(ranks.get(person.voice))
      : `calc(var(--gl) + ${['0', '0.06', '-0.05'][greys++ % 3]}) 0 0`;
    return `.s${placeOf(person.voice)}{--s:oklch(${colour})}`;
  });
  palette.replaceSync(rules.join(''));
}

const hues = [250, 133, 328, 55, 172, 289, 94, 211];
function hueOf(rank) {
  const hue = hues[rank] ?? 45 + (20 + Math.floor((rank * 382 % 1000) * 310 / 1000)) % 310;
  const isSetBack = rank < hues.length ? (hue - 55) / 39 % 2 === 0 : rank % 2 === 1;
  return `${isSetBack ? 'calc(var(--sl) + var(--st))' : 'var(--sl)'} var(--sc) ${hue}`;
}

/** Brings what depends on voices up to date; returns whether anything had to be. */
function showPeople(view, voicesMoved) {
  const peopleChanged = view.speakers.length !== shown.people.length
    || view.speakers.some((person, place) => person !== shown.people[place] && !samePerson(person, shown.people[place]));
  if (!peopleChanged && !voicesMoved) return false;
  shown.people = view.speakers;
  paint(view.speakers, speakerCounts(view));
  const labels = new Map(view.speakers.map((person) => [person.voice, labelOf(person)]));
  const named = new Set(view.speakers.filter((person) => person.name != null).map((person) => person.voice));
  data.labels = [];
  for (const person of view.speakers) data.labels[placeOf(person.voice)] = labels.get(person.voice);
  let previous = null;
  for (const [position, { voice }] of view.segments.entries()) {
    const place = labels.has(voice) ? placeOf(voice) : -1;
    labelRow(position, labels.get(voice) ?? labelOfVoice(view, voice), place, named.has(voice), voice !== null && voice === previous);
    previous = voice;
  }
  showSpeakerTable(view);
  drawLanes(view);
  return true;
}

const samePerson = (one, other) =>
  ['voice', 'name', 'company', 'position', 'role'].every((field) => (one[field] ?? null) === (other?.[field] ?? null));

function labelRow(position, label, place, isNamed, isRepeated) {
  const row = rows[position];
  const name = row.cells[1];
  if (name.textContent !== shownText(label)) name.textContent = shownText(label);
  if (data.speakers[position] !== place) {
    row.classList.remove(`s${data.speakers[position]}`);
    if (place >= 0) row.classList.add(`s${place}`);
    data.speakers[position] = place;
  }
  row.classList.toggle('g', !isNamed);
  row.classList.toggle('d', isRepeated);
}

const wordRuns = /[^\0-\x2F:-@[-`{-\xBF\u0E00-\u0EFF\u1000-\u10BF\u1780-\u17FF\u2000-\u207F\u3000-\u9FFF\uFF00-\uFF7F\u{20000}-\u{33FFF}](?:[^\0-&(-\x2F:-@[-`{-\xBF\u2000-\u2018\u201A-\u207F\u3000-\u303F\uFF00-\uFF7F])*/gu;
const ideographs = /[\u3040-\u9FFF\u{20000}-\u{33FFF}]/gu;
const syllables = /[\u0E00-\u0EFF\u1000-\u10BF\u1780-\u17FF]/gu;

/** The words of a text as speech has them, counted as the command line does: two ideographs are one, four signs of Thai and its like. */
function spokenWords(text) {
  const count = (signs) => text.match(signs)?.length ?? 0;
  return count(wordRuns) + Math.ceil(count(ideographs) / 2) + Math.ceil(count(syllables) / 4);
}

/** Talk time, words, turns and first moment of each voice; a row whose words are corrected keeps its length until the page is made anew. */
function speakerCounts(view) {
  const counts = new Map(view.speakers.map((person) => [person.voice, { time: 0, words: 0, turns: 0, turn: 0, longest: 0, first: null, spans: [] }]));
  let all = 0, previous = null;
  for (const [position, { voice, text }] of view.segments.entries()) {
    const count = counts.get(voice);
    const start = data.starts[position];
    if (count) {
      const length = data.talks[position];
      count.time += length;
      all += length;
      count.words += text === shown.written[position]?.text ? data.words[position] : spokenWords(text);
      if (voice !== previous) [count.turns, count.turn] = [count.turns + 1, 0];
      count.turn += length;
      count.longest = Math.max(count.longest, count.turn);
      if (start !== null) {
        count.first = Math.min(count.first ?? start, start);
        count.spans.push([start, start + length]);
      }
      count.rows = (count.rows ?? 0) + 1;
    }
    previous = voice;
  }
  for (const count of counts.values()) count.share = all > 0 ? count.time / all : 0;
  return counts;
}

const speakerBody = document.querySelector('.speakers tbody');
function showSpeakerTable(view) {
  const counts = speakerCounts(view);
  const loudest = Math.max(...Array.from(counts.values(), (count) => count.share), 0) || 1;
  const living = new Set(view.speakers.map((person) => placeOf(person.voice)));
  for (const place of overlay.places.values()) {
    const row = byId(`speaker-${place + 1}`);
    if (row) row.hidden = !living.has(place);
  }
  for (const person of view.speakers) {
    const place = placeOf(person.voice);
    const row = byId(`speaker-${place + 1}`) ?? newSpeakerRow(place);
    row.className = person.name != null ? `s${place}` : `s${place} g`;
    fillSpeakerRow(row, person, counts.get(person.voice), loudest);
  }
  document.querySelector('#speakers-heading .count').textContent = view.speakers.length;
  const named = view.speakers.filter((person) => person.name != null).length;
  byId('named').textContent = `${counted(view.speakers.length, 'speaker')}, ${named} named`;
}

function newSpeakerRow(place) {
  const row = speakerBody.insertRow();
  row.id = `speaker-${place + 1}`;
  const name = document.createElement('th');
  name.scope = 'row';
  row.append(name);
  for (const kind of ['share', 'who', '', '', '', '', '']) row.insertCell().className = kind;
  offerFilter(row, place);
  offerEditing(row, place);
  offerDetails(row);
  return row;
}

function fillSpeakerRow(row, person, count, loudest) {
  const [name, share, who, role, status, time, turns, first] = row.cells;
  name.querySelector('button').textContent = shownText(labelOf(person));
  share.replaceChildren(...shareBar(count, loudest));
  who.textContent = shownText([person.position, person.company].filter((part) => part != null).join(', '));
  role.textContent = shownText(person.role ?? '');
  status.className = person.described ? '' : 'error';
  status.textContent = !person.described ? 'not in the speakers table' : person.name == null ? 'unidentified'
    : person.nameStatus === 'unknown' ? '' : shownText(`name ${person.nameStatus}`);
  const isHeard = count.first !== null;
  const pace = count.time > 0 ? `, ${Math.round(count.words * 60000 / count.time)} words/min` : '';
  time.textContent = isHeard ? lengthOf(count.time) + pace : 'no rows';
  turns.textContent = !isHeard ? '' : count.turns === 1 ? '1 turn' : `${count.turns} turns, longest ${lengthOf(count.longest)}`;
  first.textContent = isHeard ? 'from ' : '';
  if (isHeard) {
    const link = document.createElement('a');
    link.href = '#t=' + count.first / 1000;
    link.textContent = clock(count.first);
    first.append(link);
  }
}

const lengthOf = (milliseconds) => clock(Math.floor((milliseconds + 500) / 1000) * 1000).replace(/^0/, '');

function drawing(tag, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function shareBar(count, loudest) {
  if (count.time === 0) return [];
  const bar = drawing('svg', { viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  bar.append(drawing('rect', { width: Math.floor(count.share / loudest * 100), height: 4 }));
  const percent = Math.round(count.share * 100);
  const text = document.createElement('span');
  text.textContent = percent === 0 ? 'under 1 %' : `${percent} %`;
  return [bar, text];
}

/** One lane for each of the eight who speak longest, as the page was drawn. */
function drawLanes(view) {
  const counts = speakerCounts(view);
  const byTime = view.speakers.map((person) => person.voice)
    .sort((one, other) => counts.get(other).time - counts.get(one).time);
  const chosen = new Set(byTime.length > 8 ? byTime.slice(0, 7) : byTime);
  const made = view.speakers.filter((person) => chosen.has(person.voice)).map((person) => {
    const kind = `lane s${placeOf(person.voice)}${person.name != null ? '' : ' g'}`;
    return lane(kind, labelOf(person), counts.get(person.voice).spans);
  });
  const rest = view.speakers.filter((person) => !chosen.has(person.voice));
  if (rest.length > 0) made.push(lane('lane others', `${rest.length} others`, rest.flatMap((person) => counts.get(person.voice).spans)));
  for (const old of lanes.querySelectorAll('.lane:not(.sound, .marks, .axis)')) old.remove();
  (lanes.querySelector('.lane.sound') ?? marks.parentElement).before(...made);
}

function lane(kind, label, spans) {
  const line = document.createElement('div');
  line.className = kind;
  const name = document.createElement('span');
  name.textContent = shownText(label);
  const box = drawing('svg', { viewBox: marks.getAttribute('viewBox'), preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  box.append(drawing('path', { d: spanPath(spans) }));
  line.append(name, box);
  return line;
}

/** Rectangles in tenths of a second; stretches that touch are one. */
function spanPath(spans) {
  const joined = [];
  for (const [start, end] of spans) {
    const last = joined.at(-1);
    if (last && start >= last[0] && start <= last[1] + 100) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined.map(([start, end]) => {
    const width = Math.floor(Math.max(end - start, 100) / 100);
    return `M${Math.floor(start / 100)} 0h${width}v10h-${width}z`;
  }).join('');
}
