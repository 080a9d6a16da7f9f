// The page served by the program itself, with the picture of the demonstration scene. Needs MARSAD_BIN.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { startBrowser } from './support/browser.mjs';

const program = process.env.MARSAD_BIN;
const skip = program === undefined || program === '' ? 'MARSAD_BIN does not name the program' : false;
let child;
let browser;
let url;
let said = '';

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(address) {
  for (let attempt = 0; attempt < 100; ++attempt) {
    if (child.exitCode !== null) throw new Error(`marsad ended with ${child.exitCode}: ${said}`);
    try {
      if ((await fetch(address)).ok) return;
    } catch {
      /* not yet */
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no answer from ${address}: ${said}`);
}

before(async () => {
  if (skip) return;
  const port = await freePort();
  child = spawn(program, ['demo', '--no-open', '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      said += data;
    });
  url = `http://127.0.0.1:${port}/`;
  await answers(url);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  child?.kill('SIGTERM');
});

test('the demonstration appears as confirmed tracks that several sensors see', { skip }, async () => {
  const page = await browser.context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (/Content Security|MIME|Failed to load/i.test(message.text())) errors.push(message.text());
  });
  await page.goto(`${url}?lang=en`);
  await page.waitForFunction(() => window.marsad?.link() === 'open' && window.marsad.frames() > 2, undefined, {
    timeout: 30000,
  });
  await page.waitForFunction(
    () => window.marsad.tracks().filter((track) => track.state === 'confirmed').length >= 5,
    undefined,
    { timeout: 90000 },
  );
  await page.waitForFunction(() => window.marsad.drawn() >= 5);
  assert.equal(await page.evaluate(() => window.marsad.renderer()), 'webgl');
  assert.equal(await page.evaluate(() => window.marsad.damaged()), 0);
  assert.match(await page.locator('[data-part=sensors]').innerText(), /[1-9]\d*\/[1-9]/);
  assert.match(await page.locator('[data-part=mode]').innerText(), /SIMULATION|LIVE/);
  await page.waitForFunction(() => window.marsad.labels().length > 0);
  await page.keyboard.press(']');
  const detail = page.locator('[data-part=detail]');
  await detail.waitFor({ state: 'visible' });
  await page.waitForFunction(() => document.querySelectorAll('.contribution').length > 0);
  assert.deepEqual(errors, []);
  await page.close();
});

test('frames keep coming, and the picture is not stale', { skip }, async () => {
  const page = await browser.context.newPage();
  await page.goto(`${url}?lang=ar`);
  await page.waitForFunction(() => window.marsad?.frames() > 1, undefined, { timeout: 30000 });
  const before = await page.evaluate(() => ({ frames: window.marsad.frames(), time: window.marsad.time() }));
  await page.waitForTimeout(5000);
  const later = await page.evaluate(() => ({
    frames: window.marsad.frames(),
    time: window.marsad.time(),
    stale: window.marsad.stale(),
  }));
  assert.ok(later.frames >= before.frames + 3, `${later.frames - before.frames} frames in 5 s`);
  assert.ok(later.time > before.time + 3);
  assert.equal(later.stale, false);
  await page.close();
});
