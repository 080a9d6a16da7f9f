/** A track's symbol as a small picture, for lists and the legend. */
import { palette } from '../map/palette';
import type { Theme } from '../app/settings';
import type { Track } from '../picture/types';
import { shapePath } from './paths';
import { emergencyOf, lookOf } from './symbols';

const svgNamespace = 'http://www.w3.org/2000/svg';

const plain: Track = {
  id: 0n,
  number: 0,
  state: 'confirmed',
  identity: 'pending',
  emergency: 0,
  geometricHeight: false,
  onGround: false,
  simulated: false,
  primaryOnly: false,
  identPulse: false,
  time: 0,
  lat: 0,
  lon: 0,
  height: 0,
  east: 0,
  north: 0,
  pressureAltitude: undefined,
  verticalRate: undefined,
  existence: 1,
  sigmaMajor: 0,
  sigmaMinor: 0,
  orientation: 0,
  lastUpdate: 0,
  address: undefined,
  modeA: undefined,
  callsign: '',
  contributions: [],
  history: [],
};

function pathElement(data: string, attributes: Record<string, string>): SVGPathElement {
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', data);
  for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
  return path;
}

/** Draws into `svg` if it does not show this look already. */
export function drawSymbol(svg: SVGSVGElement, track: Track): void {
  const theme = (document.documentElement.dataset['theme'] ?? 'night') as Theme;
  const colours = palette(theme);
  const look = lookOf(track, colours);
  const alerted = emergencyOf(track) !== undefined;
  const key = `${look.shape} ${look.colour} ${look.hollow} ${look.radius} ${alerted}`;
  if (svg.dataset['look'] === key) return;
  svg.dataset['look'] = key;
  const fill: Record<string, string> = look.hollow
    ? { fill: 'none', stroke: look.colour, 'stroke-width': '1.6' }
    : { fill: look.colour };
  svg.replaceChildren(pathElement(shapePath(look.shape, look.radius), { ...fill, 'fill-rule': 'evenodd' }));
  if (alerted)
    svg.append(
      pathElement('M-10.5 0A10.5 10.5 0 1 1 10.5 0A10.5 10.5 0 1 1 -10.5 0Z', {
        fill: 'none',
        stroke: look.colour,
        'stroke-width': '1.6',
      }),
    );
}

export function symbolElement(): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '-12 -12 24 24');
  svg.setAttribute('class', 'symbol');
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

export function legendSymbol(like: Partial<Track>): SVGSVGElement {
  const svg = symbolElement();
  drawSymbol(svg, { ...plain, ...like });
  return svg;
}
