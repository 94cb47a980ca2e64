'use strict';
// What the scripts of every page share. Nothing here makes elements out of text.

const data = JSON.parse(document.getElementById('data').textContent);
const byId = (id) => document.getElementById(id);
document.documentElement.classList.add('js');

/** Says something to a screen reader and to nobody else. */
const say = (text) => { byId('said').textContent = text; };

/** Whether a key belongs to an input method that is composing, which no command of the page may take. */
const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** What the browser keeps for a page: nothing of it may fail where storage is refused. */
const storage = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  /** Whether the value is kept; `null` removes it. */
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  /** The keys that begin with a prefix. */
  keys(prefix) {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
  },
};

/** A part of an address as it reads; one that nobody could have encoded so stays as it is. */
const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

/** A button that a script adds to the page. */
function makeButton(text, label, action) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  if (label) { button.ariaLabel = label; button.title = label; }
  button.addEventListener('click', action);
  return button;
}

/** `MM:SS` below one hour, `H:MM:SS` from one hour, as everywhere on the page. */
function clock(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (number) => String(number).padStart(2, '0');
  const tail = two(Math.floor(seconds / 60) % 60) + ':' + two(seconds % 60);
  return seconds < 3600 ? tail : Math.floor(seconds / 3600) + ':' + tail;
}

const counted = (number, noun) => `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

/** Letters whose strokes and joins are no marks by Unicode, and signs that people type otherwise. */
const plainLetters = {
  'ß': 'ss', 'ς': 'σ', 'đ': 'd', 'ð': 'd', 'ħ': 'h', 'ı': 'i', 'ł': 'l', 'ø': 'o', 'ŧ': 't', 'æ': 'ae', 'œ': 'oe', 'þ': 'th',
  'ŋ': 'n', 'ɫ': 'l', '’': "'", '‘': "'", 'ʼ': "'", 'ʻ': "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', 'ᲀ': 'в', 'ᲁ': 'д', 'ᲂ': 'о', 'ᲃ': 'с', 'ᲄ': 'т', 'ᲅ': 'т',
  'ᲆ': 'ъ', 'ᲇ': 'ѣ', 'ᲈ': 'ꙋ',
};
const plainLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');
/** Accents, the points of Hebrew, Arabic and Syriac, and what is not seen; the same as the search of the command line. */
const unheardMarks = new RegExp('[\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05c7\\u0610-\\u061c\\u0640\\u064b-\\u065f\\u0670'
  + '\\u06d6-\\u06ed\\u0711\\u0730-\\u074a\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f'
  + '\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff]', 'g');
const onlyASCII = /^[\x00-\x7f]*$/;

/** The text as it is compared: without case, accents and points, however it is encoded. */
function fold(text) {
  if (onlyASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').toLowerCase().replace(unheardMarks, '').replace(plainLetter, (letter) => plainLetters[letter])
    .normalize('NFKC');
}

/** What parts words, and the scripts that do not part them, where each character is a word; as on the command line. */
const noWord = /[^\p{L}\p{N}\p{M}\p{Co} ]/gu;
const unpartedScripts = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar'];
const unparted = `[ー${unpartedScripts.map((script) => `\\p{Script=${script}}`).join('')}]`;
const unpartedWord = new RegExp(`^${unparted}`, 'u');
const anyWord = new RegExp(`${unparted}\\p{M}*|(?:(?!${unparted})[\\p{L}\\p{N}\\p{M}\\p{Co}])+`, 'gu');

/** The text as it is searched: folded, with blanks for all that parts words. */
function searchable(text) {
  const folded = fold(text);
  return onlyASCII.test(folded) ? folded.replace(/[^a-z0-9 ]/g, ' ') : folded.replace(noWord, (sign) => ' '.repeat(sign.length));
}

/** What is looked for in searchable texts: words in any order, and phrases in quotes. */
function termsOf(query) {
  const terms = Array.from(fold(query).matchAll(/"([^"]+)"?|[^\s"]+/g), (match) => searchable(match[1] ?? match[0]).trim());
  return [...new Set(terms.filter(Boolean))].map(makeTerm);
}

/**
 * A term: an expression, and the word where it is one alone, which is found faster.
 * Between words there are any signs; beside a character that is a word there need not be.
 */
function makeTerm(text) {
  const words = text.match(anyWord) ?? [];
  const isAlone = words.map((word) => unpartedWord.test(word));
  if (words.length === 1 && !isAlone[0]) return { word: words[0] };
  const pattern = words.map((word, place) => (place === 0 ? '' : isAlone[place] || isAlone[place - 1] ? ' *' : ' +') + word).join('');
  return { expression: new RegExp(isAlone.at(-1) ? `${pattern}(?!\\p{M})` : pattern, 'gu') };
}

/** Hands over where a term stands in a searchable text; of hundreds of thousands of places no list is made. */
function eachPlace({ word, expression }, text, body) {
  if (expression) {
    for (const { 0: found, index } of text.matchAll(expression)) body(index, index + found.length);
    return;
  }
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) body(at, at + word.length);
}

/** Whether a term stands in a searchable text. */
const isIn = ({ word, expression }, text) => (expression ? text.search(expression) >= 0 : text.includes(word));

/** Characters that a page cannot hold, as it shows them. */
function shownText(text) {
  return text.replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421').replace(/[\u0080-\u009f\ufffe\uffff]/g, '\ufffd');
}
