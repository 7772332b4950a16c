// When charts are drawn: those in sight within the next frames, the others when the browser has nothing better to do. A page may hold
// dozens, and each takes milliseconds.

const frameBudget = 4; // ms of one frame given to drawing, as painting takes several times that; the first chart of a frame is drawn in any case
const patience = 1000;  // ms after which a chart out of sight is drawn even by a busy browser

const waiting = new Set();
const together = new Set(); // of those waiting: once one of them is drawn, so are the others in sight, in the same frame
const inSight = new Set();
const charts = new WeakMap(); // by watched element
let frame = 0, idle = 0;

const whenIdle = window.requestIdleCallback?.bind(window) ?? (callback => setTimeout(() => callback({ timeRemaining: () => 0 }), 50));

const watcher = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    const chart = charts.get(target);
    if (isIntersecting) { inSight.add(chart); } else { inSight.delete(chart); }
  }
  plan();
});

export function watch(chart) {
  charts.set(chart.plot, chart);
  watcher.observe(chart.plot);
  if (chart.plot.getBoundingClientRect().top < innerHeight) { inSight.add(chart); } // known before the watcher's first word
}

export function unwatch(chart) {
  watcher.unobserve(chart.plot);
  inSight.delete(chart);
}

export const isInSight = chart => inSight.has(chart);

export function drawSoon(chart) {
  waiting.add(chart);
  plan();
}

// Several charts that change at once, by one wish of the reader's: every frame between them would show half of it, and take its time.
export function drawTogether(charts) {
  for (const chart of charts) {
    together.add(chart);
    drawSoon(chart);
  }
}

export function drawNever(chart) {
  unwatch(chart);
  waiting.delete(chart);
  together.delete(chart);
}

function plan() {
  if (waiting.size === 0) { return; }
  if ([...waiting].some(isInSight)) {
    frame ||= requestAnimationFrame(() => { frame = 0; drawWhile(isInSight, (chart, spent) => spent < frameBudget || together.has(chart)); });
  } else {
    idle ||= whenIdle(deadline => { idle = 0; drawWhile(() => true, () => deadline.timeRemaining() > 0); }, { timeout: patience });
  }
}

function drawWhile(isWanted, mayGoOn) {
  const start = performance.now();
  const drawn = [];
  for (const chart of waiting) {
    if (!isWanted(chart) || (drawn.length > 0 && !mayGoOn(chart, performance.now() - start))) { continue; }
    waiting.delete(chart);
    together.delete(chart);
    chart.draw();
    drawn.push(chart);
  }
  drawn.forEach(chart => chart.describe());
  plan();
}
