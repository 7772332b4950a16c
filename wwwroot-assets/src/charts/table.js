// The latest values as a table, for those who would rather read than look.
import { chartValue, position } from './format.js';

const rowsShown = 12;

export function fillTable(host, lines, options) {
  const table = document.createElement('table');
  const caption = table.createCaption();
  caption.className = 'visually-hidden';
  caption.textContent = `${options.title}: latest values`;
  const head = table.createTHead().insertRow();
  for (const title of ['Line', 'At', `Value${options.unit ? `, ${options.unit}` : ''}`, 'Smoothed']) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    cell.textContent = title;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const line of lines.filter(l => l.shown)) {
    const { x, y, smooth } = line.points;
    for (let i = x.length - 1; i >= Math.max(0, x.length - rowsShown); i--) {
      const row = body.insertRow();
      for (const text of [line.definition.label, position(options.axis, x[i]), chartValue(y[i], options), chartValue(smooth[i], options)]) {
        row.insertCell().textContent = text;
      }
    }
  }
  host.replaceChildren(table);
}
