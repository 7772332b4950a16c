// Tells a plot's numbers where the pointer is, or where the arrow keys have gone. The curves are read back from the picture: they need not be sent twice.
import { number } from '../charts/format.js';

const parsed = new WeakMap(); // path element → { d, points }
const places = new WeakMap(); // picture → share of the x-axis at which it was read last
let listens = false;

export function tellNumbers() {
  if (listens) { return; }
  listens = true;
  document.addEventListener('pointermove', event => {
    const area = event.target.closest?.('.plot-area');
    if (!area) { return; }
    const cell = event.target.closest('.cell');
    const box = area.querySelector('svg').getBoundingClientRect();
    if (cell) { tell(area, titleOf(cell)); } else { readAt(area, (event.clientX - box.left) / box.width); }
  }, { passive: true });
  document.addEventListener('pointerout', event => {
    const area = event.target.closest?.('.plot-area');
    if (area && !area.contains(event.relatedTarget) && document.activeElement !== area.closest('.plot-picture')) { tell(area, ''); }
  }, { passive: true });
  document.addEventListener('keydown', event => {
    const picture = event.target.closest?.('.plot-picture');
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!picture || !way) { return; }
    event.preventDefault();
    const area = picture.querySelector('.plot-area');
    const cells = [...area.querySelectorAll('.cell')];
    if (cells.length > 0) {
      const at = Math.min(Math.max((places.get(picture) ?? -1) + way, 0), cells.length - 1);
      places.set(picture, at);
      tell(area, titleOf(cells[at]));
    } else {
      const next = neighbour(area, places.get(picture) ?? (way > 0 ? -Infinity : Infinity), way);
      if (next !== undefined) { readAt(area, next); }
    }
  });
}

const titleOf = element => element.querySelector('title')?.textContent ?? '';

function tell(area, text) {
  const readout = area.closest('.plot').querySelector('.plot-readout');
  if (readout.textContent !== text) { readout.textContent = text; }
}

function readAt(area, share) {
  const near = curves(area).map(curve => ({ ...curve, point: nearest(curve.points, share) })).filter(curve => curve.point);
  if (near.length === 0) { return; }
  const x = near.map(curve => curve.point[0]).reduce((best, at) => Math.abs(at - share) < Math.abs(best - share) ? at : best);
  places.set(area.closest('.plot-picture'), x);
  // A curve that has nothing near this x says nothing of it.
  const told = near.filter(curve => Math.abs(curve.point[0] - x) < 0.02).map(curve => `${curve.label} ${number(valueOf(area.dataset.y, 1 - curve.point[1]))}`);
  tell(area, `${area.dataset.label} ${number(valueOf(area.dataset.x, x))}: ${told.join(', ')}`);
}

// From a share of an axis, "from to lin" or "from to log", to the value there.
function valueOf(axis, share) {
  const [from, to, scale] = axis.split(' ');
  return scale === 'log' ? from * (to / from) ** share : Number(from) + share * (to - from);
}

function nearest(points, share) {
  return points.length === 0 ? null : points.reduce((best, point) => Math.abs(point[0] - share) < Math.abs(best[0] - share) ? point : best);
}

function neighbour(area, share, way) {
  const all = curves(area).flatMap(curve => curve.points.map(point => point[0])).filter(x => way > 0 ? x > share + 1e-6 : x < share - 1e-6);
  return all.length === 0 ? undefined : way > 0 ? Math.min(...all) : Math.max(...all);
}

// Lines, and marks of the same label together; shares of the picture's width and height.
function curves(area) {
  const byLabel = new Map();
  for (const path of area.querySelectorAll('path.line, path.points')) {
    const label = titleOf(path).split(': ')[0];
    byLabel.set(label, [...(byLabel.get(label) ?? []), ...pointsOf(path)]);
  }
  return [...byLabel].map(([label, points]) => ({ label, points }));
}

function pointsOf(path) {
  const d = path.getAttribute('d');
  const known = parsed.get(path);
  if (known?.d === d) { return known.points; }
  const side = path.ownerSVGElement.viewBox.baseVal.width;
  const points = [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(match => [match[1] / side, match[2] / side]);
  parsed.set(path, { d, points });
  return points;
}
