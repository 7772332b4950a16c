// uPlot's options for one chart.
import uPlot from 'uplot';
import { lonePositions } from './honest.js';
import { axisTitle, ticks, valueTicks } from './format.js';
import { isInSight } from './drawing.js';
import { course, dots, hasDots } from './dense.js';
import { labelHeight } from './marks.js';

export function plotOptions(chart, palette, on) {
  const { options } = chart;
  const hasIds = chart.lines.some(line => line.definition.id);
  const axis = {
    font: '11px ' + chart.fontFamily,
    labelFont: '11px ' + chart.fontFamily,
    labelSize: 17,
    labelGap: 0,
    stroke: () => palette.get('--text-muted'),
    grid: { stroke: () => palette.get('--chart-grid'), width: 1 },
    ticks: { stroke: () => palette.get('--chart-grid'), width: 1, size: 4 },
  };
  return {
    width: chart.width,
    height: options.height,
    padding: [labelHeight, 12, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, auto: false, distr: options.logX ? 3 : 1, range: (u, low, high) => [low, high] },
      y: {
        auto: true,
        distr: options.logY ? 3 : 1,
        range: (u, low, high) => options.logY ? logRange(...chart.valuesShown(low, high)) : linearRange(...chart.valuesShown(low, high), options.fromZero),
      },
    },
    axes: [
      { ...axis, size: 30, gap: 4, label: axisTitle(options.axis), values: (u, splits) => ticks(options.axis, splits) },
      {
        ...axis,
        size: (u, values) => Math.max(40, 14 + 6.6 * Math.max(0, ...(values ?? []).map(text => text?.length ?? 0))),
        gap: 4,
        label: options.yTitle || undefined,
        values: (u, splits) => valueTicks(splits, options.isRate),
      },
    ],
    series: [{}, ...chart.lines.flatMap(line => lineOptions(line, palette, options.scatter, chart))],
    bands: chart.isDense ? [] : chart.lines.flatMap((line, i) => line.definition.hasBand ? [{ series: [1 + 2 * (i + 2), 1 + 2 * (i + 1)], fill: () => chart.bandFill(line) }] : []),
    ...(hasIds ? { focus: { alpha: 1 } } : {}), // the chart fades lines itself: a line here is two or more to uPlot
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false },
      focus: { prox: 24 },
      points: chart.showsCursorDots ? { size: 7, width: 2, fill: () => palette.get('--surface') } : { show: false },
      bind: { dblclick: () => event => { if (event.button === 0) { on.doubleClick(); } return null; } },
      dataIdx: (u, series, hovered) => nearestFilled(u.data[series], hovered),
      // A selection is the business of the chart it is made in; the others follow the cursor, where it can be seen.
      ...(options.group ? { sync: { key: options.group, setSeries: false, scales: ['x', null], filters: { sub: type => (type === 'mousemove' || type === 'mouseleave') && isInSight(chart) } } } : {}),
    },
    hooks: { draw: [on.draw], drawSeries: [on.drawSeries], setCursor: [on.setCursor], setSelect: [on.setSelect], setSeries: [(u, index, change) => { if (hasIds && change.focus) { on.focus(index); } }] },
  };
}

// The original, faint while a smoothed line lies over it, and the smoothed line.
function lineOptions(line, palette, scatter, chart) {
  const { color, dash, stepped, isEdge } = line.definition;
  const smoothed = () => line.points.smooth.some(Number.isFinite);
  const { isDense } = chart;
  const paths = stepped ? uPlot.paths.stepped({ align: 1 }) : uPlot.paths.linear();
  // Of many lines the faint originals are short strokes over one another: no dash can be told there, and hairlines take a fraction of the time.
  const denseOriginal = (u, index) => {
    Object.assign(u.series[index], smoothed() ? { width: 1, dash: [] } : { width: 1.6, dash: dash ?? [] });
    return course(u, line.drawn, 'y', chart.gap);
  };
  if (isEdge) { return [1, 2].map(() => ({ show: line.shown, paths: isDense ? () => null : paths, width: 0, pxAlign: 0, points: { show: false } })); }
  // Places in no order of time: a line between them would tell a course that there was not.
  if (scatter) { return [1, 2].map(i => ({ show: line.shown, paths: () => null, stroke: () => i === 1 && smoothed() ? palette.faint(color, 0.28) : palette.get(color), points: { show: true, size: 4, fill: () => i === 1 && smoothed() ? palette.faint(color, 0.28) : palette.get(color) } })); }
  const smoothedPoints = isDense
    ? { show: smoothed, size: 5, paths: u => dots(u, line.drawn, 'smooth', chart.gap, true), fill: () => palette.get(color) }
    : { show: () => false, size: 5, filter: (u, index) => lonePlaces(u.data[index]) };
  return [
    {
      show: line.shown,
      paths: isDense ? denseOriginal : paths,
      dash,
      width: 1.6,
      pxAlign: 0,
      stroke: () => smoothed() ? palette.faint(color, 0.28) : palette.get(color),
      points: isDense
        ? { show: () => true, size: 5, paths: u => dots(u, line.drawn, 'y', chart.gap, smoothed() || !hasDots(line.drawn)), fill: () => palette.get(color) }
        : { show: () => !smoothed() && hasDots(line.drawn), size: 5, filter: (u, index, show) => show || smoothed() ? null : lonePlaces(u.data[index]) },
    },
    { show: line.shown, paths: isDense ? u => course(u, line.drawn, 'smooth', chart.gap) : paths, dash, width: 2, pxAlign: 0, stroke: () => palette.get(color), points: smoothedPoints },
  ];
}

// In the table of all lines a place that is another line's is undefined, an interruption null.
function lonePlaces(values) {
  const alone = lonePositions(values.length, i => values[i] !== null, i => values[i] !== undefined);
  return alone.length === 0 ? null : alone;
}

function nearestFilled(values, index) {
  for (let away = 0; away <= 60; away++) {
    if (values[index - away] !== null && values[index - away] !== undefined) { return index - away; }
    if (values[index + away] !== null && values[index + away] !== undefined) { return index + away; }
  }
  return index;
}

function linearRange(low, high, fromZero) {
  if (low === null || high === null || !Number.isFinite(low)) { return [0, 1]; }
  const span = high - low || Math.abs(high) || 1;
  const bottom = fromZero && low >= 0 ? 0 : low - span * 0.06;
  return [bottom, high + span * 0.06];
}

function logRange(low, high) {
  if (low === null || high === null || !(high > 0)) { return [0.1, 1]; }
  const bottom = low > 0 ? low : high / 1e6;
  const [from, to] = bottom === high ? [bottom / 2, high * 2] : [bottom / 1.05, high * 1.05];
  // uPlot's ticks come to no end when they begin within the last tenth of a decade.
  return [Math.min(from, 9 * 10 ** Math.floor(Math.log10(from))), to];
}
