// Writes the binary picture frame, version 1, from the description of the format and not from the page's decoder:
// the two are each other's check.

const states = ['tentative', 'confirmed', 'coasting', 'terminated'];
const identities = ['pending', 'unknown', 'assumed_friend', 'friend', 'neutral', 'suspect', 'hostile'];
const modes = ['live', 'replay', 'simulation'];

class Writer {
  constructor(octets) {
    this.buffer = Buffer.alloc(octets);
    this.at = 0;
  }
  u8(v) {
    this.at = this.buffer.writeUInt8(v, this.at);
  }
  u16(v) {
    this.at = this.buffer.writeUInt16LE(v, this.at);
  }
  u32(v) {
    this.at = this.buffer.writeUInt32LE(v >>> 0, this.at);
  }
  u64(v) {
    this.at = this.buffer.writeBigUInt64LE(BigInt(v), this.at);
  }
  f32(v) {
    this.at = this.buffer.writeFloatLE(v, this.at);
  }
  f64(v) {
    this.at = this.buffer.writeDoubleLE(v, this.at);
  }
  bytes(b) {
    b.copy(this.buffer, this.at);
    this.at += b.length;
  }
}

function flagsOf(track) {
  return (
    (track.geometric ? 1 : 0) |
    (track.onGround ? 2 : 0) |
    (track.simulated ? 4 : 0) |
    (track.primaryOnly ? 8 : 0) |
    (track.spi ? 16 : 0) |
    (track.pressureAltitude !== undefined ? 32 : 0) |
    (track.verticalRate !== undefined ? 64 : 0)
  );
}

function writeTrack(out, track, time) {
  const contributions = track.contributions ?? [];
  out.u64(track.id);
  out.u16(track.number ?? Number(track.id) & 0xffff);
  out.u8(states.indexOf(track.state ?? 'confirmed'));
  out.u8(flagsOf(track));
  out.u8(track.emergency ?? 0);
  out.u8(identities.indexOf(track.identity ?? 'pending'));
  out.u8(contributions.length);
  out.u8((track.address !== undefined ? 1 : 0) | (track.modeA !== undefined ? 2 : 0) | (track.callsign ? 4 : 0));
  out.f64(track.lat);
  out.f64(track.lon);
  for (const value of [
    track.height ?? 0,
    track.east ?? 0,
    track.north ?? 0,
    track.pressureAltitude ?? 0,
    track.verticalRate ?? 0,
    track.existence ?? 0.99,
    track.sigmaMajor ?? 80,
    track.sigmaMinor ?? 40,
    track.orientation ?? 30,
  ])
    out.f32(value);
  out.f64(track.lastUpdate ?? time);
  out.u32(track.address ?? 0);
  out.u16(track.modeA ?? 0);
  out.u16(0);
  out.bytes(Buffer.from((track.callsign ?? '').padEnd(8).slice(0, 8), 'latin1'));
  for (const { sensor, reports, age } of contributions) {
    out.u16(sensor);
    out.u16(0);
    out.u32(reports);
    out.f32(age);
  }
}

export function encodeFrame({
  kind = 'snapshot',
  mode = 'live',
  time,
  from = 0,
  to,
  tracks = [],
  removed = [],
  status = {},
}) {
  const json = Buffer.from(JSON.stringify(status), 'utf8');
  const octets =
    40 +
    tracks.reduce((sum, track) => sum + 92 + 12 * (track.contributions ?? []).length, 0) +
    8 * removed.length +
    4 +
    json.length;
  const out = new Writer(octets);
  out.bytes(Buffer.from('MSD1', 'latin1'));
  out.u8(kind === 'delta' ? 1 : 0);
  out.u8(modes.indexOf(mode));
  out.u16(0);
  out.f64(time);
  out.u64(from);
  out.u64(to);
  out.u32(tracks.length);
  out.u32(removed.length);
  for (const track of tracks) writeTrack(out, track, time);
  for (const id of removed) out.u64(id);
  out.u32(json.length);
  out.bytes(json);
  if (out.at !== octets) throw new Error(`frame of ${octets} octets filled to ${out.at}`);
  return out.buffer;
}
