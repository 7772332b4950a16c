// Colours of the current theme. A token may be a light-dark() pair, which only a real element resolves.

export class Palette {
  #probe;
  #known = new Map();

  constructor() {
    this.#probe = document.createElement('span');
    this.#probe.hidden = true;
  }

  moveTo(host) { host.append(this.#probe); }

  get(token) {
    let color = this.#known.get(token);
    if (color === undefined) {
      this.#probe.style.color = `var(${token})`;
      color = getComputedStyle(this.#probe).color;
      this.#known.set(token, color);
    }
    return color;
  }

  faint(token, share) {
    return `color-mix(in srgb, ${this.get(token)} ${Math.round(share * 100)}%, transparent)`;
  }

  forget() { this.#known.clear(); }
}
