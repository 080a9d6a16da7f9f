/** Meridians and parallels for the window: the spacing follows the scale, so that some five lines cross the screen. */
import type { Feature, MultiLineString } from 'geojson';
import { fromMercator, toMercator } from './view';
import type { Window } from './view';

const steps = [30, 20, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05];

export function graticuleStep(window: Window): number {
  const degreesAcross = (window.width / window.worldSize) * 360;
  return steps.find((step) => degreesAcross / step >= 5) ?? 0.05;
}

export interface GridLine {
  axis: 'meridian' | 'parallel';
  degrees: number;
}

export function gridLines(window: Window): GridLine[] {
  const step = graticuleStep(window);
  const northWest = fromMercator(toMercator(window, { x: 0, y: 0 }));
  const southEast = fromMercator(toMercator(window, { x: window.width, y: window.height }));
  const lines: GridLine[] = [];
  for (let i = Math.ceil(northWest.lon / step); i * step <= southEast.lon; ++i) {
    lines.push({ axis: 'meridian', degrees: i * step });
  }
  for (let i = Math.ceil(southEast.lat / step); i * step <= northWest.lat; ++i) {
    lines.push({ axis: 'parallel', degrees: i * step });
  }
  return lines;
}

/** All lines of one spacing over the whole world, as the map library wants them. */
export function graticule(step: number): Feature<MultiLineString> {
  const coordinates: number[][][] = [];
  for (let i = Math.ceil(-180 / step); i * step <= 180; ++i)
    coordinates.push([
      [i * step, -85],
      [i * step, 85],
    ]);
  for (let i = Math.ceil(-80 / step); i * step <= 80; ++i)
    coordinates.push([
      [-180, i * step],
      [180, i * step],
    ]);
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } };
}

export function degreesText(line: GridLine): string {
  const letters = line.axis === 'meridian' ? ['E', 'W'] : ['N', 'S'];
  const wrapped = line.axis === 'meridian' ? ((((line.degrees + 180) % 360) + 360) % 360) - 180 : line.degrees;
  const value = Math.abs(wrapped);
  const minutes = Math.round((value % 1) * 60);
  const whole = Math.floor(value + 1e-9);
  const tail = minutes > 0 && minutes < 60 ? `${String(minutes).padStart(2, '0')}′` : '';
  return `${String(whole)}°${tail}${letters[wrapped < 0 ? 1 : 0]}`;
}
