// `<x-chart>`: bars drawn from the accessible table inside it, at real pixels, in the brand's colours.
//
// The table's first column names the groups; every other column is a series whose cells carry the
// plain figure in `data-value` and the text people read as their content.
import { $, el, svg } from './dom.js';

const MARGIN = { left: 40, top: 8, bottom: 22 };
const BAR = { widest: 16, gap: 2, radius: 3 };
const STEPS = [1, 2, 2.5, 5, 10];

class Chart extends HTMLElement {
  connectedCallback() {
    if (this.observer) return;
    this.read();
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.observer?.disconnect();
    this.observer = null;
  }

  read() {
    const table = $('table', this);
    this.series = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
    this.groups = [...table.tBodies[0].rows].map((row) => ({
      name: row.cells[0].textContent,
      bars: [...row.cells].slice(1).map((cell) => ({
        value: cell.dataset.value ? Number(cell.dataset.value) : null,
        text: cell.textContent || '–',
      })),
    }));
  }

  draw() {
    const [width, height] = [this.clientWidth, this.clientHeight];
    if (!width || width === this.drawnWidth) return;
    this.drawnWidth = width;
    this.image?.remove();
    this.image = svg('svg', { 'aria-hidden': 'true', focusable: 'false' });
    const top = this.axis(width, height);
    const y = (value) => MARGIN.top + (height - MARGIN.top - MARGIN.bottom) * (1 - value / top);
    this.groups.forEach((group, index) => this.group(group, index, { width, height, y }));
    this.append(this.image);
  }

  /** Draws the grid and answers the value at its top. */
  axis(width, height) {
    const highest = Math.max(0, ...this.groups.flatMap(({ bars }) => bars.map(({ value }) => value ?? 0)));
    const step = highest > 0 ? niceStep(highest / 4) : 1;
    const top = Math.max(step, Math.ceil(highest / step) * step);
    // Without any figure the base line stands alone: a scale would be made up.
    for (let value = 0; value <= (highest > 0 ? top : 0); value += step) {
      const y = MARGIN.top + (height - MARGIN.top - MARGIN.bottom) * (1 - value / top);
      svg('line', { class: 'gl', x1: MARGIN.left, x2: width, y1: y, y2: y }, this.image);
      svg('text', { x: MARGIN.left - 8, y: y + 4, 'text-anchor': 'end' }, this.image).textContent = short(value);
    }
    return top;
  }

  group(group, index, { width, height, y }) {
    const space = (width - MARGIN.left) / this.groups.length;
    const center = MARGIN.left + space * (index + 0.5);
    const part = svg('g', {}, this.image);
    svg('rect', { class: 'hov', x: center - space / 2 + 1, y: MARGIN.top, width: Math.max(0, space - 2), height: height - MARGIN.top - MARGIN.bottom, rx: 4 }, part);
    const count = group.bars.length;
    const bar = Math.min(BAR.widest, (space * 0.62) / count);
    const left = center - (count * bar + (count - 1) * BAR.gap) / 2;
    // The last series is the oldest: it stands on the left, as time runs.
    group.bars.forEach(({ value }, series) => {
      if (value === null) return;
      const x = left + (count - 1 - series) * (bar + BAR.gap);
      svg('path', { class: `s${series}`, d: roundedBar(x, y(0), bar, y(0) - y(value)) }, part);
    });
    if (space > 32 || index % 2 === 0) {
      svg('text', { x: center, y: height - 5, 'text-anchor': 'middle' }, part).textContent = group.name;
    }
    const hit = svg('rect', { class: 'hit', x: center - space / 2, y: 0, width: space, height }, part);
    hit.addEventListener('pointerenter', () => this.point(part, group, center));
    hit.addEventListener('pointerleave', () => this.leave(part));
  }

  point(part, group, center) {
    part.classList.add('on');
    this.tip?.remove();
    this.tip = el('div', 'tip', el('b', '', group.name));
    this.series.forEach((name, index) => this.tip.append(el('div', '', name, el('span', '', group.bars[index].text))));
    this.append(this.tip);
    const right = center + 12 + this.tip.offsetWidth <= this.clientWidth;
    const left = right ? center + 12 : center - this.tip.offsetWidth - 12;
    this.tip.style.left = `${Math.max(0, left)}px`;
  }

  leave(part) {
    part.classList.remove('on');
    this.tip?.remove();
  }
}

/** The smallest of 1, 2, 2.5, 5 × 10ⁿ that is not below. */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * STEPS.find((step) => step * power >= least);
}

function short(value) {
  if (value >= 1e6) return `${round(value / 1e6)}M`;
  if (value >= 1e3) return `${round(value / 1e3)}k`;
  return String(round(value));
}

const round = (value) => Math.round(value * 10) / 10;

function roundedBar(x, bottom, width, height) {
  const radius = Math.min(BAR.radius, height);
  const side = height - radius;
  return `M${x},${bottom}v${-side}q0,${-radius} ${radius},${-radius}h${width - 2 * radius}q${radius},0 ${radius},${radius}v${side}z`;
}

customElements.define('x-chart', Chart);
