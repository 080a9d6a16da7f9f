import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFrame } from '../../testing/frame.mjs';
import { PictureClock } from './clock';
import { decodeFrame } from './frame';
import { destination, moved, rangeBearing } from './motion';
import { PictureStore } from './store';
import type { Frame } from './types';

function frame(parts: Parameters<typeof encodeFrame>[0]): Frame {
  const octets = encodeFrame(parts);
  const copy = new ArrayBuffer(octets.length);
  new Uint8Array(copy).set(octets);
  return decodeFrame(copy);
}

const one = { id: 1n, lat: 33, lon: 44, east: 200, north: 0 };

test('a delta changes what a snapshot has given', () => {
  const store = new PictureStore();
  store.apply(frame({ time: 100, to: 1, tracks: [one, { ...one, id: 2n }] }));
  assert.equal(
    store.apply(frame({ kind: 'delta', time: 101, from: 1, to: 2, tracks: [{ ...one, id: 3n }], removed: [2n] })),
    'applied',
  );
  assert.deepEqual([...store.tracks.keys()], [1n, 3n]);
});

test('a delta that does not follow on what is held is refused and changes nothing', () => {
  const store = new PictureStore();
  assert.equal(store.apply(frame({ kind: 'delta', time: 1, from: 4, to: 5, tracks: [one] })), 'gap');
  store.apply(frame({ time: 100, to: 1, tracks: [one] }));
  assert.equal(store.apply(frame({ kind: 'delta', time: 103, from: 2, to: 3, removed: [1n] })), 'gap');
  assert.equal(store.tracks.size, 1);
});

test('a snapshot replaces the picture, and keeps the history of the tracks that go on', () => {
  const store = new PictureStore();
  store.apply(
    frame({
      time: 100,
      to: 1,
      tracks: [
        { ...one, lastUpdate: 100 },
        { ...one, id: 2n },
      ],
    }),
  );
  store.apply(frame({ time: 104, to: 9, tracks: [{ ...one, lastUpdate: 104 }] }));
  assert.deepEqual([...store.tracks.keys()], [1n]);
  assert.equal(store.tracks.get(1n)?.history.length, 2);
});

test('a history dot is set at an update and where the track was then', () => {
  const store = new PictureStore();
  store.apply(frame({ time: 100, to: 1, tracks: [{ ...one, lastUpdate: 98 }] }));
  store.apply(frame({ kind: 'delta', time: 101, from: 1, to: 2, tracks: [{ ...one, lastUpdate: 98 }] }));
  const history = store.tracks.get(1n)?.history ?? [];
  assert.equal(history.length, 1);
  const { range } = rangeBearing(one, history[0] ?? one);
  assert.ok(Math.abs(range - 400) < 1, `${range} m back`);
});

test('when time runs backwards, or live becomes replay, old tracks are forgotten', () => {
  const store = new PictureStore();
  store.apply(frame({ time: 100, to: 1, tracks: [one] }));
  store.apply(frame({ time: 50, to: 2, tracks: [{ ...one, id: 2n }] }));
  assert.deepEqual([...store.tracks.keys()], [2n]);
  store.apply(frame({ time: 60, to: 3, mode: 'replay', tracks: [{ ...one, id: 2n }] }));
  assert.equal(store.tracks.get(2n)?.history.length, 1);
});

test('the clock runs on between frames at the speed of the picture, and stands still when they stop', () => {
  const clock = new PictureClock();
  for (let i = 0; i < 20; ++i) clock.frame(1000 + 20 * i, 20, i);
  assert.ok(Math.abs(clock.at(19.5) - 1390) < 1e-9);
  assert.ok(!clock.stale(20));
  assert.ok(clock.stale(25));
  assert.equal(clock.at(30), clock.at(300));
  assert.ok(clock.at(300) <= 1380 + 4 * 20);
});

test('straight motion agrees with the great circle over a minute', () => {
  const there = moved({ lat: 33, lon: 44, east: 150, north: 200 }, 60);
  const { range, bearing } = rangeBearing({ lat: 33, lon: 44 }, there);
  assert.ok(Math.abs(range - 15000) < 30);
  assert.ok(Math.abs(bearing - 36.87) < 0.1);
});

test('destination and range with bearing are inverse to each other', () => {
  for (const bearing of [0, 77, 180, 299]) {
    const found = rangeBearing({ lat: 33, lon: 44 }, destination({ lat: 33, lon: 44 }, 250000, bearing));
    assert.ok(Math.abs(found.range - 250000) < 0.01 && Math.abs(found.bearing - bearing) < 1e-6);
  }
});
