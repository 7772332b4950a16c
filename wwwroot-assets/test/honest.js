// What charts draw of their points. Usage: node honest.js
import assert from 'node:assert/strict';
import { badgeOf, lonePositions, pointsOf } from '../src/charts/honest.js';

const isShown = values => i => values[i] !== null;
const lone = values => lonePositions(values.length, isShown(values), i => values[i] !== undefined);

// A value between two interruptions, at either end, and alone in its line.
assert.deepEqual(lone([1, null, 2, null, 3, 4, null, 5]), [0, 2, 7]);
assert.deepEqual(lone([7]), [0]);
assert.deepEqual(lone([null, null]), []);
assert.deepEqual(lone([1, 2, 3]), []);
assert.deepEqual(lone([]), []);
// Places of other lines neither join nor part.
assert.deepEqual(lone([1, undefined, 2, undefined, null, undefined, 3, undefined]), [6]);

const line = (y, total = y.length, x = y.map((_, i) => i)) => ({ drawn: { x, y, length: y.length, total } });
const sixty = line([...Array(57).fill(2), 0, -0.5, 0]);
assert.equal(badgeOf(pointsOf([sixty], {})), '60 points');
assert.equal(badgeOf(pointsOf([sixty], { logY: true })), '57 of 60 points');
assert.equal(pointsOf([sixty], { logY: true }).leftOut, '3 values ≤ 0 are not shown on a log axis.');
assert.equal(pointsOf([line([1, NaN, Infinity])], {}).leftOut, '2 values are missing or not finite.');
assert.equal(badgeOf(pointsOf([line([1, NaN, Infinity])], {})), '1 of 3 points');
assert.equal(pointsOf([line([1, 2])], { logX: true }).leftOut, '1 value ≤ 0 is not shown on a log axis.');
assert.equal(badgeOf(pointsOf([line([1, 2], 100)], {})), '2 of 100 points, extremes kept');
assert.equal(badgeOf(pointsOf([line([1])], {})), '1 point');
console.log('charts are honest');
