// A Kontor of its own: `kontor dev` with a private database in a new folder, on free ports.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** How long the first start may take, in milliseconds: it makes a database and the demo company. */
const START = 60_000;

/** Starts Kontor; answers its address and how to stop it. */
export async function start() {
  const binary = resolve(process.env.KONTOR ?? join(process.env.CARGO_TARGET_DIR ?? '../target', 'debug/kontor'));
  if (!existsSync(binary)) throw new Error(`${binary} is not built; run \`make test\`, or \`cargo build -p kontor\` first`);
  const data = mkdtempSync(join(tmpdir(), 'kontor-e2e-'));
  const [port, metrics] = await Promise.all([freePort(), freePort()]);
  const child = spawn(binary, ['dev', '--port', String(port), '--data', join(data, 'data')], {
    env: { ...process.env, KONTOR_METRICS_LISTEN: `127.0.0.1:${metrics}`, KONTOR_LIMIT_SIGN_UPS: '1000' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((done) => child.once('close', done));
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    return { origin: await address(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that Kontor prints once it serves. */
function address(child) {
  return new Promise((done, fail) => {
    let said = '';
    const timer = setTimeout(() => fail(new Error(`kontor dev did not start:\n${said}`)), START);
    const read = (chunk) => {
      said += chunk;
      const found = /Kontor runs at (http:\S+)/.exec(said);
      if (!found) return;
      clearTimeout(timer);
      done(found[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', (code) => fail(new Error(`kontor dev ended with ${code}:\n${said}`)));
  });
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
