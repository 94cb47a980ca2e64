'use strict';
// The player: a media element, a YouTube frame the reader asked for, or none.

/** A page without a player: times are places on the page. */
const noPlayer = {
  isPlaying: () => false, seek: () => false, toggle() {}, skip() {}, time: () => 0, setSpeed() {},
};

/** A video or audio element. */
function mediaPlayer(media) {
  const update = () => moved(media.currentTime * 1000);
  media.addEventListener('timeupdate', update);
  media.addEventListener('seeking', update);
  media.addEventListener('play', playingBegan);
  // Events come four times a second, which is slow for words.
  let frame = 0;
  const light = () => {
    cancelAnimationFrame(frame);
    if (media.paused || timesOfWords(current.position) === null) return;
    markSpoken(media.currentTime * 1000);
    frame = requestAnimationFrame(light);
  };
  media.addEventListener('timeupdate', light);
  const section = media.closest('.player');
  section.append(controls(media, section));
  const start = () => media.play().catch(() => {});
  const failed = secondTry(media, start, () => showMissingMedia(media, section));
  media.addEventListener('error', failed);
  // The file may have failed before this script ran.
  if (media.error || media.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) failed();
  return {
    isPlaying: () => !media.paused,
    seek(milliseconds, play) {
      media.currentTime = milliseconds / 1000;
      if (play) start();
      return true;
    },
    toggle() { if (media.paused) start(); else media.pause(); },
    skip(seconds) { media.currentTime = Math.max(0, media.currentTime + seconds); },
    time: () => media.currentTime * 1000,
    setSpeed(rate) {
      media.playbackRate = rate;
      section.querySelector('select').value = String(rate);
    },
  };
}

/**
 * Loads a recording once more where it failed, since a connection that broke or a decoder that stumbled is
 * over by then; `lack` is for the second failure at one place.
 */
function secondTry(media, start, lack) {
  let place = null;
  return () => {
    const { currentTime, playbackRate, paused } = media;
    // Less than a second on is the same place: the seek after loading lands on a picture near by.
    if (place !== null && Math.abs(currentTime - place) < 1) return lack();
    place = currentTime;
    media.load();
    media.currentTime = currentTime;
    media.playbackRate = playbackRate;
    if (!paused) start();
  };
}

/** One sentence in place of a black box, and a way on. */
function showMissingMedia(media, section) {
  if (section.classList.contains('missing')) return;
  section.classList.add('missing');
  const note = document.createElement('p');
  note.className = 'aside';
  note.textContent = data.player.remote
    ? 'The recording cannot be played from its address: the network or its server does not give it.'
    : 'The media file cannot be played from here: it is not where it was when this page was made.';
  section.append(note, chooser(section, media));
}

/** Plays a file of the reader's choice; it stays on this computer. */
function chooser(section, media) {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = 'video/*,audio/*';
  field.className = 'sr';
  field.tabIndex = -1;
  field.ariaLabel = 'The recording on this computer';
  field.addEventListener('change', () => {
    const [file] = field.files;
    if (!file) return;
    const element = media ?? document.createElement(file.type.startsWith('audio/') ? 'audio' : 'video');
    element.controls = true;
    element.src = URL.createObjectURL(file);
    section.classList.remove('missing', 'none');
    for (const part of section.querySelectorAll('.aside, .choose, input[type=file]')) part.remove();
    if (media) return;
    section.prepend(element);
    player = mediaPlayer(element);
  });
  const button = makeButton('Choose the video…', '', () => field.click());
  button.className = 'choose';
  const box = document.createDocumentFragment();
  box.append(button, field);
  return box;
}

/** What browsers' own controls lack: short skips, speed, captions, a second window, folding. */
function controls(media, section) {
  const bar = document.createElement('div');
  bar.className = 'controls';
  const skip = (seconds) => () => player.skip(seconds);
  bar.append(makeButton('−5 s', 'Five seconds back', skip(-5)), makeButton('+5 s', 'Five seconds forward', skip(5)));
  bar.append(speedMenu(media));
  if (rows.length > 0 && media.localName === 'video') bar.append(captionsButton(media));
  if (document.pictureInPictureEnabled && media.localName === 'video') {
    const popOut = makeButton('Pop out', 'Picture in picture', () => media.requestPictureInPicture().catch(() => {}));
    popOut.className = 'popout';
    bar.append(popOut);
  }
  const fold = makeButton('Fold', 'Fold the player', () => {
    const folded = section.classList.toggle('folded');
    fold.textContent = folded ? 'Unfold' : 'Fold';
    fold.ariaExpanded = String(!folded);
  });
  fold.className = 'quiet';
  fold.ariaExpanded = 'true';
  bar.append(fold);
  return bar;
}

function speedMenu(media) {
  const menu = document.createElement('select');
  menu.ariaLabel = 'Speed';
  for (const rate of [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]) {
    menu.add(new Option(`${rate}×`, rate, rate === 1, rate === 1));
  }
  menu.addEventListener('change', () => { media.playbackRate = Number(menu.value); remember({ speed: media.playbackRate }); });
  return menu;
}

/** The captions of the page once somebody asked for them: those that it saves as WebVTT. */
const captions = {
  track: null,
  isStale: true,
  /** Makes them anew when they are looked at, after whatever changes the rows now. */
  refresh() {
    captions.isStale = true;
    if (captions.track?.mode === 'showing') queueMicrotask(captions.fill);
  },
  fill() {
    if (!captions.isStale) return;
    captions.isStale = false;
    for (const cue of Array.from(captions.track.cues ?? [])) captions.track.removeCue(cue);
    const whole = exported(false);
    for (const cue of captionsOf(whole)) {
      captions.track.addCue(new VTTCue(cue.start / 1000, cue.end / 1000, webVTTText(cue, whole.label)));
    }
  },
};

/** The language of most rows that say theirs, else the one of the page; players read captions out by it. */
function spokenLanguage() {
  const counts = new Map();
  for (const tag of Object.values(data.languages ?? {})) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const [most] = Array.from(counts).sort((one, other) => other[1] - one[1]);
  return most?.[0] ?? table.lang;
}

function captionsButton(media) {
  const button = makeButton('Captions', 'Show the rows as captions', () => {
    captions.track ??= media.addTextTrack('captions', 'Transcript', spokenLanguage());
    const on = captions.track.mode !== 'showing';
    captions.track.mode = on ? 'showing' : 'disabled';
    button.ariaPressed = String(on);
    if (on) captions.fill();
  });
  button.className = 'captions';
  button.ariaPressed = 'false';
  return button;
}

/** A YouTube video; its frame is loaded only on request, and cannot be from a local page. */
function youTubePlayer(id) {
  const host = 'https://www.youtube-nocookie.com';
  const load = byId('load');
  let frame = null, time = 0, playing = false;
  const send = (func, ...args) =>
    frame?.contentWindow.postMessage(JSON.stringify({ event: 'command', func, args }), host);
  const canEmbed = location.protocol === 'https:' || location.protocol === 'http:';

  function embed(seconds) {
    frame = document.createElement('iframe');
    frame.title = 'YouTube player';
    frame.allow = 'autoplay; encrypted-media; picture-in-picture; fullscreen';
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    frame.src = `${host}/embed/${id}?enablejsapi=1&autoplay=1&start=${Math.floor(seconds)}&origin=${encodeURIComponent(location.origin)}`;
    frame.addEventListener('load', () => frame.contentWindow.postMessage('{"event":"listening"}', host));
    load.replaceWith(frame);
  }

  addEventListener('message', (event) => {
    if (event.origin !== host || event.source !== frame?.contentWindow) return;
    let info = null;
    try { info = JSON.parse(event.data)?.info; } catch { return; }
    if (typeof info?.playerState === 'number') playing = info.playerState === 1;
    if (typeof info?.currentTime === 'number') { time = info.currentTime * 1000; moved(time); }
  });
  // One window for all moments, not a new one for each.
  const name = `tabscribe-${id}`;
  load.target = name;
  if (!canEmbed) {
    load.querySelector('small').textContent = 'Opens on YouTube; tabscribe serve plays it here. Nothing is loaded from YouTube until you press play.';
  }
  load.addEventListener('click', (event) => {
    if (!canEmbed) return;
    event.preventDefault();
    embed(0);
  });
  return {
    isPlaying: () => playing,
    seek(milliseconds, play) {
      const seconds = milliseconds / 1000;
      if (frame) send('seekTo', seconds, true);
      else if (play && canEmbed) embed(seconds);
      else if (play) open(`https://www.youtube.com/watch?v=${id}&t=${Math.floor(seconds)}s`, name);
      else return false;
      return true;
    },
    toggle() { send(playing ? 'pauseVideo' : 'playVideo'); },
    skip(seconds) { send('seekTo', Math.max(0, time / 1000 + seconds), true); },
    time: () => time,
    setSpeed(rate) { send('setPlaybackRate', rate); },
  };
}

/** A stretch that playing ends with, or goes round in. */
const stretch = {
  start: 0, end: null, loops: false,
  play(start, end, loops = false) { Object.assign(stretch, { start, end, loops }); },
  /** At the end of the stretch: back to its start, or rest. */
  watch(milliseconds) {
    if (stretch.end === null || milliseconds < stretch.end || !player.isPlaying()) return;
    if (stretch.loops) { player.seek(stretch.start, true); return; }
    stretch.end = null;
    player.toggle();
  },
};

/** Follows the player on the page. */
function moved(milliseconds) {
  showCurrent(positionAt(milliseconds));
  movePlayhead(milliseconds);
  markSpoken(milliseconds);
  stretch.watch(milliseconds);
}

function makePlayer() {
  const media = document.querySelector('.player video, .player audio');
  if (media) return mediaPlayer(media);
  const section = document.querySelector('.player');
  if (data.player.kind === 'none' && section) section.append(chooser(section, null));
  return data.player.kind === 'youtube' ? youTubePlayer(data.player.id) : noPlayer;
}
let player = noPlayer;
