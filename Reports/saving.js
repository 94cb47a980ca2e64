'use strict';
// A page that comes from a local library can keep corrections there; a page from a file cannot.

/** Sends the corrections of this page to the library, and shows what became of them. */
async function saveCorrections() {
  const sent = overlay.mine.slice();
  const button = byId('save-corrections');
  button.disabled = true;
  try {
    // What this page has seen of others: whatever they did since is not written over.
    const seen = (data.corrections ?? []).map((one) => one.id);
    settle(sent, await ask('POST', correctionsFile(sent, { seen })));
  } catch (error) {
    saved(`Not saved: ${reasonOf(error)}`);
  }
  button.disabled = overlay.mine.length === 0;
}

/** What the library has is no longer this browser's; what it did not take stays here. */
function settle(sent, answer) {
  const refused = new Set(answer.problems.map((problem) => sent[problem.index]));
  const gone = new Set(sent.filter((one) => !refused.has(one)));
  data.corrections = answer.corrections;
  shelf.remove(Array.from(gone));
  overlay.undone = [];
  tabs.postMessage(answer.corrections);
  changed('Saved', true);
  const count = counted(answer.applied.length, 'correction');
  saved(answer.problems.length === 0 ? `${count} saved.`
    : `${count} saved. ${answer.problems.map((problem) => problem.message).join(' ')}`);
}

/**
 * The saved corrections that were made last, as one: they have their moment in common.
 * What no person made here, such as times set by the sound, is not among them, nor what others made.
 */
function savedStep() {
  const user = library?.dataset.user, isOwn = (one) => user === undefined || one.by === user;
  const last = library ? data.corrections?.findLast(isOwn) : undefined;
  if (!last || last.kind === 'times' || last.carried) return [];
  if (user !== undefined) return data.corrections.filter((one) => isOwn(one) && one.at === last.at && one.kind !== 'times' && !one.carried);
  const first = data.corrections.findLastIndex((one) => one.at !== last.at || one.kind === 'times' || one.carried) + 1;
  return data.corrections.slice(first);
}

let isTakingBack = false;

/** Takes saved corrections out of the library; redo makes them again. */
async function takeBackSaved() {
  if (isTakingBack) return;
  isTakingBack = true;
  const step = savedStep();
  try {
    const answer = await ask('DELETE', JSON.stringify({ ids: step.map((one) => one.id) }));
    data.corrections = answer.corrections;
    overlay.undone.push(step);
    tabs.postMessage(answer.corrections);
    changed(`${counted(step.length, 'saved correction')} taken back`, true);
  } catch (error) {
    saved(`Not taken back: ${reasonOf(error)}`);
  }
  isTakingBack = false;
}

/** What the library answers; an error where it refuses. */
async function ask(method, body) {
  const reply = await fetch(library.content, {
    method, headers: { 'Content-Type': 'application/json', 'X-Tabscribe-Token': library.dataset.token }, body,
  });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(answer.error ?? reply.statusText);
  return answer;
}

const reasonOf = (error) => (error instanceof TypeError || error instanceof SyntaxError
  ? 'the library does not answer. Is tabscribe serve still running?' : error.message);

function saved(sentence) {
  byId('where').textContent = sentence;
  say(sentence);
}

/** Other tabs of this report take over what was saved in one. */
const tabs = new BroadcastChannel('tabscribe:' + data.run);
tabs.addEventListener('message', (event) => {
  if (!library || !Array.isArray(event.data)) return;
  data.corrections = event.data;
  shelf.read();
  overlay.view = null;
  showTranscript();
});

byId('save-corrections').addEventListener('click', saveCorrections);
