// The two ways to work: with a mouse, or with the keyboard alone. Both offer the same verbs, so one
// story is told twice. Typing is by keyboard in both.

/** After this many presses of Tab a control counts as out of reach. */
const OUT_OF_REACH = 300;

export class Mouse {
  constructor(page) {
    this.page = page;
  }

  /** Activates a button or a link. */
  press(target) {
    return target.click();
  }

  /** Replaces what a field holds. */
  async write(field, text) {
    await field.click({ clickCount: 3 });
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(text);
  }

  /** Chooses in a `<select>`; its list belongs to the system, so no pointer is involved. */
  choose(select, label) {
    return select.selectOption({ label });
  }

  /** Hands a file to a file field through the browser's own dialog. */
  async attach(field, path) {
    const opened = this.page.waitForEvent('filechooser');
    await this.page.locator('label', { has: field }).click();
    await (await opened).setFiles(path);
  }

  /** Takes the first record a typeahead field offers. */
  async link(field, text, offered) {
    await this.write(field, text);
    await this.page.locator('.combo-list [role=option]', { hasText: offered }).first().click();
  }

  /** Opens a page of the navigation. */
  async go(label) {
    await this.unfoldNavigation();
    await this.page.locator('.side .nav a', { hasText: label }).first().click();
  }

  async unfoldNavigation() {
    const opener = this.page.locator('[data-open-nav]');
    if (await opener.isVisible()) await opener.click();
  }

  /** Opens the form of a new record, from its list. */
  async create(label) {
    const fab = this.page.locator('.tabbar [popovertarget=m-create]');
    if (!(await fab.isVisible())) return this.page.locator('.page-head [data-key=c]').click();
    await fab.click();
    return this.page.locator('#m-create a', { hasText: label }).click();
  }

  save() {
    return this.page.locator('[data-save]').click();
  }

  /** Shows the assistant, or hides it when it lies over the page. */
  openAssistant() {
    return this.page.locator('[data-toggle-assistant]:visible').first().click();
  }

  closeAssistant() {
    return this.page.locator('#assistant [data-toggle-assistant]').click();
  }

  /** Opens a record by the global search. */
  async find(text, title) {
    await this.page.locator('[data-open-palette]:visible').first().click();
    await this.page.keyboard.type(text);
    await offered(this.page, title).first().click();
  }
}

export class Keyboard {
  constructor(page) {
    this.page = page;
  }

  async press(target) {
    await this.reach(target);
    await this.page.keyboard.press('Enter');
  }

  async write(field, text) {
    await this.reach(field);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(text);
  }

  /** Typing the label chooses it, as in any `<select>`. */
  async choose(select, label) {
    await this.reach(select);
    await this.page.keyboard.type(label);
  }

  async attach(field, path) {
    await this.reach(field);
    // A `<select>` that was just typed into may take the first key for its list.
    for (let presses = 0; presses < 3; presses += 1) {
      const opened = this.page.waitForEvent('filechooser', { timeout: 1000 }).catch(() => null);
      await this.page.keyboard.press('Space');
      const chooser = await opened;
      if (chooser) return chooser.setFiles(path);
    }
    throw new Error(`${field} opens no file dialog`);
  }

  async link(field, text, offered) {
    await this.write(field, text);
    await this.page.locator('.combo-list [role=option][aria-selected=true]', { hasText: offered }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  go(label) {
    return this.find(label, label, { page: true });
  }

  create() {
    return this.page.keyboard.press('c');
  }

  save() {
    return this.page.keyboard.press('Control+s');
  }

  openAssistant() {
    return this.page.keyboard.press('Control+j');
  }

  closeAssistant() {
    return this.page.keyboard.press('Control+j');
  }

  async find(text, title, { page = false } = {}) {
    const found = this.page.waitForResponse((response) => response.url().endsWith(`/search?q=${encodeURIComponent(text)}`));
    await this.page.keyboard.press('Control+k');
    await this.page.keyboard.type(text);
    await (await found).finished();
    // The answer is drawn before the next frame ends.
    await this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const wanted = page ? offered(this.page, title).last() : offered(this.page, title).first();
    await wanted.waitFor();
    while ((await wanted.getAttribute('aria-selected')) !== 'true') await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
  }

  /** Moves the focus by Tab, backwards when the target lies before it. */
  async reach(target) {
    await target.waitFor({ state: 'attached' });
    for (let presses = 0; presses < OUT_OF_REACH; presses += 1) {
      const direction = await target.evaluate((wanted) => {
        const { activeElement } = document;
        if (activeElement === wanted) return null;
        const before = activeElement.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING;
        return before && activeElement !== document.body ? 'Shift+Tab' : 'Tab';
      });
      if (direction === null) return;
      await this.page.keyboard.press(direction);
    }
    throw new Error(`${target} is out of the keyboard's reach`);
  }
}

/** What the palette offers under exactly this title: records first, then pages. */
function offered(page, title) {
  return page.locator('#palette-list [role=option]').filter({ has: page.locator('.title', { hasText: new RegExp(`^${title}$`) }) });
}
