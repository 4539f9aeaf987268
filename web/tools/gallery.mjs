// Serves rendered fixture pages with the app's headers, and opens Chromium on them.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { answer } from './stand-in.mjs';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ');
const TYPES = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2', html: 'text/html; charset=utf-8' };

/** Serves the pages of a folder; answers the origin and the server. */
export async function serve(pages) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    const headers = { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin' };
    const send = (status, type, body) => response.writeHead(status, { ...headers, 'Content-Type': type }).end(body);
    const asset = url.pathname.startsWith('/assets/') && join('dist', url.pathname.slice('/assets/'.length));
    const page = url.pathname.startsWith('/pages/') && join(pages, `${url.pathname.slice('/pages/'.length)}.html`);
    const file = asset || page;
    if (file && existsSync(file)) return send(200, TYPES[file.split('.').pop()], readFileSync(file));
    const { status = 200, type, body } = answer(request.method, url) ?? { status: 404, type: 'text/plain', body: 'not found' };
    return send(status, type, body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

/** Opens Chromium without its talk to the outside. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
