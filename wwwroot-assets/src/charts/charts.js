// What TimeSeriesChart.razor and RunCharts.razor import. One call builds a chart in its host element; the handle does the rest.
import { Chart } from './chart.js';
import { drawEarly, takeEarly } from './early.js';
import { decode } from './frame.js';

export { follow, show } from './history.js';
export { pin } from './light.js';

export function create(host, options, component) {
  const early = takeEarly(options.group, options.title);
  early?.adopt(host, options, component);
  const chart = early ?? new Chart(host, options, component);
  return {
    replace: bytes => chart.replace(decode(bytes)),
    append: bytes => chart.append(decode(bytes)),
    configure: changes => chart.configure(changes),
    dispose: () => chart.dispose(),
  };
}

drawEarly();
