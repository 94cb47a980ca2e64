'use strict';
// What pages of a library ask of their server beside corrections: to begin, stop and take up a transcription.

/** What the server answers; what went wrong stands under `error`, with what helps. */
async function askServer(address, token, body = {}) {
  try {
    const reply = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Tabscribe-Token': token }, body: JSON.stringify(body) });
    return await reply.json();
  } catch {
    return { error: { message: 'The server does not answer.', remedy: 'Is tabscribe serve still running?' } };
  }
}

/** An error of an answer in words. */
const refusalWords = (error) => (typeof error === 'string' ? error : `${error.message} ${error.remedy}`);
