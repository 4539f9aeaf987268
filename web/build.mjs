// Builds the browser's files: bundles scripts and styles, collects the icons in use into one
// sprite, names every file by its content, and writes `dist/manifest.json`, which the server's
// `asset(name=…)` reads. Fails when a page would load more script and style than its budget.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { iconsInUse, sprite } from './tools/icons.mjs';

const OUT = 'dist';
/** Gzipped bytes of script and style that a list or document page may load. */
const BUDGET = 60_000;

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const { metafile } = await build({
  entryPoints: { app: 'scripts/app.js', docs: 'scripts/docs.js' },
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  outdir: OUT,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: '/assets/',
  // What the API's page brings along in its styles stays inside them.
  loader: { '.woff2': 'file', '.svg': 'dataurl' },
  target: ['chrome123', 'firefox128', 'safari18'],
  metafile: true,
  logLevel: 'warning',
});

const manifest = {};
const outputs = Object.entries(metafile.outputs);
for (const [path, output] of outputs) {
  const file = basename(path);
  const entry = /^scripts\/(app|docs)\.js$/.exec(output.entryPoint ?? '');
  if (entry) {
    manifest[`${entry[1]}.js`] = file;
    manifest[`${entry[1]}.css`] = basename(output.cssBundle);
  }
  const font = /^(inter-.*)-[A-Z0-9]{8}\.woff2$/.exec(file);
  if (font) manifest[`${font[1]}.woff2`] = file;
}

const icons = iconsInUse();
const svg = sprite(icons);
const hash = createHash('sha256').update(svg).digest('hex').slice(0, 8).toUpperCase();
manifest['icons.svg'] = `icons-${hash}.svg`;
writeFileSync(join(OUT, manifest['icons.svg']), svg);
writeFileSync(join(OUT, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);

report();
budget();

function gzipped(file) {
  return gzipSync(readFileSync(join(OUT, file)), { level: 9 }).length;
}

function report() {
  console.log(`${icons.length} icons`);
  const files = [...outputs.map(([path]) => basename(path)), manifest['icons.svg']];
  for (const file of files.filter((name) => /\.(js|css|svg)$/.test(name))) {
    const size = readFileSync(join(OUT, file)).length;
    console.log(file.padEnd(34), kilobytes(size).padStart(9), kilobytes(gzipped(file)).padStart(9), 'gz');
  }
}

/** Lists load the entry, what it imports, and the styles; documents load line reordering as well. */
function budget() {
  const entry = outputs.find(([, output]) => output.entryPoint === 'scripts/app.js');
  const list = new Set([entry[0], join(OUT, manifest['app.css'])]);
  collect(entry[1], list, (kind) => kind === 'import-statement');
  const sortable = outputs.find(([path]) => basename(path).startsWith('sortable'));
  const page = new Set([...list, ...(sortable ? [sortable[0]] : [])]);
  for (const [name, files] of [['list', list], ['document', page]]) {
    const total = [...files].reduce((sum, path) => sum + gzipped(basename(path)), 0);
    console.log(`${name} page`.padEnd(34), kilobytes(total).padStart(19), 'gz', `of ${kilobytes(BUDGET)}`);
    if (total > BUDGET) {
      console.error(`a ${name} page loads more than its budget of script and style`);
      process.exitCode = 1;
    }
  }
}

function collect(output, into, wanted) {
  for (const { path, kind } of output.imports) {
    if (!wanted(kind) || into.has(path) || !metafile.outputs[path]) continue;
    into.add(path);
    collect(metafile.outputs[path], into, wanted);
  }
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
