import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useStage } from './support/page.mjs';

const stage = useStage();

test('a lost connection is seen, the picture is called stale, and it comes back by itself', async () => {
  stage.play();
  const page = await stage.open();
  stage.server.cut({ accepting: false });
  await page.waitForFunction(() => window.marsad.link() === 'waiting');
  assert.match(await page.locator('[data-part=link]').innerText(), /retry in \d+ s/);
  await page.waitForFunction(() => window.marsad.stale(), undefined, { timeout: 15000 });
  await page.waitForFunction(() => /No data for \d+ s/.test(document.querySelector('[data-part=strip]').textContent));
  assert.equal(await page.locator('[data-part=mode]').innerText(), 'NO DATA');
  const before = await page.evaluate(() => window.marsad.time());
  await page.waitForTimeout(600);
  assert.equal(await page.evaluate(() => window.marsad.time()), before, 'tracks do not fly on by guess');
  stage.server.accepting = true;
  await page.waitForFunction(() => window.marsad.link() === 'open' && !window.marsad.stale(), undefined, {
    timeout: 30000,
  });
  await page.waitForFunction(() => document.querySelector('[data-part=mode]').textContent === 'LIVE');
  assert.equal(await page.locator('[data-part=strip]').isVisible(), false);
  assert.deepEqual(page.errors, []);
  await page.close();
});

for (const [what, damage] of [
  ['cut short', (frame) => frame.subarray(0, frame.length - 40)],
  ['no frame at all', () => Buffer.from('<html>504 Gateway Time-out</html>')],
  [
    'with a count that cannot be true',
    (frame) => {
      const copy = Buffer.from(frame);
      copy.writeUInt32LE(0xfffffff0, 32);
      return copy;
    },
  ],
  ['empty', () => Buffer.alloc(0)],
]) {
  test(`a frame ${what} is refused and counted, and the whole picture is asked for again`, async () => {
    stage.play();
    const page = await stage.open();
    const connections = stage.server.connections;
    stage.server.broadcast(damage(stage.script.delta(stage.second + 1)));
    await page.waitForFunction(() => window.marsad.damaged() === 1);
    assert.equal((await page.evaluate(() => window.marsad.tracks())).length, 60, 'what was held stays');
    await page.waitForFunction(() => window.marsad.link() === 'open');
    assert.equal(stage.server.connections, connections + 1);
    const frames = await page.evaluate(() => window.marsad.frames());
    await page.waitForFunction((seen) => window.marsad.frames() > seen, frames);
    assert.match(await page.locator('[data-part=link]').getAttribute('title'), /1 damaged/);
    assert.deepEqual(page.errors, []);
    await page.close();
  });
}

test('a frame of a newer version is told in words', async () => {
  stage.play();
  const page = await stage.open();
  const frame = Buffer.from(stage.script.snapshot(stage.second));
  frame[3] = '2'.charCodeAt(0);
  stage.server.broadcast(frame);
  await page.waitForFunction(() => window.marsad.link() === 'incompatible');
  await page.waitForFunction(() => /reload the page/.test(document.querySelector('[data-part=strip]').textContent));
  await page.close();
});

test('a missed delta is noticed, and a new snapshot is asked for', async () => {
  stage.play();
  const page = await stage.open();
  stage.pause();
  const connections = stage.server.connections;
  stage.second += 3;
  stage.server.broadcast(stage.script.delta(stage.second));
  await page.waitForFunction(() => window.marsad.link() === 'waiting');
  stage.timer = setInterval(() => stage.tick(), 1000);
  await page.waitForFunction(() => window.marsad.link() === 'open');
  assert.equal(stage.server.connections, connections + 1);
  assert.equal(await page.evaluate(() => window.marsad.damaged()), 0);
  await page.close();
});
