// Numbers on axes and in legends. The rules are those of Ntl.Web/Components/Formatting.

const superscript = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
const thinSpace = '\u2009';

export function number(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) { return '–'; }
  if (!Number.isFinite(value)) { return value > 0 ? '∞' : '−∞'; }
  if (value === 0) { return '0'; }
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e9) {
    const [mantissa, exponent] = value.toExponential(digits - 2).split('e');
    const power = [...String(Number(exponent))].map(c => superscript[c]).join('');
    return `${minus(trim(mantissa))}×10${power}`;
  }
  if (size >= 1000) { return minus(Math.round(value).toLocaleString('en-US').replaceAll(',', thinSpace)); }
  return minus(trim(value.toPrecision(digits)));
}

export function compact(value) {
  const size = Math.abs(value);
  for (const [unit, suffix] of [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']]) {
    if (size >= unit) { return trim((value / unit).toPrecision(4)) + thinSpace + suffix; }
  }
  return trim(value.toPrecision(4));
}

export function duration(seconds) {
  const s = Math.max(0, seconds);
  if (s < 60) { return `${trim(s.toFixed(s < 10 ? 1 : 0))}${thinSpace}s`; }
  const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60, rest = Math.round(s % 60);
  if (h >= 1) { return `${h}${thinSpace}h ${String(m).padStart(2, '0')}${thinSpace}m`; }
  return rest === 0 ? `${m}${thinSpace}m` : `${m}${thinSpace}m ${String(rest).padStart(2, '0')}${thinSpace}s`;
}

// Whole position on the x axis, and short form for its ticks.
export function position(axis, value) {
  if (axis === 'time') { return duration(value); }
  if (axis === 'tokens') { return `${compact(value)} tokens`; }
  if (axis === 'd') { return `D = ${number(value)}`; }
  if (axis.includes('/')) { return `${axis} ${number(value)}`; }
  return `step ${Math.round(value).toLocaleString('en-US').replaceAll(',', thinSpace)}`;
}

export function tick(axis, value) {
  if (axis === 'time') { return duration(value); }
  return axis === 'd' || axis.includes('/') ? number(value) : compact(value);
}

// Ticks of one axis in one notation: powers of ten only where the whole axis is that small or large.
export function valueTicks(values) {
  const largest = Math.max(...values.filter(Number.isFinite).map(Math.abs));
  const plain = largest >= 1e-3 && largest < 1e6;
  return values.map(value => {
    if (value === null) { return ''; }
    if (!plain || value === 0) { return number(value); }
    return Math.abs(value) >= 1000 ? compact(value) : minus(trim(value.toPrecision(4).includes('e') ? value.toFixed(6) : value.toPrecision(4)));
  });
}

const trim = text => text.includes('.') ? text.replace(/\.?0+$/, '') : text;
const minus = text => text.replace('-', '−');
