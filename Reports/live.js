'use strict';
// A transcript that is still being made: asks for its rows again and again, and puts in what is new.
// Rows that stay are the same elements as before, so that the reader's place and selection stay.

const body = byId('rows');
const rhythm = 1000, patience = 5000;
const identity = (time, text) => `${time}\n${text}`;

/** The rows shown, by time and text; rows that are alike queue under one name. */
function shownRows() {
  const known = new Map();
  for (const row of body.rows) {
    const name = identity(row.cells[0].textContent, row.cells[2].textContent);
    if (known.has(name)) known.get(name).push(row); else known.set(name, [row]);
  }
  return known;
}

function makeRow(time, text) {
  const row = document.createElement('tr');
  const [when, who, what] = ['td', 'th', 'td'].map((tag) => document.createElement(tag));
  when.textContent = time;
  what.dir = 'auto';
  what.textContent = shownText(text);
  row.append(when, who, what);
  return row;
}

function put(rows) {
  const known = shownRows();
  let place = body.firstElementChild;
  for (const { time, seconds, speaker, style, text } of rows) {
    const row = known.get(identity(time, shownText(text)))?.shift() ?? makeRow(time, text);
    if (row.className !== style) row.className = style;
    if (row.cells[1].textContent !== speaker) row.cells[1].textContent = speaker;
    if (seconds !== null) row.dataset.t = seconds;
    if (row === place) place = row.nextElementSibling; else body.insertBefore(row, place);
  }
  while (place) {
    const next = place.nextElementSibling;
    place.remove();
    place = next;
  }
}

// Where this server does the work, it says what it is doing and can be stopped.
const stage = byId('stage'), stop = byId('stop');
stop?.addEventListener('click', async () => {
  stop.disabled = true;
  const { error } = await askServer(data.stop, data.token);
  stage.textContent = error ? refusalWords(error) : 'Stopping; what was answered is kept.';
  stop.disabled = !error;
});
if (stop) stop.hidden = false;

/** The finished report opens where the reader was. */
function openReport() {
  const row = scrollY > 80 ? Array.from(body.rows).find((one) => one.getBoundingClientRect().top >= 0 && one.dataset.t) : null;
  if (row) history.replaceState(null, '', '#t=' + row.dataset.t);
  location.reload();
}

async function update() {
  try {
    const reply = await fetch(`${data.address}?known=${encodeURIComponent(data.known)}`, { cache: 'no-store' });
    if (!reply.ok) throw new Error(String(reply.status));
    const news = await reply.json();
    if (news.status !== 'running') { openReport(); return; }
    if (stage && news.stage) stage.textContent = news.stage;
    if (news.rows) {
      const atEnd = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 40;
      put(news.rows);
      data.known = news.known;
      byId('progress').textContent = news.progress;
      if (news.reachedMS !== null) byId('reached').value = news.reachedMS;
      if (atEnd) scrollTo(0, document.documentElement.scrollHeight);
    }
    byId('end').textContent = 'More is to come.';
    setTimeout(update, rhythm);
  } catch {
    byId('end').textContent = 'The server does not answer; this page tries again.';
    setTimeout(update, patience);
  }
}
setTimeout(update, rhythm);
