// A chart as a vector picture: what is drawn, in its window, with axes and legend, in the colours of the theme.
import { namedLines, save } from './export.js';
import { axisTitle, ticks, valueTicks } from './format.js';
import { lonePositions } from './honest.js';

const width = 960;
const height = 480;
const left = 90, right = 20, top = 34, bottom = 58;
const legendRow = 18;
const mostTicks = 6;

export function saveVector(chart, palette) {
  save(new Blob([svgOf(chart, palette)], { type: 'image/svg+xml' }), `${chart.options.fileName}.svg`);
}

function svgOf(chart, palette) {
  const { options, scales } = chart;
  const named = namedLines(chart.lines);
  const rows = Math.ceil(named.length / 3);
  const total = height + rows * legendRow + (chart.leftOut ? legendRow : 0);
  const x = scaleOf(scales.x.min, scales.x.max, options.logX, left, width - right);
  const y = scaleOf(scales.y.min, scales.y.max, options.logY, height - bottom, top);
  const text = palette.get('--text-muted'), grid = palette.get('--chart-grid');
  const [acrossTicks, upTicks] = [places(scales.x, options.logX), places(scales.y, options.logY)];
  const [acrossTexts, upTexts] = [ticks(options.axis, acrossTicks), valueTicks(upTicks, options.isRate)];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" font-family="Inter, system-ui, sans-serif" font-size="11">`,
    `<title>${escape(options.title)}</title><rect width="${width}" height="${total}" fill="${palette.get('--surface')}"/>`,
    `<text x="${left}" y="20" font-size="14" font-weight="600" fill="${palette.get('--text')}">${escape(options.title)}${options.unit ? ` (${escape(options.unit)})` : ''}</text>`,
    `<clipPath id="plot"><rect x="${left}" y="${top}" width="${width - left - right}" height="${height - top - bottom}"/></clipPath>`,
    `<g fill="${text}">`,
    ...acrossTicks.map((value, i) => `<path d="M${at(x(value))} ${top}V${height - bottom}" stroke="${grid}"/><text x="${at(x(value))}" y="${height - bottom + 16}" text-anchor="middle">${escape(acrossTexts[i])}</text>`),
    ...upTicks.map((value, i) => `<path d="M${left} ${at(y(value))}H${width - right}" stroke="${grid}"/><text x="${left - 6}" y="${at(y(value) + 4)}" text-anchor="end">${escape(upTexts[i])}</text>`),
    `<text x="${(left + width - right) / 2}" y="${height - bottom + 38}" text-anchor="middle">${escape(axisTitle(options.axis))}</text>`,
    `<text transform="translate(16 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(options.yTitle ?? '')}</text>`,
    ...(chart.leftOut ? [`<text x="${left}" y="${total - 6}">${escape(chart.leftOut)}</text>`] : []),
    '</g><g clip-path="url(#plot)" fill="none" stroke-linejoin="round">',
    ...chart.lines.flatMap((line, i) => line.shown ? pathsOf(chart, line, i, x, y, palette) : []),
    '</g>',
    ...named.map((line, i) => {
      const [column, row] = [i % 3, Math.floor(i / 3)];
      const [lx, ly] = [left + column * 290, height + row * legendRow + 4];
      return `<path d="M${lx} ${ly}h18" stroke="${palette.get(line.definition.color)}" stroke-width="2"${dashes(line)}/><text x="${lx + 24}" y="${ly + 4}" fill="${text}">${escape(line.definition.label)}</text>`;
    }),
    '</svg>',
  ];
  return parts.join('\n');
}

function pathsOf(chart, line, index, x, y, palette) {
  const { definition } = line;
  if (definition.isEdge) { return []; }
  const color = palette.get(definition.color);
  const smoothed = line.drawn.smooth.some(Number.isFinite);
  const drawn = [];
  if (definition.hasBand) { drawn.push(`<path d="${bandOf(chart.lines[index + 1].drawn, chart.lines[index + 2].drawn, x, y)}" fill="${color}" fill-opacity="0.2"/>`); }
  const outline = values => chart.options.scatter ? dots(line.drawn.x, values, x, y) : course(line.drawn.x, values, x, y);
  const style = chart.options.scatter ? ' stroke-width="4" stroke-linecap="round"' : ` stroke-width="1.8"${dashes(line)}`;
  drawn.push(`<path d="${outline(line.drawn.y)}" stroke="${color}"${style}${smoothed ? ' stroke-opacity="0.28"' : ''}/>`);
  if (smoothed) { drawn.push(`<path d="${outline(line.drawn.smooth)}" stroke="${color}"${style}/>`); }
  if (!chart.options.scatter) {
    const values = smoothed ? line.drawn.smooth : line.drawn.y;
    const alone = lonePositions(values.length, i => Number.isFinite(x(line.drawn.x[i])) && Number.isFinite(y(values[i])));
    if (alone.length > 0) {
      drawn.push(`<path d="${dots(alone.map(i => line.drawn.x[i]), alone.map(i => values[i]), x, y)}" stroke="${color}" stroke-width="5" stroke-linecap="round"/>`);
    }
  }
  return drawn;
}

function course(places, values, x, y) {
  let path = '', pen = 'M';
  for (let i = 0; i < places.length; i++) {
    const [px, py] = [x(places[i]), y(values[i])];
    if (!Number.isFinite(px) || !Number.isFinite(py)) { pen = 'M'; continue; }
    path += `${pen}${at(px)} ${at(py)}`;
    pen = 'L';
  }
  return path;
}

const dots = (places, values, x, y) => places.map((place, i) => [x(place), y(values[i])]).filter(point => point.every(Number.isFinite)).map(([px, py]) => `M${at(px)} ${at(py)}h0`).join('');

function bandOf(low, high, x, y) {
  const known = [...high.x.keys()].filter(i => Number.isFinite(high.y[i]) && Number.isFinite(low.y[i]) && Number.isFinite(x(high.x[i])) && Number.isFinite(y(low.y[i])));
  if (known.length < 2) { return ''; }
  const upper = known.map(i => `${at(x(high.x[i]))} ${at(y(high.y[i]))}`);
  const lower = known.reverse().map(i => `${at(x(low.x[i]))} ${at(y(low.y[i]))}`);
  return `M${upper.join('L')}L${lower.join('L')}Z`;
}

function scaleOf(min, max, isLog, from, to) {
  const of = isLog ? value => value > 0 ? Math.log10(value) : NaN : value => value;
  const [low, high] = [of(min), of(max)];
  return value => from + (to - from) * (of(value) - low) / (high - low || 1);
}

// Round values within a scale.
function places({ min, max }, isLog) {
  if (isLog) {
    const decades = [];
    for (let power = Math.ceil(Math.log10(min)); power <= Math.log10(max); power++) { decades.push(10 ** power); }
    if (decades.length > 1) { return decades; }
  }
  const rough = (max - min) / mostTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const stride = [1, 2, 5, 10].map(factor => factor * power).find(step => step >= rough);
  const values = [];
  for (let value = Math.ceil(min / stride) * stride; value <= max; value += stride) { values.push(Math.abs(value) < stride / 1e6 ? 0 : value); }
  return values;
}

const dashes = line => line.definition.dash ? ` stroke-dasharray="${line.definition.dash.join(' ')}"` : '';
const at = value => String(Math.round(value * 10) / 10);
const escape = text => text.replace(/[&<>"]/g, letter => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter]);
