// The handles on the curve: corners between phases, peaks, floors, points. Each is a slider of its rate that also carries the boundary; arrow keys move it as a hand does.
import { count, rate as rateText } from '../charts/format.js';

export class Handles {
  #layer;
  #byId = new Map();

  constructor(host) {
    this.#layer = document.createElement('div');
    this.#layer.className = 'stage-handles';
    host.append(this.#layer);
  }

  // Keeps the elements of handles that stay, and with them the focus.
  show(model) {
    const seen = new Set();
    for (const node of model.nodes) {
      seen.add(node.id);
      let handle = this.#byId.get(node.id);
      if (!handle) {
        handle = document.createElement('div');
        handle.setAttribute('role', 'slider');
        handle.tabIndex = 0;
        handle.dataset.handle = node.id;
        this.#byId.set(node.id, handle);
        this.#layer.append(handle);
      }
      handle.className = `stage-handle${node.point === null ? '' : ' is-point'}${node.low === null ? ' is-fixed' : ''}`;
      handle.setAttribute('aria-label', node.label);
      handle.setAttribute('aria-valuemin', node.low ?? node.rate);
      handle.setAttribute('aria-valuemax', node.high === null ? node.rate : Math.min(node.high, Math.max(model.peak * 10, node.rate)));
      handle.setAttribute('aria-orientation', 'vertical');
    }
    for (const [id, handle] of this.#byId) {
      if (!seen.has(id)) { handle.remove(); this.#byId.delete(id); }
    }
    const wanted = model.nodes.map(node => this.#byId.get(node.id));
    if (wanted.some((handle, i) => this.#layer.children[i] !== handle)) { // in the curve's order, for the Tab key
      const focused = document.activeElement;
      this.#layer.append(...wanted);
      if (wanted.includes(focused)) { focused.focus({ preventScroll: true }); }
    }
  }

  place(node, step, rate, picture) {
    const handle = this.#byId.get(node.id);
    if (!handle) { return; }
    handle.style.transform = `translate(${picture.x(step)}px, ${picture.y(rate)}px)`;
    handle.setAttribute('aria-valuenow', rate);
    handle.setAttribute('aria-valuetext', `rate ${rateText(rate)} at step ${count(step)}`);
  }

  mark(id) { for (const [key, handle] of this.#byId) { handle.classList.toggle('is-dragged', key === id); } }
}
