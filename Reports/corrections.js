'use strict';
// Corrections: what people changed on top of what the machine wrote, which is never lost.
// The rules are those of the command line; `Tests/ConformanceCases/corrections.json` holds both to them.

/** Whoever a voice belongs to, as a row shows it. */
function labelOf(speaker) {
  if (speaker.name != null) return speaker.name;
  const part = speaker.position ?? speaker.role;
  return part == null ? `[voice ${speaker.voice}]` : `[voice ${speaker.voice}, ${part}]`;
}

class CorrectionProblem extends Error {
  constructor(code) { super(code); this.code = code; }
}

const refuse = (code) => { throw new CorrectionProblem(code); };
const speakerFields = ['name', 'company', 'position', 'role'];

/** Members of a correction, each of the type it must have. */
const member = {
  text: (one, key) => (typeof one[key] === 'string' ? one[key] : refuse('malformed')),
  number: (one, key) => (Number.isSafeInteger(one[key]) ? one[key] : refuse('malformed')),
  optionalText: (one, key) => (one[key] == null ? null : member.text(one, key)),
  optionalNumber: (one, key) => (one[key] == null ? null : member.number(one, key)),
  flag: (one, key) => (typeof one[key] === 'boolean' ? one[key] : refuse('malformed')),
  span: (one, isTimed = false) => {
    if (one === null || typeof one !== 'object') refuse('malformed');
    const [startMS, endMS] = ['startMS', 'endMS'].map((key) => member.optionalNumber(one, key));
    const endIsEstimate = one.endIsEstimate == null ? false : member.flag(one, 'endIsEstimate');
    if (startMS < 0 || endMS < 0 || (endMS === null && isTimed)) refuse('malformed');
    if (endMS !== null && (startMS === null || startMS > endMS)) refuse('malformed');
    return { startMS, endMS, endIsEstimate };
  },
  newRow: (one) => (member.number(one, 'newRow') >= 0 ? one.newRow : refuse('malformed')),
  place: (one) => {
    const start = member.optionalNumber(one, 'startMS');
    if (start !== null && start < 0) refuse('malformed');
    return { row: member.number(one, 'row'), start };
  },
};

/**
 * The machine's transcript with corrections applied in order, each to exactly what it was made on or not at all.
 * Rows keep their numbers, and their order among each other; those that nobody touched are the same objects.
 */
function applyCorrections(machine, corrections) {
  const applier = new CorrectionApplier(machine);
  const problems = [], ids = new Set();
  for (const [index, one] of corrections.entries()) {
    const id = typeof one?.id === 'string' && one.id !== '' ? one.id : null;
    try {
      if (id === null) refuse('malformed');
      const change = readCorrection(one);
      if (ids.has(id)) refuse('repeated-id');
      ids.add(id);
      // Carried from another run, where it has no place, or is not needed.
      if (one.carried?.as === 'conflict') refuse('conflict');
      if (one.carried?.as !== 'obsolete') change(applier);
    } catch (problem) {
      if (!(problem instanceof CorrectionProblem)) throw problem;
      problems.push({ index, id, code: problem.code });
    }
  }
  return { segments: applier.rows(), speakers: applier.speakers, problems, moves: applier.moves, made: applier.rows(applier.made), isTimedBySound: applier.isTimedBySound, title: applier.title };
}

/** What a correction does, once all its members have been read. */
function readCorrection(one) {
  const kind = member.text(one, 'kind');
  member.text(one, 'at');
  if (kind === 'text') {
    const before = member.text(one, 'before'), after = member.text(one, 'after'), place = member.place(one);
    return (applier) => applier.setText(one.id, place, before, after);
  }
  if (kind === 'voice') {
    const before = member.optionalNumber(one, 'before'), after = member.optionalNumber(one, 'after'), place = member.place(one);
    return (applier) => applier.setVoice(one.id, place, before, after);
  }
  if (kind === 'speaker') {
    const field = member.text(one, 'field');
    if (!speakerFields.includes(field)) refuse('malformed');
    const before = member.optionalText(one, 'before'), after = member.optionalText(one, 'after'), voice = member.number(one, 'voice');
    if (after === '') refuse('malformed');
    return (applier) => applier.setField(voice, field, before, after);
  }
  if (kind === 'merge') {
    const voice = member.number(one, 'voice'), into = member.number(one, 'into');
    return (applier) => applier.merge(voice, into);
  }
  if (kind === 'split') {
    if (!Array.isArray(one.rows) || one.rows.length === 0 || !one.rows.every(Number.isSafeInteger)) refuse('malformed');
    const voice = member.number(one, 'voice'), newVoice = member.number(one, 'newVoice');
    return (applier) => applier.split(voice, one.rows, newVoice);
  }
  if (kind === 'checked') {
    const place = member.place(one), checked = member.flag(one, 'checked');
    return (applier) => applier.check(one.id, place, checked);
  }
  if (kind === 'title') {
    const before = member.optionalText(one, 'before'), after = member.optionalText(one, 'after');
    if (after === '') refuse('malformed');
    return (applier) => applier.setTitle(before, after);
  }
  if (kind === 'times') {
    const times = readTimes(one.rows);
    return (applier) => applier.setTimes(times);
  }
  return (changesOfRows[kind] ?? refuse('unknown-kind'))(one);
}

/** Corrections that make rows, take them away, or move them in time. */
const changesOfRows = {
  divide(one) {
    const [before, first, second] = ['before', 'first', 'second'].map((key) => member.text(one, key));
    const at = member.optionalNumber(one, 'atMS'), newRow = member.newRow(one), place = member.place(one);
    if (at < 0) refuse('malformed');
    return (applier) => applier.divide(one.id, place, before, { first, second, at, newRow });
  },
  join(one) {
    const [before, nextBefore, after] = ['before', 'nextBefore', 'after'].map((key) => member.text(one, key));
    const next = member.number(one, 'next'), place = member.place(one);
    return (applier) => applier.join(one.id, place, before, next, nextBefore, after);
  },
  delete(one) {
    const before = member.text(one, 'before'), place = member.place(one);
    return (applier) => applier.delete(one.id, place, before);
  },
  insert(one) {
    const row = { row: member.newRow(one), ...member.span(one.after ?? refuse('malformed')), voice: member.optionalNumber(one, 'voice'), text: member.text(one, 'text') };
    const place = one.row == null ? null : member.place(one);
    return (applier) => applier.insert(one.id, place, row);
  },
  retime(one) {
    member.span(one.before ?? refuse('malformed'));
    const after = member.span(one.after ?? refuse('malformed'), true), place = member.place(one);
    return (applier) => applier.retime(one.id, place, after);
  },
};

function readTimes(rows) {
  if (!Array.isArray(rows) || rows.length === 0) refuse('malformed');
  const times = rows.map((one) => {
    const [row, before, startMS, endMS] = ['row', 'before', 'startMS', 'endMS'].map((key) => member.number(one, key));
    const isRight = row >= 0 && before >= 0 && startMS >= 0 && startMS <= endMS && one.confidence >= 0 && one.confidence <= 1;
    if (!isRight || typeof one.confidence !== 'number') refuse('malformed');
    const words = readWords(one.words, endMS - startMS).map(([start, end]) => [startMS + start, startMS + end]);
    return { row, before, members: { startMS, endMS, endIsEstimate: one.confidence === 0, words } };
  });
  return new Set(times.map(({ row }) => row)).size === times.length ? times : refuse('malformed');
}

/** When words are spoken, counted from their row, as [start, end]; none where that is not known. */
function readWords(words, length) {
  if (words == null) return [];
  if (!Array.isArray(words) || words.length > 100000) refuse('malformed');
  const pairs = words.map((word) => (Array.isArray(word) ? word : [word]));
  const ends = pairs.map((pair) => pair[1] ?? pair[0]);
  pairs.forEach((pair, index) => {
    const isRight = (pair.length === 1 || pair.length === 2) && pair.every(Number.isSafeInteger)
      && pair[0] >= (ends[index - 1] ?? 0) && ends[index] >= pair[0] && ends[index] <= length;
    if (!isRight) refuse('malformed');
  });
  return pairs.map(([start, end], index) => [start, end ?? pairs[index + 1]?.[0] ?? length]);
}

/** When the words of a row are spoken, as many as blanks separate; `null` where nobody knows, or the text has others. */
function wordTimes({ text, words }) {
  if (!words?.length) return null;
  return words.length === wordCount(text) ? words : null;
}

/** The words of a text, as blanks separate them. */
const wordCount = (text) => text.match(/\P{White_Space}+/gu)?.length ?? 0;

class CorrectionApplier {
  constructor(machine) {
    this.machine = machine;
    this.segments = machine.segments.slice();
    this.speakers = machine.speakers.slice();
    this.title = machine.title ?? null;
    this.moves = [];
    this.isTimedBySound = false;
    /** Every row as the machine had it, or as a person added it; behind those of the machine. */
    this.made = machine.segments.slice();
    /** Positions in order, once that is another than their own; those of rows that are gone. */
    this.order = null;
    this.gone = new Set();
    /** Rows of which a person has said when they are spoken. */
    this.retimed = new Set();
    // The first row of a number counts.
    this.positions = new Map(machine.segments.map((segment, position) => [segment.row, position]).reverse());
  }

  change(position, members) { this.segments[position] = { ...this.segments[position], ...members }; }

  setText(id, place, before, after) {
    this.change(this.find(id, place, true, (segment) => segment.text === before), { text: after });
  }

  setVoice(id, place, before, after) {
    if (after !== null) this.speakerAt(after);
    this.change(this.find(id, place, false, (segment) => segment.voice === before), { voice: after });
  }

  check(id, place, checked) {
    this.change(this.find(id, place, false, () => true), { checked });
  }

  setTitle(before, after) {
    if (this.title !== before) refuse('before-differs');
    this.title = after;
  }

  setTimes(times) {
    const places = times.map(({ row, before }) => {
      const position = this.positionOf(row) ?? refuse('row-missing');
      return this.made[position].startMS === before ? position : refuse('before-differs');
    });
    places.forEach((position, index) => { if (!this.retimed.has(position)) this.change(position, times[index].members); });
    this.isTimedBySound = true;
  }

  /** Where the row of a number is; `undefined` where there is none, or none any more. */
  positionOf(row) {
    const position = this.positions.get(row);
    return this.gone.has(position) ? undefined : position;
  }

  /** The rows in order: as they are now, or as they were made. */
  rows(list = this.segments) { return this.order ? this.order.map((position) => list[position]) : list; }

  divide(id, place, before, { first, second, at, newRow }) {
    const position = this.find(id, place, true, ({ text }) => text === before);
    const whole = this.segments[position];
    const start = at === null ? null : Math.max(whole.startMS ?? at, Math.min(whole.endMS ?? at, at));
    const behind = { ...whole, row: newRow, startMS: start, endMS: start === null ? null : whole.endMS, text: second, from: whole.from ?? whole.row, words: [] };
    const stays = { text: first };
    if (start !== null) stays.endMS = start;
    const words = wordTimes(whole);
    if (words) {
      stays.words = words.slice(0, wordCount(first));
      behind.words = words.slice(wordCount(first));
    }
    this.add(behind, position);
    this.change(position, stays);
  }

  join(id, place, before, next, nextBefore, after) {
    const position = this.find(id, place, true, ({ text }) => text === before);
    const other = this.positionOf(next) ?? refuse('row-missing');
    const one = this.segments[position], two = this.segments[other];
    if (this.neighbour(position, 1) !== other || two.text !== nextBefore) refuse('before-differs');
    const words = wordTimes(two);
    const both = { text: after, words: words ? [...wordTimes(one) ?? [], ...words] : [] };
    if (two.endMS !== null) {
      both.endMS = Math.max(two.endMS, one.startMS ?? two.endMS);
      both.endIsEstimate = two.endIsEstimate;
    }
    if (!two.checked) both.checked = false;
    if (this.retimed.has(other)) this.retimed.add(position);
    this.change(position, both);
    this.remove(other);
  }

  delete(id, place, before) {
    this.remove(this.find(id, place, true, ({ text }) => text === before));
  }

  insert(id, place, row) {
    if (row.voice !== null) this.speakerAt(row.voice);
    const position = place ? this.find(id, place, false, () => true) : -1;
    const added = this.add(row, position);
    this.retimed.add(added);
    this.giveWay(added, null);
  }

  retime(id, place, after) {
    const position = this.find(id, place, false, () => true);
    const { startMS, words } = this.segments[position];
    const isWithin = !words?.length || (words[0][0] >= after.startMS && words.at(-1)[1] <= after.endMS);
    this.change(position, isWithin ? after : { ...after, words: [] });
    this.retimed.add(position);
    this.giveWay(position, startMS);
  }

  /** Lets the row before one end where that begins, if its end is a guess that says otherwise. */
  giveWay(position, before) {
    const { startMS } = this.segments[position];
    const place = this.neighbour(position, -1), other = this.segments[place];
    if (startMS === null || !other?.endIsEstimate || other.startMS === null || other.startMS > startMS || other.endMS === null) return;
    if (other.endMS > startMS || other.endMS === before) this.change(place, { endMS: startMS });
  }

  neighbour(position, step) {
    this.order ??= this.segments.map((_, index) => index);
    return this.order[this.order.indexOf(position) + step];
  }

  /** Puts a row behind a position, or before all behind -1. */
  add(segment, position) {
    if (this.positions.has(segment.row)) refuse('row-taken');
    this.order ??= this.segments.map((_, index) => index);
    const added = this.made.push(segment) - 1;
    this.segments.push(segment);
    this.positions.set(segment.row, added);
    this.order.splice(this.order.indexOf(position) + 1, 0, added);
    return added;
  }

  remove(position) {
    this.neighbour(position, 0);
    this.order.splice(this.order.indexOf(position), 1);
    this.gone.add(position);
  }

  setField(voice, field, before, after) {
    const index = this.speakerAt(voice);
    const speaker = this.speakers[index];
    if ((speaker[field] ?? null) !== before) refuse('before-differs');
    const changed = { ...speaker, [field]: after };
    if (field === 'name') changed.nameStatus = after === null ? 'unknown' : 'corrected';
    this.speakers[index] = changed;
  }

  /** The voice that stays keeps what is known of it, and takes what it lacks from the other. */
  merge(voice, into) {
    if (voice === into) refuse('voice-taken');
    const other = this.speakers[this.speakerAt(voice)];
    const index = this.speakerAt(into);
    const stays = { ...this.speakers[index] };
    if (stays.name == null) stays.nameStatus = other.nameStatus;
    for (const field of speakerFields) stays[field] ??= other[field] ?? null;
    this.speakers[index] = stays;
    this.speakers = this.speakers.filter((speaker) => speaker.voice !== voice);
    for (const [position, segment] of this.segments.entries()) {
      if (segment.voice === voice) this.change(position, { voice: into });
    }
  }

  split(voice, numbers, newVoice) {
    this.speakerAt(voice);
    if (this.speakers.some((speaker) => speaker.voice === newVoice)) refuse('voice-taken');
    const places = numbers.map((number) => {
      const position = this.positionOf(number) ?? refuse('row-missing');
      return this.segments[position].voice === voice ? position : refuse('before-differs');
    });
    for (const position of places) this.change(position, { voice: newVoice });
    this.speakers.push({ voice: newVoice, nameStatus: 'unknown', described: true });
  }

  speakerAt(voice) {
    const index = this.speakers.findIndex((speaker) => speaker.voice === voice);
    return index >= 0 ? index : refuse('unknown-voice');
  }

  /** The position of the row that a correction was made on, also when the row has moved. */
  find(id, place, isText, fits) {
    const stated = this.positionOf(place.row);
    const segment = this.segments[stated];
    if (segment && fits(segment) && (place.start === null || this.startAt(stated) === place.start)) return stated;
    const position = this.moved(place, isText, fits);
    if (position < 0) refuse(segment ? 'before-differs' : 'row-missing');
    const newRow = this.segments[position].row;
    if (newRow !== place.row) this.moves.push({ id, row: place.row, newRow });
    return position;
  }

  /** When the machine lets a row begin, or whoever added it, wherever the sound put it. */
  startAt(position) { return this.made[position].startMS; }

  moved(place, isText, fits) {
    const isThere = (segment, position) => !this.gone.has(position) && fits(segment);
    if (place.start === null) {
      const first = isText ? this.segments.findIndex(isThere) : -1;
      return first >= 0 && this.segments.findLastIndex(isThere) === first ? first : -1;
    }
    const reach = isText ? 10000 : 0;
    let nearest = -1, least = Infinity;
    for (let position = 0; position < this.machine.segments.length; position += 1) {
      const start = this.startAt(position);
      if (start === null) continue;
      const distance = Math.abs(start - place.start);
      if (distance <= reach && distance < least && isThere(this.segments[position], position)) { nearest = position; least = distance; }
    }
    return nearest;
  }
}

/** Identifies the machine's rows: FNV-1a with 64 bits over row, start, voice and text of each, in hexadecimal. */
function machineDigest(segments) {
  const encoder = new TextEncoder();
  let high = 0xcbf29ce4, low = 0x84222325;
  for (const { row, startMS, voice, text } of segments) {
    for (const byte of encoder.encode(`${row}\t${startMS ?? ''}\t${voice ?? ''}\t${text}\n`)) {
      low = (low ^ byte) >>> 0;
      // Times 0x100000001b3, in halves of 32 bits.
      const product = low * 0x1b3;
      high = (Math.imul(high, 0x1b3) + Math.floor(product / 0x100000000) + (low << 8)) >>> 0;
      low = product >>> 0;
    }
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
