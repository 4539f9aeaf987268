// `<x-assistant>`: the conversation. It lies outside the page that navigation swaps, so an answer
// goes on while people look at something else.
//
// POST /assistant/messages `{conversation_id?, text}` answers with a stream of events:
// `step {text, items?}`, `token {text}`, `card {proposal}`, `done {conversation_id, text, citations, proposals}`.
import { $, $$, el, icon, on } from './dom.js';
import { events } from './event-stream.js';
import { post, problemText } from './http.js';
import { activate } from './navigation.js';
import { proposalCard } from './assistant-card.js';
import { prose } from './prose.js';
import { openAssistant } from './shell.js';
import { sentence } from './toast.js';

/** Within this distance of the end, in px, new text keeps the end in view. */
const STICKY = 160;

class Assistant extends HTMLElement {
  connectedCallback() {
    if (this.log) return;
    this.log = $('.msgs', this);
    this.field = $('textarea', this);
    this.conversation = this.dataset.conversation || null;
    this.blank = [...this.log.children].map((child) => child.cloneNode(true));
    $('form', this).addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.answering) this.stop();
      else this.ask(this.field.value);
    });
    this.field.addEventListener('keydown', (event) => this.key(event));
    this.field.addEventListener('paste', (event) => this.paste(event));
    this.addEventListener('click', (event) => {
      const suggestion = event.target.closest('.sugg button');
      if (suggestion) this.ask(suggestion.textContent);
    });
    this.restore(JSON.parse(this.dataset.history || '[]'));
  }

  key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!this.answering) this.ask(this.field.value);
    } else if (event.key === 'Escape' && this.answering) {
      event.stopPropagation();
      this.stop();
    }
  }

  /** `maxlength` would cut a paste without a word. All of it stays in the field, and the server says what is wrong. */
  paste(event) {
    const text = event.clipboardData.getData('text/plain');
    const { value, maxLength, selectionStart, selectionEnd } = this.field;
    if (value.length - (selectionEnd - selectionStart) + text.length <= maxLength) return;
    event.preventDefault();
    this.field.setRangeText(text, selectionStart, selectionEnd, 'end');
  }

  stop() {
    this.answering?.abort();
  }

  /** Shows what was said before the page was loaded. */
  restore(messages) {
    for (const { from, text, proposals = [], citations = [] } of messages) {
      if (from === 'user') this.said(text);
      else {
        const answer = this.answer();
        answer.append(el('div', 'txt', ...prose(text)), ...proposals.map(proposalCard));
        cite(answer, citations);
      }
    }
    this.log.scrollTop = this.log.scrollHeight;
  }

  clear() {
    this.stop();
    this.conversation = null;
    this.log.replaceChildren(...this.blank.map((child) => child.cloneNode(true)));
    $('.sugg', this).hidden = false;
    this.field.focus();
  }

  said(text) {
    $('[data-empty]', this.log)?.remove();
    $('.sugg', this).hidden = true;
    const message = el('div', 'msg-u', text);
    this.log.append(message);
    return message;
  }

  answer() {
    const answer = el('div', 'msg-a');
    this.log.append(answer);
    return answer;
  }

  async ask(text) {
    const question = text.trim();
    if (!question || this.answering) return;
    this.field.value = '';
    const message = this.said(question);
    const answer = this.answer();
    this.log.scrollTop = this.log.scrollHeight;
    this.busy(new AbortController());
    const reading = new Reading(answer, () => this.stick());
    try {
      for await (const { type, data } of events(await this.send(question))) {
        this.conversation = data.conversation_id ?? this.conversation;
        reading.take(type, data);
      }
      reading.end();
    } catch (error) {
      if (error instanceof Refusal) this.takeBack(message, text);
      reading.fail(failure(error));
    } finally {
      this.busy(null);
    }
  }

  /** The answer's response, or a `Refusal`: the server then has nothing of the message. */
  async send(question) {
    const body = this.conversation ? { conversation_id: this.conversation, text: question } : { text: question };
    // A refusal is a problem in JSON, an answer is a stream.
    const headers = { Accept: 'application/json, text/event-stream' };
    const response = await post('/assistant/messages', body, headers, { signal: this.answering.signal });
    if (!response.ok) throw new Refusal(await response.json().catch(() => null));
    return response;
  }

  /** Gives a message back to its field, to be changed and sent again. */
  takeBack(message, text) {
    if (this.field.value) return;
    this.field.value = text;
    message.remove();
  }

  busy(controller) {
    this.answering = controller;
    const send = $('[data-send]', this);
    send.setAttribute('aria-label', controller ? 'Stop' : 'Send');
    send.replaceChildren(icon(controller ? 'square' : 'arrow-up'));
    this.log.setAttribute('aria-busy', String(Boolean(controller)));
  }

  stick() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    if (scrollHeight - scrollTop - clientHeight < STICKY) this.log.scrollTop = scrollHeight;
  }
}

/** What the server said against a message. */
class Refusal extends Error {
  constructor(problem) {
    const about = (problem?.errors ?? []).filter(({ field }) => field === 'text');
    super(about.length > 0 ? `Your message ${about.map(({ message }) => message).join(', ')}.` : sentence(problemText(problem)));
  }
}

function failure(error) {
  if (error instanceof Refusal) return error.message;
  return error.name === 'AbortError' ? 'Stopped.' : `The answer was interrupted: ${error.message}.`;
}

/** One answer while it comes in. */
class Reading {
  constructor(answer, shown) {
    Object.assign(this, { answer, shown, text: '', block: null, frame: 0, cards: new Set(), ended: false });
    this.caret = el('span', 'caret');
    answer.append(this.caret);
  }

  take(type, data) {
    if (type === 'token') this.token(data.text);
    else if (type === 'step') this.step(data);
    else if (type === 'card') this.card(data.proposal ?? data);
    else if (type === 'done') this.done(data);
    else if (type === 'error') this.fail(data.detail);
    this.shown();
  }

  token(text) {
    this.text += text;
    if (!this.block) {
      this.block = el('div', 'txt');
      this.caret.before(this.block);
    }
    // Tokens come faster than frames: draw once a frame.
    this.frame ||= requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.frame = 0;
    this.block?.replaceChildren(...prose(this.text));
    this.shown();
  }

  /** Text after a step or a card is a new block. */
  closeBlock() {
    if (this.frame) cancelAnimationFrame(this.frame);
    this.draw();
    Object.assign(this, { block: null, text: '' });
  }

  step({ text, items = [] }) {
    this.closeBlock();
    const line = el('details', 'tool', el('summary', '', icon('check', 'ok'), text));
    if (items.length > 0) line.append(el('ul', '', ...items.map((item) => el('li', '', item))));
    this.caret.before(line);
  }

  card(proposal) {
    if (this.cards.has(proposal.id)) return;
    this.cards.add(proposal.id);
    this.closeBlock();
    const card = proposalCard(proposal);
    this.caret.before(card);
    activate(card);
  }

  /** The closing event repeats everything: what got lost on the way is shown now. */
  done({ text = '', proposals = [], citations = [] }) {
    if (text && !$('.txt', this.answer)) this.token(text);
    this.closeBlock();
    for (const proposal of proposals) this.card(proposal);
    cite(this.answer, citations);
    this.end();
  }

  end() {
    if (this.ended) return;
    this.ended = true;
    this.closeBlock();
    this.caret.remove();
  }

  fail(text) {
    this.end();
    this.answer.append(el('p', 'muted', text));
    this.shown();
  }
}

/** Links to the records behind an answer's figures. */
function cite(answer, citations) {
  if (citations.length === 0) return;
  const links = citations.map(({ title, url }) => {
    const link = el('a', '', title);
    link.href = url;
    return link;
  });
  const list = el('p', 'cites', ...links);
  answer.append(list);
  activate(list);
}

customElements.define('x-assistant', Assistant);

on('click', '[data-new-chat]', () => $('x-assistant')?.clear());

// «Ask the assistant» elsewhere on a page may bring its question.
on('click', '[data-ask]', (event, button) => {
  openAssistant();
  const [assistant] = $$('x-assistant');
  assistant.field.value = button.dataset.ask;
  assistant.field.focus();
});
