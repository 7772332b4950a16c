// One time-series chart: uPlot plus what Ntl needs around it. Data arrives in frames (frame.js); zoom, hidden lines and the
// cursor belong to the reader and survive every frame.
import uPlot from 'uplot';
import { Series } from './series.js';
import { Palette } from './palette.js';
import { Legend } from './legend.js';
import { plotOptions } from './options.js';
import { drawMarks } from './marks.js';
import { extremes, fillBand, tableOf } from './dense.js';
import { attachGestures, attachKeys } from './gestures.js';
import { savePicture, saveNumbers } from './export.js';
import { saveVector } from './svg.js';
import { faintness, light } from './light.js';
import { fillTable } from './table.js';
import { drawNever, drawSoon, isInSight, unwatch, watch } from './drawing.js';
import { join, members, others } from './group.js';
import { forget, giveStored, show } from './history.js';
import { chartValue, position } from './format.js';
import { badgeOf, pointsOf } from './honest.js';

const pointsShown = 1000; // a line keeps at most about twice this before it is thinned
const drawnWithoutDetail = 500; // ms after which a zoomed chart out of sight is drawn, finer points or not
const pointsOfLines = 12; // above so many lines, dots under the cursor are only noise
const toldLines = 6; // of the lines whose latest values are read out
const windowDelay = 120; // ms of quiet before a new zoom window is reported, so a scroll asks once

export class Chart {
  #host; #component; #legend; #u; #badge; #note; #position; #table; #fontFamily;
  #lit = null; // id of the line in front
  #palette = new Palette();
  #place = new AbortController(); // ends with the host element
  #window = null; // [min, max] chosen by the reader; null shows all
  #part = [0, 1]; // what is drawn of the x axis
  #report = 0;
  #later = 0;
  #ending = new AbortController();
  #leaveGroup = () => {};
  #resizer;

  constructor(host, options, component) {
    this.#component = component;
    this.options = options;
    this.#position = document.createElement('div');
    this.#position.className = 'chart-position';
    this.#position.hidden = true;
    this.lines = (options.series ?? []).map(definition => this.#newLine(definition));
    this.#window = options.window ?? null;
    this.#resizer = new ResizeObserver(() => this.#resize());
    this.#settle(host);
    this.#build();
    document.addEventListener('ntl:theme', () => { this.#palette.forget(); this.#u.redraw(false, true); }, { signal: this.#ending.signal });
    if (options.group) {
      this.#leaveGroup = join(options.group, this);
      giveStored(options.group, this);
    }
  }

  get window() { return this.#window; }

  get isZoomed() { return this.#window !== null; }

  // Asked of the page once, by the first drawing: each question makes the browser lay out the page. What comes later, #resize hears of.
  get width() { return this.#u?.width ?? Math.max(this.plot.clientWidth, 120); }

  get fontFamily() { return this.#fontFamily ??= getComputedStyle(this.plot).fontFamily; }

  get scales() { return this.#u.scales; }

  get showsCursorDots() { return this.lines.length <= pointsOfLines; }

  // Whether lines are drawn each from its own points (dense.js).
  get isDense() { return this.lines.length > pointsOfLines && !this.options.scatter && !this.lines.some(line => line.definition.stepped); }

  // A value as it is drawn; null where the line is interrupted. A logarithm has no place for zero and below.
  get gap() { return this.options.logY ? value => value > 0 && value < Infinity ? value : null : value => Number.isFinite(value) ? value : null; }

  // Its place on the page -------------------------------------------------------------------------------------------

  // Another element of the same form takes the old one's place.
  moveTo(host) {
    if (host === this.#host) { return; }
    const drawing = this.#u.root;
    this.#place.abort();
    this.#resizer.disconnect();
    unwatch(this);
    this.#settle(host);
    this.plot.append(drawing);
    this.#host.dataset.zoomed = String(this.isZoomed);
    this.#followCursor();
    this.#describe();
  }

  // A component takes this chart as its own. What the reader has done since stays.
  adopt(host, options, component) {
    this.moveTo(host);
    this.#component = component;
    const { window, ...rest } = options;
    // Lines that came with their points are no business of the component.
    if (!rest.series) { delete rest.series; delete rest.marks; }
    this.configure(rest);
    if (String(window ?? null) !== String(this.#window)) { this.#reportWindow(); }
  }

  #settle(host) {
    this.#host = host;
    this.#place = new AbortController();
    this.#palette.moveTo(host);
    this.plot = host.querySelector('.chart-plot');
    this.#badge = host.querySelector('.chart-badge');
    this.#note = host.querySelector('.chart-note');
    this.#table = host.querySelector('.chart-values');
    this.#legend = this.#newLegend();
    attachKeys(this.plot, this, this.#place.signal);
    this.#attachTools();
    this.#resizer.observe(this.plot);
    watch(this);
  }

  // Data -----------------------------------------------------------------------------------------------------------

  // Points with the lines that they are of.
  take(head, blocks) {
    const { title, ...changes } = head;
    this.configure(changes);
    this.replace(blocks);
  }

  replace(blocks) {
    for (const block of blocks) { this.lines[block.line]?.points.replace(block); }
    this.lines.forEach(line => { line.detail = null; });
    drawSoon(this);
  }

  append(blocks) {
    for (const block of blocks) {
      const line = this.lines[block.line];
      if (!line) { continue; }
      line.points.append(block);
      if (line.detail && this.#window && this.#window[1] >= line.points.end) { line.detail.append(block); }
    }
    drawSoon(this);
  }

  // Finer points of the zoomed window, drawn instead of the overview while the reader stays in it.
  detail(blocks) {
    for (const block of blocks) {
      const line = this.lines[block.line];
      if (!line) { continue; }
      line.detail = new Series(pointsShown);
      line.detail.replace(block);
    }
    drawSoon(this);
  }

  configure(wanted) {
    const changes = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(this.options[name])));
    if (Object.keys(changes).length === 0) { return; }
    const rebuild = ['logX', 'logY', 'axis', 'series', 'fromZero', 'scatter', 'yTitle', 'isRate'].some(key => key in changes);
    Object.assign(this.options, changes);
    if (changes.series) {
      const hidden = new Set(this.lines.filter(line => !line.shown && line.definition.id).map(line => line.definition.id));
      this.lines = changes.series.map(definition => this.#newLine(definition));
      this.lines.forEach(line => { line.shown = !hidden.has(line.definition.id); });
      this.#legend = this.#newLegend();
    }
    if ('axis' in changes) { this.lines.forEach(line => { line.points.clear(); line.detail = null; }); this.#window = null; }
    if (rebuild) { this.#u.destroy(); this.#build(); this.#fade(); }
    drawSoon(this);
  }

  // The reader's view ----------------------------------------------------------------------------------------------

  zoom(min, max) {
    this.#window = min === null || min === undefined ? null : [min, max];
    if (!this.#window) { this.lines.forEach(line => { line.detail = null; }); }
    this.#host.dataset.zoomed = String(this.isZoomed);
    // Out of sight it can wait for the finer points, which are on their way, and be drawn once.
    if (this.isZoomed && !isInSight(this)) {
      clearTimeout(this.#later);
      this.#later = setTimeout(() => drawSoon(this), drawnWithoutDetail);
    } else {
      drawSoon(this);
    }
  }

  userZoom(min, max) {
    if (min !== null) {
      const [low, high] = this.#extent();
      min = Math.max(min, low);
      max = Math.min(max, high);
      if (!(max > min)) { return; }
      if (min <= low && max >= high) { min = max = null; }
    }
    for (const chart of [this, ...others(this.options.group, this)]) { chart.zoom(min, max); }
    clearTimeout(this.#report);
    this.#report = setTimeout(() => {
      this.#tell('window', { min, max });
      // The page's URL can wait until the finer points are drawn.
      Promise.resolve(this.options.group && show(this.options.group, min, max)).then(() => this.#reportWindow());
    }, windowDelay);
  }

  #reportWindow() {
    const [min, max] = this.#window ?? [null, null];
    this.#component?.invokeMethodAsync('OnWindowChangedAsync', min, max);
  }

  userScale(factor) {
    const { min, max } = this.#u.scales.x;
    const centre = this.#u.cursor.left >= 0 ? this.#u.posToVal(this.#u.cursor.left, 'x') : (min + max) / 2;
    this.userZoom(centre - (centre - min) * factor, centre + (max - centre) * factor);
  }

  userPan(shift) {
    if (!this.#window) { return; }
    const [low, high] = this.#extent();
    const kept = Math.min(Math.max(shift, low - this.#window[0]), high - this.#window[1]);
    this.userZoom(this.#window[0] + kept, this.#window[1] + kept);
  }

  userPanShare(share) {
    const { min, max } = this.#u.scales.x;
    this.userPan((max - min) * share);
  }

  moveCursor(by) {
    const x = this.#u.data[0];
    if (x.length === 0) { return; }
    const now = this.#u.cursor.idx ?? x.length - 1;
    const stride = Math.max(1, Math.round(x.length / 100));
    const index = Math.min(x.length - 1, Math.max(0, Number.isFinite(by) ? now + by * stride : by > 0 ? x.length - 1 : 0));
    this.#u.setCursor({ left: this.#u.valToPos(x[index], 'x'), top: 10 }, true);
  }

  dispose() {
    this.#ending.abort();
    this.#place.abort();
    this.#leaveGroup();
    if (this.options.group && members(this.options.group).size === 0) { forget(this.options.group); }
    this.#resizer.disconnect();
    drawNever(this);
    clearTimeout(this.#report);
    clearTimeout(this.#later);
    this.#component = null;
    this.#u.destroy();
  }

  // Drawing --------------------------------------------------------------------------------------------------------

  #newLine(definition) {
    const line = { definition, shown: true, points: new Series(pointsShown), detail: null };
    Object.defineProperty(line, 'drawn', { get: () => line.detail ?? line.points });
    return line;
  }

  #newLegend() {
    return new Legend(this.#host.querySelector('.chart-legend'), this.lines, this.options.unit, index => {
      const shown = !this.lines[index].shown;
      const { id } = this.lines[index].definition;
      this.lines.forEach((line, i) => {
        if (i !== index && (!id || line.definition.id !== id)) { return; }
        line.shown = shown;
        this.#u.setSeries(1 + 2 * i, { show: shown });
        this.#u.setSeries(2 + 2 * i, { show: shown });
      });
    });
  }

  // The line of that id in front, the others faint; null for all alike.
  light(id) {
    const lit = this.lines.some(line => line.definition.id === id) ? id : null;
    if (lit === this.#lit) { return; }
    this.#lit = lit;
    this.#legend.light(lit);
    this.#fade();
    requestAnimationFrame(() => this.#u.redraw(false, false));
  }

  #fade() {
    this.lines.forEach((line, i) => {
      const alpha = this.#lit === null || line.definition.id === this.#lit ? 1 : faintness;
      for (const series of [this.#u.series[1 + 2 * i], this.#u.series[2 + 2 * i]]) { series.alpha = alpha; }
    });
  }

  // A band is as faint as the line that it belongs to.
  bandFill(line) {
    const { id, color } = line.definition;
    return this.#palette.faint(color, this.#lit === null || id === this.#lit ? 0.2 : 0.05);
  }

  // After the last of the three that a band consists of: its line, its lower and its upper edge.
  #fillBandAt(u, index) {
    const line = index % 2 === 1 && this.isDense ? this.lines[((index - 1) >> 1) - 2] : null;
    if (line?.definition.hasBand) {
      const at = (index - 1) >> 1;
      fillBand(u, this.lines[at - 1].drawn, this.lines[at].drawn, this.bandFill(line), this.gap);
    }
  }

  #build() {
    const data = [[], ...this.lines.flatMap(() => [[], []])];
    this.#u = new uPlot(plotOptions(this, this.#palette, {
      draw: u => drawMarks(u, this.options.marks ?? [], this.#palette),
      setCursor: () => this.#followCursor(),
      setSelect: u => this.#zoomToSelection(u),
      doubleClick: () => this.userZoom(null, null),
      focus: index => this.#focus(index),
      drawSeries: (u, index) => this.#fillBandAt(u, index),
    }), data, this.plot);
    this.#u.root.append(this.#position);
    attachGestures(this.#u, this, this.#ending.signal);
    this.#host.dataset.zoomed = String(this.isZoomed);
  }

  // The buttons of the chart's head work without a round trip to the server.
  #attachTools() {
    const actions = {
      fit: () => this.userZoom(null, null),
      table: button => {
        this.#table.hidden = !this.#table.hidden;
        button.setAttribute('aria-pressed', String(!this.#table.hidden));
        this.#describe();
      },
      image: () => savePicture(this.#u, this.options.title, this.lines, this.leftOut, this.#palette, this.options.fileName),
      vector: () => saveVector(this, this.#palette),
      numbers: () => saveNumbers(this.lines, this.options.axis, this.options.fileName),
    };
    for (const button of this.#host.querySelectorAll('[data-chart-action]')) {
      button.addEventListener('click', () => actions[button.dataset.chartAction](button), { signal: this.#place.signal });
    }
  }

  draw() {
    clearTimeout(this.#later);
    const [low, high] = this.#extent();
    const [from, max] = this.#window ?? [low, high];
    const min = this.options.logX ? Math.max(from, low) : from;
    const isEmpty = this.lines.every(line => line.drawn.length === 0);
    const data = isEmpty ? [[], ...this.lines.flatMap(() => [[], []])] : this.isDense ? tableOf(this.lines, [min, max], this.options.logX, this.gap) : this.#joined();
    this.#part = [min, max];
    this.#u.batch(() => {
      this.#u.setData(data, false);
      this.#u.setScale('x', { min, max });
    });
  }

  #joined() {
    const { gap } = this;
    return uPlot.join(this.lines.map(line => {
      const { x, y, smooth } = line.drawn;
      // A logarithmic axis has no place for steps before the first.
      const from = this.options.logX ? x.findIndex(place => place > 0) : 0;
      return from === 0 ? [x, y.map(gap), smooth.map(gap)] : from < 0 ? [[], [], []] : [x.slice(from), y.slice(from).map(gap), smooth.slice(from).map(gap)];
    }));
  }

  // Ends of what is drawn of the values; of a dense chart, whose table holds only some of them.
  valuesShown(low, high) {
    return this.isDense ? extremes(this.lines, ...this.#part, this.gap) : [low, high];
  }

  // The words around a drawing. Apart from it: writing text on a canvas makes the browser settle all changes to the page before, so the
  // charts of a frame are drawn first and described after.
  describe() {
    this.#followCursor();
    this.#describe();
    this.#tell('drawn', { refined: this.lines.some(line => line.detail) });
  }

  // For whoever watches the page from outside (benchmarks, tests): ntl:drawn after each drawing, ntl:window when the server is asked.
  #tell(event, detail) {
    this.#host.dispatchEvent(new CustomEvent(`ntl:${event}`, { bubbles: true, detail }));
  }

  #extent() {
    const filled = this.lines.map(line => line.points).filter(points => points.length > 0);
    const starts = filled.map(points => this.options.logX ? points.x.find(place => place > 0) ?? Infinity : points.x[0]);
    if (this.options.logX) {
      const [first, last] = [Math.min(...starts), Math.max(...filled.map(points => points.end))];
      return first > 0 && last > first ? [first, last] : [0.1, 1];
    }
    const low = Math.min(...starts, ...(this.options.extent ? [this.options.extent[0]] : []));
    const high = Math.max(...filled.map(points => points.end), ...(this.options.extent ? [this.options.extent[1]] : []));
    if (!Number.isFinite(low)) { return [0, 1]; }
    return high > low ? [low, high] : [low, low + 1];
  }

  // The line under the pointer is in front wherever it is drawn or listed.
  #focus(index) {
    if (!this.options.group || !this.lines.some(line => line.definition.id)) { return; }
    light(this.options.group, index === null || index === undefined ? null : this.lines[(index - 1) >> 1]?.definition.id ?? null);
  }

  #zoomToSelection(u) {
    if (u.select.width < 4) { return; }
    const min = u.posToVal(u.select.left, 'x');
    const max = u.posToVal(u.select.left + u.select.width, 'x');
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.userZoom(min, max);
  }

  #followCursor() {
    const { left } = this.#u.cursor;
    const shown = left !== undefined && left >= 0 && this.#u.data[0].length > 0;
    this.#position.hidden = !shown;
    if (!shown) { this.#legend.show(this.lines.map(line => line.points.latest()), this.options.isRate); return; }
    const x = this.#u.posToVal(left, 'x');
    this.#legend.show(this.lines.map(line => line.drawn.nearest(x)), this.options.isRate);
    const lit = this.#lit === null ? null : this.lines.find(line => line.definition.id === this.#lit);
    this.#position.textContent = position(this.options.axis, x) + (lit ? ` · ${lit.definition.label} ${chartValue(lit.drawn.nearest(x), this.options)}` : '');
    // Reckoned, not measured: measuring would lay out the page, for every chart at every move.
    const half = 6 + 3.4 * this.#position.textContent.length;
    const plot = this.#u.bbox;
    this.#position.style.left = `${Math.min(Math.max(plot.left / devicePixelRatio + left, half), this.#u.width - half)}px`;
    this.#position.style.top = `${(plot.top + plot.height) / devicePixelRatio + 3}px`;
  }

  // Words for what is drawn: the badge, the name of the picture, the table of values.
  #describe() {
    const lines = this.lines.filter(line => !line.definition.isEdge);
    const points = pointsOf(lines, this.options);
    this.#badge.textContent = badgeOf(points);
    this.#badge.hidden = points.total === 0;
    this.#host.dataset.points = String(points.drawn);
    this.#host.dataset.empty = String(points.total === 0);
    this.leftOut = points.leftOut;
    if (this.#note) {
      const note = [this.options.note, points.leftOut].filter(Boolean).join(' ');
      this.#note.textContent = note;
      this.#note.hidden = note === '';
    }
    const filled = lines.filter(line => line.points.length > 0);
    const latest = filled.slice(0, toldLines)
      .map(line => `${line.definition.label} ${chartValue(line.points.latest(), this.options)} ${line.definition.unit ?? this.options.unit ?? ''}`.trim());
    if (filled.length > toldLines) { latest.push(`and ${filled.length - toldLines} more lines`); }
    const end = Math.max(...this.lines.map(line => line.points.end));
    this.#host.dataset.lastX = Number.isFinite(end) ? String(end) : '';
    const text = latest.length === 0 ? 'no points yet' : `${position(this.options.axis, end)}: ${latest.join(', ')}`;
    this.plot.setAttribute('aria-label', `${this.options.title}. ${text}.`);
    if (!this.#table.hidden) { fillTable(this.#table, lines, this.options); }
  }

  #resize() {
    const width = this.plot.clientWidth;
    if (width > 0 && width !== this.#u.width) { this.#u.setSize({ width, height: this.options.height }); }
  }
}
