import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cast } from './support/scene.mjs';
import { countNear, idOf, overlap, pixelsAround, placeOf, useStage } from './support/page.mjs';

const stage = useStage();
const friendBlue = [0x58, 0xbd, 0xf5];
const alertRed = [0xff, 0x5c, 0x52];

test('every track of the picture is drawn, and each identity in its own colour and place', async () => {
  stage.play();
  const page = await stage.open();
  assert.equal(await page.evaluate(() => window.marsad.renderer()), 'webgl');
  assert.equal(await page.evaluate(() => window.marsad.drawn()), 60);
  await page.evaluate(() => window.marsad.goTo(33.3, 44.3, 9));
  await page.waitForTimeout(800);
  const place = await placeOf(page, 'IAW123');
  assert.ok(countNear(await pixelsAround(page, place, 7), friendBlue) > 60, 'a filled circle stands at the friend');
  assert.equal(
    countNear(await pixelsAround(page, { x: place.x - 160, y: place.y + 160 }, 7), friendBlue),
    0,
    'and nothing where no track is',
  );
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('a coasting track is hollow, a track that is seen is filled', async () => {
  stage.play({
    tracks: cast().map((track) => (track.callsign === 'THY88' ? { ...track, identity: 'friend' } : track)),
  });
  const page = await stage.open();
  await page.evaluate(() => window.marsad.goTo(35.2, 44.0, 9));
  await page.waitForTimeout(800);
  const place = await placeOf(page, 'THY88');
  assert.equal(countNear(await pixelsAround(page, place, 1), friendBlue), 0, 'nothing inside');
  assert.ok(countNear(await pixelsAround(page, place, 7), friendBlue) > 15, 'its outline around');
  const label = await page.evaluate(() => window.marsad.labels().find((one) => one.name.includes('THY88')));
  assert.match(label.data, /C\d+$/, 'the label says C and the age');
  await page.close();
});

test('no label covers another label or a symbol, at several scales', async () => {
  stage.play({ tracks: cast(140) });
  const page = await stage.open();
  for (const zoom of [5, 6, 7]) {
    await page.evaluate((z) => window.marsad.goTo(33.3, 44.3, z), zoom);
    await page.waitForTimeout(700);
    const { labels, seen } = await page.evaluate(() => ({
      labels: window.marsad.labels(),
      seen: window.marsad.onScreen(),
    }));
    assert.ok(labels.length > 15, `${labels.length} labels at zoom ${zoom}`);
    const ordinary = labels.filter((label) => label.alert === '');
    ordinary.forEach((label, i) => {
      for (const other of ordinary.slice(i + 1)) {
        const slack = 1.5; // labels ride with their tracks until the next placement
        const inner = {
          x: label.x + slack,
          y: label.y + slack,
          width: label.width - 2 * slack,
          height: label.height - 2 * slack,
        };
        assert.ok(!overlap(inner, other), `${label.name} covers ${other.name} at zoom ${zoom}`);
      }
      for (const at of seen.filter((one) => one.id !== label.id)) {
        assert.ok(
          !overlap(label, { x: at.x - 2, y: at.y - 2, width: 4, height: 4 }),
          `${label.name} covers the symbol of ${at.name}`,
        );
      }
    });
  }
  await page.close();
});

test('tracks run on between frames at their speed, and leave a dot at each update', async () => {
  stage.play();
  const page = await stage.open();
  await page.evaluate(() => window.marsad.goTo(33.35, 44.3, 11));
  await page.waitForTimeout(4500);
  const sample = () =>
    page.evaluate(() => ({
      at: window.marsad.onScreen().find((seen) => seen.name === 'IAW123'),
      time: window.marsad.time(),
    }));
  const first = await sample();
  await page.waitForTimeout(2500);
  const last = await sample();
  const metresPerPixel = (2 * Math.PI * 6378137 * Math.cos((33.35 * Math.PI) / 180)) / (512 * 2 ** 11);
  const speed =
    (Math.hypot(last.at.x - first.at.x, last.at.y - first.at.y) * metresPerPixel) / (last.time - first.time);
  const told = cast().find((track) => track.callsign === 'IAW123');
  const expected = Math.hypot(told.east, told.north);
  assert.ok(Math.abs(speed - expected) < 0.2 * expected, `${speed} m/s on the screen, ${expected} told`);
  const dots = await page.evaluate(() => window.marsad.tracks().find((track) => track.name === 'IAW123').dots);
  const updates = Math.floor(stage.second / 4) + 1;
  assert.ok(dots >= 2 && dots <= Math.min(8, updates), `${dots} dots after ${updates} updates`);
  await page.close();
});

test('a removed track leaves the screen and the list', async () => {
  stage.play();
  const page = await stage.open();
  const id = await idOf(page, 'IAW123');
  stage.pause();
  stage.tick({ removed: [BigInt(id)] });
  await page.waitForFunction(() => window.marsad.tracks().length === 59 && window.marsad.drawn() === 59);
  assert.equal(await idOf(page, 'IAW123'), undefined);
  assert.equal(await page.locator('.list-row:visible', { hasText: 'IAW123' }).count(), 0);
  await page.close();
});

test('an emergency is told in words, in red, to screen readers at once, and its label is never cut', async () => {
  stage.play({ tracks: cast(140) });
  const page = await stage.open();
  const alert = page.locator('[role=alert]');
  assert.match(await alert.innerText(), /MAYDAY1\s+EMERGENCY\s+7700/);
  await page.evaluate(() => window.marsad.goTo(34.1, 42.9, 5));
  await page.waitForTimeout(600);
  const label = await page.evaluate(() => window.marsad.labels().find((one) => one.name === 'MAYDAY1'));
  assert.equal(label.level, 'full');
  assert.equal(label.alert, '7700 EMERGENCY');
  assert.ok(countNear(await pixelsAround(page, await placeOf(page, 'MAYDAY1'), 16), alertRed) > 50);
  await alert.locator('button').click();
  assert.equal(await page.evaluate(() => window.marsad.selected()), await idOf(page, 'MAYDAY1'));
  assert.match(await page.locator('[data-part=detail]').innerText(), /EMERGENCY/);
  await page.close();
});

test('a click on a symbol opens its details with the sensors that see it and how old that is', async () => {
  stage.play();
  const page = await stage.open();
  await page.evaluate(() => window.marsad.goTo(33.3, 44.5, 9));
  await page.waitForTimeout(700);
  const place = await placeOf(page, 'IAW123');
  await page.mouse.click(place.x, place.y);
  const detail = page.locator('[data-part=detail]');
  const text = await detail.innerText();
  for (const part of [
    /IAW123/,
    /Friend \(F\)/,
    /confirmed/,
    /FL \d{3}/,
    /\d+ kt/,
    /1000/,
    /718000/,
    /80 m × 40 m/,
    /98\.0 %/,
    /33°\d\d′\d\d″N/,
  ])
    assert.match(text, part);
  const sensors = await detail.locator('.contribution').allInnerTexts();
  assert.equal(sensors.length, 2);
  assert.ok(sensors.some((line) => /Baghdad\s*Mode S/.test(line)) && sensors.some((line) => /Najaf ADS-B/.test(line)));
  assert.ok(
    sensors.every((line) => /\d+ s$/.test(line.trim())),
    `ages in ${sensors}`,
  );
  await page.close();
});

test('the primary-only track says that no transponder answers and that its altitude is unknown', async () => {
  stage.play();
  const page = await stage.open();
  await page.evaluate(() => window.marsad.select(window.marsad.tracks().find((track) => track.name === '#0102').id));
  const text = await page.locator('[data-part=detail]').innerText();
  assert.match(text, /primary only/);
  assert.match(text, /altitude unknown/);
  await page.close();
});

test('the header tells mode, time, sensors, tracks, latency, recording and connection', async () => {
  for (const [mode, word] of [
    ['live', 'LIVE'],
    ['replay', 'REPLAY ×20'],
    ['simulation', 'SIMULATION'],
  ]) {
    stage.play({ mode, speed: mode === 'replay' ? 20 : 1 });
    const page = await stage.open();
    assert.equal(await page.locator('[data-part=mode]').innerText(), word);
    const frame = await page.evaluate(() => getComputedStyle(document.querySelector('.mode-frame')).boxShadow);
    assert.equal(frame === 'none', mode === 'live', 'replay and simulation have a coloured frame');
    assert.match(await page.locator('[data-part=clock]').innerText(), /\d\d:\d\d:\d\dZ/);
    for (const [part, pattern] of [
      ['sensors', /4\/6/],
      ['tracks', /60/],
      ['latency', /120 ms/],
      ['recording', /REC/],
      ['link', /connected/],
    ]) {
      assert.match(await page.locator(`[data-part=${part}]`).innerText(), pattern);
    }
    await page.close();
  }
});

test('the sensor panel names the silent sensor, and what an unknown one needs', async () => {
  stage.play();
  const page = await stage.open();
  await page.locator('#tab-sensors').click();
  const text = await page.locator('[data-part=sensors-panel]').innerText();
  assert.match(text, /silent\s+Rutba/);
  assert.match(text, /SAC 77, SIC 99/);
  assert.match(text, /412 reports not placed/);
  const rings = page.locator('[data-sensor="1"] button[aria-pressed]');
  await rings.click();
  assert.equal(await rings.getAttribute('aria-pressed'), 'true');
  await page.close();
});

test('the page asks nothing of any other machine', async () => {
  stage.play();
  const page = await stage.browser.context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${stage.url}?lang=ar`);
  await page.waitForFunction(() => window.marsad?.drawn() > 0);
  await page.waitForTimeout(500);
  assert.ok(asked.length > 5);
  for (const url of asked)
    assert.ok(url.startsWith(stage.url) || url.startsWith('blob:') || url.startsWith('data:'), url);
  await page.close();
});

test('five thousand tracks are drawn, and each second of news costs the page little processor time', async () => {
  stage.play({ tracks: cast(5000) });
  const page = await stage.open();
  assert.equal(await page.evaluate(() => window.marsad.drawn()), 5000);
  const tools = await stage.browser.context.newCDPSession(page);
  // Processor time of the page's own thread: what it waits for on a busy machine does not count.
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const sample = async () => {
    const { metrics } = await tools.send('Performance.getMetrics');
    return {
      script: metrics.find(({ name }) => name === 'ScriptDuration').value,
      frames: await page.evaluate(() => window.marsad.frames()),
    };
  };
  const before = await sample();
  await page.waitForFunction((seen) => window.marsad.frames() >= seen + 4, before.frames);
  const after = await sample();
  const perFrame = ((after.script - before.script) / (after.frames - before.frames)) * 1000;
  console.log(`scripts take ${perFrame.toFixed(0)} ms per frame with 5000 tracks`);
  assert.ok(perFrame < 500, `${perFrame} ms`);
  await page.close();
});
