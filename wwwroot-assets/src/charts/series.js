// One line of a chart: its points in the order of x, at most about twice `capacity` of them however many have arrived.
// y is NaN where the line is interrupted (a resume, a non-finite value).

const columns = ['step', 'x', 'y', 'smooth'];

export class Series {
  constructor(capacity) {
    this.capacity = capacity;
    this.clear();
  }

  clear() {
    for (const column of columns) { this[column] = []; }
    this.total = 0; // points this line stands for, shown or not
  }

  get length() { return this.x.length; }

  get end() { return this.x.length ? this.x[this.x.length - 1] : -Infinity; }

  replace(block) {
    for (const column of columns) { this[column] = Array.from(block[column] ?? new Float64Array(block.x.length).fill(NaN)); }
    this.total = Math.max(block.total, block.x.length);
  }

  // Points at or before the last one were delivered before a lost connection: taking them again would bend the line.
  append(block) {
    if (!Number.isNaN(block.rewindTo)) { this.#dropFrom(block.rewindTo); }
    const last = this.step.length ? this.step[this.step.length - 1] : -Infinity;
    let from = 0;
    while (from < block.step.length && block.step[from] <= last) { from++; }
    this.#take(block, from);
    this.total = Math.max(this.total + block.x.length - from, this.length);
    if (this.length > 2 * this.capacity) { this.#keep(this.#extremes()); }
  }

  // Latest finite value; the smoothed one where there is one.
  latest() {
    for (let i = this.length - 1; i >= 0; i--) {
      const value = this.#best(i);
      if (Number.isFinite(value)) { return value; }
    }
    return NaN;
  }

  nearest(x) {
    if (this.length === 0) { return NaN; }
    let low = 0, high = this.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.x[middle] <= x) { low = middle; } else { high = middle; }
    }
    return this.#best(x - this.x[low] <= this.x[high] - x ? low : high);
  }

  #best(i) { return Number.isFinite(this.smooth[i]) ? this.smooth[i] : this.y[i]; }

  #take(block, from) {
    for (let i = from; i < block.x.length; i++) {
      this.step.push(block.step[i]);
      this.x.push(block.x[i]);
      this.y.push(block.y[i]);
      this.smooth.push(block.smooth ? block.smooth[i] : NaN);
    }
  }

  #dropFrom(step) {
    let count = this.length;
    while (count > 0 && this.step[count - 1] >= step) { count--; }
    for (const column of columns) { this[column].length = count; }
  }

  // Lowest and highest of every bin, interruptions, and both ends. Bins are powers of two wide and start at zero: as the
  // run grows they merge in pairs, and an extreme that is kept stays where it was.
  #extremes() {
    const n = this.length;
    const width = 2 ** Math.ceil(Math.log2((this.end - this.x[0]) / (this.capacity / 2)));
    const kept = new Set([0, n - 1]);
    let low = -1, high = -1, bin = NaN;
    for (let i = 0; i < n; i++) {
      const own = Math.floor(this.x[i] / width);
      if (own !== bin) {
        if (low >= 0) { kept.add(low).add(high); }
        bin = own;
        low = high = -1;
      }
      if (Number.isNaN(this.y[i])) { kept.add(i); continue; }
      if (low < 0 || this.y[i] < this.y[low]) { low = i; }
      if (high < 0 || this.y[i] > this.y[high]) { high = i; }
    }
    if (low >= 0) { kept.add(low).add(high); }
    return [...kept].sort((a, b) => a - b);
  }

  #keep(indices) {
    for (const column of columns) { this[column] = indices.map(i => this[column][i]); }
  }
}
