// Numbers in the browser, by the rules of docs/numbers.md. The twin of Ntl.Domain/Numbers: one fixture, Ntl.Tests/Domain/Numbers/numbers.json,
// holds both to them.

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const thinSpace = '\u2009';
const missing = '–';
const smallestPlain = -3, largestPlain = 5, firstWhole = 3;

// Digits of a finite number, ±d.ddd × 10^exponent without zeros at the end. Rounding starts from the shortest text that reads back as the
// same number and takes a half away from zero.
class Digits {
  constructor(negative, text, exponent) { Object.assign(this, { negative, text, exponent }); }

  static zero = new Digits(false, '0', 0);

  static of(value) {
    const [mantissa, power] = Math.abs(value).toString().split('e');
    const point = mantissa.indexOf('.');
    const digits = mantissa.replace('.', '');
    const leading = digits.length - digits.replace(/^0+/, '').length;
    const text = digits.replace(/^0+|0+$/g, '');
    return text === '' ? Digits.zero : new Digits(value < 0, text, Number(power ?? 0) + (point < 0 ? mantissa.length : point) - 1 - leading);
  }

  get isZero() { return this.text === '0'; }

  get isPlain() { return this.isZero || (this.exponent >= smallestPlain && this.exponent <= largestPlain); }

  significant(count) { return this.isZero ? this : this.rounded(this.exponent - count + 1); }

  rounded(place) {
    const kept = this.exponent - place + 1;
    if (this.isZero || kept >= this.text.length) { return this; }
    if (kept < 0) { return Digits.zero; }
    if (this.text[kept] < '5') {
      const rest = this.text.slice(0, kept).replace(/0+$/, '');
      return rest === '' ? Digits.zero : new Digits(this.negative, rest, this.exponent);
    }
    const rest = this.text.slice(0, kept).replace(/9+$/, '');
    return rest === ''
      ? new Digits(this.negative, '1', this.exponent + 1)
      : new Digits(this.negative, rest.slice(0, -1) + (Number(rest.at(-1)) + 1), this.exponent);
  }

  over(power) { return this.isZero ? this : new Digits(this.negative, this.text, this.exponent - power); }

  plain(decimals = 0) { return (this.negative ? '−' : '') + this.#write(decimals, thinSpace); }

  typed() { return (this.negative ? '-' : '') + this.#write(0, ''); }

  scientific() { return this.over(this.exponent).plain() + powerOfTen(this.exponent); }

  typedScientific() { return `${this.over(this.exponent).typed()}e${this.exponent}`; }

  typedRate() { return this.isZero || (this.exponent >= -1 && this.exponent < 5) ? this.typed() : this.typedScientific(); }

  #write(decimals, separator) {
    const ahead = this.exponent + 1;
    const whole = ahead <= 0 ? '0' : this.text.padEnd(ahead, '0').slice(0, ahead).replace(/\B(?=(\d{3})+$)/g, separator);
    const fraction = (ahead <= 0 ? '0'.repeat(-ahead) + this.text : this.text.slice(ahead)).padEnd(decimals, '0');
    return fraction === '' ? whole : `${whole}.${fraction}`;
  }
}

// A measured number: "2.413", "12 346", "3.25 × 10⁻⁴".
export function number(value, digits = 4) {
  const word = special(value);
  if (word !== null) { return word; }
  const exact = Digits.of(value);
  const isWhole = exact.exponent >= firstWhole && exact.exponent <= largestPlain;
  const rounded = isWhole ? exact.rounded(Math.min(0, exact.exponent - digits + 1)) : exact.significant(digits);
  return rounded.isPlain ? rounded.plain() : rounded.scientific();
}

export function signed(value, digits = 4) { return value > 0 ? `+${number(value, digits)}` : number(value, digits); }

// A learning rate as it is typed, six significant digits at most: "3.25e-4".
export function rate(value) { return special(value) ?? Digits.of(value).significant(6).typedRate(); }

// Numbers in input fields: they read back as the same number.
export function rateField(value) { return Number.isFinite(value) ? Digits.of(value).typedRate() : ''; }

export function field(value) {
  if (!Number.isFinite(value)) { return ''; }
  const digits = Digits.of(value);
  return digits.exponent >= smallestPlain && digits.exponent <= 14 ? digits.typed() : digits.typedScientific();
}

// Nats per token, always four decimals.
export function loss(value) {
  const word = special(value);
  if (word !== null) { return word; }
  const exact = Digits.of(value), rounded = exact.rounded(-4);
  return exact.exponent < smallestPlain || rounded.exponent >= firstWhole ? number(value) : rounded.plain(4);
}

// The nearest number of so many significant digits.
export function round(value, digits = 4) { return Number.isFinite(value) ? Number(Digits.of(value).significant(digits).typedScientific()) : value; }

// A whole number with all its digits: "12 345".
export function count(value) { return special(value) ?? Digits.of(Math.round(value)).plain(); }

// A large number at a glance: "12.3 M".
export function compact(value) {
  const word = special(value);
  if (word !== null) { return word; }
  const digits = Digits.of(value).significant(3);
  const unit = Math.trunc(digits.exponent / 3);
  return digits.exponent < 3 ? number(value, 3)
    : unit > 4 ? digits.scientific()
    : `${digits.over(3 * unit).plain()}${thinSpace}${'kMGT'[unit - 1]}`;
}

export function share(value) { return Number.isFinite(value) ? `${number(value * 100, 3)}${thinSpace}%` : missing; }

// Progress, rounded down: 100 % means done.
export function percent(value) { return Number.isFinite(value) ? `${count(Math.floor(value * 100 + 1e-9))}${thinSpace}%` : missing; }

export function bytes(value) {
  if (!Number.isFinite(value)) { return missing; }
  for (const [size, unit] of [[2 ** 30, 'GiB'], [2 ** 20, 'MiB'], [2 ** 10, 'KiB']]) {
    if (value >= size) { return `${number(value / size, 3)}${thinSpace}${unit}`; }
  }
  return `${count(Math.floor(value + 0.5))}${thinSpace}B`;
}

export function duration(seconds) {
  if (!Number.isFinite(seconds)) { return missing; }
  const length = Math.max(0, seconds);
  const digits = Digits.of(length).significant(length < 10 ? 2 : 3);
  if (length < 60 && !(digits.exponent === 1 && digits.text >= '6')) {
    return `${digits.isPlain ? digits.plain() : digits.scientific()}${thinSpace}s`;
  }
  if (length >= 1e6 * 86400) { return `${number(length / 86400)}${thinSpace}d`; }
  const whole = Math.floor(length + 0.5);
  const days = Math.floor(whole / 86400), hours = Math.floor(whole / 3600) % 24, minutes = Math.floor(whole / 60) % 60, rest = whole % 60;
  const two = part => String(part).padStart(2, '0');
  return days > 0 ? `${count(days)}${thinSpace}d ${hours}${thinSpace}h`
    : hours > 0 ? `${hours}${thinSpace}h ${two(minutes)}${thinSpace}m`
    : rest === 0 ? `${minutes}${thinSpace}m`
    : `${minutes}${thinSpace}m ${two(rest)}${thinSpace}s`;
}

// A value and its error, rounded to the error, with one power of ten: "(5.08 ± 0.16) × 10⁻⁸".
export function estimate(value, error) {
  if (!Number.isFinite(value) || !(error > 0)) { return number(value); }
  if (error === Infinity) { return `${number(value)} ± ∞`; }
  const spread = Digits.of(error).significant(2), place = spread.exponent - 1;
  const exact = Digits.of(value);
  if (!exact.isZero && exact.exponent - place >= 15) { return number(value); }
  const rounded = exact.rounded(place), top = topOf([rounded, spread]);
  return isPlain(top)
    ? `${rounded.plain(-place)} ± ${spread.plain(-place)}`
    : `(${rounded.over(top).plain(top - place)} ± ${spread.over(top).plain(top - place)})${powerOfTen(top)}`;
}

export function shareEstimate(value, error) {
  const text = estimate(100 * value, 100 * error);
  if (!Number.isFinite(value)) { return text; }
  return `${text.includes('±') && text[0] !== '(' ? `(${text})` : text}${thinSpace}%`;
}

// A value and its interval: "1.929 (1.925 … 1.934)".
export function interval(value, low, high) {
  if (!Number.isFinite(value) || isMissing(low) || isMissing(high)) { return number(value); }
  const place = placeOf(low, high, value);
  return place === null ? `${number(value)} (${number(low)} … ${number(high)})`
    : shared([value, low, high], place, texts => `${texts[0]} (${texts[1]} … ${texts[2]})`, bare => bare);
}

export function range(low, high) {
  if (isMissing(low) || isMissing(high)) { return missing; }
  const place = placeOf(low, high, 0);
  return place === null ? `${number(low)} … ${number(high)}`
    : shared([low, high], place, texts => texts.join(' … '), bare => `(${bare})`);
}

// Ticks of one axis: one notation, and digits enough that no two read alike.
export function numberTicks(values) {
  const digits = tickDigits(values);
  const plain = digits.every(each => each.isZero || (each.exponent >= -5 && each.exponent <= largestPlain))
    && digits.some(each => !each.isZero && each.exponent >= smallestPlain);
  return digits.map(each => plain || each.isPlain ? each.plain() : each.scientific());
}

export function rateTicks(values) { return tickDigits(values).map(each => each.typedRate()); }

export function countTicks(values) {
  const texts = values.map(compact);
  return new Set(texts).size === texts.length && values.every(value => round(value, 3) === value) ? texts : numberTicks(values);
}

// Where a pointer or the end of a curve lies on the x axis.
export function position(axis, value) {
  if (axis === 'time') { return duration(value); }
  if (axis === 'tokens') { return `${count(value)} tokens`; }
  if (axis === 'd') { return `D = ${number(value)}`; }
  if (axis.includes('/')) { return `${axis} ${number(value)}`; }
  return `step ${count(value)}`;
}

// Title of an x axis.
export function axisTitle(axis) {
  return { step: 'step', tokens: 'tokens', time: 'training time', d: 'intrinsic time D = Σ η' }[axis] ?? axis;
}

// A value of a chart in its legend, its table and its description.
export function chartValue(value, { unit, isRate }) {
  return isRate ? rate(value) : unit === 'nats/token' ? loss(value) : number(value);
}

// Texts of an x axis' ticks; uPlot leaves null where it wants none.
export function ticks(axis, values) {
  const shown = values.filter(value => value !== null);
  const texts = axis === 'time' ? shown.map(duration) : axis === 'd' || axis.includes('/') ? numberTicks(shown) : countTicks(shown);
  return values.map(value => value === null ? '' : texts[shown.indexOf(value)]);
}

// Texts of a y axis' ticks.
export function valueTicks(values, isRate = false) {
  const shown = values.filter(value => value !== null);
  const texts = isRate ? rateTicks(shown) : numberTicks(shown);
  return values.map(value => value === null ? '' : texts[shown.indexOf(value)]);
}

function special(value) {
  if (isMissing(value)) { return missing; }
  if (!Number.isFinite(value)) { return value > 0 ? '∞' : '−∞'; }
  return value === 0 ? '0' : null;
}

const isMissing = value => value === null || value === undefined || Number.isNaN(value);

const isPlain = top => top >= smallestPlain && top <= largestPlain;

const powerOfTen = exponent => ` × 10${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map(digit => raised[digit]).join('')}`;

const topOf = digits => {
  const exponents = digits.filter(each => !each.isZero).map(each => each.exponent);
  return exponents.length === 0 ? 0 : Math.max(...exponents);
};

// The last decimal place that an interval's ends are written to.
function placeOf(low, high, value) {
  const half = Math.abs(high / 2 - low / 2);
  if (half === 0 || !Number.isFinite(half)) { return null; }
  const width = Digits.of(half), place = width.exponent - (width.text[0] >= '4' ? 0 : 1);
  return topOf([low, high, value].map(Digits.of)) - place < 15 ? place : null;
}

function shared(values, place, joined, bracketed) {
  const digits = values.map(value => Digits.of(value).rounded(place)), top = topOf(digits);
  return isPlain(top)
    ? joined(digits.map(each => each.plain(-place)))
    : bracketed(joined(digits.map(each => each.over(top).plain(top - place)))) + powerOfTen(top);
}

// To a thousandth of the smallest gap: what arithmetic left behind, as 0.30000000000000004, goes.
function tickDigits(values) {
  const gaps = values.slice(1).map((value, i) => Math.abs(value - values[i])).filter(gap => gap > 0);
  const place = gaps.length === 0 ? null : Digits.of(Math.min(...gaps)).exponent - 3;
  return values.map(Digits.of).map(each => place === null ? each.significant(4) : each.rounded(Math.max(place, each.exponent - 11)));
}
