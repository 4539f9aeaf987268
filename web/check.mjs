// Refuses what the content security policy would block at run time: inline styles, inline scripts
// and expressions that need `eval`. Also refuses POST forms without their CSRF token.
import { readFileSync } from 'node:fs';
import { files } from './tools/icons.mjs';

const REFUSED = [
  [/\sstyle\s*=/, 'an inline style; use a class, or an SVG attribute for a variable width'],
  [/<style\b/, 'an inline style sheet'],
  [/<script\b(?![^>]*\ssrc=)/, 'an inline script'],
  [/\shx-on\b/, 'hx-on evaluates script'],
  [/["'\s]js:/, 'js: evaluates script'],
  [/hx-trigger="[^"]*\[/, 'a trigger filter evaluates script'],
  [/\son[a-z]+\s*=\s*["'{]/, 'an inline event handler'],
  [/(?:src|href)="(?:https?:)?\/\//, 'a file from another host'],
];

const problems = [];
for (const file of files('templates')) {
  const text = readFileSync(file, 'utf8').replace(/\{#[\s\S]*?#\}/g, (comment) => comment.replace(/[^\n]/g, ' '));
  text.split('\n').forEach((line, index) => {
    for (const [pattern, reason] of REFUSED) {
      if (pattern.test(line)) problems.push(`${file}:${index + 1}: ${reason}`);
    }
  });
  for (const [form] of text.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g)) {
    if (!/csrf/.test(form)) problems.push(`${file}: a POST form without its CSRF token: ${form.slice(0, 80)}`);
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('templates keep to the content security policy');
