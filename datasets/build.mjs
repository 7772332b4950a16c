// Joins the State of the Union addresses, oldest first, one blank line between two, into one UTF-8 text.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const source = join(here, 'node_modules', '@stdlib', 'datasets-sotu', 'data');
const utf8 = new TextDecoder('utf-8', { fatal: true });

// Names begin with the year; code-unit order is the same on every machine.
const names = readdirSync(source).filter((name) => name.endsWith('.txt')).sort();
const addresses = names.map((name) => utf8.decode(readFileSync(join(source, name))).replaceAll('\r\n', '\n').trim());
const corpus = Buffer.from(addresses.join('\n\n') + '\n', 'utf8');

const hash = createHash('sha256').update(corpus).digest('hex');
const expected = readFileSync(join(here, 'sotu.sha256'), 'utf8').split(' ')[0];
if (hash !== expected) {
  console.error(`datasets: sotu.txt has SHA-256 ${hash}, expected ${expected} (datasets/sotu.sha256): the source package has changed.`);
  process.exit(1);
}

mkdirSync(join(here, 'built'), { recursive: true });
const target = join(here, 'built', 'sotu.txt');
writeFileSync(`${target}.tmp`, corpus);
renameSync(`${target}.tmp`, target);
console.log(`datasets: ${target}, ${names.length} addresses, ${corpus.length} bytes, SHA-256 ${hash}`);
