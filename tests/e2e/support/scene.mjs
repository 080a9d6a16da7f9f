// A scripted picture: some sixty aircraft around Baghdad, with one of everything that the page has to show.
import { encodeFrame } from '../../../web/testing/frame.mjs';

const degree = Math.PI / 180;
const radius = 6371008.8;

/** Numbers that are the same in every run (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const sites = [
  ['Baghdad', 33.2625, 44.2346, 'mode_s'],
  ['Basra', 30.5491, 47.6621, 'ssr'],
  ['Erbil', 36.2376, 43.9632, 'mode_s'],
  ['Rutba', 33.03, 40.29, 'psr'],
  ['Najaf ADS-B', 31.99, 44.4, 'adsb'],
];

export function sensors(now) {
  const known = sites.map(([name, lat, lon, kind], index) => ({
    id: index + 1,
    name,
    kind,
    sac: 77,
    sic: 10 + index,
    configured: true,
    has_site: true,
    lat,
    lon,
    range_max_m: kind === 'adsb' ? 370400 : 277800,
    period_s: kind === 'adsb' ? 1 : 5.1,
    age_s: index === 3 ? 95 : (now * (index + 1)) % 4,
    reports: 12000 + index * 317 + Math.floor(now % 1000),
    latency_s: 0.21 + index * 0.04,
    unplaced: 0,
    state: index === 3 ? 'silent' : index === 1 ? 'late' : 'ok',
  }));
  return [
    ...known,
    {
      id: 6,
      name: '77/99',
      kind: 'ssr',
      sac: 77,
      sic: 99,
      configured: false,
      has_site: false,
      age_s: 2,
      reports: 412,
      latency_s: 0.3,
      unplaced: 412,
      state: 'unknown',
    },
  ];
}

function aircraft(index, random) {
  const heading = random() * 360;
  const speed = 190 + random() * 60;
  const level = 24000 + Math.floor(random() * 17) * 1000;
  const airlines = ['IAW', 'UAE', 'QTR', 'THY', 'KAC', 'FDB', 'MEA', 'RJA', 'SVA', 'GFA'];
  return {
    id: BigInt(1000 + index),
    number: 100 + index,
    lat: 30 + random() * 6.5,
    lon: 40.5 + random() * 7.5,
    east: Math.sin(heading * degree) * speed,
    north: Math.cos(heading * degree) * speed,
    pressureAltitude: level,
    verticalRate: [0, 0, 0, 1800, -2100][Math.floor(random() * 5)],
    callsign: `${airlines[Math.floor(random() * airlines.length)]}${100 + Math.floor(random() * 800)}`,
    address: 0x718000 + index,
    modeA: Number.parseInt(String(1000 + index), 8),
    existence: 0.98,
    contributions: [
      { sensor: 1, reports: 120 + index, age: random() * 5 },
      { sensor: 5, reports: 800, age: random() },
    ],
  };
}

/** The cast: some of them special, at known places. */
export function cast(count = 60) {
  const random = randomNumbers(7);
  const tracks = Array.from({ length: count }, (_, index) => aircraft(index, random));
  Object.assign(tracks[0], { callsign: 'IAW123', lat: 33.3, lon: 44.3, identity: 'friend' });
  Object.assign(tracks[1], {
    callsign: 'MAYDAY1',
    lat: 34.1,
    lon: 42.9,
    modeA: 0o7700,
    verticalRate: -2400,
    pressureAltitude: 14300,
  });
  Object.assign(tracks[2], {
    callsign: '',
    address: undefined,
    modeA: undefined,
    primaryOnly: true,
    pressureAltitude: undefined,
    verticalRate: undefined,
    lat: 33.0,
    lon: 40.9,
    east: 38,
    north: 12,
    sigmaMajor: 900,
    sigmaMinor: 240,
    existence: 0.81,
    contributions: [{ sensor: 4, reports: 31, age: 3.2 }],
  });
  Object.assign(tracks[3], { state: 'coasting', callsign: 'THY88', age: 14, lat: 35.2, lon: 44.0 });
  Object.assign(tracks[4], { state: 'tentative', callsign: '', lat: 32.1, lon: 45.4 });
  Object.assign(tracks[5], { identity: 'hostile', callsign: '', lat: 34.6, lon: 45.6 });
  Object.assign(tracks[6], { identity: 'suspect', lat: 31.5, lon: 43.0 });
  Object.assign(tracks[7], { identity: 'neutral', lat: 32.4, lon: 46.3 });
  Object.assign(tracks[8], { identity: 'assumed_friend', lat: 36.0, lon: 43.2 });
  Object.assign(tracks[9], { identity: 'unknown', lat: 30.9, lon: 46.4 });
  Object.assign(tracks[10], {
    onGround: true,
    pressureAltitude: 0,
    east: 3,
    north: 0,
    lat: 33.2625,
    lon: 44.2346,
    callsign: 'IAW9',
  });
  return tracks;
}

function advanced(track, seconds) {
  return {
    ...track,
    lat: track.lat + (track.north * seconds) / radius / degree,
    lon: track.lon + (track.east * seconds) / (radius * Math.cos(track.lat * degree)) / degree,
  };
}

/** The script: picture `n` seconds after `start`. Each track is updated every fourth second, in turn, as by a radar. */
export class Script {
  constructor({ start, mode = 'live', tracks = cast(), speed = 1 }) {
    Object.assign(this, { start, mode, tracks, speed });
    this.sequence = 0;
  }

  status(time) {
    return {
      latency_s: 0.12,
      recording: true,
      speed: this.speed,
      title: 'script',
      input: {
        datagrams: 48211,
        octets: 9000000,
        records: 190233,
        target_reports: 171002,
        faults: 3,
        skipped_octets: 118,
      },
      sensors: sensors(time),
    };
  }

  trackAt(track, n) {
    const seen = track.state === 'coasting' ? -(track.age ?? 10) : n - ((n + Number(track.id)) % 4);
    return { ...advanced(track, n), lastUpdate: this.start + Math.max(seen, -30) };
  }

  snapshot(n) {
    this.sequence = n + 1;
    const time = this.start + n;
    return encodeFrame({
      kind: 'snapshot',
      mode: this.mode,
      time,
      from: 0,
      to: this.sequence,
      tracks: this.tracks.map((track) => this.trackAt(track, n)),
      status: this.status(time),
    });
  }

  delta(n, { removed = [] } = {}) {
    const time = this.start + n;
    const news = this.tracks.filter((track) => (n + Number(track.id)) % 4 === 0 && !removed.includes(track.id));
    this.tracks = this.tracks.filter((track) => !removed.includes(track.id));
    return encodeFrame({
      kind: 'delta',
      mode: this.mode,
      time,
      from: n,
      to: n + 1,
      tracks: news.map((track) => this.trackAt(track, n)),
      removed,
      status: this.status(time),
    });
  }
}
