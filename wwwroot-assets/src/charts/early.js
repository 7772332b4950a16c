// Charts of the page's first response: drawn from it, before Blazor has started. When Blazor then puts its own elements in their place
// the charts move over, within the same frame, and its components take them as theirs.
import { Chart } from './chart.js';
import { follow } from './history.js';

const waiting = new Map(); // charts that no component has taken yet, by group and title
const key = (group, title) => `${group}/${title}`;

export async function drawEarly() {
  const page = document.querySelector('[data-curves]');
  if (!page) { return; }
  follow(page.dataset.group, page.dataset.curves); // first, so that the points travel while the charts are built
  const firstDrawing = new Promise(resolve => {
    document.addEventListener('ntl:drawn', () => requestAnimationFrame(resolve), { once: true });
    setTimeout(resolve, 800);
  });
  mover.observe(document.body, { childList: true, subtree: true });
  for (const host of page.querySelectorAll('.chart[data-options]')) {
    if (host.getBoundingClientRect().top > innerHeight) { await firstDrawing; }
    if (!host.isConnected) { return; } // Blazor was faster: its components build the rest
    const options = JSON.parse(host.dataset.options);
    waiting.set(key(options.group, options.title), new Chart(host, options, null));
    await turn();
  }
}

// Lets the browser draw what is there before the next chart is built.
function turn() {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); resolve(); };
    port2.postMessage(null);
  });
}

// The chart that stands in a component's place already, if any.
export function takeEarly(group, title) {
  const chart = waiting.get(key(group, title));
  waiting.delete(key(group, title));
  if (waiting.size === 0) { mover.disconnect(); }
  return chart;
}

const mover = new MutationObserver(records => {
  for (const { addedNodes } of records) {
    for (const node of addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) { continue; }
      for (const host of node.matches('.chart') ? [node] : node.querySelectorAll('.chart')) {
        waiting.get(key(host.dataset.group, host.dataset.title))?.moveTo(host);
      }
    }
  }
});
