// The time line: a block for each phase, as wide as its share of the steps but never too narrow to press, with an edge after each to stretch it by.
import { compact, share as percent } from '../charts/format.js';

const narrowest = 34; // px, while there is room
const crowd = 12;     // px a block where there are too many to show their shares

export class Blocks {
  #strip;
  #list;
  #blocks = [];
  #edges = [];

  constructor(host) {
    this.#strip = document.createElement('div');
    this.#strip.className = 'stage-strip';
    this.#list = document.createElement('div');
    this.#list.className = 'stage-blocks';
    this.#list.setAttribute('role', 'listbox');
    this.#list.setAttribute('aria-label', 'Phases in order');
    this.#list.setAttribute('aria-orientation', 'horizontal');
    this.#strip.append(this.#list);
    host.append(this.#strip);
  }

  get list() { return this.#list; }

  show(model) {
    while (this.#blocks.length > model.phases.length) {
      this.#blocks.pop().remove();
      this.#edges.pop().remove();
    }
    while (this.#blocks.length < model.phases.length) {
      const i = this.#blocks.length;
      const block = document.createElement('div');
      block.className = 'stage-block';
      block.setAttribute('role', 'option');
      block.dataset.block = i;
      block.innerHTML = '<span class="stage-block-name"></span><span class="stage-block-steps"></span>';
      const edge = document.createElement('div');
      edge.className = 'stage-edge';
      edge.dataset.edge = i + 1;
      edge.setAttribute('aria-hidden', 'true');
      this.#blocks.push(block);
      this.#edges.push(edge);
      this.#list.append(block);
      this.#strip.append(edge);
    }
    model.phases.forEach((phase, i) => {
      const block = this.#blocks[i];
      const isChosen = i === model.selected;
      block.tabIndex = isChosen ? 0 : -1;
      block.setAttribute('aria-selected', isChosen);
      block.setAttribute('aria-label', phase.words);
      block.title = phase.words;
      block.children[0].textContent = phase.title;
      block.classList.toggle('is-hot', phase.isHot === true);
    });
  }

  // Widths for the phases as they are now; called for every frame of a drag.
  place(phases, total, room) {
    const widths = this.#widths(phases, total, room);
    let left = 0;
    phases.forEach((phase, i) => {
      const style = this.#blocks[i].style;
      style.left = `${left}px`;
      style.width = `${Math.max(1, widths[i] - 2)}px`;
      const steps = `${compact(phase.steps)} · ${percent(phase.steps / total)}`;
      if (this.#blocks[i].children[1].textContent !== steps) { this.#blocks[i].children[1].textContent = steps; }
      left += widths[i];
      this.#edges[i].style.left = `${left - 1}px`;
    });
    this.#list.style.width = `${left}px`;
  }

  #widths(phases, total, room) {
    if (phases.length * crowd > room) { return phases.map(() => crowd); }
    const least = Math.min(narrowest, room / phases.length);
    const shares = phases.map(phase => phase.steps / total * room);
    const short = shares.reduce((sum, share) => sum + Math.max(0, least - share), 0);
    const spare = shares.reduce((sum, share) => sum + Math.max(0, share - least), 0);
    return spare <= 0 ? shares.map(() => room / phases.length) : shares.map(share => share < least ? least : share - (share - least) * short / spare);
  }

  focus(index) { this.#blocks[index]?.focus({ preventScroll: true }); }
  reveal(index) { this.#blocks[index]?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }

  // Where a block that is dragged would be put: before the first block whose middle is right of the pointer.
  indexAt(clientX, from) {
    const rest = this.#blocks.filter((_, i) => i !== from);
    const at = rest.findIndex(block => { const box = block.getBoundingClientRect(); return clientX < box.left + box.width / 2; });
    return at < 0 ? rest.length : at;
  }

  lift(index, offset) {
    this.#blocks.forEach((block, i) => {
      block.classList.toggle('is-lifted', i === index);
      block.style.transform = i === index ? `translateX(${offset}px)` : '';
    });
  }

  showGap(from, to) {
    this.#blocks.forEach((block, i) => {
      const place = i > from ? i - 1 : i; // among the others
      block.classList.toggle('is-before-gap', from !== null && i !== from && to !== from && place === to);
      block.classList.toggle('is-after-gap', from !== null && i !== from && to !== from && place === to - 1 && to === this.#blocks.length - 1);
    });
  }
}
