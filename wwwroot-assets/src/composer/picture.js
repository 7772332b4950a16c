// Draws the stage: axes, curve, what else is compared, and the places of handles and blocks. Everything is placed in CSS pixels.
import { compact, rate as rateText } from '../charts/format.js';
import { nice } from './snap.js';

const name = 'http://www.w3.org/2000/svg';
const pad = { left: 58, right: 22, top: 20, bottom: 26 };

export class Picture {
  constructor(host) {
    this.svg = element('svg', { class: 'stage-curve', 'aria-hidden': 'true', focusable: 'false' });
    this.grid = this.#path('stage-grid');
    this.band = element('rect', { class: 'stage-band' });
    this.hot = this.#path('stage-hot');
    this.overlays = element('g', {});
    this.area = this.#path('stage-area');
    this.joints = this.#path('stage-joints');
    this.line = this.#path('stage-line');
    this.stroke = this.#path('stage-stroke');
    this.cross = this.#path('stage-cross');
    this.labels = element('g', { class: 'stage-labels' });
    this.svg.append(this.band, this.grid, this.hot, this.overlays, this.area, this.joints, this.line, this.stroke, this.cross, this.labels);
    host.append(this.svg);
  }

  #path(className) { return element('path', { class: className }); }

  // The scale of a model at a size. It stays while a hand drags, so that the handle stays under it.
  measure(model, width, height) {
    this.width = width;
    this.height = height;
    const totals = [model.total, ...model.overlays.map(overlay => overlay.total)];
    const peaks = [model.peak, ...model.overlays.map(overlay => overlay.peak)];
    this.total = Math.max(...totals);
    this.top = (Math.max(...peaks) || 1e-3) * 1.12;
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }

  get stepPixels() { return (this.width - pad.left - pad.right) / this.total; }
  get ratePixels() { return (this.height - pad.top - pad.bottom) / this.top; }
  x(step) { return pad.left + step * this.stepPixels; }
  y(rate) { return this.height - pad.bottom - rate * this.ratePixels; }
  step(x) { return (x - pad.left) / this.stepPixels; }
  rate(y) { return (this.height - pad.bottom - y) / this.ratePixels; }

  drawAxes(model) {
    const right = this.width - pad.right, foot = this.height - pad.bottom;
    let path = '';
    const labels = [];
    for (const rate of ticks(this.top, 5)) {
      path += `M${pad.left} ${round(this.y(rate))}H${right}`;
      labels.push(text(pad.left - 8, this.y(rate) + 4, rateText(rate), 'end'));
    }
    for (const step of ticks(this.total, Math.max(2, Math.floor((right - pad.left) / 90)))) {
      path += `M${round(this.x(step))} ${pad.top}V${foot}`;
      const isLast = this.x(step) > right - 40;
      labels.push(text(isLast ? this.width : this.x(step), foot + 17, isLast ? `${compact(step)} steps` : compact(step), isLast ? 'end' : 'middle'));
    }
    labels.push(text(pad.left, 12, 'η', 'start', 'stage-axis'));
    this.grid.setAttribute('d', path);
    this.labels.replaceChildren(...labels);
    this.overlays.replaceChildren(...model.overlays.map(overlay => element('path', { class: 'stage-overlay', d: this.#polyline(overlay.steps, overlay.rates), style: `stroke:var(--series-${overlay.color})` })));
    this.hot.setAttribute('d', model.hot.map(([from, to]) => `M${round(this.x(from))} ${foot + 2}H${round(Math.max(this.x(to), this.x(from) + 1.5))}`).join(''));
  }

  drawCurve({ steps, rates }, phases, selected) {
    const line = this.#polyline(steps, rates);
    const foot = round(this.height - pad.bottom);
    this.line.setAttribute('d', line);
    this.area.setAttribute('d', `${line}V${foot}H${round(this.x(0))}Z`);
    this.joints.setAttribute('d', phases.slice(1).map(phase => `M${round(this.x(phase.first))} ${pad.top}V${foot}`).join(''));
    const chosen = phases[selected];
    this.band.setAttribute('x', this.x(chosen.first));
    this.band.setAttribute('width', Math.max(1, chosen.steps * this.stepPixels));
    this.band.setAttribute('y', pad.top);
    this.band.setAttribute('height', foot - pad.top);
  }

  drawStroke(points) { this.stroke.setAttribute('d', points.length < 2 ? '' : this.#polyline(points.map(point => point[0]), points.map(point => point[1]))); }

  drawCross(step, rate) {
    this.cross.setAttribute('d', step === null ? '' : `M${round(this.x(step))} ${pad.top}V${this.height - pad.bottom}M${round(this.x(step)) - 3.5} ${round(this.y(rate))}h7`);
  }

  #polyline(steps, rates) {
    let path = '';
    for (let i = 0; i < steps.length; i++) { path += `${i ? 'L' : 'M'}${round(this.x(steps[i]))} ${round(this.y(rates[i]))}`; }
    return path;
  }
}

export function element(tag, attributes) {
  const made = document.createElementNS(name, tag);
  for (const [key, value] of Object.entries(attributes)) { made.setAttribute(key, value); }
  return made;
}

function text(x, y, content, anchor, className = '') {
  const made = element('text', { x: round(x), y: round(y), 'text-anchor': anchor, class: className });
  made.textContent = content;
  return made;
}

function ticks(top, count) {
  const unit = nice(top / count);
  return Array.from({ length: Math.floor(top / unit * (1 + 1e-9)) + 1 }, (_, i) => Number((i * unit).toPrecision(10)));
}

const round = value => Math.round(value * 10) / 10;
