/** What the page knows of one system track. Angles in degrees, lengths in metres, speeds in m/s, times in UTC seconds
 *  since 1970, as they travel; aviation units are made only where text is made (units/format.ts). */

export type TrackId = bigint;

export type TrackState = 'tentative' | 'confirmed' | 'coasting' | 'terminated';
export const trackStates: readonly TrackState[] = ['tentative', 'confirmed', 'coasting', 'terminated'];

export type Identity = 'pending' | 'unknown' | 'assumed_friend' | 'friend' | 'neutral' | 'suspect' | 'hostile';
export const identities: readonly Identity[] = [
  'pending',
  'unknown',
  'assumed_friend',
  'friend',
  'neutral',
  'suspect',
  'hostile',
];

export type Mode = 'live' | 'replay' | 'simulation';
export const modes: readonly Mode[] = ['live', 'replay', 'simulation'];

/** One sensor's part in a track. */
export interface Contribution {
  sensor: number;
  reports: number;
  /** Age of its last report at the time of the frame that carried it, seconds. */
  age: number;
}

/** One track as a frame carries it: its state at `time`, the picture time of that frame. */
export interface TrackReport {
  id: TrackId;
  number: number;
  state: TrackState;
  identity: Identity;
  emergency: number;
  geometricHeight: boolean;
  onGround: boolean;
  simulated: boolean;
  primaryOnly: boolean;
  identPulse: boolean;
  time: number;
  lat: number;
  lon: number;
  height: number;
  east: number;
  north: number;
  /** Feet, as transponders tell it; absent if none has. */
  pressureAltitude: number | undefined;
  /** Feet per minute. */
  verticalRate: number | undefined;
  existence: number;
  sigmaMajor: number;
  sigmaMinor: number;
  /** Direction of the major axis, clockwise from north. */
  orientation: number;
  lastUpdate: number;
  address: number | undefined;
  modeA: number | undefined;
  callsign: string;
  contributions: Contribution[];
}

/** Where a track was when it was updated: what a history dot shows. */
export interface HistoryDot {
  lat: number;
  lon: number;
  time: number;
}

export interface Track extends TrackReport {
  history: HistoryDot[];
}

export type SensorState = 'ok' | 'late' | 'silent' | 'unknown';

export interface Sensor {
  id: number;
  name: string;
  kind: string;
  sac: number | undefined;
  sic: number | undefined;
  configured: boolean;
  hasSite: boolean;
  lat: number | undefined;
  lon: number | undefined;
  rangeMax: number | undefined;
  period: number | undefined;
  age: number | undefined;
  reports: number;
  latency: number | undefined;
  unplaced: number;
  state: SensorState;
}

/** What a frame says of the system as a whole. */
export interface SystemStatus {
  latency: number | undefined;
  recording: boolean;
  speed: number;
  title: string;
  input: Record<string, number>;
  sensors: Sensor[];
}

export interface Frame {
  kind: 'snapshot' | 'delta';
  mode: Mode;
  time: number;
  fromSequence: bigint;
  toSequence: bigint;
  tracks: TrackReport[];
  removed: TrackId[];
  status: SystemStatus;
}
