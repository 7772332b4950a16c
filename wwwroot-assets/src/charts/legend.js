// The lines of a chart by name, each with its value under the cursor, or its latest. A click hides or shows a line.
import { chartValue } from './format.js';

const mostRows = 16; // of more lines, the page's table is the legend

export class Legend {
  #rows = [];

  constructor(list, lines, unit, toggle) {
    this.list = list;
    const named = [...lines.entries()].filter(([, line]) => !line.definition.isEdge);
    if (named.length > mostRows) {
      const item = document.createElement('li');
      item.className = 'chart-legend-many';
      item.textContent = `${named.length} lines, named in the table below`;
      list.replaceChildren(item);
      return;
    }
    list.replaceChildren(...named.map(([index, line]) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(line.shown));
      button.title = `Hide or show ${line.definition.label}`;
      button.addEventListener('click', () => {
        toggle(index);
        button.setAttribute('aria-pressed', String(line.shown));
      });
      const swatch = document.createElement('span');
      swatch.className = 'swatch';
      const color = `var(${line.definition.color})`;
      swatch.style.background = line.definition.dash ? `repeating-linear-gradient(90deg, ${color} 0 4px, transparent 4px 6px)` : color;
      const value = document.createElement('span');
      value.className = 'value';
      value.textContent = '–';
      button.append(swatch, line.definition.label, ' ', value);
      if (line.definition.id) { button.dataset.line = line.definition.id; }
      this.#rows[index] = { value, button, unit: line.definition.unit ?? unit };
      const item = document.createElement('li');
      item.append(button);
      return item;
    }));
  }

  show(values, isRate) {
    values.forEach((value, index) => {
      const row = this.#rows[index];
      if (!row) { return; }
      const text = Number.isNaN(value) ? '–' : `${chartValue(value, { unit: row.unit, isRate })}${row.unit ? ` ${row.unit}` : ''}`;
      if (row.value.textContent !== text) { row.value.textContent = text; }
    });
  }

  light(id) {
    for (const row of this.#rows) { row?.button.toggleAttribute('data-lit', id !== null && row.button.dataset.line === id); }
  }
}
