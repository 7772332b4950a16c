// Charts of many lines. uPlot draws from one table with a column a line and a row for every place of any line: a hundred lines that are each
// thinned to their own extremes share few places, and most of the table would be empty. So here every line is drawn from its own points,
// all of them, and the table that uPlot gets is only what the pointer is matched with.

import { lonePositions } from './honest.js';

const places = 250; // rows of that table
const dotsUpTo = 60; // of a line of so few points, each has a dot
const dotSize = 5;

// Every line's nearest values at even places.
export function tableOf(lines, [low, high], logX, gap) {
  const [from, to] = logX ? [Math.log(low), Math.log(high)] : [low, high];
  const xs = Array.from({ length: places }, (_, i) => { const x = from + (to - from) * i / (places - 1); return logX ? Math.exp(x) : x; });
  const columns = [xs];
  for (const { drawn: { x, y, smooth } } of lines) {
    const [own, smoothed] = [new Array(places), new Array(places)];
    for (let i = 0, next = 0; i < places; i++) {
      while (next < x.length - 1 && Math.abs(x[next + 1] - xs[i]) <= Math.abs(x[next] - xs[i])) { next++; }
      const isWithin = x.length > 0 && xs[i] >= x[0] && xs[i] <= x[x.length - 1];
      own[i] = isWithin ? gap(y[next]) : undefined;
      smoothed[i] = isWithin ? gap(smooth[next]) : undefined;
    }
    columns.push(own, smoothed);
  }
  return columns;
}

// Lowest and highest value that is drawn between two places; nulls for none.
export function extremes(lines, min, max, gap) {
  let [low, high] = [Infinity, -Infinity];
  for (const { shown, drawn: { x, y, smooth } } of lines) {
    if (!shown) { continue; }
    for (let i = 0; i < x.length; i++) {
      if (x[i] < min || x[i] > max) { continue; }
      for (const value of [gap(y[i]), gap(smooth[i])]) {
        if (value === null) { continue; }
        if (value < low) { low = value; }
        if (value > high) { high = value; }
      }
    }
  }
  return high >= low ? [low, high] : [null, null];
}

// A line's course, interrupted where its values are.
export function course(u, { x, ...columns }, column, gap) {
  const values = columns[column];
  const path = new Path2D();
  const [px, py] = [toPixels(u, 'x'), toPixels(u, 'y')];
  const [first, end] = inSight(u, x);
  for (let i = first, isDown = false; i < end; i++) {
    const value = gap(values[i]);
    if (value === null || !(Number.isFinite(px(x[i])))) { isDown = false; continue; }
    if (isDown) { path.lineTo(px(x[i]), py(value)); } else { path.moveTo(px(x[i]), py(value)); isDown = true; }
  }
  return { stroke: path, fill: null, clip: null, band: null, gaps: null, flags: 1 };
}

export const hasDots = ({ length }) => length <= dotsUpTo;

// Its values as dots; only those without neighbours where `onlyLone`.
export function dots(u, { x, ...columns }, column, gap, onlyLone) {
  const values = columns[column];
  const path = new Path2D();
  const [px, py] = [toPixels(u, 'x'), toPixels(u, 'y')];
  const radius = dotSize * devicePixelRatio / 2;
  const [first, end] = inSight(u, x);
  const shown = onlyLone ? lonePositions(x.length, i => gap(values[i]) !== null).filter(i => i >= first && i < end) : null;
  for (const i of shown ?? range(first, end)) {
    const value = gap(values[i]);
    if (value === null || x[i] < u.scales.x.min || x[i] > u.scales.x.max) { continue; }
    path.moveTo(px(x[i]) + radius, py(value));
    path.arc(px(x[i]), py(value), radius, 0, 2 * Math.PI);
  }
  return { stroke: null, fill: path, clip: null, band: null, gaps: null, flags: 3 };
}

// What lies between two edges, which have the same places.
export function fillBand(u, low, high, color, gap) {
  const path = new Path2D();
  const [px, py] = [toPixels(u, 'x'), toPixels(u, 'y')];
  const [first, end] = inSight(u, high.x);
  const isKnown = i => gap(low.y[i]) !== null && gap(high.y[i]) !== null && Number.isFinite(px(high.x[i]));
  for (let from = first; from < end;) {
    let to = from;
    while (to < end && isKnown(to)) { to++; }
    for (let i = from; i < to; i++) { path[i === from ? 'moveTo' : 'lineTo'](px(high.x[i]), py(high.y[i])); }
    for (let i = to - 1; i >= from; i--) { path.lineTo(px(low.x[i]), py(low.y[i])); }
    if (to > from) { path.closePath(); }
    from = to + 1;
  }
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = color;
  ctx.fill(path);
  ctx.restore();
}

function toPixels(u, key) {
  const { min, max, distr } = u.scales[key];
  if (distr === 3) { return value => value > 0 ? u.valToPos(value, key, true) : NaN; }
  const { left, top, width, height } = u.bbox;
  const [from, per] = key === 'x' ? [left, width / (max - min)] : [top + height, -height / (max - min)];
  return value => from + (value - min) * per;
}

// Positions within the scale, and one more to each side, so that lines go on to the border.
function inSight(u, x) {
  const { min, max } = u.scales.x;
  return [Math.max(0, firstFrom(x, min) - 1), Math.min(x.length, firstFrom(x, max) + 2)];
}

const range = (first, end) => Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);

function firstFrom(x, place) {
  let low = 0, high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < place) { low = middle + 1; } else { high = middle; }
  }
  return low;
}
