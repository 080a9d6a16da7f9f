/** What a label says. Line 1: callsign or track number, before it the letter of an identity that has been set. Line 2:
 *  flight level, arrow, speed in tens of knots; while coasting, C and the age. An emergency has its word above all. */
import type { Key } from '../i18n/i18n';
import type { Track } from '../picture/types';
import { emergencyOf, identityLetter, isIdentified, nameOf } from '../tracks/symbols';
import { feet, flightLevel, knots, octal, padded, speedOf } from '../units/format';

export interface LabelText {
  alert: string;
  name: string;
  data: string;
}

/** Vertical rates below this are level flight, ft/min. */
export const levelRate = 200;

export function arrow(rate: number | undefined): string {
  if (rate === undefined || Math.abs(rate) < levelRate) return ' ';
  return rate > 0 ? '↑' : '↓';
}

/** Flight level; G and hundreds of feet for a geometric height; dashes if no height is known. */
export function levelText(track: Track): string {
  if (track.onGround) return 'GND';
  if (track.pressureAltitude !== undefined) return flightLevel(track.pressureAltitude);
  if (track.geometricHeight && Number.isFinite(track.height)) return `G${padded(feet(track.height) / 100, 3)}`;
  return '---';
}

export function labelText(
  track: Track,
  time: number,
  say: (key: Key, p?: Record<string, string>) => string,
): LabelText {
  const emergency = emergencyOf(track);
  const letter = !isIdentified(track) ? '' : `${identityLetter[track.identity]} `;
  const speed = padded(knots(speedOf(track)) / 10, 2);
  const age = Math.max(0, time - track.lastUpdate);
  const coast = track.state === 'coasting' ? ` C${Math.min(999, Math.round(age))}` : '';
  return {
    alert: emergency === undefined ? '' : alertText(track, emergency, say),
    name: letter + nameOf(track),
    data: `${levelText(track)}${track.onGround ? ' ' : arrow(track.verticalRate)}${speed}${coast}`,
  };
}

function alertText(track: Track, emergency: string, say: (key: Key, p?: Record<string, string>) => string): string {
  const word = say(`emergency.${emergency}` as Key, { code: String(track.emergency) });
  return track.modeA !== undefined && track.modeA >= 0o7500 && (track.modeA & 0o77) === 0
    ? `${octal(track.modeA)} ${word}`
    : word;
}
