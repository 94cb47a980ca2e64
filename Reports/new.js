'use strict';
// A new transcription: as the form changes the server says what it would take; then it is begun, and its own page shows it.

const form = byId('order'), field = form.elements;
const settings = ['prompt', 'model', 'start', 'end', 'duration', 'mediaResolution'];
const begin = byId('begin'), drop = byId('drop'), sent = byId('sent'), cancel = byId('cancel');
const usualWords = byId('sent-text').textContent;
// The file that the server has, and the one that is on its way.
let upload = null, sending = null;
// A limit that a person typed is theirs.
let isOwnLimit = false;

const isNamed = () => upload !== null || field.source.value.trim() !== '';

function order() {
  const asked = Object.fromEntries(settings.map((name) => [name, field[name].value]));
  if (isOwnLimit) asked.costLimitUSD = field.costLimitUSD.value;
  return { ...asked, ...(upload ? { upload: upload.number } : { source: field.source.value }) };
}

function complain(error) { byId('problem').textContent = error ? refusalWords(error) : ''; }

// What it takes

const money = (dollars) => (dollars >= 0.1 ? dollars.toFixed(2) : dollars === 0 ? '0' : Number(dollars.toPrecision(2)).toString());
const range = (low, high, text) => (text(low) === text(high) ? text(low) : `${text(low)}–${text(high)}`);
const number = (value) => value.toLocaleString('en');

function show(plan) {
  const total = plan?.total, done = plan?.doneBefore?.length ?? 0;
  const price = total?.costUSD?.cachedRange;
  const figures = {
    requests: total && number(total.requests),
    'tokens-in': total && number(total.inputTokens),
    'tokens-out': total && range(total.outputTokens.low, total.outputTokens.high, number),
    price: price ? range(price.low, price.high, money) : total && (total.requests === 0 ? '0' : 'not known'),
    done: total && (done === 0 ? 'nothing' : total.requests === 0 ? 'all of it' : `${done} of ${done + new Set(plan.requests.map((one) => one.source + one.prompt)).size}`),
    command: plan?.command,
  };
  for (const [id, text] of Object.entries(figures)) byId(id).textContent = text ?? '–';
  byId('copy').disabled = !plan?.command;
  if (plan?.leftUSD) byId('left').textContent = money(Number(plan.leftUSD));
  if (!isOwnLimit && (total || !plan)) field.costLimitUSD.value = plan?.suggestedLimitUSD ?? '';
  byId('notices').replaceChildren(...(plan?.notices ?? []).map((notice) => Object.assign(document.createElement('li'), { textContent: notice })));
  if (total) say(`${counted(total.requests, 'request')}, ${byId('price').textContent} USD, done before: ${byId('done').textContent}`);
}

let waiting = 0, isAsking = false, isStale = false;

async function plan() {
  if (isAsking) { isStale = true; return; }
  if (!isNamed()) { show(null); complain(null); return; }
  isAsking = true;
  byId('plan').ariaBusy = 'true';
  const answer = await askServer('/new/plan', data.token, order());
  isAsking = false;
  byId('plan').ariaBusy = 'false';
  if (isStale) { isStale = false; plan(); return; }
  show(answer.total ? answer : { command: answer.command, leftUSD: answer.leftUSD });
  complain(answer.error);
}

function changed() {
  clearTimeout(waiting);
  waiting = setTimeout(plan, 300);
}

function describePrompt() { byId('about-prompt').textContent = field.prompt.selectedOptions[0]?.title ?? ''; }

form.addEventListener('input', (event) => {
  if (event.target === field.costLimitUSD) isOwnLimit = event.target.value.trim() !== '';
  if (event.target === field.source) forget();
  if (event.target === field.prompt) describePrompt();
  changed();
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (begin.disabled) return;
  if (sending) { complain('The file has not arrived yet.'); return; }
  clearTimeout(waiting);
  begin.disabled = true;
  complain(null);
  const answer = await askServer('/new/start', data.token, { ...order(), costLimitUSD: field.costLimitUSD.value });
  if (answer.address) { location.assign(answer.address); return; }
  begin.disabled = false;
  complain(answer.error ?? (answer.said ?? []).join(' '));
});
// Back from the page of a transcription.
addEventListener('pageshow', () => { begin.disabled = false; });

byId('copy').addEventListener('click', () => navigator.clipboard.writeText(byId('command').textContent)
  .then(() => say('Copied'), () => say('The browser did not allow copying')));

// Files

/** What was sent is not the source any more. */
function forget() {
  upload = null;
  sending?.abort();
  showSending(null, usualWords);
}

function showSending(request, words, share = 0) {
  sending = request;
  cancel.hidden = request === null;
  sent.value = share;
  sent.classList.toggle('idle', request === null);
  byId('sent-text').textContent = words;
}

const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`);

function send(file) {
  forget();
  field.source.value = '';
  complain(null);
  if (file.size > data.mostBytes) { complain(`${file.name} has ${size(file.size)}; the service keeps files of up to ${size(data.mostBytes)}.`); return; }
  const request = new XMLHttpRequest();
  const finish = (words, share, error) => {
    if (sending !== request) return;
    showSending(null, words, share);
    complain(error);
    if (upload) changed();
  };
  request.open('PUT', `/new/file?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('X-Tabscribe-Token', data.token);
  request.upload.addEventListener('progress', (event) => {
    if (sending === request) showSending(request, `${file.name}: ${size(event.loaded)} of ${size(file.size)}`, event.loaded / Math.max(1, file.size));
  });
  request.addEventListener('load', () => {
    let answer;
    try { answer = JSON.parse(request.responseText); } catch { answer = {}; }
    if (sending === request && answer.upload) {
      upload = { number: answer.upload };
      field.source.value = answer.name;
    }
    finish(upload ? `${answer.name} is here, ${size(file.size)}.` : usualWords, upload ? 1 : 0, upload ? null : answer.error ?? 'The file did not arrive.');
  });
  request.addEventListener('error', () => finish(usualWords, 0, 'The file did not arrive: the connection broke, or the server refused it.'));
  showSending(request, `${file.name}: 0 of ${size(file.size)}`);
  request.send(file);
}

cancel.addEventListener('click', () => { forget(); byId('choose').focus(); });
byId('choose').addEventListener('click', () => byId('file').click());
byId('file').addEventListener('change', (event) => {
  if (event.target.files[0]) send(event.target.files[0]);
  event.target.value = '';
});

// A file that misses its place would replace the page.
addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.toggle('over', drop.contains(event.target)); });
addEventListener('dragleave', () => drop.classList.remove('over'));
addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  const address = event.dataTransfer.getData('text/uri-list').split(/\r?\n/).find((line) => line && !line.startsWith('#'));
  // Some file managers do say where a file lies.
  if (address && (!address.startsWith('file:') || data.takesPaths)) {
    forget();
    field.source.value = address;
    changed();
  } else if (event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
});

describePrompt();
if (isNamed()) plan();
