// The schedule as it looks while a hand drags it. Only the ends and lengths of a few phases change, so the curve between them need not be worked out anew: between other ends every shape is the same
// picture in its own gauge, in which it is a straight function of its two rates. The server confirms with the exact curve.

const gauges = {
  linear: { to: y => y, from: g => g },
  log: { to: Math.log, from: Math.exp },
  reciprocal: { to: y => 1 / y, from: g => 1 / g },
  reciprocalSquare: { to: y => 1 / (y * y), from: g => 1 / Math.sqrt(g) },
};

const isHold = phase => phase.kind === 'constantRate';
const copy = phase => ({ ...phase, points: phase.points?.map(point => [...point]) });

// A copy of the phases to be changed; `of` remembers what each was.
export function begin(model) {
  return model.phases.map(phase => ({ ...copy(phase), of: phase }));
}

export function stretch(phases, boundary, step, mode) {
  const left = phases[boundary - 1], right = phases[boundary];
  const more = step - (left.first + left.steps);
  left.steps += more;
  if (right && mode === 'neighbour') {
    right.first += more;
    right.steps -= more;
  } else {
    for (let i = boundary; i < phases.length; i++) { phases[i].first += more; }
  }
}

// Gives an end of a phase a rate; what was joined to it follows, and a hold passes it on.
export function setRate(phases, index, side, rate) {
  const phase = phases[index];
  const entryWas = phase.of.entry, exitWas = phase.of.exit;
  if (isHold(phase)) { phase.entry = phase.exit = rate; } else { phase[side] = rate; }
  if (phase.points) { phase.points[side === 'entry' ? 0 : phase.points.length - 1][1] = rate; }
  const next = phases[index + 1], previous = phases[index - 1];
  if (next && phase.exit !== exitWas && next.of.entry === exitWas && next.entry !== phase.exit && next.canEntry) { setRate(phases, index + 1, 'entry', phase.exit); }
  if (previous && phase.entry !== entryWas && previous.of.exit === entryWas && previous.exit !== phase.entry && previous.canExit) { setRate(phases, index - 1, 'exit', phase.entry); }
}

export function setPoint(phases, index, point, step, rate) {
  phases[index].points[point] = [step - phases[index].first, rate];
}

// The points of the curve after a change, as many as before.
export function curve(model, phases) {
  const steps = new Float64Array(model.steps.length), rates = new Float64Array(model.steps.length);
  let at = 0;
  for (let i = 0; i < model.steps.length; i++) {
    while (at + 1 < phases.length && model.steps[i] >= phases[at + 1].of.first) { at++; }
    const phase = phases[at], was = phase.of;
    if (phase.first === was.first && phase.steps === was.steps && phase.entry === was.entry && phase.exit === was.exit && !phase.points) {
      steps[i] = model.steps[i];
      rates[i] = model.rates[i];
      continue;
    }
    const share = (model.steps[i] - was.first) / was.steps;
    steps[i] = phase.first + share * phase.steps;
    rates[i] = phase.points ? onLine(phase, share) : between(phase, share, model.rates[i]);
  }
  return { steps, rates };
}

function between(phase, share, rate) {
  const was = phase.of;
  if (was.entry === was.exit) { return phase.entry + share * (phase.exit - phase.entry); }
  const { to, from } = gauges[was.exit > 0 && phase.exit > 0 && rate > 0 ? phase.gauge : 'linear'];
  const way = (to(rate) - to(was.entry)) / (to(was.exit) - to(was.entry));
  return from(to(phase.entry) + way * (to(phase.exit) - to(phase.entry)));
}

// Points keep their shares of a phase that is stretched; a point that is dragged is at its own place.
function onLine(phase, share) {
  const scale = phase.of.steps;
  const points = phase.points;
  const place = share * scale;
  let i = 0;
  while (i + 2 < points.length && points[i + 1][0] <= place) { i++; }
  const [from, to] = [points[i], points[i + 1]];
  const part = Math.min(1, Math.max(0, (place - from[0]) / (to[0] - from[0])));
  return from[1] + part * (to[1] - from[1]);
}
