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

/** Letters without case and accents; the same length as the text for nearly all texts. */
function fold(text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, '').normalize('NFC').toLowerCase();
}

/** Characters that a page cannot hold, as it shows them. */
function shownText(text) {
  return text.replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0)))
    .replace(/\u007f/g, '\u2421').replace(/[\u0080-\u009f\ufffe\uffff]/g, '\ufffd');
}
