// Requests that do not go through htmx. Same origin only, with the CSRF token on every write.
import { meta } from './dom.js';

/** A failed request: what the server said, or that it was not reached. */
export class RequestError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** GET, answered with JSON. */
export async function getJson(url, options = {}) {
  const response = await fetch(url, { ...options, headers: { Accept: 'application/json' } });
  return readJson(response);
}

/** POST of a form or of an object as JSON, answered with JSON. */
export async function postJson(url, body, options = {}) {
  return readJson(await post(url, body, { Accept: 'application/json' }, options));
}

/** POST of a form or of an object as JSON; the caller reads the response. */
export function post(url, body, headers = {}, options = {}) {
  const form = body instanceof FormData;
  return fetch(url, {
    ...options,
    method: 'POST',
    headers: {
      'X-CSRF-Token': meta('csrf'),
      ...(form ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: form ? body : JSON.stringify(body ?? {}),
  });
}

async function readJson(response) {
  const text = await response.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    throw new RequestError('the server gave an answer this page does not understand', response.status);
  }
  if (!response.ok) throw new RequestError(problemText(body), response.status);
  return body;
}

/** What `application/problem+json` says to people. */
export function problemText(problem) {
  return problem?.detail ?? problem?.title ?? 'that did not go through';
}
