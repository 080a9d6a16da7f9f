import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idOf, pixelsAround, countNear, placeOf, useStage } from './support/page.mjs';

const stage = useStage();

test('the keyboard alone selects, searches, steps, and closes', async () => {
  stage.play();
  const page = await stage.open();
  const selected = () => page.evaluate(() => window.marsad.selected());
  const detail = page.locator('[data-part=detail]');
  await page.keyboard.press(']');
  const first = await selected();
  assert.ok(first, 'a bracket selects');
  assert.ok(await detail.isVisible());
  await page.keyboard.press(']');
  assert.notEqual(await selected(), first);
  await page.keyboard.press('[');
  assert.equal(await selected(), first);
  await page.keyboard.press('Escape');
  assert.equal(await selected(), undefined);
  assert.equal(await detail.isVisible(), false);
  await page.keyboard.press('/');
  await page.keyboard.type('iaw123');
  assert.match(await page.locator('.list-count').innerText(), /1 of 60/);
  await page.keyboard.press('Enter');
  assert.equal(await selected(), await idOf(page, 'IAW123'));
  await page.keyboard.press('e');
  assert.equal(await selected(), await idOf(page, 'MAYDAY1'), 'E goes to the emergency');
  await page.close();
});

test('arrows walk the list, and the selected row stays in view', async () => {
  stage.play();
  const page = await stage.open();
  await page.locator('.list-scroll').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  const row = page.locator('.list-row[aria-selected=true]');
  assert.ok(await row.isVisible());
  const box = await row.boundingBox();
  const scroll = await page.locator('.list-scroll').boundingBox();
  assert.ok(box.y >= scroll.y && box.y + box.height <= scroll.y + scroll.height + 1);
  await page.close();
});

test('arrows move the map, plus zooms, zero shows all', async () => {
  stage.play();
  const page = await stage.open();
  const view = () => page.evaluate(() => window.marsad.view());
  await page.locator('#map').focus();
  const start = await view();
  await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(700);
  const east = await view();
  assert.ok(east.lon > start.lon + 0.05, 'right is east');
  await page.keyboard.press('+');
  await page.waitForTimeout(700);
  assert.ok((await view()).zoom > start.zoom + 0.5);
  await page.keyboard.press('0');
  await page.waitForTimeout(1200);
  assert.ok(Math.abs((await view()).zoom - start.zoom) < 0.2);
  await page.close();
});

test('keys go by their place, so they work while the Arabic layout is on', async () => {
  stage.play();
  const page = await stage.open();
  const before = await page.locator('[data-part=vector]').getAttribute('aria-label');
  await page.evaluate(() =>
    document.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyV', key: 'ر', bubbles: true })),
  );
  const after = await page.locator('[data-part=vector]').getAttribute('aria-label');
  assert.equal(before, 'Speed vector: 1 min');
  assert.equal(after, 'Speed vector: 2 min');
  await page.close();
});

test('letters typed into the search are text and not commands', async () => {
  stage.play();
  const page = await stage.open();
  await page.locator('.search').focus();
  await page.keyboard.type('dvl');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.equal(await page.locator('.search').inputValue(), 'dvl');
  assert.match(await page.locator('.list-panel .empty').innerText(), /No track matches “dvl”/);
  await page.close();
});

test('the question mark opens the keys, Escape closes them', async () => {
  stage.play();
  const page = await stage.open();
  await page.keyboard.press('?');
  const dialog = page.locator('dialog[open]');
  assert.match(await dialog.innerText(), /speed vectors/);
  await page.keyboard.press('Escape');
  assert.equal(await dialog.count(), 0);
  await page.close();
});

test('Arabic: right to left, every word Arabic, the map and the digits not mirrored, and kept over a reload', async () => {
  stage.play();
  const page = await stage.open('lang=en');
  await page.keyboard.press('l');
  const html = page.locator('html');
  assert.equal(await html.getAttribute('dir'), 'rtl');
  assert.equal(await html.getAttribute('lang'), 'ar');
  assert.equal(await page.locator('[data-part=mode]').innerText(), 'مباشر');
  assert.match(await page.locator('[data-part=clock]').innerText(), /\d\d:\d\d:\d\dZ/);
  const dock = await page.locator('[data-part=dock]').boundingBox();
  const map = await page.locator('#map').boundingBox();
  assert.ok(dock.x + dock.width <= map.x + 1, 'the panel stands at the left');
  await page.waitForTimeout(600);
  const [west, east] = await page.evaluate(() => {
    const at = new Map(window.marsad.onScreen().map((seen) => [seen.id, seen.x]));
    const seen = window.marsad
      .tracks()
      .filter((track) => at.has(track.id))
      .sort((a, b) => a.lon - b.lon);
    return [at.get(seen[0].id), at.get(seen[seen.length - 1].id)];
  });
  assert.ok(west < east, 'west is left of east');
  assert.match(await page.locator('[role=alert]').innerText(), /طوارئ/);
  const latin = await page.evaluate(() =>
    [...document.querySelectorAll('.pill-name, .tab, h1, .list-sort')]
      .map((element) => element.textContent)
      .filter((text) => /[a-z]{3}/i.test(text)),
  );
  assert.deepEqual(latin, []);
  await page.goto(stage.url);
  await page.waitForFunction(() => window.marsad?.frames() > 0);
  assert.equal(await html.getAttribute('dir'), 'rtl');
  await page.close();
});

test('day colours change the page and the map, and are kept', async () => {
  stage.play();
  const page = await stage.open('lang=en&theme=night');
  const corner = { x: 300, y: 700 };
  const dark = await pixelsAround(page, corner, 3);
  await page.keyboard.press('d');
  await page.waitForTimeout(700);
  const light = await pixelsAround(page, corner, 3);
  const mean = (pixels) => pixels.reduce((sum, [r, g, b]) => sum + r + g + b, 0) / pixels.length / 3;
  assert.ok(mean(dark) < 90 && mean(light) > 150, `${mean(dark)} and ${mean(light)}`);
  await page.close();
});

test('every button has a name and is at least 32 pixels wide and high', async () => {
  stage.play();
  for (const [query, width] of [
    ['lang=en', 1280],
    ['lang=ar', 360],
  ]) {
    const page = await stage.open(query, { width, height: 740 });
    await page.evaluate(() => window.marsad.select(window.marsad.tracks()[0].id));
    await page.waitForTimeout(300);
    const faults = await page.evaluate(() =>
      [...document.querySelectorAll('button')]
        .filter((button) => button.offsetParent !== null)
        .flatMap((button) => {
          const { width, height } = button.getBoundingClientRect();
          const name = button.getAttribute('aria-label') ?? button.innerText;
          return width < 32 || height < 32 || name.trim() === '' ? [`${name} ${width}×${height}`] : [];
        }),
    );
    assert.deepEqual(faults, []);
    await page.close();
  }
});

test('a window of 360 pixels has no sideways scrolling, and shows mode, time and all figures', async () => {
  stage.play();
  for (const query of ['lang=en', 'lang=ar']) {
    const page = await stage.open(query, { width: 360, height: 740 });
    const box = await page.evaluate(() => ({
      wide: document.scrollingElement.scrollWidth,
      parts: ['mode', 'clock', 'sensors', 'tracks', 'latency', 'recording', 'link'].map((part) => {
        const { left, right, width } = document.querySelector(`[data-part=${part}]`).getBoundingClientRect();
        return { part, inside: left >= -0.5 && right <= 360.5 && width > 0 };
      }),
    }));
    assert.ok(box.wide <= 360, `${box.wide} wide`);
    assert.deepEqual(
      box.parts.filter((part) => !part.inside),
      [],
    );
    await page.close();
  }
});

test('without WebGL the same picture is drawn on a plain canvas, and a click selects', async () => {
  stage.play();
  const page = await stage.open('lang=en&renderer=plain');
  assert.equal(await page.evaluate(() => window.marsad.renderer()), 'plain');
  assert.equal(await page.evaluate(() => window.marsad.drawn()), 60);
  await page.evaluate(() => window.marsad.goTo(33.3, 44.5, 9));
  await page.waitForTimeout(600);
  const place = await placeOf(page, 'IAW123');
  assert.ok(countNear(await pixelsAround(page, place, 7), [0x58, 0xbd, 0xf5]) > 60);
  await page.mouse.click(place.x, place.y);
  assert.equal(await page.evaluate(() => window.marsad.selected()), await idOf(page, 'IAW123'));
  await page.mouse.move(400, 400);
  await page.mouse.wheel(0, -400);
  await page.waitForTimeout(300);
  assert.ok((await page.evaluate(() => window.marsad.view().zoom)) > 9.3);
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('after the graphics driver was reset the tracks are drawn again', async () => {
  stage.play();
  const page = await stage.open();
  await page.evaluate(() => window.marsad.goTo(33.3, 44.3, 9));
  await page.evaluate(async () => {
    const gl = document.querySelector('#map canvas').getContext('webgl2');
    const reset = gl.getExtension('WEBGL_lose_context');
    reset.loseContext();
    await new Promise((resolve) => setTimeout(resolve, 500));
    reset.restoreContext();
  });
  await page.waitForTimeout(2500);
  await page.waitForFunction(() => window.marsad.drawn() === 60);
  assert.ok(countNear(await pixelsAround(page, await placeOf(page, 'IAW123'), 7), [0x58, 0xbd, 0xf5]) > 60);
  assert.deepEqual(page.errors, []);
  await page.close();
});
