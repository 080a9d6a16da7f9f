/** Where the tracks are on the screen at one moment: the common ground of labels, selection and hit test. */
import { mercator, nearest } from '../map/view';
import type { Point, Window } from '../map/view';
import type { Track } from '../picture/types';
import { mercatorVelocity } from './scene';

export interface OnScreen {
  track: Track;
  x: number;
  y: number;
}

/** Mercator position of a track at picture time `time`. */
export function mercatorAt(track: Track, time: number): Point {
  const start = mercator(track);
  const velocity = mercatorVelocity(track);
  const seconds = time - track.time;
  return { x: start.x + velocity.x * seconds, y: start.y + velocity.y * seconds };
}

export function pixelAt(track: Track, time: number, window: Window): Point {
  const at = mercatorAt(track, time);
  return {
    x: (nearest(at.x, window.centre.x) - window.centre.x) * window.worldSize + window.width / 2,
    y: (at.y - window.centre.y) * window.worldSize + window.height / 2,
  };
}

/** The tracks inside the window, with `margin` pixels around it. */
export function tracksOnScreen(tracks: Iterable<Track>, time: number, window: Window, margin: number): OnScreen[] {
  const seen: OnScreen[] = [];
  for (const track of tracks) {
    const { x, y } = pixelAt(track, time, window);
    if (x > -margin && y > -margin && x < window.width + margin && y < window.height + margin)
      seen.push({ track, x, y });
  }
  return seen;
}

/** The track nearest to a point, within `reach` pixels. */
export function trackNear(seen: readonly OnScreen[], at: Point, reach: number): Track | undefined {
  let best: { track: Track; distance: number } | undefined;
  for (const { track, x, y } of seen) {
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance <= reach && (best === undefined || distance < best.distance)) best = { track, distance };
  }
  return best?.track;
}
