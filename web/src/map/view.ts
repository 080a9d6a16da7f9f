/** What the rest of the page knows of the map: a flat Mercator window, north up, however it is drawn. */
import type { Position } from '../picture/motion';

export interface Point {
  x: number;
  y: number;
}

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Centre in Mercator coordinates (0..1 east and south), and the size of the whole world in CSS pixels. */
export interface Window {
  centre: Point;
  worldSize: number;
  width: number;
  height: number;
}

export interface MapView {
  readonly kind: 'webgl' | 'plain';
  readonly container: HTMLElement;
  window(): Window;
  zoom(): number;
  centre(): Position;
  zoomBy(steps: number): void;
  panBy(dx: number, dy: number): void;
  /** Moves the centre; instantly when the operator prefers reduced motion or `animate` is false. */
  goTo(position: Position, options?: { zoom?: number; animate?: boolean }): void;
  fit(bounds: Bounds, padding: Padding): void;
  /** Asks for a drawing of base map and tracks at the next opportunity. */
  repaint(): void;
  setTheme(theme: 'night' | 'day'): void;
  setGraticule(shown: boolean): void;
  /** Called whenever the window has changed, or may be about to be drawn anew. */
  onMove(listener: () => void): void;
  onClick(listener: (at: Point) => void): void;
  onUserPan(listener: () => void): void;
  ready(): boolean;
}

export interface Padding {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Draws tracks into the map, below the labels. */
export interface TrackPainter {
  update(scene: import('../tracks/scene').Scene): void;
}

export function mercator(position: Position): Point {
  const phi = (Math.max(-85.0511, Math.min(85.0511, position.lat)) * Math.PI) / 180;
  return {
    x: (position.lon + 180) / 360,
    y: 0.5 - Math.log(Math.tan(Math.PI / 4 + phi / 2)) / (2 * Math.PI),
  };
}

export function fromMercator(point: Point): Position {
  return {
    lat: (2 * Math.atan(Math.exp((0.5 - point.y) * 2 * Math.PI)) - Math.PI / 2) * (180 / Math.PI),
    lon: point.x * 360 - 180,
  };
}

/** Mercator x nearest to the centre of the window: tracks just across the antimeridian are drawn beside it. */
export function nearest(x: number, centre: number): number {
  return x - Math.round(x - centre);
}

export function toPixel(window: Window, point: Point): Point {
  return {
    x: (nearest(point.x, window.centre.x) - window.centre.x) * window.worldSize + window.width / 2,
    y: (point.y - window.centre.y) * window.worldSize + window.height / 2,
  };
}

export function toMercator(window: Window, pixel: Point): Point {
  return {
    x: window.centre.x + (pixel.x - window.width / 2) / window.worldSize,
    y: window.centre.y + (pixel.y - window.height / 2) / window.worldSize,
  };
}

/** Pixels per metre at a latitude. */
export function pixelsPerMetre(window: Window, lat: number): number {
  return window.worldSize / (2 * Math.PI * 6378137 * Math.cos((lat * Math.PI) / 180));
}
