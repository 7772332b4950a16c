// What a chart draws of its points and what it has to leave out, told beside it. The twin of Ntl.Domain/Plots/LeftOut.cs.
import { count } from './format.js';

// Positions of values that have no drawn neighbour in their line: each is a dot, as a line would not show it. `isShown` tells of a
// position whether its value is drawn; `isOwn`, whether it is the line's at all.
export function lonePositions(length, isShown, isOwn = () => true) {
  const alone = [];
  let before = false; // whether the line's last point was drawn
  let candidate = -1;
  for (let i = 0; i < length; i++) {
    if (!isOwn(i)) { continue; }
    const shown = isShown(i);
    if (candidate >= 0 && !shown) { alone.push(candidate); }
    candidate = shown && !before ? i : -1;
    before = shown;
  }
  if (candidate >= 0) { alone.push(candidate); }
  return alone;
}

// Points of the lines: how many are drawn of how many, and why the others are not.
export function pointsOf(lines, { logX, logY }) {
  let drawn = 0, kept = 0, total = 0, notPositive = 0, missing = 0;
  for (const { drawn: points } of lines) {
    for (let i = 0; i < points.length; i++) {
      const [x, y] = [points.x[i], points.y[i]];
      if (!Number.isFinite(x) || !Number.isFinite(y)) { missing++; }
      else if ((logX && x <= 0) || (logY && y <= 0)) { notPositive++; }
      else { drawn++; }
    }
    kept += points.length;
    total += points.total;
  }
  return { drawn, total, isThinned: total > kept, leftOut: leftOut(notPositive, missing) };
}

export function badgeOf({ drawn, total, isThinned }) {
  return drawn === total ? `${count(drawn)} ${drawn === 1 ? 'point' : 'points'}` : `${count(drawn)} of ${count(total)} points${isThinned ? ', extremes kept' : ''}`;
}

function leftOut(notPositive, missing) {
  return [
    notPositive === 0 ? '' : `${values(notPositive)} ≤ 0 ${notPositive === 1 ? 'is' : 'are'} not shown on a log axis.`,
    missing === 0 ? '' : `${values(missing)} ${missing === 1 ? 'is' : 'are'} missing or not finite.`,
  ].filter(sentence => sentence !== '').join(' ');
}

const values = number => number === 1 ? '1 value' : `${count(number)} values`;
