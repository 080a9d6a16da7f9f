/** The shapes as path data, for drawing without WebGL and for the legend: the same figures as in the shader. */
import { shapes } from './symbols';
import type { Shape } from './symbols';

function polygon(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L')}Z`;
}

function circle(r: number): string {
  return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
}

function diamond(r: number): string {
  const s = 1.12 * r;
  return polygon([
    [0, -s],
    [s, 0],
    [0, s],
    [-s, 0],
  ]);
}

function star(r: number): string {
  const s = 1.16 * r;
  const c = 0.265 * s;
  return polygon([
    [0, -s],
    [c, -c],
    [s, 0],
    [c, c],
    [0, s],
    [-c, c],
    [-s, 0],
    [-c, -c],
  ]);
}

function cross(r: number): string {
  const a = 1.05 * r;
  const b = 1.1;
  return polygon([
    [-b, -a],
    [b, -a],
    [b, -b],
    [a, -b],
    [a, b],
    [b, b],
    [b, a],
    [-b, a],
    [-b, b],
    [-a, b],
    [-a, -b],
    [-b, -b],
  ]);
}

/** Centred on the origin; to be filled with the even-odd rule. */
export function shapePath(shape: Shape, r: number): string {
  switch (shape) {
    case shapes.star:
      return star(r);
    case shapes.diamond:
      return diamond(r);
    case shapes.dottedDiamond:
      return diamond(r) + circle(1.9);
    case shapes.spikedDiamond:
      return `${diamond(r)}M${-r - 2.6} -0.8H${-1.12 * r + 0.8}V0.8H${-r - 2.6}ZM${1.12 * r - 0.8} -0.8H${r + 2.6}V0.8H${1.12 * r - 0.8}Z`;
    case shapes.square:
      return polygon([
        [-0.8 * r, -0.8 * r],
        [0.8 * r, -0.8 * r],
        [0.8 * r, 0.8 * r],
        [-0.8 * r, 0.8 * r],
      ]);
    case shapes.cross:
      return cross(r);
    case shapes.dottedCircle:
      return circle(0.92 * r) + circle(1.9);
    case shapes.dot:
      return circle(r);
    default:
      return circle(0.92 * r);
  }
}
