'use strict';
// A page that comes from a local library can keep corrections there; a page from a file cannot.

/** Sends the corrections of this page to the library, and shows what became of them. */
async function saveCorrections() {
  const sent = overlay.mine.slice();
  const button = byId('save-corrections');
  button.disabled = true;
  try {
    const reply = await fetch(library.content, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Tabscribe-Token': library.dataset.token },
      body: correctionsFile(sent),
    });
    const answer = await reply.json();
    if (!reply.ok) throw new Error(answer.error ?? reply.statusText);
    settle(sent, answer);
  } catch (error) {
    saved(`Not saved: ${error instanceof TypeError || error instanceof SyntaxError ? 'the library does not answer. Is tabscribe serve still running?' : error.message}`);
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
