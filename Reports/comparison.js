'use strict';
// Two transcripts beside each other: kinds of change to show, moments to play.

const pairs = [...document.querySelectorAll('.beside')];
const kindButtons = [...document.querySelectorAll('[data-kind]')];
const media = document.querySelector('.player video, .player audio');

/** Shows the rows of which a kind is wanted; those that are the same stay in their folds. */
function showKinds() {
  const wanted = new Set(kindButtons.filter((button) => button.ariaPressed === 'true').map((button) => button.dataset.kind));
  let shown = 0;
  for (const pair of pairs) {
    const kinds = pair.dataset.kinds.split(' ').filter(Boolean);
    if (kinds.length === 0) continue;
    pair.hidden = !kinds.some((kind) => wanted.has(kind));
    if (!pair.hidden) shown += 1;
  }
  say(`${counted(shown, 'changed row')} shown`);
}

for (const button of kindButtons) {
  button.addEventListener('click', () => {
    button.ariaPressed = String(button.ariaPressed !== 'true');
    showKinds();
  });
}

/** Marks the row that is played. */
function mark(pair) {
  for (const other of document.querySelectorAll('.beside.current')) {
    other.classList.remove('current');
    other.removeAttribute('aria-current');
  }
  pair.classList.add('current');
  pair.setAttribute('aria-current', 'true');
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('.play');
  if (!link) return;
  const seconds = Number(link.dataset.t);
  if (media) {
    event.preventDefault();
    media.currentTime = seconds;
    media.play().catch(() => {});
    // The moment stands far below: the picture comes along.
    media.closest('.player').classList.add('floating');
  } else if (data.player.kind === 'youtube') {
    event.preventDefault();
    open(`https://www.youtube.com/watch?v=${data.player.id}&t=${Math.floor(seconds)}s`, `tabscribe-${data.player.id}`);
  } else {
    return;
  }
  mark(link.closest('.beside'));
});

// Without anything that plays there is nothing to press.
if (!media && data.player.kind !== 'youtube') {
  for (const link of document.querySelectorAll('.play')) link.hidden = true;
}
