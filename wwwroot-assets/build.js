// Bundles what Ntl's pages load into the folder given as the first argument (default: Ntl.Web/wwwroot/lib).
import { build } from 'esbuild';
import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? path.join(here, '../Ntl.Web/wwwroot/lib');

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });

const shared = { bundle: true, entryNames: '[name]', minify: true, sourcemap: 'linked', target: 'es2022', absWorkingDir: here, logLevel: 'warning' };

await Promise.all([
  // Classic scripts: must run before the page is shown, or before Blazor starts.
  build({ ...shared, entryPoints: ['src/app/shell.js', 'src/app/start.js'], outdir: output, format: 'iife' }),
  // Modules that components import.
  build({ ...shared, entryPoints: ['src/charts/charts.js', 'src/app/page.js', 'src/lab/formula.js', 'src/plots/plots.js', 'src/composer/composer.js'], outdir: output, format: 'esm' }),
  build({
    ...shared,
    sourcemap: false,
    entryPoints: ['src/styles/fonts.css', 'src/styles/charts.css', 'src/lab/formula.css'],
    outdir: output,
    assetNames: 'fonts/[name]',
    loader: { '.woff2': 'file' },
    // KaTeX names older formats after woff2; no browser that runs our scripts asks for them.
    external: ['*.woff', '*.ttf'],
  }),
  // For viewers of RunHub outside our pages.
  cp(path.join(here, 'node_modules/@microsoft/signalr/dist/browser/signalr.min.js'), path.join(output, 'signalr.js')),
]);
