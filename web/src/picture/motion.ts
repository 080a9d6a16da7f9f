/** Where a track is between two frames: straight on with its velocity. Over the seconds concerned a sphere is enough
 *  (the difference from the ellipsoid is below 0.4 % of the distance flown, a metre per second at 500 kt). */
const degree = Math.PI / 180;
const earthRadius = 6371008.8;

export interface Position {
  lat: number;
  lon: number;
}

export interface Moving extends Position {
  east: number;
  north: number;
}

export function moved(from: Moving, seconds: number): Position {
  const lat = Math.max(-89.9, Math.min(89.9, from.lat + (from.north * seconds) / earthRadius / degree));
  const lon = from.lon + (from.east * seconds) / (earthRadius * Math.cos(from.lat * degree)) / degree;
  return { lat, lon };
}

/** Great-circle distance (m) and initial bearing (degrees clockwise from true north). */
export function rangeBearing(from: Position, to: Position): { range: number; bearing: number } {
  const dLon = (to.lon - from.lon) * degree;
  const a = from.lat * degree;
  const b = to.lat * degree;
  const y = Math.sin(dLon) * Math.cos(b);
  const x = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(dLon);
  const h = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(dLon / 2) ** 2;
  const range = 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)));
  return { range, bearing: (Math.atan2(y, x) / degree + 360) % 360 };
}

/** The point at `range` metres and `bearing` degrees from `from`, along the great circle. */
export function destination(from: Position, range: number, bearing: number): Position {
  const d = range / earthRadius;
  const a = from.lat * degree;
  const lat = Math.asin(Math.sin(a) * Math.cos(d) + Math.cos(a) * Math.sin(d) * Math.cos(bearing * degree));
  const y = Math.sin(bearing * degree) * Math.sin(d) * Math.cos(a);
  const lon = from.lon * degree + Math.atan2(y, Math.cos(d) - Math.sin(a) * Math.sin(lat));
  return { lat: lat / degree, lon: lon / degree };
}
