/** The tracks on a plain canvas, from the same scene as the WebGL layer: for consoles without WebGL. */
import type { TrackPainter, Window } from '../map/view';
import { shapePath } from './paths';
import { dotStride, symbolStride, vectorStride } from './scene';
import type { Scene } from './scene';
import type { Shape } from './symbols';

function colourOf(colours: Uint8Array, index: number): string {
  const at = index * 4;
  return `rgba(${colours[at]},${colours[at + 1]},${colours[at + 2]},${((colours[at + 3] ?? 255) / 255).toFixed(2)})`;
}

export class CanvasTrackPainter implements TrackPainter {
  drawnSymbols = 0;
  private scene: Scene | undefined;
  private readonly paths = new Map<string, Path2D>();

  constructor(private readonly time: () => number) {}

  update(scene: Scene): void {
    this.scene = scene;
  }

  paint(context: CanvasRenderingContext2D, window: Window): void {
    const { scene } = this;
    if (scene === undefined) return;
    const now = this.time() - scene.epoch;
    this.paintDots(context, scene, window);
    this.paintVectors(context, scene, window, now);
    this.paintSymbols(context, scene, window, now);
    this.drawnSymbols = scene.symbols.length / symbolStride;
  }

  private pixel(values: Float32Array, at: number, seconds: number, scene: Scene, window: Window): [number, number] {
    const moving = seconds !== 0;
    const x = (values[at] ?? 0) + (moving ? (values[at + 2] ?? 0) * seconds : 0);
    const y = (values[at + 1] ?? 0) + (moving ? (values[at + 3] ?? 0) * seconds : 0);
    return [
      (x + scene.reference.x - window.centre.x) * window.worldSize + window.width / 2,
      (y + scene.reference.y - window.centre.y) * window.worldSize + window.height / 2,
    ];
  }

  private paintDots(context: CanvasRenderingContext2D, scene: Scene, window: Window): void {
    for (let i = 0; i * dotStride < scene.dots.length; ++i) {
      const [x, y] = this.pixel(scene.dots, i * dotStride, 0, scene, window);
      if (x < 0 || y < 0 || x > window.width || y > window.height) continue;
      const r = scene.dots[i * dotStride + 2] ?? 1;
      context.fillStyle = colourOf(scene.dotColours, i);
      context.fillRect(x - r, y - r, 2 * r, 2 * r);
    }
  }

  private paintVectors(context: CanvasRenderingContext2D, scene: Scene, window: Window, now: number): void {
    context.lineWidth = 1.4;
    for (let i = 0; i * vectorStride < scene.vectors.length; ++i) {
      const at = i * vectorStride;
      const seconds = now - (scene.vectors[at + 4] ?? 0);
      const [x0, y0] = this.pixel(scene.vectors, at, seconds, scene, window);
      if (x0 < -300 || y0 < -300 || x0 > window.width + 300 || y0 > window.height + 300) continue;
      const [x1, y1] = this.pixel(scene.vectors, at, seconds + (scene.vectors[at + 5] ?? 0), scene, window);
      context.strokeStyle = colourOf(scene.vectorColours, i);
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      context.stroke();
    }
  }

  private paintSymbols(context: CanvasRenderingContext2D, scene: Scene, window: Window, now: number): void {
    context.lineWidth = 1.6;
    for (let i = 0; i * symbolStride < scene.symbols.length; ++i) {
      const at = i * symbolStride;
      const [x, y] = this.pixel(scene.symbols, at, now - (scene.symbols[at + 4] ?? 0) || 1e-9, scene, window);
      if (x < -20 || y < -20 || x > window.width + 20 || y > window.height + 20) continue;
      const path = this.path((scene.symbols[at + 6] ?? 0) as Shape, scene.symbols[at + 5] ?? 6);
      const colour = colourOf(scene.symbolColours, i);
      context.save();
      context.translate(x, y);
      if (scene.symbols[at + 7] === 1) {
        context.strokeStyle = colour;
        context.stroke(path);
      } else {
        context.fillStyle = colour;
        context.fill(path, 'evenodd');
      }
      context.restore();
    }
  }

  private path(shape: Shape, radius: number): Path2D {
    const key = `${shape} ${radius}`;
    let path = this.paths.get(key);
    if (path === undefined) {
      path = new Path2D(shapePath(shape, radius));
      this.paths.set(key, path);
    }
    return path;
  }
}
