/** The JSON part of a frame, read field by field: what is missing or of the wrong type becomes "not known". */
import type { Sensor, SensorState, SystemStatus } from './types';

type Json = Record<string, unknown>;

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const sensorStates: readonly SensorState[] = ['ok', 'late', 'silent', 'unknown'];

function sensorFromJson(json: Json, index: number): Sensor {
  const state = sensorStates.find((known) => known === json['state']) ?? 'unknown';
  return {
    id: number(json['id']) ?? index,
    name: text(json['name']),
    kind: text(json['kind']),
    sac: number(json['sac']),
    sic: number(json['sic']),
    configured: json['configured'] === true,
    hasSite: json['has_site'] === true,
    lat: number(json['lat']),
    lon: number(json['lon']),
    rangeMax: number(json['range_max_m']),
    period: number(json['period_s']),
    age: number(json['age_s']),
    reports: number(json['reports']) ?? 0,
    latency: number(json['latency_s']),
    unplaced: number(json['unplaced']) ?? 0,
    state,
  };
}

function countersFromJson(json: unknown): Record<string, number> {
  const counters: Record<string, number> = {};
  if (typeof json !== 'object' || json === null) return counters;
  for (const [name, value] of Object.entries(json)) {
    const count = number(value);
    if (count !== undefined) counters[name] = count;
  }
  return counters;
}

export function statusFromJson(json: unknown): SystemStatus {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('not an object');
  const status = json as Json;
  const sensors = Array.isArray(status['sensors']) ? status['sensors'] : [];
  const speed = number(status['speed']);
  return {
    latency: number(status['latency_s']),
    recording: status['recording'] === true,
    speed: speed !== undefined && speed > 0 ? speed : 1,
    title: text(status['title']),
    input: countersFromJson(status['input']),
    sensors: sensors.filter((s): s is Json => typeof s === 'object' && s !== null).map(sensorFromJson),
  };
}
