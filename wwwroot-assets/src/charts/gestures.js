// Moving about in a chart: alt+scroll zooms at the pointer, shift+drag pans, double click shows all, keys do the same.
// Dragging a box zooms too; that is uPlot's own selection (see chart.js).

export function attachGestures(u, chart, signal) {
  const over = u.over;
  const toValue = event => u.posToVal(event.clientX - over.getBoundingClientRect().left, 'x');

  over.addEventListener('wheel', event => {
    const zooms = event.altKey || event.ctrlKey;
    const pans = chart.isZoomed && Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!zooms && !pans) { return; }
    event.preventDefault();
    const { min, max } = u.scales.x;
    if (zooms) {
      const factor = Math.exp(Math.sign(event.deltaY) * 0.2);
      const at = toValue(event);
      chart.userZoom(at - (at - min) * factor, at + (max - at) * factor);
    } else {
      const shift = (event.deltaX / over.clientWidth) * (max - min);
      chart.userPan(shift);
    }
  }, { signal, passive: false });

  over.addEventListener('pointerdown', event => {
    if (!event.shiftKey || event.button !== 0 || !chart.isZoomed) { return; }
    // uPlot listens to mouse events: stop it from starting a selection.
    over.addEventListener('mousedown', stop => stop.stopImmediatePropagation(), { capture: true, once: true });
    over.setPointerCapture(event.pointerId);
    over.classList.add('panning');
    let from = event.clientX;
    const drag = new AbortController();
    const end = () => { over.classList.remove('panning'); drag.abort(); };
    over.addEventListener('pointermove', move => {
      const { min, max } = u.scales.x;
      chart.userPan(((from - move.clientX) / over.clientWidth) * (max - min));
      from = move.clientX;
    }, { signal: drag.signal });
    over.addEventListener('pointerup', end, { signal: drag.signal });
    over.addEventListener('pointercancel', end, { signal: drag.signal });
  }, { signal, capture: true });
}

export function attachKeys(plot, chart, signal) {
  plot.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    const action = keys[event.key];
    if (action) { event.preventDefault(); action(chart, event); }
  }, { signal });
}

const keys = {
  '+': chart => chart.userScale(1 / 1.5),
  '=': chart => chart.userScale(1 / 1.5),
  '-': chart => chart.userScale(1.5),
  0: chart => chart.userZoom(null, null),
  Escape: chart => chart.userZoom(null, null),
  ArrowLeft: (chart, event) => event.shiftKey ? chart.userPanShare(-0.2) : chart.moveCursor(-1),
  ArrowRight: (chart, event) => event.shiftKey ? chart.userPanShare(0.2) : chart.moveCursor(1),
  Home: chart => chart.moveCursor(-Infinity),
  End: chart => chart.moveCursor(Infinity),
};
