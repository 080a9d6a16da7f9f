/** All tracks as plain numbers for the painters: positions relative to a reference point near them, so that single
 *  precision is enough (a 2^-24 part of a few hundred kilometres is centimetres), and velocities to run on with. */
import { rgb } from '../map/palette';
import type { Palette } from '../map/palette';
import { mercator, nearest } from '../map/view';
import type { Point } from '../map/view';
import type { Track } from '../picture/types';
import { lookOf } from './symbols';
import type { VectorMinutes } from '../app/settings';

const earthCircumference = 2 * Math.PI * 6371008.8;

/** Numbers per item of each list. */
export const symbolStride = 8; // x, y, vx, vy, time, radius, shape, hollow
export const vectorStride = 6; // x, y, vx, vy, time, seconds
export const dotStride = 3; // x, y, radius

export interface Scene {
  reference: Point;
  /** Picture time that the times of the lists count from. */
  epoch: number;
  symbols: Float32Array;
  symbolColours: Uint8Array;
  vectors: Float32Array;
  vectorColours: Uint8Array;
  dots: Float32Array;
  dotColours: Uint8Array;
}

export interface SceneOptions {
  palette: Palette;
  vector: VectorMinutes;
  history: boolean;
  reference: Point;
  epoch: number;
  /** Size of the symbols, 1 where there is room. */
  size: number;
}

/** A growing list of numbers of a fixed stride with a colour each. */
class List {
  readonly values: number[] = [];
  readonly colours: number[] = [];

  add(values: readonly number[], colour: string, alpha: number): void {
    this.values.push(...values);
    this.colours.push(...rgb(colour), Math.round(alpha * 255));
  }
}

/** Mercator units per second. */
export function mercatorVelocity(track: { lat: number; east: number; north: number }): Point {
  const scale = 1 / (earthCircumference * Math.max(0.05, Math.cos((track.lat * Math.PI) / 180)));
  return { x: track.east * scale, y: -track.north * scale };
}

export function buildScene(tracks: Iterable<Track>, options: SceneOptions): Scene {
  const symbols = new List();
  const vectors = new List();
  const dots = new List();
  for (const track of tracks) {
    const look = lookOf(track, options.palette);
    const at = mercator(track);
    const x = nearest(at.x, options.reference.x) - options.reference.x;
    const y = at.y - options.reference.y;
    const velocity = mercatorVelocity(track);
    const time = track.time - options.epoch;
    const strength = track.state === 'tentative' ? 0.6 : 1;
    symbols.add(
      [x, y, velocity.x, velocity.y, time, look.radius * options.size, look.shape, look.hollow ? 1 : 0],
      look.colour,
      strength,
    );
    if (options.vector > 0 && track.state !== 'tentative' && !track.onGround) {
      vectors.add([x, y, velocity.x, velocity.y, time, options.vector * 60], look.colour, 0.75);
    }
    if (options.history) addHistory(dots, track, options, look.colour);
  }
  return {
    reference: options.reference,
    epoch: options.epoch,
    symbols: new Float32Array(symbols.values),
    symbolColours: new Uint8Array(symbols.colours),
    vectors: new Float32Array(vectors.values),
    vectorColours: new Uint8Array(vectors.colours),
    dots: new Float32Array(dots.values),
    dotColours: new Uint8Array(dots.colours),
  };
}

function addHistory(dots: List, track: Track, options: SceneOptions, colour: string): void {
  const count = track.history.length;
  track.history.forEach((dot, index) => {
    const at = mercator(dot);
    const newness = (index + 1) / count;
    const values = [
      nearest(at.x, options.reference.x) - options.reference.x,
      at.y - options.reference.y,
      0.9 + 0.6 * newness,
    ];
    dots.add(values, colour, 0.2 + 0.45 * newness);
  });
}
