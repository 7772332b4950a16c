// Charts of one page that share zoom, cursor and history.

const groups = new Map();

export function join(name, chart) {
  if (!groups.has(name)) { groups.set(name, new Set()); }
  groups.get(name).add(chart);
  return () => groups.get(name)?.delete(chart);
}

export const members = name => groups.get(name) ?? new Set();

export const others = (name, chart) => [...members(name)].filter(member => member !== chart);
