import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFrame } from '../../testing/frame.mjs';
import { FrameError, decodeFrame } from './frame';

const track = {
  id: 0xfedcba9876543210n,
  number: 4711,
  state: 'coasting',
  geometric: true,
  spi: true,
  pressureAltitude: 35025,
  verticalRate: -1200,
  emergency: 3,
  identity: 'suspect',
  lat: -33.25,
  lon: 151.5,
  height: 10668.5,
  east: -220.25,
  north: 12.5,
  existence: 0.875,
  sigmaMajor: 120,
  sigmaMinor: 30.5,
  orientation: 135,
  lastUpdate: 1_700_000_001.25,
  address: 0xabcdef,
  modeA: 0o7600,
  callsign: 'IAW123',
  contributions: [
    { sensor: 513, reports: 70000, age: 2.5 },
    { sensor: 7, reports: 1, age: 0 },
  ],
};
const status = {
  latency_s: 0.25,
  recording: true,
  speed: 20,
  title: 'عنوان',
  input: { datagrams: 9 },
  sensors: [{ id: 7, name: 'RAD', kind: 'psr', state: 'late', configured: true, has_site: true, lat: 33, lon: 44 }],
};

function bytes(frame: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(frame.length);
  new Uint8Array(copy).set(frame);
  return copy;
}

function whole(): Buffer {
  return encodeFrame({
    kind: 'delta',
    mode: 'replay',
    time: 1_700_000_002.5,
    from: 41,
    to: 43,
    tracks: [track, { ...track, id: 5n, contributions: [] }],
    removed: [1n, 2n ** 63n],
    status,
  });
}

test('a frame is read back field by field', () => {
  const frame = decodeFrame(bytes(whole()));
  assert.equal(frame.kind, 'delta');
  assert.equal(frame.mode, 'replay');
  assert.equal(frame.time, 1_700_000_002.5);
  assert.deepEqual([frame.fromSequence, frame.toSequence], [41n, 43n]);
  assert.deepEqual(frame.removed, [1n, 2n ** 63n]);
  const [read, bare] = frame.tracks;
  assert.deepEqual(read, {
    id: track.id,
    number: 4711,
    state: 'coasting',
    identity: 'suspect',
    emergency: 3,
    geometricHeight: true,
    onGround: false,
    simulated: false,
    primaryOnly: false,
    identPulse: true,
    time: 1_700_000_002.5,
    lat: -33.25,
    lon: 151.5,
    height: 10668.5,
    east: -220.25,
    north: 12.5,
    pressureAltitude: 35025,
    verticalRate: -1200,
    existence: 0.875,
    sigmaMajor: 120,
    sigmaMinor: 30.5,
    orientation: 135,
    lastUpdate: 1_700_000_001.25,
    address: 0xabcdef,
    modeA: 0o7600,
    callsign: 'IAW123',
    contributions: [
      { sensor: 513, reports: 70000, age: 2.5 },
      { sensor: 7, reports: 1, age: 0 },
    ],
  });
  assert.equal(bare?.id, 5n);
  assert.equal(frame.status.title, 'عنوان');
  assert.equal(frame.status.sensors[0]?.state, 'late');
});

test('what a track does not tell stays unknown', () => {
  const frame = decodeFrame(bytes(encodeFrame({ time: 0, to: 1, tracks: [{ id: 1n, lat: 0, lon: 0 }] })));
  const read = frame.tracks[0];
  for (const field of ['pressureAltitude', 'verticalRate', 'address', 'modeA'] as const)
    assert.equal(read?.[field], undefined, field);
  assert.equal(read?.callsign, '');
});

test('a frame cut at any octet is refused with an error that says where', () => {
  const octets = whole();
  for (let length = 0; length < octets.length; ++length) {
    assert.throws(
      () => decodeFrame(bytes(octets.subarray(0, length))),
      (error) => error instanceof FrameError && error.offset <= length,
      `${length}`,
    );
  }
});

test('a frame with any octet changed is a frame or is refused, and nothing else happens', () => {
  const octets = whole();
  for (let at = 0; at < octets.length; ++at) {
    for (const flip of [0x01, 0x80, 0xff]) {
      const damaged = Buffer.from(octets);
      damaged[at] = (damaged[at] ?? 0) ^ flip;
      try {
        const frame = decodeFrame(bytes(damaged));
        for (const one of frame.tracks)
          assert.ok(Math.abs(one.lat) <= 90 && Number.isFinite(one.lon) && Number.isFinite(one.east));
      } catch (error) {
        assert.ok(error instanceof FrameError, `octet ${at}: ${String(error)}`);
      }
    }
  }
});

test('counts that cannot be true are refused before anything is made of them', () => {
  const octets = whole();
  octets.writeUInt32LE(0xffffffff, 32);
  assert.throws(() => decodeFrame(bytes(octets)), { fault: 'truncated' });
});

test('octets after the end are refused', () => {
  assert.throws(() => decodeFrame(bytes(Buffer.concat([whole(), Buffer.from([0])]))), { fault: 'bad-value' });
});

test('another version is told apart from what is no frame at all', () => {
  const octets = whole();
  octets[3] = 0x32;
  assert.throws(() => decodeFrame(bytes(octets)), { fault: 'unknown-version' });
  octets[0] = 0x20;
  assert.throws(() => decodeFrame(bytes(octets)), { fault: 'not-a-frame' });
  assert.throws(() => decodeFrame(new ArrayBuffer(0)), { fault: 'not-a-frame' });
});
