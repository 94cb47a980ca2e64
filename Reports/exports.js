'use strict';
// Files from the page, byte for byte those of the command line; `Sources/TranscriptFormats` has the rules.

/** The options of the command line; the page saves with these. */
const exporting = { lineLength: null, lineCount: 2, readingSpeed: null, words: null, characters: null, speakers: true };

/** A transcript as it goes out: corrected, or as the machine had it. */
function exported(isMachine) {
  const view = transcript(), machine = machineTranscript();
  const { segments, speakers } = isMachine ? machine : view;
  const byVoice = new Map(speakers.toReversed().map((speaker) => [speaker.voice, speaker]));
  const label = ({ voice }) => (voice === null ? '[voice ?]' : labelOf(byVoice.get(voice) ?? { voice }));
  return { segments, speakers, byVoice, label, isMachine, machine, view };
}

/** Text on one line: every run of blanks, line breaks and controls is one blank, none at the ends. */
const oneLine = (text) => text.replace(/[\u0000-\u0020\u007f-\u009f\u2028\u2029\ufeff]+/g, ' ').replace(/^ | $/g, '');

const padded = (number, digits) => String(number).padStart(digits, '0');
function stamp(milliseconds, sign) {
  const seconds = Math.floor(milliseconds / 1000);
  return `${padded(Math.floor(seconds / 3600), 2)}:${padded(Math.floor(seconds / 60) % 60, 2)}:${padded(seconds % 60, 2)}${sign}${padded(milliseconds % 1000, 3)}`;
}

// Text and tables

function asText({ segments, label }) {
  return segments.map((segment) => {
    const time = segment.startMS === null ? '?' : clock(segment.startMS);
    const name = segment.voice === null || !exporting.speakers ? '' : oneLine(label(segment));
    const text = oneLine(segment.text);
    return `[${time}]${name && ` ${name}:`}${text && ` ${text}`}\n`;
  }).join('');
}

function asCSV({ segments, byVoice, label, view }) {
  const columns = ['row', 'start', 'end', 'voice', 'speaker', 'name', 'company', 'position', 'role', 'text', 'checked'];
  const time = (milliseconds) => (milliseconds === null ? '?' : stamp(milliseconds, '.'));
  const lines = segments.map((segment, position) => {
    const speaker = byVoice.get(segment.voice);
    return [
      String(segment.row), time(segment.startMS), time(segment.endMS), String(segment.voice ?? '?'), label(segment),
      speaker?.name ?? '?', speaker?.company ?? '?', speaker?.position ?? '?', speaker?.role ?? '?', segment.text,
      String(Boolean(segment.checked)),
    ].map(cellCSV).join(',') + '\r\n';
  });
  return columns.join(',') + '\r\n' + lines.join('');
}

/** Where a cell, or what spreadsheets take for one, begins with the sign of a formula, perhaps behind what is not seen. */
const formulas = /(^|[;\t\r\n])(?=[ \u00a0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

function cellCSV(text) {
  const safe = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd').replace(formulas, "$1'");
  return /[,"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// Captions

function asSubRip(whole) {
  return captionsOf(whole).map((cue, index) =>
    `${index + 1}\n${stamp(cue.start, ',')} --> ${stamp(cue.end, ',')}\n${subRipText(cue)}\n`).join('\n');
}

function asWebVTT(whole) {
  const facts = provenanceFacts(whole).map((fact) => oneLine(fact).replaceAll('-->', '→') + '\n').join('');
  const cues = captionsOf(whole).map((cue) =>
    `\n${stamp(cue.start, '.')} --> ${stamp(cue.end, '.')}\n${webVTTText(cue, whole.label)}\n`);
  return `WEBVTT\n\nNOTE\n${facts}${cues.join('')}`;
}

/** Where the text comes from and what a person did to it, one fact to a line. */
function provenanceFacts({ segments, speakers, machine, view }) {
  const own = segments.map(machineRow);
  const taken = machine.segments.length - own.filter(Boolean).length;
  const changedRows = taken + segments.filter(({ text, voice }, position) => text !== own[position]?.text || voice !== own[position].voice).length;
  const hasNewSpeakers = speakers.length !== machine.speakers.length
    || speakers.some((speaker, index) => !sameSpeaker(speaker, machine.speakers[index]));
  const { model, prompt, digest, complete, imported } = data.facts;
  const origin = imported
    ? [
      'Imported transcript: words, times and names come from another program and may be wrong.',
      `Source: ${data.source.uri}`,
      `Format: ${model}`,
    ]
    : [
      'Machine transcript: words, times and names come from a model and may be wrong.',
      `Source: ${data.source.uri}`,
      `Model: ${model}`,
      `Prompt: ${prompt}${digest ? ' ' + digest : ''}`,
    ];
  return [
    ...origin,
    `Run: ${data.run}`,
    complete ? 'Complete: yes' : 'Complete: no, a part is known to be missing',
    `Text: ${changedRows === 0 ? imported ? 'as it was imported' : 'as the machine wrote it' : `${changedRows} rows corrected by a person`}`,
    `Speakers: ${hasNewSpeakers ? 'corrected by a person' : imported ? 'as they were imported' : 'as the machine named them'}`,
    `Checked by a person: ${view.segments.filter((segment) => segment.checked).length} of ${segments.length} rows`,
  ];
}

const sameSpeaker = (one, other) => samePerson(one, other) && one.nameStatus === other.nameStatus && one.described === other.described;

// `STEM.json`: the machine's document with all corrections

/** A value as JSON on one line, spelled as the command line spells it. */
function jsonText(value) {
  if (typeof value === 'string') {
    return '"' + value.replace(/["\\\u0000-\u001f\u007f]/g, (sign) =>
      ({ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[sign] ?? '\\u' + padded(sign.charCodeAt(0).toString(16), 4)) + '"';
  }
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (value === null || typeof value !== 'object') return String(value);
  return `{${Object.entries(value).map(([key, item]) => `${jsonText(key)}:${jsonText(item)}`).join(',')}}`;
}

const jsonLines = (lines, level) =>
  (lines.length === 0 ? '' : lines.map((line) => `\n${' '.repeat(level + 1)}${line}`).join(',') + `\n${' '.repeat(level)}`);

/** A time as people write it, with `.fff` when it falls between two seconds. */
const exactClock = (milliseconds) => clock(milliseconds) + (milliseconds % 1000 === 0 ? '' : '.' + padded(milliseconds % 1000, 3));

function asJSON() {
  const { pieces, columns, extras } = data.document;
  const { segments } = machineTranscript();
  const gaps = [];
  if (columns) gaps.push(tableRows(columns, segments));
  gaps.push(jsonLines(segments.map((segment, position) =>
    `{"row":${segment.row},"startMS":${segment.startMS},"endMS":${segment.endMS},"endIsEstimate":${segment.endIsEstimate},`
    + `"voice":${segment.voice},"text":${jsonText(segment.text)}${extras?.[position] ? `,"extras":${extras[position]}` : ''}}`), 1));
  gaps.push(jsonLines(allCorrections().map(jsonText), 1));
  return pieces.map((piece, index) => piece + (gaps[index] ?? '')).join('');
}

/** The rows of the table the transcript was made of; cells that do not follow from it are listed. */
function tableRows(columns, segments) {
  const { rows: count, invalid } = columns.at(-1);
  const cells = {
    start: ({ startMS }) => (startMS === null ? '"?"' : jsonText(exactClock(startMS))),
    end: ({ endMS, endIsEstimate }) => (endIsEstimate || endMS === null ? '"?"' : jsonText(exactClock(endMS))),
    voice: ({ voice }) => (voice === null ? '"?"' : String(voice)),
    text: ({ text }) => jsonText(text),
  };
  const lines = Array.from({ length: count }, (_, row) =>
    `[${columns.slice(0, -1).map((column) => column.cells[row] ?? cells[column.role](segments[row])).join(',')}]`);
  return jsonLines(lines, 3) + (invalid ? `],\n   "invalid": ${invalid.slice(0, -1)}` : '');
}

const exportFormats = {
  srt: [asSubRip, 'application/x-subrip'],
  vtt: [asWebVTT, 'text/vtt'],
  txt: [asText, 'text/plain'],
  csv: [asCSV, 'text/csv'],
  json: [asJSON, 'application/json'],
};

function exportText(format, isMachine) { return exportFormats[format][0](exported(isMachine)); }

for (const button of document.querySelectorAll('#exports [data-format]')) {
  button.addEventListener('click', () => {
    const { format } = button.dataset;
    save(`${data.source.stem}.${format}`, exportText(format, byId('export-machine').checked), exportFormats[format][1]);
  });
}
