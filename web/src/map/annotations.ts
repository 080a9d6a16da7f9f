/** What is written on the map itself, below the tracks' labels: country names, degrees of the graticule along the edges,
 *  sensor sites and their range rings. North is up and east is right in every language. */
import type { Sensor } from '../picture/types';
import { destination } from '../picture/motion';
import { metresPerNauticalMile } from '../units/format';
import { countryName, language } from '../i18n/i18n';
import type { Place } from './atlas';
import { degreesText, gridLines } from './graticule';
import type { Palette } from './palette';
import { mercator, toPixel } from './view';
import type { Point, Window } from './view';

const textFamily = "'IBM Plex Sans', 'IBM Plex Sans Arabic', sans-serif";
const monoFamily = "'B612 Mono', monospace";
const ringSegments = 96;
/** Names of sites appear from this size of the world on (zoom 6.2), cut to so many characters. */
const namesFrom = 512 * 2 ** 6.2;
const longestName = 22;
const assumedRange = 150 * metresPerNauticalMile;

export interface AnnotationState {
  places: readonly Place[];
  sensors: readonly Sensor[];
  ringed: ReadonlySet<number>;
  allRings: boolean;
  graticule: boolean;
  palette: Palette;
  window: Window;
}

/** Draws; answers with the boxes of the sensor sites, which labels should leave free. */
export function drawAnnotations(context: CanvasRenderingContext2D, state: AnnotationState): Box[] {
  const sites: Box[] = [];
  drawPlaces(context, state);
  if (state.graticule) drawDegrees(context, state);
  for (const sensor of state.sensors) {
    if (sensor.lat === undefined || sensor.lon === undefined) continue;
    const site = { lat: sensor.lat, lon: sensor.lon };
    if (state.allRings || state.ringed.has(sensor.id)) {
      sites.push(...drawRings(context, site, sensor.rangeMax ?? assumedRange, state));
    }
    const at = toPixel(state.window, mercator(site));
    sites.push(drawSite(context, at, sensor, state));
    if (state.window.worldSize >= namesFrom) drawSiteName(context, at, sensor, state, sites);
  }
  return sites;
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function drawPlaces(context: CanvasRenderingContext2D, state: AnnotationState): void {
  const taken: Box[] = [];
  const byExtent = [...state.places].sort((a, b) => b.extent - a.extent);
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.fillStyle = state.palette.place;
  for (const place of byExtent) {
    const extent = (place.extent / 360) * state.window.worldSize;
    if (extent < 44) break;
    const at = toPixel(state.window, mercator(place));
    if (at.x < -80 || at.y < -20 || at.x > state.window.width + 80 || at.y > state.window.height + 20) continue;
    const size = Math.min(15, 10 + extent / 130);
    context.font = `500 ${size}px ${textFamily}`;
    const spaced = language() === 'en';
    context.letterSpacing = spaced ? `${(0.12 + Math.min(0.2, extent / 4000)) * size}px` : '0px';
    const name = spaced ? countryName(place.country).toUpperCase() : countryName(place.country);
    const half = context.measureText(name).width / 2 + 6;
    const box = { left: at.x - half, right: at.x + half, top: at.y - size, bottom: at.y + size };
    if (name === '' || taken.some((other) => overlaps(other, box))) continue;
    taken.push(box);
    context.fillText(name, at.x, at.y);
  }
  context.letterSpacing = '0px';
  context.textAlign = 'left';
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function drawDegrees(context: CanvasRenderingContext2D, state: AnnotationState): void {
  context.font = `10px ${monoFamily}`;
  context.fillStyle = state.palette.place;
  context.textBaseline = 'middle';
  for (const line of gridLines(state.window)) {
    const text = degreesText(line);
    if (line.axis === 'meridian') {
      const { x } = toPixel(state.window, mercator({ lat: 0, lon: line.degrees }));
      context.fillText(text, x + 4, state.window.height - 9);
    } else {
      const { y } = toPixel(state.window, mercator({ lat: line.degrees, lon: 0 }));
      if (y < state.window.height - 28)
        context.fillText(text, state.window.width - context.measureText(text).width - 6, y - 8);
    }
  }
}

export function ringStep(range: number): number {
  const miles = range / metresPerNauticalMile;
  return miles > 300 ? 100 : miles > 80 ? 50 : miles > 30 ? 20 : 10;
}

function drawRings(
  context: CanvasRenderingContext2D,
  site: { lat: number; lon: number },
  range: number,
  state: AnnotationState,
): Box[] {
  const boxes: Box[] = [];
  const step = ringStep(range);
  context.strokeStyle = state.palette.ring;
  context.fillStyle = state.palette.ring;
  context.font = `10px ${monoFamily}`;
  context.textBaseline = 'bottom';
  context.lineWidth = 1;
  const radii: number[] = [];
  for (let miles = step; miles * metresPerNauticalMile < range * 0.98; miles += step)
    radii.push(miles * metresPerNauticalMile);
  radii.push(range);
  for (const radius of radii) {
    const outermost = radius === range;
    context.globalAlpha = outermost ? 0.75 : 0.4;
    context.setLineDash(outermost ? [] : [3, 5]);
    const top = drawRing(context, site, radius, state.window);
    context.globalAlpha = 0.9;
    context.fillText(`${Math.round(radius / metresPerNauticalMile)} NM`, top.x + 4, top.y - 2);
    boxes.push({ left: top.x + 2, right: top.x + 50, top: top.y - 14, bottom: top.y - 1 });
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  return boxes;
}

function drawRing(
  context: CanvasRenderingContext2D,
  site: { lat: number; lon: number },
  radius: number,
  window: Window,
): Point {
  context.beginPath();
  let top: Point = { x: 0, y: 0 };
  for (let i = 0; i <= ringSegments; ++i) {
    const at = toPixel(window, mercator(destination(site, radius, (i * 360) / ringSegments)));
    if (i === 0) {
      top = at;
      context.moveTo(at.x, at.y);
    } else {
      context.lineTo(at.x, at.y);
    }
  }
  context.stroke();
  return top;
}

function drawSite(context: CanvasRenderingContext2D, at: Point, sensor: Sensor, state: AnnotationState): Box {
  const silent = sensor.state === 'silent';
  context.strokeStyle = silent ? state.palette.alert : state.palette.ring;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(at.x - 4.5, at.y + 4);
  context.lineTo(at.x, at.y - 5);
  context.lineTo(at.x + 4.5, at.y + 4);
  context.closePath();
  context.stroke();
  if (silent) {
    context.beginPath();
    context.moveTo(at.x - 6, at.y + 6);
    context.lineTo(at.x + 6, at.y - 7);
    context.stroke();
  }
  return { left: at.x - 6, right: at.x + 6, top: at.y - 7, bottom: at.y + 6 };
}

/** Below its site; left out where another site or name already is. */
function drawSiteName(
  context: CanvasRenderingContext2D,
  at: Point,
  sensor: Sensor,
  state: AnnotationState,
  taken: Box[],
): void {
  const name = sensor.name.length > longestName ? `${sensor.name.slice(0, longestName - 1).trimEnd()}…` : sensor.name;
  context.font = `500 10.5px ${textFamily}`;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  const half = context.measureText(name).width / 2;
  const box = { left: at.x - half, right: at.x + half, top: at.y + 7, bottom: at.y + 19 };
  if (!taken.some((other) => overlaps(other, box))) {
    context.fillStyle = sensor.state === 'silent' ? state.palette.alert : state.palette.ring;
    context.fillText(name, at.x, at.y + 8);
    taken.push(box);
  }
  context.textAlign = 'left';
}
