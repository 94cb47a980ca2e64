'use strict';
// The timeline: where everybody speaks, what is missing, and a way to every moment.

const lanes = document.querySelector('.lanes');
const playhead = document.createElement('div');
playhead.id = 'playhead';
lanes.append(playhead);
const hover = document.createElement('div');
hover.id = 'hover';
hover.hidden = true;
lanes.append(hover);
const marks = lanes.querySelector('.marks svg');
const axis = lanes.querySelector('.axis svg');
let zoom = 1;

/** Where a moment is, in pixels from the left of the lanes. */
function placeAt(milliseconds) {
  const box = axis.getBoundingClientRect();
  const origin = lanes.getBoundingClientRect().left - lanes.scrollLeft;
  return box.left - origin + box.width * Math.min(1, milliseconds / data.durationMS);
}

function momentAt(event) {
  const box = axis.getBoundingClientRect();
  return Math.round(Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * data.durationMS);
}

function movePlayhead(milliseconds) {
  const x = placeAt(milliseconds);
  playhead.style.left = `${x}px`;
  slider.ariaValueNow = String(Math.round(milliseconds / 1000));
  slider.ariaValueText = clock(milliseconds);
  if (zoom > 1 && player.isPlaying()) lanes.scrollLeft = x - lanes.clientWidth / 2;
}

lanes.addEventListener('click', (event) => {
  const drawing = event.target.closest('svg');
  if (!drawing) return;
  seek(momentAt(event));
});

// Under the pointer: the time, who speaks, and the first words.
lanes.addEventListener('pointermove', (event) => {
  if (!event.target.closest('svg')) { hover.hidden = true; return; }
  const moment = momentAt(event);
  const position = positionAt(moment);
  const isSaid = position >= 0 && moment <= data.starts[position] + Math.max(data.talks[position], 1000);
  hover.textContent = isSaid ? `${clock(moment)} ${speakerOf(position)}: ${spoken(position).slice(0, 60)}` : clock(moment);
  hover.hidden = false;
  hover.style.left = `${Math.max(lanes.scrollLeft, Math.min(placeAt(moment), lanes.scrollLeft + lanes.clientWidth - hover.offsetWidth))}px`;
});
lanes.addEventListener('pointerleave', () => { hover.hidden = true; });

/** What an incomplete transcript lacks is hatched. */
function showMissing() {
  if (!data.missing) return;
  missing.style.left = `${placeAt(data.missing[0])}px`;
  missing.style.width = `${placeAt(data.missing[1]) - placeAt(data.missing[0])}px`;
}
const missing = document.createElement('div');
missing.id = 'missing';
missing.title = 'Not transcribed';
if (data.missing) lanes.append(missing);

/** Where the search hits are, at most one mark for each pixel or so. */
function markHits(hits) {
  marks.querySelector('.hit')?.remove();
  const hasFindings = marks.childElementCount > 0;
  marks.parentElement.firstElementChild.textContent = hits.length === 0 ? 'Findings' : hasFindings ? 'Findings, hits' : 'Hits';
  if (hits.length === 0) return;
  const unit = data.durationMS / 400;
  const columns = new Set(hits.filter((position) => data.starts[position] !== null)
    .map((position) => Math.floor(data.starts[position] / unit)));
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('class', 'hit');
  const width = Math.ceil(unit / 100);
  path.setAttribute('d', Array.from(columns, (column) => `M${Math.floor(column * unit / 100)} 0h${width}v10h-${width}z`).join(''));
  marks.append(path);
}

/** Zooms about the playhead while it is in view, else about the middle. */
function setZoom(factor) {
  const most = Math.max(1, Math.min(64, 2 ** Math.ceil(Math.log2(data.durationMS / 60000))));
  const head = placeAt(player.time());
  const isSeen = head >= lanes.scrollLeft && head <= lanes.scrollLeft + lanes.clientWidth;
  const centre = isSeen && player.time() > 0 ? player.time() : null;
  const middle = (lanes.scrollLeft + lanes.clientWidth / 2) / lanes.scrollWidth;
  zoom = Math.min(most, Math.max(1, zoom * factor));
  lanes.style.setProperty('--zoom', zoom);
  drawAxis();
  lanes.scrollLeft = (centre === null ? middle * lanes.scrollWidth : placeAt(centre)) - lanes.clientWidth / 2;
  remember({ zoom });
}

/** Labels, playhead and missing stretch, for the room there is. */
function drawAxis() {
  labelAxis();
  movePlayhead(player.time());
  showMissing();
}

function labelAxis() {
  const room = axis.getBoundingClientRect().width;
  const steps = [5, 10, 30, 60, 300, 600, 1800, 3600, 7200].map((seconds) => seconds * 1000);
  const step = steps.find((length) => length / data.durationMS * room >= 56) ?? 14400000;
  const labels = [];
  for (let moment = 0; moment < data.durationMS; moment += step) {
    const label = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    const share = moment / data.durationMS;
    if ((1 - share) * room < 34) break;
    label.setAttribute('x', `${share * 100}%`);
    label.setAttribute('y', '12');
    label.textContent = clock(moment);
    labels.push(label);
  }
  axis.replaceChildren(...labels);
}

const zoomButtons = document.createElement('span');
zoomButtons.className = 'pair';
zoomButtons.append(makeButton('−', 'Zoom out', () => setZoom(0.5)), makeButton('+', 'Zoom in', () => setZoom(2)));
byId('timeline-heading').after(zoomButtons);

// With the keyboard the timeline is a slider.
const slider = axis.parentElement;
slider.role = 'slider';
slider.tabIndex = 0;
slider.ariaLabel = 'Moment of the recording, in seconds';
slider.ariaValueMin = '0';
slider.ariaValueMax = String(Math.round(data.durationMS / 1000));
slider.addEventListener('keydown', (event) => {
  const steps = { ArrowLeft: -5000, ArrowRight: 5000, PageUp: -60000, PageDown: 60000 };
  const places = { Home: 0, End: data.durationMS };
  const to = event.key in steps ? player.time() + steps[event.key] : places[event.key];
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  seek(Math.max(0, Math.min(data.durationMS, to)), { play: player.isPlaying() });
});

