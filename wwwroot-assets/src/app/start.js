// Starts Blazor with a reconnection that never gives up: while the server cannot be reached it keeps trying, at once when the
// network or the tab comes back; when the server answers that it no longer knows this page, the page loads itself again
// and its URL restores the view.

import { loadKit } from './kit.js';

const delays = [0, 400, 800, 1500, 2500, 4000];
let attempt = null;

function banner(state) {
  const element = document.getElementById('connection');
  if (!element) { return; }
  element.dataset.state = state;
  element.querySelector('[role="status"]').textContent = {
    up: '',
    down: 'Connection lost. Reconnecting…',
    reload: 'The server was restarted. Loading the page again…',
  }[state];
}

// A server on its way out still answers now and then: only one that serves pages may be asked for this one.
async function loadAgain() {
  banner('reload');
  for (;;) {
    try {
      if ((await fetch(location.href, { cache: 'no-store' })).ok) { location.reload(); return; }
    } catch {
      // Not there yet.
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

class Reconnection {
  #stopped = false;
  #wake = () => {};

  constructor() {
    for (const name of ['online', 'focus']) { window.addEventListener(name, this.#hurry); }
    document.addEventListener('visibilitychange', this.#hurry);
    this.#run();
  }

  stop() {
    this.#stopped = true;
    this.#wake();
    for (const name of ['online', 'focus']) { window.removeEventListener(name, this.#hurry); }
    document.removeEventListener('visibilitychange', this.#hurry);
  }

  #hurry = () => { if (!document.hidden) { this.#wake(); } };

  async #run() {
    // A blip shorter than this is not worth a banner.
    const shown = setTimeout(() => banner('down'), 600);
    for (let count = 0; !this.#stopped; count++) {
      await this.#pause(delays[Math.min(count, delays.length - 1)]);
      if (this.#stopped) { break; }
      try {
        // False: the server answered and does not know this circuit any more.
        if (!await Blazor.reconnect()) { clearTimeout(shown); await loadAgain(); return; }
        break;
      } catch {
        // The server did not answer; try again.
      }
    }
    clearTimeout(shown);
  }

  #pause(delay) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, delay);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}

// What is typed while the connection goes down, or is down, never reaches the server: it is said again when the connection is back.
const unsure = 2000; // ms before a loss is noticed in which events may have been lost
const typed = new Map(); // when each field was last typed in
document.addEventListener('input', ({ target }) => {
  for (const field of typed.keys()) { if (!field.isConnected) { typed.delete(field); } } // of pages that were left
  typed.set(target, performance.now());
});
let lostAt = 0;

function sayAgain() {
  const fields = [...typed].filter(([field, at]) => at > lostAt - unsure && field.isConnected).map(([field]) => field);
  typed.clear();
  for (const field of fields) {
    for (const name of ['input', 'change']) { field.dispatchEvent(new Event(name, { bubbles: true })); }
  }
}

const begin = () => Blazor.start({
  circuit: {
    reconnectionHandler: {
      onConnectionDown: () => { lostAt = performance.now(); attempt ??= new Reconnection(); },
      onConnectionUp: () => { attempt?.stop(); attempt = null; banner('up'); sayAgain(); },
    },
  },
});

// The first response is shown first, with its first chart if it has any: starting Blazor at once would hold it up.
function firstSight() {
  const hasCharts = document.querySelector('[data-curves]');
  return Promise.race([
    new Promise(resolve => {
      const settle = () => requestAnimationFrame(() => setTimeout(resolve));
      if (hasCharts) { document.addEventListener('ntl:drawn', settle, { once: true }); } else { settle(); }
    }),
    new Promise(resolve => setTimeout(resolve, hasCharts ? 800 : 100)), // also when the tab is hidden, where no frame comes
  ]);
}

// Without a first connection the page shows but does not answer: try again from the start.
firstSight().then(begin).then(() => { banner('up'); loadKit(); }, () => setTimeout(loadAgain, 2000));
