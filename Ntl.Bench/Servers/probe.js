// Runs in every page of a benchmark before the page's own scripts: notes what charts draw, when, and what the connection brings.
// Times are milliseconds since the epoch, by the clock of this machine.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const probe = window.ntlProbe = { origin: performance.timeOrigin, drawn: [], windows: [], bytes: 0, frames: 0, firstRow: null };

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', event => { probe.bytes += event.data.byteLength ?? event.data.length; probe.frames++; });
    }
  };

  // A drawing counts once the next frame begins: then the browser has finished the one that holds it.
  document.addEventListener('ntl:drawn', event => {
    const { title, points, lastX } = event.target.dataset;
    const entry = { title, points: Number(points), lastX: lastX === '' ? -1 : Number(lastX), refined: event.detail.refined };
    requestAnimationFrame(() => { entry.at = now(); probe.drawn.push(entry); });
  });
  document.addEventListener('ntl:window', () => probe.windows.push(now()));

  const rows = new MutationObserver(() => {
    if (document.querySelector('table.runs tbody tr')) {
      rows.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => { probe.firstRow = now(); }));
    }
  });
  rows.observe(document, { childList: true, subtree: true });
})();
