// Holds the browser's numbers to a fixture. Usage: node numbers.js FILE, where FILE is {"cases": [{"kind": "rate", "input": [0.000325], "text": "3.25e-4"}]}.
// NaN and infinite inputs are strings. Prints every difference and ends with 1 where there is one.
import { readFileSync } from 'node:fs';
import * as format from '../src/charts/format.js';

const special = { NaN, Infinity: Infinity, '-Infinity': -Infinity };
const read = value => Array.isArray(value) ? value.map(read) : typeof value === 'string' ? special[value] : value;
const { cases } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const wrong = cases
  .map(({ kind, input, text }) => ({ kind, input, text, got: format[kind](...read(input)) }))
  .filter(({ text, got }) => JSON.stringify(text) !== JSON.stringify(got));
for (const each of wrong) { console.log(JSON.stringify(each)); }
console.log(`${cases.length} numbers, ${wrong.length} different`);
process.exitCode = wrong.length > 0 || cases.length === 0 ? 1 : 0;
