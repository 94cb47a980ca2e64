'use strict';
// Captions: `Sources/TranscriptFormats/Captions` says what these rules are and why.

/** What captions in a script are measured by: cells of a line, characters read in a second. */
const captionScripts = {
  usual: { lineWidth: 42, readingSpeed: 15 },
  chinese: { lineWidth: 32, readingSpeed: 9 },
  japanese: { lineWidth: 26, readingSpeed: 7 },
  korean: { lineWidth: 32, readingSpeed: 12 },
  thai: { lineWidth: 35, readingSpeed: 17 },
};

/** Milliseconds that every caption keeps to. */
const captionTimes = { longest: 7000, gap: 84, latestDelay: 1500, slot: 918, pause: 300, longPause: 1500, hold: 500 };

/** No time of a caption is later: 100,000 hours. */
const latestTime = 360000000000;

const up = (dividend, divisor) => Math.floor((dividend + divisor - 1) / divisor);

function scriptOf(scalars) {
  const counts = { all: 0, han: 0, kana: 0, hangul: 0, thai: 0 };
  for (const scalar of scalars) {
    if (scalar === ' ') continue;
    counts.all += 1;
    if (/[\u0e00-\u0e7f]/.test(scalar)) counts.thai += 1;
    else if (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7ff]/.test(scalar)) counts.hangul += 1;
    else if (/[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]/.test(scalar)) counts.kana += 1;
    else if (/[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u.test(scalar)) counts.han += 1;
  }
  const { all, han, kana, hangul, thai } = counts;
  if (all > 0 && 3 * (han + kana + hangul) >= all) {
    if (hangul > han + kana) return captionScripts.korean;
    return 10 * kana >= han + kana ? captionScripts.japanese : captionScripts.chinese;
  }
  return all > 0 && 3 * thai >= all ? captionScripts.thai : captionScripts.usual;
}

// Outlines: how broad characters are and where a line may end inside a run of letters

const plainText = /^[\u0000-\u007f\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u20ac]*$/;

/** The outlines that the page brings for its rows, by text; where they are wanting, the browser's are taken. */
let outlinesByText = null;
function outlineOf(line) {
  if (plainText.test(line)) return null;
  if (!outlinesByText) {
    outlinesByText = new Map(Object.entries(data.labelOutlines ?? {}));
    const { segments } = machineTranscript();
    for (const [position, letters] of Object.entries(data.outlines ?? {})) outlinesByText.set(oneLine(segments[position].text), letters);
  }
  const letters = outlinesByText.get(line);
  return letters ? Array.from(letters, (letter) => letter.charCodeAt(0) - 97) : browserOutline(line);
}

const wideScalar = /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cd5}\u{1b000}-\u{1b2fb}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const unseenScalar = /^[\p{Cf}\p{Mn}\p{Me}\p{Cc}]/u;
const scriptWithoutBlanks = /^[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{sc=Lana}\p{sc=Talu}\p{sc=Tavt}]/u;
const commonScalar = /^[\p{sc=Zyyy}\p{sc=Zinh}]/u;
const beginsNoLine = /^[、。，．・：；？！）］｝〕〉》」』】〙〗〟’”»…‥ー々〜ヽヾゝゞ°′″ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.!?;:)\]}%"'\u2060\u200d\u00a0]/u;
const endsNoLine = /[（［｛〔〈《「『【〘〖〝‘“«([{"'\u2060\u200d\u00a0]$/u;

function browserOutline(line) {
  const hasNoBlanks = (scalar) => scalar >= '\u0e00' && (scriptWithoutBlanks.test(scalar) || commonScalar.test(scalar) && wideScalar.test(scalar));
  const codes = [];
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    const isWide = wideScalar.test(segment) || segment.includes('\ufe0f');
    codes.push(4 | (isWide ? 2 : unseenScalar.test(segment) ? 0 : 1), ...Array(Array.from(segment).length - 1).fill(0));
  }
  const scalars = Array.from(line);
  let index = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'word' }).segment(line)) {
    index += Array.from(segment).length;
    const before = scalars[index - 1], behind = scalars[index];
    if (behind === undefined || before === ' ' || !(codes[index] & 4)) continue;
    if (!hasNoBlanks(before) && !hasNoBlanks(behind)) continue;
    if (!beginsNoLine.test(behind) && !endsNoLine.test(before)) codes[index - 1] |= 8;
  }
  return codes;
}

// Atoms: what may not be parted

/** The words of a line, and in scripts without blanks what stands between two places where a line may end. */
class CaptionAtoms {
  scalars = [];
  atoms = [];
  labelCount = 0;
  labelEnd = 0;
  readCount = 0;
  x = 0;

  addLabel(label, limit) {
    this.add(label, limit);
    for (const atom of this.atoms) Object.assign(atom, { read: 0, readCount: 0 });
    this.labelCount = this.atoms.length;
    this.readCount = 0;
    this.scalars.push(' ');
    this.labelEnd = this.scalars.length;
  }

  add(line, limit) {
    const first = this.atoms.length;
    if (first > 0) this.x += 1;
    const base = this.scalars.length;
    const text = Array.from(line), codes = outlineOf(line);
    this.scalars.push(...text);
    this.part(text, codes, base, limit);
    this.join(first, limit);
    const last = this.atoms.at(-1);
    if (!last) return;
    this.x = last.x + last.width;
    this.readCount = last.read + last.readCount;
  }

  part(text, codes, base, limit) {
    let atom = { start: base, end: base, x: this.x, width: 0, read: this.readCount, readCount: 0 }, seam = null;
    const begin = (start, gap) => {
      atom = { start, end: start, x: atom.x + atom.width + gap, width: 0, read: atom.read + atom.readCount + gap, readCount: 0 };
      seam = null;
    };
    const cut = () => {
      const whole = atom;
      if (seam && 2 * seam.width > limit && seam.end < atom.end) atom = seam;
      this.atoms.push(atom);
      begin(atom.end, 0);
      atom.end = whole.end;
      atom.width = whole.x + whole.width - atom.x;
      atom.readCount = whole.read + whole.readCount - atom.read;
    };
    for (let index = 0; index < text.length;) {
      if (text[index] === ' ') {
        if (atom.end > atom.start) this.atoms.push(atom);
        begin(base + index + 1, 1);
        index += 1;
        continue;
      }
      let end = index, width = 0, allowsBreak = false;
      do {
        width += codes ? codes[end] & 3 : 1;
        allowsBreak = codes ? (codes[end] & 8) !== 0 : false;
        end += 1;
      } while (end < text.length && text[end] !== ' ' && codes && !(codes[end] & 4));
      if (atom.width + width > limit && atom.end > atom.start) cut();
      atom.end = base + end;
      atom.width += width;
      atom.readCount += 1;
      if (end - index === 1 && /[-/_.,=&?#:;]/.test(text[index])) seam = { ...atom };
      index = end;
      if (allowsBreak) {
        this.atoms.push(atom);
        begin(base + index, 0);
      }
    }
    if (atom.end > atom.start) this.atoms.push(atom);
  }

  /** When each atom is spoken, as [start, end], by the times of the words; `null` when the line has another number of words. */
  spoken(words) {
    const { atoms, scalars } = this;
    const blanks = (from, to) => scalars.slice(from, to).filter((scalar) => scalar === ' ').length;
    if (blanks(this.labelEnd, scalars.length) + 1 !== words.length) return null;
    const spoken = Array(this.labelCount).fill(words[0]);
    let place = this.labelEnd, word = 0;
    for (let index = this.labelCount; index < atoms.length;) {
      const begin = atoms[index].start;
      word += blanks(place, begin);
      let end = index + 1;
      while (end < atoms.length && scalars[atoms[end].start - 1] !== ' ') end += 1;
      place = atoms[end - 1].end;
      const start = words[word][0];
      word += blanks(begin, place);
      const length = words[word][1] - start, { read } = atoms[index];
      const count = Math.max(1, atoms[end - 1].read + atoms[end - 1].readCount - read);
      const moment = (characters) => start + Math.floor(length * characters / count);
      for (; index < end; index += 1) {
        spoken.push([moment(atoms[index].read - read), moment(index + 1 < end ? atoms[index + 1].read - read : count)]);
      }
    }
    return spoken;
  }

  /** Joins what may not begin or end a line with its neighbour, where a line holds both. */
  join(first, limit) {
    const joined = this.atoms.slice(0, first);
    const text = ({ start, end }) => this.scalars.slice(start, end).join('');
    for (const other of this.atoms.slice(first)) {
      const one = joined.length > first ? joined.at(-1) : null;
      const isJoined = one && other.start > one.end && (/^[«¿¡‹„“([]$/.test(text(one)) || /^[?!:;%\-.,»–—…›]+$/.test(text(other)));
      if (isJoined && other.x + other.width - one.x <= limit) {
        one.end = other.end;
        one.width = other.x + other.width - one.x;
        one.readCount = other.read + other.readCount - one.read;
      } else {
        joined.push(other);
      }
    }
    this.atoms = joined;
  }
}

// Layout: where captions and lines end

const conjunctionsByLanguage = {
  de: ['und', 'oder', 'aber', 'weil', 'dass', 'wenn', 'denn', 'sondern', 'obwohl', 'damit'],
  en: ['and', 'but', 'or', 'because', 'so', 'if', 'when', 'which', 'that', 'while', 'until'],
  es: ['y', 'o', 'pero', 'porque', 'que', 'si', 'cuando', 'aunque', 'sino'],
  fr: ['et', 'ou', 'mais', 'parce', 'que', 'car', 'donc', 'quand', 'lorsque', 'si'],
  it: ['e', 'o', 'ma', 'perché', 'che', 'se', 'quando', 'anche', 'però'],
  nl: ['en', 'of', 'maar', 'omdat', 'dat', 'want', 'als', 'toen'],
  pl: ['i', 'a', 'ale', 'lub', 'bo', 'że', 'gdy', 'kiedy', 'który'],
  pt: ['e', 'ou', 'mas', 'porque', 'que', 'se', 'quando', 'embora'],
  ru: ['и', 'а', 'но', 'или', 'что', 'если', 'когда', 'потому'],
  uk: ['і', 'та', 'але', 'або', 'що', 'якщо', 'коли', 'бо'],
};
const leaningByLanguage = {
  de: ['der', 'die', 'das', 'den', 'dem', 'des', 'ein', 'eine', 'einen', 'einem', 'einer', 'im', 'am', 'auf', 'für', 'mit', 'von', 'zu', 'zum', 'zur'],
  en: ['a', 'an', 'the', 'of', 'to', 'in', 'on', 'at', 'for', 'with', 'by', 'from', 'my', 'your', 'his', 'its', 'our', 'their'],
  es: ['el', 'la', 'los', 'las', 'un', 'una', 'de', 'del', 'al', 'en', 'con', 'por', 'para'],
  fr: ['le', 'la', 'les', 'un', 'une', 'des', 'du', 'de', 'au', 'aux', 'dans', 'avec', 'pour'],
  it: ['il', 'lo', 'la', 'gli', 'le', 'un', 'una', 'di', 'del', 'della', 'in', 'con', 'per'],
  nl: ['de', 'het', 'een', 'van', 'in', 'op', 'met', 'voor'],
  pl: ['w', 'na', 'z', 'do', 'po', 'za', 'od'],
  pt: ['o', 'a', 'os', 'as', 'um', 'uma', 'de', 'do', 'da', 'em', 'no', 'na', 'com', 'por'],
  ru: ['в', 'на', 'с', 'к', 'по', 'из', 'за', 'от', 'для', 'не'],
  uk: ['в', 'у', 'на', 'з', 'до', 'по', 'за', 'від', 'для', 'не'],
};

/** The words of a language; without one, those of all from a number of letters on. */
function wordsOf(all, language, shortest) {
  const words = all[language?.toLowerCase().split(/[-_]/)[0]];
  return new Set(words ?? Object.values(all).flat().filter((word) => word.length >= shortest));
}

const usualWords = { conjunctions: wordsOf(conjunctionsByLanguage, null, 3), leaning: wordsOf(leaningByLanguage, null, 2) };

/** The small words of a row's language where a column says it: what parts of a sentence begin with, and what no line should end with. */
function smallWordsOf(language) {
  if (!Object.hasOwn(conjunctionsByLanguage, language?.toLowerCase().split(/[-_]/)[0])) return usualWords;
  return { conjunctions: wordsOf(conjunctionsByLanguage, language, 3), leaning: wordsOf(leaningByLanguage, language, 2) };
}

const shortForm = /^(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|St|Nr|Hr|Fr|Mme|Mlle|Sr|Sra|Jr|vs)$/;

/** How good it is to end behind a word: 3 behind a sentence, 2 behind a part, 1 before a conjunction, -1 behind a word that leans on the next. */
function breakRank(word, next, { conjunctions, leaning }) {
  const bare = word.replace(/["')\]}’”»›」』】）》〉]+$/, '');
  const last = Array.from(bare).at(-1) ?? '';
  if (last === '.') {
    if (!/^[a-z]/.test(next) && !shortForm.test(bare.slice(0, -1))) return 3;
  } else if (/^[?!\u2026\u3002\uff01\uff1f\uff0e\uff61\u061f\u06d4\u0964\u0965\u203c\u203d\u2047-\u2049\u17d4\u104b]$/.test(last)) {
    return 3;
  } else if (/^[,;:\u3001\uff0c\uff1b\uff1a\uff64\u060c\u061b\u104a\u037e\u2013\u2014]$/.test(last)) {
    return 2;
  }
  if (conjunctions.has(next)) return 1;
  return leaning.has(word) ? -1 : 0;
}

const breakBonus = (rank, size) => [-Math.floor(size / 10), 0, Math.floor(size / 10), Math.floor(size * 3 / 16), Math.floor(size / 2)][rank + 1];

/** Captions of atoms: for each the atoms that its lines begin with, and where it ends. */
function layCaptions({ content, limit: lineWidth, spoken }, small) {
  const { scalars, labelCount: labels } = content;
  const pauses = content.atoms.map((_, index) => (spoken && index > labels ? spoken[index][0] - spoken[index - 1][1] : 0));
  // What stands behind a long pause is laid by itself.
  let { atoms } = content;
  const { lineCount, words: mostWords, characters } = exporting;
  const capacity = mostWords === null && characters !== null ? Math.min(lineWidth * lineCount, Math.max(characters, 1)) : lineWidth * lineCount;
  const width = (first, end) => atoms[end - 1].x + atoms[end - 1].width - atoms[first].x;
  const text = ({ start, end }) => scalars.slice(start, end).join('');
  const rank = (place) => {
    if (place <= labels) return 0;
    return pauses[place] >= captionTimes.pause ? 3 : breakRank(text(atoms[place - 1]), text(atoms[place]), small);
  };

  function mostEnd(first) {
    let end = first + 1, lines = 1, lineStart = first;
    for (; end < atoms.length; end += 1) {
      if (mostWords !== null && end + 1 - Math.max(first, labels) > mostWords) break;
      if (width(lineStart, end + 1) > lineWidth) {
        if (lines === lineCount) break;
        lines += 1;
        lineStart = end;
      }
      if (width(first, end + 1) > capacity) break;
    }
    return end;
  }

  function cueEnd(first) {
    const most = Math.max(mostEnd(first), Math.min(labels + 1, atoms.length), first + 1);
    if (most === atoms.length) return most;
    const rest = width(first, atoms.length);
    let cues = Math.max(2, up(rest + 1, capacity + 1));
    if (mostWords !== null) cues = Math.max(cues, up(atoms.length - Math.max(first, labels), mostWords));
    const aim = up(rest, cues);
    let best = most, bestCost = Infinity;
    for (let end = Math.max(first, labels) + 1; end <= most; end += 1) {
      let cost = Math.abs(width(first, end) - aim);
      if (cost - breakBonus(3, capacity) >= bestCost) continue;
      cost -= breakBonus(rank(end), capacity);
      const isMore = width(end, atoms.length) + 1 > (cues - 1) * (capacity + 1)
        || mostWords !== null && atoms.length - end > (cues - 1) * mostWords;
      if (isMore) cost += capacity;
      if (cost < bestCost) { best = end; bestCost = cost; }
    }
    return best;
  }

  function linesOf(first, end) {
    if (width(first, end) <= lineWidth) return [first];
    const earliest = [];
    for (let start = end; start > first; start = earliest.at(-1)) {
      let begin = start - 1;
      while (begin > first && width(begin - 1, start) <= lineWidth) begin -= 1;
      earliest.push(begin);
    }
    const lines = [first];
    let lineStart = first;
    for (let left = earliest.length - 1; left > 0; left -= 1) {
      const aim = up(width(lineStart, end), left + 1);
      let best = Math.max(lineStart + 1, earliest[left - 1]), bestCost = Infinity;
      for (let next = best; next < end && width(lineStart, next) <= lineWidth; next += 1) {
        let cost = Math.abs(width(lineStart, next) - aim);
        if (cost - breakBonus(3, lineWidth) >= bestCost) continue;
        cost -= breakBonus(rank(next), lineWidth);
        if (next < labels) cost += lineWidth;
        if (cost < bestCost) { best = next; bestCost = cost; }
      }
      lines.push(best);
      lineStart = best;
    }
    return lines;
  }

  const cues = [];
  for (let first = 0, limit = 0; first < content.atoms.length;) {
    if (first >= limit) {
      const stop = pauses.findIndex((length, place) => place > first && length >= captionTimes.longPause);
      limit = stop < 0 ? pauses.length : stop;
      atoms = content.atoms.slice(0, limit);
    }
    const end = cueEnd(first);
    cues.push({ lines: linesOf(first, end), end });
    first = end;
  }
  return cues;
}

// Rows

/** The captions of a transcript, in the order they are shown. */
function captionsOf({ segments, label }) {
  const order = Array.from(segments.keys()).filter((position) => {
    const { startMS, text } = segments[position];
    return startMS !== null && startMS < latestTime && oneLine(text) !== '';
  }).sort((one, other) => segments[one].startMS - segments[other].startMS || one - other);
  const schedule = new CaptionSchedule();
  const cues = [];
  let voice = null;

  function makeRow(position) {
    const segment = segments[position], line = oneLine(segment.text);
    const script = plainText.test(line) ? captionScripts.usual : scriptOf(Array.from(line));
    const limit = exporting.lineLength ?? script.lineWidth;
    const content = new CaptionAtoms();
    const name = exporting.speakers && segment.voice !== null && segment.voice !== voice ? oneLine(label(segment)) : '';
    if (name) {
      const scalars = Array.from(`${name}:`);
      const end = name.endsWith(']') ? '…]:' : '…:';
      content.addLabel(scalars.length > limit ? scalars.slice(0, Math.max(limit - end.length, 0)).join('') + end : `${name}:`, limit);
    }
    content.add(line, limit);
    const words = wordTimes(segment), spoken = words && content.spoken(words);
    return { position, segment, script, limit, content, spoken, isRightToLeft: !plainText.test(line) && isRightToLeft(line) };
  }

  for (let index = 0; index < order.length;) {
    const start = segments[order[index]].startMS;
    schedule.begin(start, cues.length);
    do {
      const row = makeRow(order[index]);
      voice = row.segment.voice;
      index += 1;
      schedule.add(row);
      const lower = segments[order[index]]?.startMS === start ? pairWith(row, order[index]) : null;
      if (lower) {
        schedule.add(lower);
        voice = lower.segment.voice;
        index += 1;
        cues.push(pairCue(row, lower));
      } else {
        cues.push(...rowCues(row));
      }
    } while (segments[order[index]]?.startMS === start);
    schedule.end(segments[order[index]]?.startMS ?? null, cues);
  }
  schedule.settle(cues);
  return cues;

  /** A row that stands as one caption with the one before, when two voices have a line each. */
  function pairWith(row, position) {
    const next = segments[position].voice;
    if (exporting.lineCount < 2 || exporting.words !== null || exporting.characters !== null) return null;
    if (voice === null || next === null || next === voice) return null;
    const lower = makeRow(position);
    return 2 + Math.max(row.content.x, lower.content.x) <= Math.min(row.limit, lower.limit) ? lower : null;
  }

  function pairCue(row, lower) {
    const part = (one) => ({ row: one, dash: '- ', label: one.content.scalars.slice(0, one.content.labelEnd).join(''), text: one.content.scalars.slice(one.content.labelEnd).join('') });
    return { start: 0, readCount: row.content.readCount + lower.content.readCount, row, parts: [part(row), part(lower)] };
  }

  function rowCues(row) {
    const { atoms, scalars, labelCount, labelEnd } = row.content, { spoken } = row;
    const small = smallWordsOf(data.languages?.[row.segment.from ?? row.segment.row]);
    return layCaptions(row, small).map(({ lines, end }) => {
      let label = '', text = '';
      for (const [number, first] of lines.entries()) {
        const last = (lines[number + 1] ?? end) - 1;
        if (number > 0) text += '\n';
        const [start, stop] = [atoms[first].start, atoms[last].end];
        if (labelEnd > 0 && start <= labelEnd && labelEnd < stop) {
          label = text + scalars.slice(start, labelEnd).join('');
          text = scalars.slice(labelEnd, stop).join('');
        } else {
          text += scalars.slice(start, stop).join('');
        }
      }
      const last = atoms[end - 1];
      const said = spoken && {
        start: spoken[Math.max(lines[0], Math.min(labelCount, end - 1))][0],
        end: spoken[end - 1][1],
        pause: end < atoms.length ? spoken[end][0] - spoken[end - 1][1] : 0,
      };
      return { start: atoms[lines[0]].read, readCount: last.read + last.readCount - atoms[lines[0]].read, said, row, parts: [{ row, dash: '', label, text }] };
    });
  }
}

/** Whether the first letter of a text belongs to a script that is written from right to left. */
function isRightToLeft(text) {
  const letter = /[A-Za-z]|(?![\u0000-\u00bf])\p{Alphabetic}/u.exec(text)?.[0];
  return letter !== undefined && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(letter);
}

// Times

class CaptionSchedule {
  film = Math.min(data.filmMS ?? latestTime, latestTime);
  planned = [];
  wishes = [];
  latest = -1;

  begin(start, firstCue) {
    Object.assign(this, { start, firstCue, readCount: 0, readingTime: 0, stated: 0, estimated: 0, isGuessed: false, rowCount: 0 });
  }

  speed(script) { return exporting.readingSpeed ?? script.readingSpeed; }

  add({ segment, script, content }) {
    this.readCount += content.readCount;
    this.rowCount += 1;
    this.readingTime += up(content.readCount * 1000, this.speed(script));
    const end = segment.endMS === null ? null : Math.min(segment.endMS, latestTime);
    const later = end !== null && end > this.start ? end : null;
    if (later !== null && !segment.endIsEstimate) {
      this.stated = Math.max(this.stated, later);
    } else {
      this.isGuessed = true;
      this.estimated = Math.max(this.estimated, later ?? 0);
    }
  }

  end(next, cues) {
    const count = cues.length - this.firstCue;
    if (count === 0) return;
    const end = this.lastEnd(count, next), span = end - this.start;
    const least = Math.min(captionTimes.slot, Math.floor(span / count));
    let previous = this.start - Math.max(least, 1);
    let read = 0, rowStart = 0, row = cues[this.firstCue].row;
    for (let index = this.firstCue; index < cues.length; index += 1) {
      const cue = cues[index];
      if (cue.row !== row) { row = cue.row; rowStart = read; }
      const offset = rowStart + cue.start;
      read = offset + cue.readCount;
      const said = this.rowCount === 1 && index > this.firstCue ? cue.said?.start : null;
      const wanted = said ?? this.start + Math.floor(span * offset / Math.max(this.readCount, 1));
      const begin = Math.min(Math.max(wanted, previous + Math.max(least, 1)), end - (cues.length - index) * least);
      previous = Math.max(begin, this.latest + 1);
      this.latest = previous;
      cue.start = previous;
      if (index > this.firstCue) cues[index - 1].end = this.endBefore(previous, cues[index - 1]);
      this.planned.push(previous);
      const time = up(cue.readCount * 1000, this.speed(cue.row.script));
      this.wishes.push(this.isGuessed ? Math.min(captionTimes.longest, Math.max(captionTimes.slot, time)) : captionTimes.slot);
    }
    cues.at(-1).end = Math.max(end, previous + 1);
  }

  /** Where a caption ends that another one of its rows follows. */
  endBefore(next, { start, said }) {
    if (this.rowCount !== 1 || !said || said.pause < captionTimes.longPause) return next;
    return Math.max(start + 1, Math.min(next, said.end + captionTimes.hold));
  }

  lastEnd(count, next) {
    let end = this.stated;
    if (this.isGuessed) {
      let guess = this.start + Math.min(Math.max(1000, 500 + this.readingTime), captionTimes.longest * count);
      if (this.estimated > this.start) guess = Math.min(guess, this.estimated);
      end = Math.max(end, guess);
    }
    if (next !== null) end = Math.min(end, next);
    return this.film > this.start ? Math.min(end, this.film) : end;
  }

  settle(cues) {
    this.delay(cues);
    this.bringBack(cues);
    for (let index = 0; index + 1 < cues.length; index += 1) {
      const room = cues[index + 1].start - cues[index].start;
      cues[index].end = Math.min(cues[index].end, cues[index + 1].start - Math.min(captionTimes.gap, Math.floor(room / 11)));
    }
  }

  delay(cues) {
    const { planned, wishes, film } = this;
    let previous = 0;
    for (const [index, cue] of cues.entries()) {
      const start = Math.max(planned[index], previous);
      let { end } = cue;
      if (index + 1 < cues.length) {
        const next = planned[index + 1];
        end = Math.max(end, Math.min(start + wishes[index], next));
        end = Math.max(end, Math.min(start + captionTimes.slot, next + captionTimes.latestDelay));
      } else {
        end = Math.max(end, start + wishes[index]);
      }
      if (film > planned[index]) end = Math.min(end, film);
      Object.assign(cue, { start, end });
      previous = end;
    }
  }

  bringBack(cues) {
    const { planned, film } = this;
    let limit = film;
    for (let index = cues.length - 1; index >= 0; index -= 1) {
      if (planned[index] >= film) continue;
      const cue = cues[index];
      const end = Math.min(cue.end, limit);
      const isShort = end - cue.start < captionTimes.slot;
      const start = isShort ? Math.max(planned[index], Math.min(cue.start, end - captionTimes.slot)) : cue.start;
      if (end === cue.end && start === cue.start && end < limit) return;
      Object.assign(cue, { start, end });
      limit = start;
    }
  }
}

// Texts

/** The lines of a caption as SubRip shows them, with nothing in them that acts as markup. */
function subRipText({ parts }) {
  const whole = parts.map(({ dash, label, text }) => dash + label + text).join('\n');
  const hidesBraces = /\{[^]*\}/.test(whole);
  const lastGreater = whole.lastIndexOf('>');
  const lastLine = whole.lastIndexOf('\n') + 1;
  const joinsDigits = /^[\p{Nd} ]+$/u.test(whole.slice(lastLine)) && /(?:[0-9]|[\u0080-\u{10ffff}])$/u.test(whole);
  let at = 0;
  const escaped = (text) => {
    const begin = at;
    at += text.length;
    return text.replace(/<|\\|[{}]|&(?=(?:#?[A-Za-z0-9]{1,32});)|-->|:\d{1,2}(?=[.,]\d)|^/g, (sign, index) => {
      const place = begin + index;
      if (sign === '') return '';
      if (sign === '<') return place < lastGreater ? '<\u2060' : '<';
      if (sign === '{' || sign === '}') return hidesBraces ? { '{': '｛', '}': '｝' }[sign] : sign;
      return sign === '-->' ? '--\u2060>' : `${sign}\u2060`;
    });
  };
  const shown = parts.map(({ row, dash, label, text }, number) => {
    if (number > 0) at += 1;
    const name = label.slice(0, -2), rest = label.slice(-2);
    const isTurned = label !== '' && isRightToLeft(name) !== row.isRightToLeft;
    let all = escaped(dash);
    all += isTurned ? isolated(escaped(name)) + escaped(rest) : escaped(label);
    all += escaped(text);
    return row.isRightToLeft ? all.split('\n').map((line) => `\u2067${line}\u2069`).join('\n') : all;
  }).join('\n');
  if (!joinsDigits) return shown;
  const line = shown.lastIndexOf('\n') + 1, place = shown[line] === '\u2067' ? line + 1 : line;
  return `${shown.slice(0, place)}\u2060${shown.slice(place)}`;
}

const isolated = (name) => name.split('\n').map((line) => (line ? `\u2068${line}\u2069` : line)).join('\n');

const plainCue = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/\\(?=[Nnh])/g, '\\\u2060');

/** The lines of a caption as WebVTT has them, each row in its voice. */
function webVTTText({ parts }, label) {
  return parts.map(({ row, dash, text }) => {
    const name = row.segment.voice === null || !exporting.speakers ? '' : oneLine(label(row.segment));
    const safe = name.replace(/&(?=#|[A-Za-z0-9]{2})/g, '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return (name && `<v ${safe}>`) + plainCue(dash + text);
  }).join('\n');
}
