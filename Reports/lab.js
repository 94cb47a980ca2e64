'use strict';
// A lab's moments, to play: each recording has its own player.

const recordings = [...document.querySelectorAll('.recording')];

/** Marks the moment that is played. */
function mark(moment) {
  for (const other of document.querySelectorAll('.moment.current')) {
    other.classList.remove('current');
    other.removeAttribute('aria-current');
  }
  moment.classList.add('current');
  moment.setAttribute('aria-current', 'true');
}

/** Brings the picture of a recording along, and puts the others back. */
function float(player) {
  for (const other of document.querySelectorAll('.player.floating')) {
    other.classList.remove('floating');
    other.querySelector('video, audio')?.pause();
  }
  player.classList.add('floating');
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('.play');
  if (!link) return;
  const recording = link.closest('.recording');
  const facts = data.players[recordings.indexOf(recording)];
  const media = recording.querySelector('.player video, .player audio');
  const seconds = Number(link.dataset.t);
  if (media) {
    event.preventDefault();
    media.currentTime = seconds;
    float(media.closest('.player'));
    media.play().catch(() => {});
  } else if (facts?.kind === 'youtube') {
    event.preventDefault();
    open(`https://www.youtube.com/watch?v=${facts.id}&t=${Math.floor(seconds)}s`, `tabscribe-${facts.id}`);
  } else {
    return;
  }
  mark(link.closest('.moment'));
});

// Without anything that plays there is nothing to press.
recordings.forEach((recording, index) => {
  if (recording.querySelector('.player video, .player audio') || data.players[index]?.kind === 'youtube') return;
  for (const link of recording.querySelectorAll('.play')) link.hidden = true;
});
