// A chart as a picture or as the numbers shown.

const mostNamed = 16;

export function savePicture(u, title, lines, leftOut, palette, name) {
  const source = u.ctx.canvas;
  const scale = devicePixelRatio;
  const head = 44 * scale;
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  const foot = leftOut ? 22 * scale : 0;
  canvas.height = source.height + head + foot;
  const ctx = canvas.getContext('2d');
  const family = getComputedStyle(u.root).fontFamily;
  ctx.fillStyle = palette.get('--surface');
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = palette.get('--text');
  ctx.font = `600 ${14 * scale}px ${family}`;
  ctx.fillText(title, 12 * scale, 18 * scale);
  ctx.font = `500 ${12 * scale}px ${family}`;
  let left = 12 * scale;
  for (const line of namedLines(lines)) {
    ctx.fillStyle = palette.get(line.definition.color);
    ctx.fillRect(left, 32 * scale, 12 * scale, 3 * scale);
    ctx.fillStyle = palette.get('--text-muted');
    ctx.fillText(line.definition.label, left + 18 * scale, 37 * scale);
    left += 34 * scale + ctx.measureText(line.definition.label).width;
  }
  ctx.drawImage(source, 0, head);
  if (leftOut) {
    ctx.fillStyle = palette.get('--text-muted');
    ctx.fillText(leftOut, 12 * scale, canvas.height - 8 * scale);
  }
  canvas.toBlob(blob => save(blob, `${name}.png`), 'image/png');
}

// A picture's legend: lines with a name, unless they are too many for any.
export function namedLines(lines) {
  const named = lines.filter(line => line.shown && !line.definition.isEdge);
  return named.length > mostNamed ? [] : named;
}

export function saveNumbers(lines, axis, name) {
  const rows = [`series,${axis},value,smoothed`];
  for (const line of lines.filter(l => l.shown)) {
    const label = quote(line.definition.label);
    line.points.x.forEach((x, i) => rows.push(`${label},${x},${cell(line.points.y[i])},${cell(line.points.smooth[i])}`));
  }
  save(new Blob([rows.join('\n') + '\n'], { type: 'text/csv' }), `${name}.csv`);
}

const cell = value => Number.isFinite(value) ? value : '';

// A leading = + - @ would be run as a formula by a spreadsheet.
const quote = text => `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
