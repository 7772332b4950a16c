// The lines of a chart by name, each with its value under the cursor, or its latest. A click hides or shows a line.
import { number } from './format.js';

export class Legend {
  #rows = [];

  constructor(list, lines, unit, toggle) {
    this.list = list;
    list.replaceChildren(...lines.map((line, index) => {
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
      swatch.style.background = `var(${line.definition.color})`;
      const value = document.createElement('span');
      value.className = 'value';
      value.textContent = '–';
      button.append(swatch, line.definition.label, ' ', value);
      this.#rows.push({ value, unit: line.definition.unit ?? unit });
      const item = document.createElement('li');
      item.append(button);
      return item;
    }));
  }

  show(values) {
    values.forEach((value, index) => {
      const row = this.#rows[index];
      const text = Number.isNaN(value) ? '–' : `${number(value)}${row.unit ? ` ${row.unit}` : ''}`;
      if (row.value.textContent !== text) { row.value.textContent = text; }
    });
  }
}
