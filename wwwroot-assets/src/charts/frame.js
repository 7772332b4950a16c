// The bytes of ChartFrame.cs, little-endian: block count, then for each block
//   u32 line, u32 point count, u32 flags, u32 zero, f64 total points, f64 rewind-to step (NaN: none),
//   f64 steps[], f64 x[] (unless x is the step), f32 y[], f32 smoothed[] (if any).

const hasX = 1;
const hasSmoothed = 2;

export function decode(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = [];
  let at = 4;
  const doubles = count => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++, at += 8) { values[i] = view.getFloat64(at, true); }
    return values;
  };
  const singles = count => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++, at += 4) { values[i] = view.getFloat32(at, true); }
    return values;
  };
  for (let left = view.getUint32(0, true); left > 0; left--) {
    const line = view.getUint32(at, true);
    const count = view.getUint32(at + 4, true);
    const flags = view.getUint32(at + 8, true);
    const total = view.getFloat64(at + 16, true);
    const rewindTo = view.getFloat64(at + 24, true);
    at += 32;
    const step = doubles(count);
    const x = flags & hasX ? doubles(count) : step;
    const y = singles(count);
    const smooth = flags & hasSmoothed ? singles(count) : null;
    blocks.push({ line, total, rewindTo, step, x, y, smooth });
  }
  return blocks;
}
