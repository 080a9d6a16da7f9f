/** Which tracks the list shows, and in which order. Pure. */
import type { Track } from '../picture/types';
import { emergencyOf, nameOf } from '../tracks/symbols';
import { hexAddress, knots, octal, speedOf, trackAngleOf } from '../units/format';

export type Column = 'callsign' | 'level' | 'speed' | 'track' | 'code';
export interface Order {
  column: Column;
  descending: boolean;
}

function levelOf(track: Track): number {
  if (track.onGround) return -1000;
  return track.pressureAltitude ?? (track.geometricHeight ? track.height / 0.3048 : Number.NEGATIVE_INFINITY);
}

function compare(a: Track, b: Track, column: Column): number {
  switch (column) {
    case 'callsign':
      return nameRank(a) - nameRank(b) || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0);
    case 'level':
      return compareNumbers(levelOf(a), levelOf(b));
    case 'speed':
      return compareNumbers(knots(speedOf(a)), knots(speedOf(b)));
    case 'track':
      return compareNumbers(trackAngleOf(a), trackAngleOf(b));
    case 'code':
      return compareNumbers(a.modeA ?? -1, b.modeA ?? -1);
  }
}

/** Names before bare numbers. */
function nameRank(track: Track): number {
  return track.callsign === '' ? 1 : 0;
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Every word of the query must be found in the callsign, number, code or address. */
export function matches(track: Track, query: string): boolean {
  const words = query
    .trim()
    .toUpperCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const texts = [track.callsign.toUpperCase(), `#${String(track.number).padStart(4, '0')}`];
  if (track.modeA !== undefined) texts.push(octal(track.modeA));
  if (track.address !== undefined) texts.push(hexAddress(track.address));
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** Emergencies first, whatever the order; equal ones by id, so that rows do not jump. */
export function listedTracks(tracks: Iterable<Track>, query: string, order: Order): Track[] {
  const sign = order.descending ? -1 : 1;
  return [...tracks]
    .filter((track) => matches(track, query))
    .sort(
      (a, b) =>
        Number(emergencyOf(b) !== undefined) - Number(emergencyOf(a) !== undefined) ||
        sign * compare(a, b, order.column) ||
        (a.id < b.id ? -1 : 1),
    );
}
