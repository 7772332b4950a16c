// Places that a drag stops at: round steps, whole percents of the length, the boundaries and rates that are there. Alt suspends it.

const reach = 7; // px within which a place draws

export function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= value * (1 - 1e-9));
}

export const roundStep = total => Math.max(1, nice(total / 200));

export function snapStep(step, total, others, pixels) {
  const round = roundStep(total);
  const candidates = [...others, Math.round(step / round) * round, Math.round(Math.round(100 * step / total) * total / 100)];
  const near = candidates.filter(candidate => Math.abs(candidate - step) * pixels <= reach).sort((a, b) => Math.abs(a - step) - Math.abs(b - step));
  return Math.round(near[0] ?? Math.round(step / round) * round);
}

export function snapRate(rate, others, pixels) {
  const near = others.filter(other => Math.abs(other - rate) * pixels <= reach).sort((a, b) => Math.abs(a - rate) - Math.abs(b - rate));
  return near[0] ?? twoDigits(rate);
}

export function twoDigits(rate) { return rate === 0 ? 0 : Number(rate.toPrecision(2)); }

// The next rate of two digits up or down: 3e-3, 3.1e-3; ten of them at once with `far`.
export function nextRate(rate, way, far, top) {
  if (rate <= 0) { return way > 0 ? twoDigits(top / 100) : 0; }
  const unit = 10 ** (Math.floor(Math.log10(rate) + 1e-9) - 1);
  const next = Number((Math.round(rate / unit) * unit + way * unit * (far ? 10 : 1)).toPrecision(12));
  return next < top / 1000 ? 0 : next;
}
