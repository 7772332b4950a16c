// The stored points of a page's charts: one answer for all of them (RunCurves.cs), each chart drawn as soon as its part is here.
// Zooming asks for finer points of the part. None of it waits for the circuit.
import { decode } from './frame.js';
import { drawTogether } from './drawing.js';
import { members } from './group.js';

const gatheredFor = 200; // ms for which the charts of another view are gathered, to be drawn in one frame

const histories = new Map(); // by group

// Fetches what the address tells, unless that is drawn or on its way already. Resolves to the cursor behind the last point.
export function follow(group, address, again = false) {
  let history = histories.get(group);
  if (!history || again || history.address !== address) {
    const isFirst = !history;
    history?.abandon();
    const query = new URL(address, document.baseURI).searchParams;
    const axis = query.get('axis') ?? query.get('x') ?? 'step';
    for (const chart of members(group)) { chart.configure({ axis }); }
    history = new History(group, address, isFirst);
    histories.set(group, history);
  }
  return history.drawn;
}

// Shows a part of the x axis in all charts of the group, null for all of it, and fetches its finer points. Resolves when they are here.
export async function show(group, from, to) {
  const history = histories.get(group);
  if (!history || !history.turnTo(from, to)) { return; }
  for (const chart of members(group)) { chart.zoom(from, to); }
  await history.refine();
}

// A chart that comes after its points takes them now; a zoomed one tells the part.
export function giveStored(group, chart) {
  histories.get(group)?.give(chart);
}

export function forget(group) {
  histories.get(group)?.abandon();
  histories.delete(group);
}

class History {
  #group; #isFirst; #early = new Map(); #fine = new Map(); #window = null; #ending = new AbortController(); #refining = new AbortController();

  constructor(group, address, isFirst) {
    this.#group = group;
    this.#isFirst = isFirst;
    this.address = address;
    this.drawn = this.#load();
    this.drawn.catch(() => {}); // told to whoever awaits it
    const zoomed = [...members(group)].find(chart => chart.window);
    if (zoomed) { this.turnTo(...zoomed.window); this.refine(); }
  }

  abandon() {
    this.#ending.abort();
    this.#refining.abort();
  }

  give(chart) {
    const { title } = chart.options;
    if (this.#early.has(title)) { chart.take(...this.#early.get(title)); }
    if (this.#fine.has(title)) { chart.detail(this.#fine.get(title)); }
    this.#early.delete(title);
    this.#fine.delete(title);
    if (chart.window && this.turnTo(...chart.window)) { this.refine(); }
  }

  // False when that is shown already.
  turnTo(from, to) {
    const window = Number.isFinite(from) && Number.isFinite(to) ? [from, to] : null;
    if (String(window) === String(this.#window)) { return false; }
    this.#window = window;
    return true;
  }

  async refine() {
    this.#refining.abort();
    this.#fine.clear();
    const refining = this.#refining = new AbortController();
    if (!this.#window) { return; }
    const [from, to] = this.#window;
    try {
      await this.drawn; // a part is drawn over the whole
      await this.#read(`${this.address}${this.address.includes('?') ? '&' : '?'}from=${from}&to=${to}`, refining.signal,
        (head, blocks) => {
          const chart = this.#chart(head.title);
          if (chart) { chart.detail(blocks); } else { this.#fine.set(head.title, blocks); }
        });
    } catch {
      // The reader is elsewhere already, or the server is away: the coarse points stay.
    }
  }

  async #load() {
    for (let wait = 500; ; wait = Math.min(2 * wait, 5000)) {
      const parts = new Gathering(this.#isFirst ? 0 : gatheredFor, own => this.#hand(own));
      try {
        const cursor = await this.#read(this.address, this.#ending.signal, (head, blocks) => parts.add([head, blocks]));
        parts.flush();
        return cursor;
      } catch (error) {
        parts.drop();
        if (this.#ending.signal.aborted || error instanceof Refusal) { throw error; }
        await new Promise(resolve => setTimeout(resolve, wait)); // the server is away: again from the start
      }
    }
  }

  #hand(parts) {
    const drawn = [];
    for (const [head, blocks] of parts) {
      const chart = this.#chart(head.title);
      if (chart) { chart.take(head, blocks); drawn.push(chart); } else { this.#early.set(head.title, [head, blocks]); }
    }
    if (!this.#isFirst) { drawTogether(drawn); }
  }

  #chart(title) {
    for (const chart of members(this.#group)) {
      if (chart.options.title === title) { return chart; }
    }
    return null;
  }

  async #read(address, signal, take) {
    const response = await fetch(address, { signal });
    if (response.status === 429) { throw new Error('The server is busy.'); } // asked again, as when it is away
    if (!response.ok) { throw new Refusal(`The server answered ${response.status} for these points.`); }
    const parts = new Parts(response.body.getReader());
    for (let isFirst = true; ; isFirst = false) {
      const text = await parts.text();
      if (text === '') { return await parts.text(); }
      // A chart's title, or its whole head.
      take(text.startsWith('{') ? JSON.parse(text) : { title: text }, decode(await parts.bytes()));
      // A page that shows nothing yet shows its first chart before anything else is done.
      if (isFirst && this.#isFirst) { await shown(); }
    }
  }
}

// The next frames have begun: what was drawn is on the screen. A hidden tab has none.
function shown() {
  return new Promise(resolve => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, 100);
  });
}

class Refusal extends Error {}

// Hands on what has come within some time, all at once; without a time, each as it comes.
class Gathering {
  #time; #hand; #held = []; #timer = 0;

  constructor(time, hand) { [this.#time, this.#hand] = [time, hand]; }

  add(item) {
    this.#held.push(item);
    if (this.#time === 0) { this.flush(); } else { this.#timer ||= setTimeout(() => this.flush(), this.#time); }
  }

  flush() { this.#hand(this.drop()); }

  drop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    return this.#held.splice(0);
  }
}

// An answer in parts: u32 length, bytes.
class Parts {
  #reader; #held = new Uint8Array(0);

  constructor(reader) { this.#reader = reader; }

  async text() { return new TextDecoder().decode(await this.bytes()); }

  async bytes() {
    const length = await this.#take(4);
    return this.#take(new DataView(length.buffer, length.byteOffset, 4).getUint32(0, true));
  }

  async #take(count) {
    if (this.#held.length < count) {
      const chunks = [this.#held];
      let size = this.#held.length;
      while (size < count) {
        const { done, value } = await this.#reader.read();
        if (done) { throw new Error('The answer was cut off.'); }
        chunks.push(value);
        size += value.length;
      }
      this.#held = new Uint8Array(size);
      let at = 0;
      for (const chunk of chunks) { this.#held.set(chunk, at); at += chunk.length; }
    }
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }
}
