// The icons in use, and the one sprite that holds them.
//
// Icons are named in three places: `icon(name="…")` in templates, `icon('…')` in scripts, and the
// `icons!` list in `src/view/icon.rs`. An icon that Lucide lacks stops the build.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const WHERE = [
  { folder: 'templates', pattern: /\bicon\(name="([a-z0-9-]+)"/g },
  { folder: 'scripts', pattern: /\bicon\('([a-z0-9-]+)'/g },
  { folder: 'scripts', pattern: /\bicon: '([a-z0-9-]+)'/g },
];
const LIST = { file: 'src/view/icon.rs', pattern: /^\s+[A-Z]\w+ => "([a-z0-9-]+)",/gm };

export function iconsInUse() {
  const names = new Set();
  for (const { folder, pattern } of WHERE) {
    for (const file of files(folder)) add(names, readFileSync(file, 'utf8'), pattern);
  }
  add(names, readFileSync(LIST.file, 'utf8'), LIST.pattern);
  return [...names].sort();
}

export function sprite(names) {
  const symbols = names.map((name) => {
    const source = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8');
    const shapes = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(source)[1].replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

export function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function add(names, text, pattern) {
  for (const match of text.matchAll(pattern)) names.add(match[1]);
}
