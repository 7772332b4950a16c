// The peer of the comparison: every point of every run, fetched as CSV and handed to uPlot as it is. Gives the milliseconds until all charts are on the screen.
async runs => {
  const keys = ['train/loss', 'val/loss', 'train/learning_rate'];
  const start = performance.now();
  const query = keys.map(key => `key=${encodeURIComponent(key)}`).join('&');
  const texts = await Promise.all(runs.map(run => fetch(`/api/v1/runs/${run}/metrics.csv?${query}`).then(answer => answer.text())));
  const tables = Object.fromEntries(keys.map(key => [key, []]));
  for (const text of texts) {
    const own = Object.fromEntries(keys.map(key => [key, [[], []]]));
    const rows = text.split('\n');
    for (let i = 1; i < rows.length - 1; i++) {
      const [key, , step, value] = rows[i].split(',');
      own[key][0].push(Number(step));
      own[key][1].push(Number(value));
    }
    for (const key of keys) { tables[key].push(own[key]); }
  }
  for (const key of keys) {
    const host = document.body.appendChild(document.createElement('div'));
    const series = [{}, ...runs.map((run, i) => ({ label: run, stroke: `hsl(${i * 37 % 360} 60% 50%)`, points: { show: false } }))];
    new uPlot({ width: 1100, height: 320, series, scales: { x: { time: false } }, legend: { show: false } }, uPlot.join(tables[key]), host);
  }
  await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return performance.now() - start;
}
