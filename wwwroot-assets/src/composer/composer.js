// The composer's stage: the curve with its handles over the time line of phases. While a hand drags, all is drawn here, from the points that are there, at the display's own pace; the server hears of it
// a few times a second and, at the end, answers with the exact curve.
import { compact, count, number, rate as rateText, share as percent } from '../charts/format.js';
import { Blocks } from './blocks.js';
import { Handles } from './handles.js';
import { Picture } from './picture.js';
import { nextRate, roundStep, snapRate, snapStep } from './snap.js';
import * as warp from './warp.js';

const hearing = 120;  // ms between two words to the server while a hand drags
const slack = 4;      // px that a hand moves before it means to
const strokeGap = 3;  // px between two points of a drawn stroke

export function create(host, dotnet) { return new Stage(host, dotnet); }

class Stage {
  #host;
  #dotnet;
  #model = null;
  #drag = null;
  #frame = 0;
  #isTelling = false;
  #untold = null;
  #toldAt = 0;
  #ending = new AbortController();

  constructor(host, dotnet) {
    this.#host = host;
    this.#dotnet = dotnet;
    this.plot = document.createElement('div');
    this.plot.className = 'stage-plot';
    this.readout = document.createElement('p');
    this.readout.className = 'stage-readout number';
    host.append(this.plot);
    this.picture = new Picture(this.plot);
    this.handles = new Handles(this.plot);
    this.blocks = new Blocks(host);
    host.append(this.readout);
    const on = (target, type, listener, options = {}) => target.addEventListener(type, listener, { ...options, signal: this.#ending.signal });
    on(host, 'pointerdown', event => this.#press(event));
    on(host, 'pointermove', event => this.#hover(event));
    on(host, 'pointerleave', () => this.#tell(null));
    on(host, 'keydown', event => this.#key(event));
    on(document, 'keydown', event => this.#pageKey(event));
    this.watcher = new ResizeObserver(() => this.#draw());
    this.watcher.observe(this.plot);
  }

  dispose() {
    this.#ending.abort();
    this.watcher.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#host.replaceChildren();
  }

  show(model) {
    const hadFocus = this.blocks.list.contains(document.activeElement);
    this.#model = model;
    if (this.#drag?.isOver) { this.#drag = null; }
    this.plot.classList.toggle('is-drawing', model.isDrawing);
    this.blocks.show(model);
    this.handles.show(model);
    this.blocks.lift(null, 0);
    this.blocks.showGap(null, null);
    if (hadFocus) { this.blocks.focus(model.selected); }
    if (!this.#drag) {
      this.#draw();
      this.blocks.reveal(model.selected);
    }
    this.#host.dataset.points = model.steps.length;
    this.#host.dataset.shown = model.hash;
  }

  focusPhase() { this.blocks.focus(this.#model.selected); }

  // ---- drawing

  #draw() {
    if (!this.#model || this.plot.clientWidth === 0) { return; }
    if (!this.#drag) {
      this.picture.measure(this.#model, this.plot.clientWidth, this.plot.clientHeight);
      this.picture.drawAxes(this.#model);
    }
    const phases = this.#drag?.phases ?? this.#model.phases;
    const curve = this.#drag?.phases ? warp.curve(this.#drag.model, phases) : this.#model;
    this.picture.drawCurve(curve, phases, this.#drag?.model ? this.#drag.model.selected : this.#model.selected);
    this.blocks.place(phases, phases.reduce((sum, phase) => sum + phase.steps, 0), this.blocks.list.parentElement.clientWidth);
    for (const node of (this.#drag?.model ?? this.#model).nodes) {
      const [step, rate] = this.#placeOf(node, phases);
      this.handles.place(node, step, rate, this.picture);
    }
    this.#host.dataset.drawn = curve.steps.length;
  }

  #placeOf(node, phases) {
    const phase = phases[node.index];
    if (node.point !== null) {
      const scale = phase.of ? phase.steps / phase.of.steps : 1;
      return [phase.first + phase.points[node.point][0] * scale, phase.points[node.point][1]];
    }
    return node.side === 'entry' ? [phase.first, phase.entry] : [phase.first + phase.steps, phase.exit];
  }

  #drawSoon() {
    this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#draw(); });
  }

  // ---- pointer

  #press(event) {
    if (!this.#model || event.button !== 0 || this.#drag) { return; }
    const handle = event.target.closest('[data-handle]');
    const edge = event.target.closest('[data-edge]');
    const block = event.target.closest('[data-block]');
    const inPlot = this.plot.contains(event.target);
    if (this.#model.isDrawing && inPlot) {
      this.#begin(event, { kind: 'draw', stroke: [] });
    } else if (handle) {
      const node = this.#model.nodes.find(each => each.id === handle.dataset.handle);
      this.#begin(event, { kind: 'node', node, base: this.#model, model: this.#model, phases: warp.begin(this.#model) });
      handle.focus({ preventScroll: true });
      this.handles.mark(node.id);
    } else if (edge) {
      this.#begin(event, { kind: 'boundary', boundary: Number(edge.dataset.edge), model: this.#model, phases: warp.begin(this.#model) });
    } else if (block) {
      const index = Number(block.dataset.block);
      this.#begin(event, { kind: 'move', index, to: index });
      if (index !== this.#model.selected) { this.#send({ kind: 'select', index }); }
      block.focus({ preventScroll: true });
    } else if (inPlot) {
      const at = this.#pointer(event);
      const boundary = this.#boundaryNear(at.x);
      if (boundary > 0) {
        this.#begin(event, { kind: 'boundary', boundary, model: this.#model, phases: warp.begin(this.#model) });
      } else {
        const index = this.#phaseAt(this.picture.step(at.x));
        if (index !== this.#model.selected) { this.#send({ kind: 'select', index }); }
      }
    }
  }

  #begin(event, drag) {
    event.preventDefault();
    this.picture.drawCross(null);
    this.#drag = { ...drag, from: { x: event.clientX, y: event.clientY }, isMeant: false };
    const ending = new AbortController();
    const options = { signal: ending.signal };
    addEventListener('pointermove', moved => this.#move(moved), options);
    addEventListener('pointerup', up => { ending.abort(); this.#drop(up, true); }, options);
    addEventListener('pointercancel', up => { ending.abort(); this.#drop(up, false); }, options);
    addEventListener('keydown', key => {
      if (key.key === 'Escape') { key.preventDefault(); key.stopPropagation(); ending.abort(); this.#drop(event, false); }
    }, { ...options, capture: true });
  }

  #move(event) {
    const drag = this.#drag;
    if (!drag || drag.isOver) { return; }
    const [dx, dy] = [event.clientX - drag.from.x, event.clientY - drag.from.y];
    drag.isMeant ||= Math.hypot(dx, dy) > slack;
    if (!drag.isMeant) { return; }
    const snaps = this.#model.snaps && !event.altKey;
    if (drag.kind === 'draw') {
      this.#strokeTo(event);
    } else if (drag.kind === 'move') {
      drag.to = this.blocks.indexAt(event.clientX, drag.index);
      this.blocks.lift(drag.index, dx);
      this.blocks.showGap(drag.index, drag.to);
    } else {
      drag.phases = warp.begin(drag.model);
      drag.gesture = drag.kind === 'boundary' ? this.#dragBoundary(drag, dx, snaps) : this.#dragNode(drag, dx, dy, snaps, event.shiftKey);
      this.#drawSoon();
      this.#preview(drag.gesture);
    }
  }

  #dragBoundary(drag, dx, snaps) {
    const limits = drag.model.boundaries[drag.boundary - 1];
    const was = this.#endOf(drag.model, drag.boundary);
    let step = was + dx / this.picture.stepPixels;
    step = snaps ? snapStep(step, drag.model.total, this.#otherSteps(drag), this.picture.stepPixels) : Math.round(step);
    step = Math.min(limits[1], Math.max(limits[0], step));
    warp.stretch(drag.phases, drag.boundary, step, drag.model.mode);
    this.#say(`${drag.model.phases[drag.boundary - 1].title} ends at step ${count(step)}, ${percent(step / drag.model.total)}`);
    return { kind: 'boundary', index: drag.boundary, step };
  }

  // A way of its own starts to count once the hand has clearly gone it, so that a peak is not moved in time by accident.
  #dragNode(drag, dx, dy, snaps, locked) {
    const { node, model } = drag;
    drag.goesX ||= Math.abs(dx) > 2 * slack;
    drag.goesY ||= Math.abs(dy) > 2 * slack;
    const isWide = Math.abs(dx) > Math.abs(dy);
    const gesture = { kind: node.point === null ? 'node' : 'point', index: node.index, point: node.point, side: node.side, boundary: node.boundary };
    const wasStep = node.step, wasRate = node.rate;
    let step = wasStep, rate = wasRate;
    if (node.minStep !== null && drag.goesX && (!locked || isWide)) {
      step = wasStep + dx / this.picture.stepPixels;
      step = snaps ? snapStep(step, model.total, this.#otherSteps(drag), this.picture.stepPixels) : Math.round(step);
      step = Math.min(node.maxStep, Math.max(node.minStep, step));
    }
    if (node.low !== null && drag.goesY && (!locked || !isWide)) {
      rate = wasRate - dy / this.picture.ratePixels;
      if (snaps) { rate = snapRate(Math.max(0, rate), model.nodes.filter(other => other.id !== node.id).map(other => other.rate), this.picture.ratePixels); }
      rate = Math.min(node.high, Math.max(node.low, Number(rate.toPrecision(6))));
    }
    this.#change(drag.phases, node, step, rate, model.mode);
    this.#say(`${node.label}: rate ${rateText(rate)} at step ${count(step)}`);
    return { ...gesture, step: step === wasStep ? null : step, rate: rate === wasRate ? null : rate };
  }

  #change(phases, node, step, rate, mode) {
    if (node.point !== null) {
      warp.setPoint(phases, node.index, node.point, step, rate);
      return;
    }
    if (step !== node.step) { warp.stretch(phases, node.boundary, step, mode); }
    if (rate !== node.rate) {
      warp.setRate(phases, node.index, node.side, rate);
    }
  }

  #strokeTo(event) {
    const at = this.#pointer(event);
    const stroke = this.#drag.stroke;
    if (this.#drag.last && Math.hypot(at.x - this.#drag.last.x, at.y - this.#drag.last.y) < strokeGap) { return; }
    this.#drag.last = at;
    const step = Math.min(this.#model.total, Math.max(0, Math.round(this.picture.step(at.x))));
    stroke.push([step, Math.max(0, Number(this.picture.rate(at.y).toPrecision(4)))]);
    this.picture.drawStroke(stroke);
  }

  #drop(event, isKept) {
    const drag = this.#drag;
    this.handles.mark(null);
    this.picture.drawStroke([]);
    this.blocks.lift(null, 0);
    this.blocks.showGap(null, null);
    const wasMeant = drag?.isMeant;
    if (!drag) { return; }
    if (!isKept || !wasMeant) {
      this.#drag = null;
      this.#untold = null;
      if (drag.phases && wasMeant) { this.#send({ kind: 'cancel' }); }
      this.#draw();
      return;
    }
    if (drag.kind === 'move') {
      this.#drag = null;
      if (drag.to !== drag.index) { this.#send({ kind: 'move', index: drag.index, to: drag.to }, true); }
    } else if (drag.kind === 'draw') {
      this.#drag = null;
      const thin = drag.stroke.filter((_, i) => i % Math.ceil(drag.stroke.length / 500) === 0);
      this.#send({ kind: 'draw', steps: thin.map(point => point[0]), rates: thin.map(point => point[1]) }, true);
    } else {
      drag.isOver = true; // drawn as it was dropped until the server answers with the exact curve
      this.#untold = null;
      this.#send(drag.gesture, true);
    }
  }

  #hover(event) {
    if (this.#drag || !this.#model || !this.plot.contains(event.target)) { return; }
    const at = this.#pointer(event);
    this.plot.classList.toggle('is-at-boundary', !this.#model.isDrawing && this.#boundaryNear(at.x) > 0);
    const step = Math.min(this.#model.total - 1, Math.max(0, Math.round(this.picture.step(at.x))));
    const { steps, rates, sums } = this.#model;
    let i = steps.findIndex(each => each >= step);
    if (i < 0) { i = steps.length - 1; }
    const from = Math.max(0, i - 1);
    const part = steps[i] === steps[from] ? 0 : (step - steps[from]) / (steps[i] - steps[from]);
    const mix = values => values[from] + part * (values[i] - values[from]);
    const isExact = steps[i] === step;
    this.#tell(step, mix(rates), `step ${count(step)} (${percent(step / this.#model.total)}): η ${isExact ? '' : '≈ '}${rateText(mix(rates))}, D ${isExact ? '' : '≈ '}${number(mix(sums))}, ${compact((step + 1) * this.#model.tokensPerStep)} tokens`);
  }

  #tell(step, rate, words = '') {
    this.picture.drawCross(step, rate);
    if (!this.#drag) { this.#say(words); }
  }

  #say(words) { this.readout.textContent = words; }

  // ---- keyboard

  #key(event) {
    if (!this.#model || event.metaKey) { return; }
    const handle = event.target.closest('[data-handle]');
    const block = event.target.closest('[data-block]');
    const gesture = handle ? this.#handleKey(event, handle) : block ? this.#blockKey(event, Number(block.dataset.block)) : null;
    if (gesture) {
      event.preventDefault();
      event.stopPropagation();
      this.#send(gesture, true, event.repeat);
    }
  }

  #handleKey(event, handle) {
    const model = this.#model;
    const node = model.nodes.find(each => each.id === handle.dataset.handle);
    const [wayX, wayY] = [{ ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0, { ArrowDown: -1, ArrowUp: 1, PageDown: -1, PageUp: 1 }[event.key] ?? 0];
    const gesture = { kind: node.point === null ? 'node' : 'point', index: node.index, point: node.point, side: node.side, boundary: node.boundary, step: null, rate: null };
    const isFar = event.shiftKey || event.key.startsWith('Page');
    if (wayX !== 0 && node.minStep !== null && !event.ctrlKey) {
      gesture.step = Math.min(node.maxStep, Math.max(node.minStep, node.step + wayX * this.#stride(event)));
      return gesture;
    }
    if (wayY !== 0 && node.low !== null) {
      gesture.rate = Math.min(node.high, Math.max(node.low, nextRate(node.rate, wayY, isFar, model.peak)));
      return gesture;
    }
    if (event.key === 'Home' && node.low !== null) { return { ...gesture, rate: node.low }; }
    if (event.key === 'End' && node.high !== null) { return { ...gesture, rate: Math.min(node.high, model.peak) }; }
    return null;
  }

  #blockKey(event, index) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const last = this.#model.phases.length - 1;
    if (way && event.ctrlKey) { return { kind: 'move', index, to: Math.min(last, Math.max(0, index + way)) }; }
    if (way && (event.shiftKey || event.altKey)) {
      const [low, high] = this.#model.boundaries[index];
      return { kind: 'boundary', index: index + 1, step: Math.min(high, Math.max(low, this.#endOf(this.#model, index + 1) + way * this.#stride({ ...event, shiftKey: false, altKey: event.altKey }))) };
    }
    const to = way ? index + way : { Home: 0, End: last }[event.key];
    return to === undefined || to < 0 || to > last || event.ctrlKey ? null : { kind: 'select', index: to };
  }

  // A round number of steps, ten of them with Shift, one step with Alt.
  #stride(event) { return event.altKey ? 1 : roundStep(this.#model.total) * (event.shiftKey ? 10 : 1); }

  #pageKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest?.('input, textarea, select, dialog[open]')) { return; }
    const key = event.key.toLowerCase();
    const action = key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : key === 'y' ? 'redo' : null;
    if (action) {
      event.preventDefault();
      this.#send({ kind: action }); // not the button: it may still be disabled from the edit before
    }
  }

  // ---- places

  #pointer(event) {
    const box = this.plot.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #endOf(model, boundary) {
    const phase = model.phases[boundary - 1];
    return phase.first + phase.steps;
  }

  #otherSteps(drag) {
    const own = drag.boundary ?? drag.node.boundary;
    return drag.model.phases.map((phase, i) => i === own ? null : phase.first).filter(step => step !== null);
  }

  #boundaryNear(x) {
    let best = 0, nearest = 6;
    for (let boundary = 1; boundary < this.#model.phases.length; boundary++) {
      const away = Math.abs(this.picture.x(this.#model.phases[boundary].first) - x);
      if (away < nearest) { [best, nearest] = [boundary, away]; }
    }
    return best;
  }

  #phaseAt(step) {
    const after = this.#model.phases.findIndex(phase => phase.first > step);
    return after < 0 ? this.#model.phases.length - 1 : Math.max(0, after - 1);
  }

  // ---- the server

  #preview(gesture) {
    this.#untold = gesture;
    if (this.#isTelling || performance.now() - this.#toldAt < hearing) { return; }
    this.#isTelling = true;
    this.#toldAt = performance.now();
    const told = this.#untold;
    this.#untold = null;
    this.#dotnet.invokeMethodAsync('OnGestureAsync', told, false, false).catch(() => {}).finally(() => {
      this.#isTelling = false;
      if (this.#untold && this.#drag && !this.#drag.isOver) { setTimeout(() => { if (this.#untold && this.#drag && !this.#drag.isOver) { this.#preview(this.#untold); } }, hearing); }
    });
  }

  #send(gesture, isFinal = true, goesOn = false) {
    this.#dotnet.invokeMethodAsync('OnGestureAsync', gesture, isFinal, goesOn).catch(() => {
      // The connection is down: the page says so, and the last schedule that the server knows is shown again.
      if (this.#drag?.isOver) { this.#drag = null; this.#draw(); }
    });
  }
}
