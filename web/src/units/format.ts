/** SI to what stands on the screen: flight levels, feet, knots, nautical miles. Latin digits in every language. */
export const metresPerNauticalMile = 1852;
const metresPerFoot = 0.3048;
const knot = metresPerNauticalMile / 3600;

export function feet(metres: number): number {
  return metres / metresPerFoot;
}

export function knots(metresPerSecond: number): number {
  return metresPerSecond / knot;
}

export function nauticalMiles(metres: number): number {
  return metres / metresPerNauticalMile;
}

export function padded(value: number, digits: number): string {
  const rounded = Math.round(Math.abs(value));
  return (value < 0 && rounded > 0 ? '-' : '') + String(rounded).padStart(digits, '0');
}

export function flightLevel(pressureAltitudeFeet: number): string {
  return padded(pressureAltitudeFeet / 100, 3);
}

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function whole(value: number): string {
  return grouped.format(Math.round(value) + 0);
}

export function utcTime(seconds: number): string {
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString().slice(11, 19) + 'Z' : '--:--:--Z';
}

export function utcDate(seconds: number): string {
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString().slice(0, 10) : '';
}

/** 12 s, 3 min 05 s, 2 h 10 min: the units come from the language. */
export function duration(seconds: number, units: { s: string; min: string; h: string }): string {
  const total = Math.max(0, Math.round(seconds));
  if (total < 60) return `${total} ${units.s}`;
  if (total < 3600) return `${Math.floor(total / 60)} ${units.min} ${padded(total % 60, 2)} ${units.s}`;
  return `${Math.floor(total / 3600)} ${units.h} ${padded(Math.floor((total % 3600) / 60), 2)} ${units.min}`;
}

export function shortLatency(seconds: number, units: { s: string; ms: string }): string {
  const milliseconds = Math.abs(seconds) * 1000;
  return milliseconds < 995 ? `${Math.round(seconds * 1000)} ${units.ms}` : `${seconds.toFixed(1)} ${units.s}`;
}

export function octal(modeA: number): string {
  return modeA.toString(8).padStart(4, '0');
}

export function hexAddress(address: number): string {
  return address.toString(16).toUpperCase().padStart(6, '0');
}

export function speedOf(track: { east: number; north: number }): number {
  return Math.hypot(track.east, track.north);
}

export function trackAngleOf(track: { east: number; north: number }): number {
  return ((Math.atan2(track.east, track.north) * 180) / Math.PI + 360) % 360;
}

/** Three digits, 360 for north as aviators say it. */
export function bearingText(degrees: number): string {
  const rounded = Math.round(degrees) % 360;
  return padded(rounded === 0 ? 360 : rounded, 3);
}

function sexagesimal(value: number, width: number, positive: string, negative: string): string {
  const tenths = Math.round(Math.abs(value) * 36000);
  const seconds = (tenths % 600) / 10;
  const minutes = Math.floor(tenths / 600) % 60;
  const degrees = Math.floor(tenths / 36000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(degrees).padStart(width, '0')}°${two(minutes)}′${two(Math.floor(seconds))}″${value < 0 ? negative : positive}`;
}

export function positionText(lat: number, lon: number): string {
  const wrapped = ((((lon + 180) % 360) + 360) % 360) - 180;
  return `${sexagesimal(lat, 2, 'N', 'S')} ${sexagesimal(wrapped, 3, 'E', 'W')}`;
}

export function distanceText(metres: number): string {
  return metres < metresPerNauticalMile ? `${whole(metres)} m` : `${nauticalMiles(metres).toFixed(1)} NM`;
}
