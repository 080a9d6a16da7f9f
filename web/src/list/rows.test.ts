import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Track } from '../picture/types';
import { listedTracks, matches } from './rows';

function track(id: number, more: Partial<Track> = {}): Track {
  return {
    id: BigInt(id),
    number: id,
    state: 'confirmed',
    identity: 'pending',
    emergency: 0,
    geometricHeight: false,
    onGround: false,
    simulated: false,
    primaryOnly: false,
    identPulse: false,
    time: 0,
    lat: 0,
    lon: 0,
    height: 0,
    east: 100,
    north: 0,
    pressureAltitude: 10000,
    verticalRate: 0,
    existence: 1,
    sigmaMajor: 1,
    sigmaMinor: 1,
    orientation: 0,
    lastUpdate: 0,
    address: undefined,
    modeA: undefined,
    callsign: '',
    contributions: [],
    history: [],
    ...more,
  };
}

test('search finds callsign, code, address and number, every word of it', () => {
  const one = track(42, { callsign: 'IAW123', modeA: 0o2134, address: 0x71c0de });
  for (const query of ['iaw', '123', '2134', '71c0', '#0042', ' iaw 2134 ', '']) assert.ok(matches(one, query), query);
  for (const query of ['THY', 'iaw 7700', '9999']) assert.ok(!matches(one, query), query);
});

test('emergencies come first in every order', () => {
  const tracks = [
    track(1, { callsign: 'AAA1' }),
    track(2, { callsign: 'ZZZ9', modeA: 0o7700 }),
    track(3, { callsign: 'BBB2' }),
  ];
  for (const descending of [true, false]) {
    assert.equal(listedTracks(tracks, '', { column: 'callsign', descending })[0]?.id, 2n);
    assert.equal(listedTracks(tracks, '', { column: 'level', descending })[0]?.id, 2n);
  }
});

test('equal tracks keep their order by id, so that rows do not jump', () => {
  const order = { column: 'level', descending: true } as const;
  const ids = listedTracks([track(3), track(1), track(2)], '', order).map((one) => one.id);
  assert.deepEqual(ids, [1n, 2n, 3n]);
});
