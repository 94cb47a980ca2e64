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
  'ŋ': 'n', 'ɫ': 'l', '’': "'", '‘': "'", 'ʼ': "'", 'ʻ': "'", '“': '"', '”': '"', '„': '"',
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

/** Characters that a page cannot hold, as it shows them. */
function shownText(text) {
  return text.replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421').replace(/[\u0080-\u009f\ufffe\uffff]/g, '\ufffd');
}
