/** Reads one binary frame of the picture (little-endian, version 1: the octets 'M' 'S' 'D' '1' and what follows).
 *  Every length is checked before it is believed: whatever arrives, the answer is a frame or a `FrameError`. */
import { identities, modes, trackStates } from './types';
import type { Contribution, Frame, TrackId, TrackReport } from './types';
import { statusFromJson } from './status';

export type FrameFault = 'not-a-frame' | 'unknown-version' | 'truncated' | 'bad-value' | 'bad-status';

export class FrameError extends Error {
  constructor(
    readonly fault: FrameFault,
    readonly offset: number,
    detail: string,
  ) {
    super(`${detail} at octet ${offset}`);
  }
}

const magic = [0x4d, 0x53, 0x44];
const version = 0x31;
const headerOctets = 40;
const trackOctets = 92;
const contributionOctets = 12;

/** A cursor over the frame that refuses to step past its end. */
class Reader {
  offset = 0;
  private readonly view: DataView;

  constructor(private readonly buffer: ArrayBuffer) {
    this.view = new DataView(buffer);
  }

  remaining(): number {
    return this.view.byteLength - this.offset;
  }

  need(octets: number, what: string): void {
    if (this.remaining() < octets) throw new FrameError('truncated', this.offset, `${what} cut short`);
  }

  u8(): number {
    return this.view.getUint8(this.step(1));
  }

  u16(): number {
    return this.view.getUint16(this.step(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.step(4), true);
  }

  u64(): bigint {
    return this.view.getBigUint64(this.step(8), true);
  }

  f32(): number {
    return this.view.getFloat32(this.step(4), true);
  }

  f64(): number {
    return this.view.getFloat64(this.step(8), true);
  }

  octets(length: number): Uint8Array {
    return new Uint8Array(this.buffer, this.step(length), length);
  }

  private step(octets: number): number {
    this.need(octets, 'value');
    const at = this.offset;
    this.offset += octets;
    return at;
  }
}

function oneOf<T>(values: readonly T[], index: number, reader: Reader, what: string): T {
  const value = values[index];
  if (value === undefined) throw new FrameError('bad-value', reader.offset - 1, `${what} ${index} has no meaning`);
  return value;
}

function finite(value: number, limit: number, reader: Reader, what: string): number {
  if (!(Math.abs(value) <= limit)) throw new FrameError('bad-value', reader.offset, `${what} ${value} out of range`);
  return value;
}

function checkMagic(reader: Reader): void {
  if (reader.remaining() < 4) throw new FrameError('not-a-frame', 0, 'frame too short');
  for (const octet of magic) {
    if (reader.u8() !== octet) throw new FrameError('not-a-frame', reader.offset - 1, 'not a picture frame');
  }
  const found = reader.u8();
  if (found !== version) {
    throw new FrameError('unknown-version', 3, `frame version ${String.fromCharCode(found)} is not known to this page`);
  }
}

const textDecoder = new TextDecoder('utf-8', { fatal: true });

function callsignOf(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : ' ';
  return text.trim();
}

function readContributions(reader: Reader, count: number): Contribution[] {
  reader.need(count * contributionOctets, 'contributions');
  const contributions: Contribution[] = [];
  for (let i = 0; i < count; ++i) {
    const sensor = reader.u16();
    reader.u16();
    const reports = reader.u32();
    contributions.push({ sensor, reports, age: reader.f32() });
  }
  return contributions;
}

function readTrack(reader: Reader, time: number): TrackReport {
  reader.need(trackOctets, 'track');
  const id = reader.u64();
  const number = reader.u16();
  const state = oneOf(trackStates, reader.u8(), reader, 'track state');
  const flags = reader.u8();
  const emergency = reader.u8();
  const identity = oneOf(identities, reader.u8(), reader, 'identity');
  const contributions = reader.u8();
  const present = reader.u8();
  const lat = finite(reader.f64(), 90, reader, 'latitude');
  const lon = finite(reader.f64(), 360, reader, 'longitude');
  const height = reader.f32();
  const east = finite(reader.f32(), 1e5, reader, 'velocity');
  const north = finite(reader.f32(), 1e5, reader, 'velocity');
  const pressureAltitude = reader.f32();
  const verticalRate = reader.f32();
  const existence = reader.f32();
  const sigmaMajor = reader.f32();
  const sigmaMinor = reader.f32();
  const orientation = reader.f32();
  const lastUpdate = reader.f64();
  const address = reader.u32();
  const modeA = reader.u16();
  reader.u16();
  const callsign = callsignOf(reader.octets(8));
  return {
    id,
    number,
    state,
    identity,
    emergency,
    time,
    lat,
    lon,
    height,
    east,
    north,
    existence,
    geometricHeight: (flags & 1) !== 0,
    onGround: (flags & 2) !== 0,
    simulated: (flags & 4) !== 0,
    primaryOnly: (flags & 8) !== 0,
    identPulse: (flags & 16) !== 0,
    pressureAltitude: (flags & 32) !== 0 && Number.isFinite(pressureAltitude) ? pressureAltitude : undefined,
    verticalRate: (flags & 64) !== 0 && Number.isFinite(verticalRate) ? verticalRate : undefined,
    sigmaMajor,
    sigmaMinor,
    orientation,
    lastUpdate: Number.isFinite(lastUpdate) ? lastUpdate : time,
    address: (present & 1) !== 0 ? address & 0xffffff : undefined,
    modeA: (present & 2) !== 0 ? modeA & 0xfff : undefined,
    callsign: (present & 4) !== 0 ? callsign : '',
    contributions: readContributions(reader, contributions),
  };
}

function readStatus(reader: Reader): Frame['status'] {
  const length = reader.u32();
  reader.need(length, 'status');
  const at = reader.offset;
  try {
    return statusFromJson(JSON.parse(textDecoder.decode(reader.octets(length))));
  } catch (error) {
    throw new FrameError('bad-status', at, `status is not readable (${(error as Error).message})`);
  }
}

export function decodeFrame(buffer: ArrayBuffer): Frame {
  const reader = new Reader(buffer);
  checkMagic(reader);
  reader.need(headerOctets - 4, 'header');
  const kind = oneOf(['snapshot', 'delta'] as const, reader.u8(), reader, 'frame kind');
  const mode = oneOf(modes, reader.u8(), reader, 'mode');
  reader.u16();
  const time = finite(reader.f64(), 1e11, reader, 'picture time');
  const fromSequence = reader.u64();
  const toSequence = reader.u64();
  const trackCount = reader.u32();
  const removedCount = reader.u32();
  // Before a list is made: can the counts be true at all?
  reader.need(trackCount * trackOctets + removedCount * 8, 'lists');
  const tracks: TrackReport[] = [];
  for (let i = 0; i < trackCount; ++i) tracks.push(readTrack(reader, time));
  reader.need(removedCount * 8, 'removed tracks');
  const removed: TrackId[] = [];
  for (let i = 0; i < removedCount; ++i) removed.push(reader.u64());
  const status = readStatus(reader);
  if (reader.remaining() > 0) throw new FrameError('bad-value', reader.offset, `${reader.remaining()} octets too many`);
  return { kind, mode, time, fromSequence, toSequence, tracks, removed, status };
}
