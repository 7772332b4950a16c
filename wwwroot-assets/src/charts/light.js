// One line in front: in all charts of a group, in their legends, and in the page's rows that stand for it. A row is any element with
// data-line inside one with data-lights, which names the group; pointing at it or focusing within it is enough.
import { members } from './group.js';

export const faintness = 0.12;

const pinned = new Map(); // by group: the line that is in front when nothing is pointed at

export function light(group, id) {
  const lit = id ?? pinned.get(group) ?? null;
  for (const chart of members(group)) { chart.light(lit); }
  for (const row of document.querySelectorAll(`[data-lights="${CSS.escape(group)}"] [data-line]`)) {
    row.toggleAttribute('data-lit', lit !== null && row.dataset.line === lit);
  }
}

// Keeps a line in front; null for none.
export function pin(group, id) {
  if (id === null) { pinned.delete(group); } else { pinned.set(group, id); }
  light(group, null);
}

for (const [event, isIn] of [['pointerover', true], ['focusin', true], ['pointerout', false], ['focusout', false]]) {
  document.addEventListener(event, ({ target }) => {
    const row = target instanceof Element ? target.closest('[data-line]') : null;
    const group = row?.closest('[data-lights]')?.dataset.lights;
    if (group) { light(group, isIn ? row.dataset.line : null); }
  });
}
