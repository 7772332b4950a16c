// Events on the x axis: phase boundaries, resumes and the like as labelled lines; checkpoints as ticks at the foot.

const lineStyles = {
  phase: { token: '--chart-mark', dash: [4, 4] },
  event: { token: '--chart-mark', dash: [1, 3] },
  pause: { token: '--status-paused', dash: [6, 3] },
  resume: { token: '--status-running', dash: [6, 3] },
  failure: { token: '--status-failed', dash: [] },
};

export function drawMarks(u, marks, palette) {
  const { ctx, bbox } = u;
  const scale = devicePixelRatio;
  let labelEnd = -Infinity; // right end of the last label, so labels never overlap
  ctx.save();
  ctx.textAlign = 'left';
  ctx.font = `500 ${10.5 * scale}px ${getComputedStyle(u.root).fontFamily}`;
  ctx.textBaseline = 'middle';
  for (const mark of marks) {
    if (mark.x < u.scales.x.min || mark.x > u.scales.x.max) { continue; }
    const x = Math.round(u.valToPos(mark.x, 'x', true));
    if (mark.kind === 'checkpoint') {
      drawTick(ctx, x, bbox, scale, palette.get('--chart-mark'));
    } else {
      const style = lineStyles[mark.kind] ?? lineStyles.event;
      drawLine(ctx, x, bbox, scale, palette.get(style.token), style.dash);
      labelEnd = drawLabel(ctx, x, bbox, scale, mark.label, palette, labelEnd);
    }
  }
  ctx.restore();
}

function drawTick(ctx, x, bbox, scale, color) {
  const foot = bbox.top + bbox.height;
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.moveTo(x - 3.5 * scale, foot);
  ctx.lineTo(x + 3.5 * scale, foot);
  ctx.lineTo(x, foot - 6 * scale);
  ctx.fill();
}

function drawLine(ctx, x, bbox, scale, color, dash) {
  ctx.strokeStyle = color;
  ctx.lineWidth = scale;
  ctx.setLineDash(dash.map(length => length * scale));
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
}

// Above the plot, where no curve runs.
function drawLabel(ctx, x, bbox, scale, label, palette, labelEnd) {
  const width = ctx.measureText(label).width;
  const pad = 3 * scale;
  const right = bbox.left + bbox.width;
  const left = Math.max(bbox.left, Math.min(x - pad, right - width));
  if (left < labelEnd + 2 * pad) { return labelEnd; }
  ctx.fillStyle = palette.get('--text-muted');
  ctx.fillText(label, left, bbox.top - 9 * scale);
  return left + width;
}

export const labelHeight = 18;
