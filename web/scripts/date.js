// Dates as people write them, in the tenant's locale: `20 Nov`, `+7`, `20.11.2026`, `fri`, `today`.
//
// A date is a UTC midnight, so that no clock change moves it. «Today» is the tenant's, not the browser's.

const root = document.documentElement;
const locale = root.dataset.locale === 'de' ? 'de' : 'en';
const DAY = 86_400_000;
// English and German names; any beginning of three letters names a month, of two a day.
const MONTHS = [
  ['january', 'januar'], ['february', 'februar'], ['march', 'märz'], ['april', 'april'], ['may', 'mai'], ['june', 'juni'],
  ['july', 'juli'], ['august', 'august'], ['september', 'september'], ['october', 'oktober'], ['november', 'november'],
  ['december', 'dezember'],
];
const WEEKDAYS = [
  ['sunday', 'sonntag'], ['monday', 'montag'], ['tuesday', 'dienstag'], ['wednesday', 'mittwoch'],
  ['thursday', 'donnerstag'], ['friday', 'freitag'], ['saturday', 'samstag'],
];
const WORDS = { today: 0, heute: 0, tomorrow: 1, morgen: 1, yesterday: -1, gestern: -1 };

// The day and month names come from these tables and not from Intl, whose spelling differs between browsers.
const ENGLISH_SHORT = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The tenant's today. */
export function today() {
  return fromIso(root.dataset.today) ?? new Date(Math.floor(Date.now() / DAY) * DAY);
}

export function addDays(date, days) {
  return new Date(date.getTime() + days * DAY);
}

export function addMonths(date, months) {
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return addDays(first, Math.min(date.getUTCDate(), last) - 1);
}

/** `20 Nov 2026` or `20.11.2026`. */
export function formatDate(date) {
  const [day, month, year] = [date.getUTCDate(), date.getUTCMonth(), date.getUTCFullYear()];
  if (locale === 'de') return `${String(day).padStart(2, '0')}.${String(month + 1).padStart(2, '0')}.${year}`;
  return `${day} ${ENGLISH_SHORT[month]} ${year}`;
}

/** The whole date in words, for people who hear it. */
export function spokenDate(date) {
  return new Intl.DateTimeFormat(locale === 'de' ? 'de' : 'en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(date);
}

/** `November 2026`. */
export function monthTitle(date) {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(date);
}

/** The seven days from Monday: short and long names. */
export function weekdays() {
  const monday = new Date(Date.UTC(2024, 0, 1));
  return [0, 1, 2, 3, 4, 5, 6].map((offset) => {
    const name = (weekday) => new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(addDays(monday, offset));
    return { short: name('short').slice(0, 2), long: name('long') };
  });
}

/** The placeholder that shows how a date may look. */
export const example = () => formatDate(today());

/** Reads what was typed; `null` when it is no date. */
export function parseDate(text) {
  const plain = text.trim().toLowerCase();
  if (Object.hasOwn(WORDS, plain)) return addDays(today(), WORDS[plain]);
  return fromOffset(plain) ?? fromIso(plain) ?? fromWeekday(plain) ?? fromMonthName(plain) ?? fromFigures(plain);
}

function fromOffset(text) {
  const match = /^([+-]\d{1,4})$/.exec(text);
  return match ? addDays(today(), Number(match[1])) : null;
}

function fromIso(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '');
  return match ? valid(match[1], match[2], match[3]) : null;
}

/** The next such day after today. */
function fromWeekday(text) {
  const wanted = named(text, 2, WEEKDAYS);
  if (wanted < 0) return null;
  const ahead = (wanted - today().getUTCDay() + 7) % 7;
  return addDays(today(), ahead === 0 ? 7 : ahead);
}

/** Which of the names the text begins, written out to at least `least` letters; -1 for none. */
function named(text, least, names) {
  const plain = text.replace(/\.$/, '');
  return plain.length < least ? -1 : names.findIndex((both) => both.some((name) => name.startsWith(plain)));
}

/** `20 Nov`, `20. November 2026`, `Nov 20`. */
function fromMonthName(text) {
  const match =
    /^(\d{1,2})\.?\s*([a-zä]{3,})\.?,?\s*(\d{2,4})?$/.exec(text) ??
    swap(/^([a-zä]{3,})\.?\s*(\d{1,2}),?\s*(\d{4})?$/.exec(text));
  if (!match) return null;
  const month = named(match[2], 3, MONTHS);
  return month < 0 ? null : dated(match[1], month + 1, match[3]);
}

function swap(match) {
  return match ? [match[0], match[2], match[1], match[3]] : null;
}

/** Day before month, as both locales write it. */
function fromFigures(text) {
  const match = /^(\d{1,2})[./\s-](\d{1,2})(?:[./\s-](\d{2,4})?)?$/.exec(text);
  return match ? dated(match[1], match[2], match[3]) : null;
}

/** Without a year the nearest such date, from half a year back to half a year ahead. */
function dated(day, month, year) {
  if (year) return valid(year.length === 2 ? `20${year}` : year, month, day);
  const now = today();
  const near = [-1, 0, 1]
    .map((offset) => valid(now.getUTCFullYear() + offset, month, day))
    .filter(Boolean)
    .sort((a, b) => Math.abs(a - now) - Math.abs(b - now));
  return near[0] ?? null;
}

function valid(year, month, day) {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const same = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return same && Number(year) >= 1900 ? date : null;
}
