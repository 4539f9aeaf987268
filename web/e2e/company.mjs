// The companies of the story: one writes figures the English way, one the German way.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SEPARATORS = { en: ['.', ','], de: [',', '.'] };

export class Company {
  constructor({ name, country, language }) {
    Object.assign(this, { name, country, language });
    this.slug = name.toLowerCase().replaceAll(' ', '-');
    this.email = `owner@${this.slug}.example`;
    this.password = 'a-long-enough-sentence';
  }

  /** A day, given as `2026-11-27`, as the company's pages write it: `27 Nov 2026` or `27.11.2026`. */
  day(iso) {
    const [year, month, day] = iso.split('-');
    if (this.language === 'de') return `${day}.${month}.${year}`;
    return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
  }

  /** An amount as the company's pages write it: `1,234.50` or `1.234,50`. */
  figure(amount, places = 2) {
    const [decimal, group] = SEPARATORS[this.language];
    const [whole, part] = amount.toFixed(places).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
    return part ? `${grouped}${decimal}${part}` : grouped;
  }

  /** An amount in the company's currency: `€ 1,234.50` or `1.234,50 €`. */
  money(amount) {
    return this.language === 'de' ? `${this.figure(amount)} €` : `€ ${this.figure(amount)}`;
  }
}
