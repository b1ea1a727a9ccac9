import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { renderReport } from '../src/report/render-report.js';
import { reportModel } from './report-model.fixture.js';

const CHROMIUM = [process.env['TEST_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
const suite = CHROMIUM === undefined ? describe.skip : describe;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

suite(`The report in a browser${CHROMIUM === undefined ? ' [skipped: no Chromium]' : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  let browser: Browser;
  let page: Page;
  let said: string[];
  let asked: string[];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: FLAGS });
    for (const language of ['ru', 'en'] as const) {
      writeFileSync(join(folder, `${language}.html`), renderReport(reportModel(), language));
    }
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await browser.newPage({ colorScheme: 'light' });
    said = [];
    asked = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(String(error)));
    page.on('request', (request) => asked.push(request.url()));
  });
  afterEach(() => page.close());

  const open = async (language: 'ru' | 'en') => {
    const url = pathToFileURL(join(folder, `${language}.html`)).href;
    await page.goto(url);
    return url;
  };

  it.each(['ru', 'en'] as const)(
    '%s: says nothing on the console, asks nobody, and draws every chart',
    async (language) => {
      const url = await open(language);
      const charts = page.locator('.chart svg');
      expect(await charts.count()).toBe(4);
      for (const chart of await charts.all()) {
        const box = await chart.boundingBox();
        expect(box!.width).toBeGreaterThan(200);
        expect(box!.height).toBeGreaterThan(80);
        expect(await chart.locator('path').count()).toBeGreaterThan(2);
      }
      const drawn = await page.locator('main').evaluate((main) => main.innerHTML);
      expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
      expect({ said, asked }).toEqual({ said: [], asked: [url] });
    },
  );

  it('opens a chart large, where the wheel zooms, and closes it with Escape', async () => {
    await open('ru');
    await page.locator('.chart').first().press('Enter');
    const dialog = page.locator('dialog.zoom');
    await dialog.locator('svg').waitFor();
    const labels = () => dialog.locator('svg text').allTextContents();
    const before = await labels();
    const box = (await dialog.locator('svg').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, -600);
    const shown = `[...document.querySelectorAll('dialog.zoom svg text')].map((each) => each.textContent).join()`;
    await page.waitForFunction(`${shown} !== ${JSON.stringify(before.join())}`);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    expect(said).toEqual([]);
  });

  it('changes its theme by the button, and is light on paper', async () => {
    await open('en');
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.locator('#theme').click();
    await page.locator('#theme').click();
    expect(await background()).not.toBe(light);
    await page.emulateMedia({ media: 'print' });
    expect(await background()).toMatch(/^rgb\((2[45]\d, ?){2}2[45]\d\)$|rgba\(0, 0, 0, 0\)/);
    expect(await page.locator('#theme').isVisible()).toBe(false);
  });
});
