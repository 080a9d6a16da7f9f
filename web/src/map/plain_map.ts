/** The map without WebGL: land and borders as paths on a plain canvas, panned and zoomed by hand. Slower when moved, and
 *  otherwise the same to the rest of the page. */
import type { Geometry, MultiLineString, Position as LonLat } from 'geojson';
import type { Theme } from '../app/settings';
import type { Position } from '../picture/motion';
import type { CanvasTrackPainter } from '../tracks/canvas_painter';
import type { Atlas } from './atlas';
import { gridLines } from './graticule';
import { palette } from './palette';
import { installPlainGestures } from './plain_gestures';
import { fromMercator, mercator, toMercator, toPixel } from './view';
import type { Bounds, MapView, Padding, Point, Window } from './view';

interface Piece {
  path: Path2D;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const leastZoom = 1.5;
const mostZoom = 14;

function pieceOf(lines: readonly (readonly LonLat[])[], close: boolean): Piece {
  const piece = { path: new Path2D(), left: 2, top: 2, right: -1, bottom: -1 };
  for (const line of lines) {
    line.forEach(([lon = 0, lat = 0], index) => {
      const { x, y } = mercator({ lat, lon });
      piece.left = Math.min(piece.left, x);
      piece.right = Math.max(piece.right, x);
      piece.top = Math.min(piece.top, y);
      piece.bottom = Math.max(piece.bottom, y);
      if (index === 0) piece.path.moveTo(x, y);
      else piece.path.lineTo(x, y);
    });
    if (close) piece.path.closePath();
  }
  return piece;
}

function polygonsOf(geometry: Geometry): LonLat[][][] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}

function linePieces(geometry: MultiLineString): Piece[] {
  return geometry.coordinates.map((line) => pieceOf([line], false));
}

export class PlainMap implements MapView {
  readonly kind = 'plain';
  private readonly canvas = document.createElement('canvas');
  private readonly context: CanvasRenderingContext2D;
  private at: Point;
  private scale: number;
  private theme: Theme;
  private grid = true;
  private land: Piece[] = [];
  private coast: Piece[] = [];
  private borders: Piece[] = [];
  private tracks: CanvasTrackPainter | undefined;
  private asked = false;
  private readonly moveListeners: (() => void)[] = [];
  private readonly clickListeners: ((at: Point) => void)[] = [];
  private readonly panListeners: (() => void)[] = [];

  constructor(
    readonly container: HTMLElement,
    theme: Theme,
    start: { centre: Position; zoom: number },
  ) {
    const context = this.canvas.getContext('2d', { alpha: false });
    if (context === null) throw new Error('no canvas');
    this.context = context;
    this.theme = theme;
    this.at = mercator(start.centre);
    this.scale = start.zoom;
    this.canvas.className = 'plain-map';
    container.append(this.canvas);
    new ResizeObserver(() => this.repaint()).observe(container);
    installPlainGestures(container, {
      pan: (dx, dy) => this.shift(dx, dy),
      zoom: (steps, about) => this.zoomAbout(steps, about),
      click: (at) => this.clickListeners.forEach((listener) => listener(at)),
      panStarted: () => this.panListeners.forEach((listener) => listener()),
    });
  }

  setAtlas(atlas: Atlas): void {
    this.land = atlas.land.features.flatMap((one) => polygonsOf(one.geometry)).map((rings) => pieceOf(rings, true));
    this.coast = linePieces(atlas.coast.geometry);
    this.borders = linePieces(atlas.borders.geometry);
    this.repaint();
  }

  setTracks(painter: CanvasTrackPainter): void {
    this.tracks = painter;
  }

  ready(): boolean {
    return this.land.length > 0;
  }

  window(): Window {
    return {
      centre: this.at,
      worldSize: 512 * 2 ** this.scale,
      width: this.container.clientWidth,
      height: this.container.clientHeight,
    };
  }

  zoom(): number {
    return this.scale;
  }

  centre(): Position {
    return fromMercator(this.at);
  }

  zoomBy(steps: number): void {
    const { width, height } = this.window();
    this.zoomAbout(steps, { x: width / 2, y: height / 2 });
  }

  panBy(dx: number, dy: number): void {
    this.shift(-dx, -dy);
  }

  goTo(position: Position, options: { zoom?: number } = {}): void {
    this.at = mercator(position);
    this.scale = Math.max(leastZoom, Math.min(mostZoom, options.zoom ?? this.scale));
    this.repaint();
  }

  fit(bounds: Bounds, padding: Padding): void {
    const { width, height } = this.window();
    const northWest = mercator({ lat: bounds.north, lon: bounds.west });
    const southEast = mercator({ lat: bounds.south, lon: bounds.east });
    const across = Math.max(1, width - padding.left - padding.right) / (southEast.x - northWest.x);
    const down = Math.max(1, height - padding.top - padding.bottom) / (southEast.y - northWest.y);
    this.at = { x: (northWest.x + southEast.x) / 2, y: (northWest.y + southEast.y) / 2 };
    this.scale = Math.max(leastZoom, Math.min(10, Math.log2(Math.min(across, down) / 512)));
    this.repaint();
  }

  repaint(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.paint();
      for (const listener of this.moveListeners) listener();
    });
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.repaint();
  }

  setGraticule(shown: boolean): void {
    this.grid = shown;
    this.repaint();
  }

  onMove(listener: () => void): void {
    this.moveListeners.push(listener);
  }

  onClick(listener: (at: Point) => void): void {
    this.clickListeners.push(listener);
  }

  onUserPan(listener: () => void): void {
    this.panListeners.push(listener);
  }

  private shift(dx: number, dy: number): void {
    const { worldSize } = this.window();
    this.at = { x: this.at.x - dx / worldSize, y: Math.max(0, Math.min(1, this.at.y - dy / worldSize)) };
    this.repaint();
  }

  private zoomAbout(steps: number, about: Point): void {
    const fixed = toMercator(this.window(), about);
    this.scale = Math.max(leastZoom, Math.min(mostZoom, this.scale + steps));
    const moved = toPixel(this.window(), fixed);
    this.shift(about.x - moved.x, about.y - moved.y);
  }

  private paint(): void {
    const window = this.window();
    const ratio = devicePixelRatio;
    this.canvas.width = Math.round(window.width * ratio);
    this.canvas.height = Math.round(window.height * ratio);
    const colours = palette(this.theme);
    const { context } = this;
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.toWorld(window, ratio);
    context.fillStyle = colours.land;
    for (const piece of this.visible(this.land, window)) context.fill(piece.path, 'evenodd');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.grid) this.paintGrid(window, colours.graticule);
    this.toWorld(window, ratio);
    const pixel = 1 / window.worldSize;
    context.lineWidth = 1.1 * pixel;
    context.strokeStyle = colours.border;
    context.setLineDash([5 * pixel, 3 * pixel]);
    for (const piece of this.visible(this.borders, window)) context.stroke(piece.path);
    context.setLineDash([]);
    context.strokeStyle = colours.coast;
    for (const piece of this.visible(this.coast, window)) context.stroke(piece.path);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.tracks?.paint(context, window);
  }

  /** From here on the canvas counts in Mercator units. */
  private toWorld(window: Window, ratio: number): void {
    const s = window.worldSize * ratio;
    this.context.setTransform(
      s,
      0,
      0,
      s,
      (window.width / 2) * ratio - window.centre.x * s,
      (window.height / 2) * ratio - window.centre.y * s,
    );
  }

  private visible(pieces: readonly Piece[], window: Window): Piece[] {
    const a = toMercator(window, { x: 0, y: 0 });
    const b = toMercator(window, { x: window.width, y: window.height });
    return pieces.filter((piece) => piece.right > a.x && piece.left < b.x && piece.bottom > a.y && piece.top < b.y);
  }

  private paintGrid(window: Window, colour: string): void {
    this.context.strokeStyle = colour;
    this.context.lineWidth = 1;
    this.context.beginPath();
    for (const line of gridLines(window)) {
      const at = toPixel(
        window,
        mercator(line.axis === 'meridian' ? { lat: 0, lon: line.degrees } : { lat: line.degrees, lon: 0 }),
      );
      this.context.moveTo(line.axis === 'meridian' ? at.x : 0, line.axis === 'meridian' ? 0 : at.y);
      this.context.lineTo(
        line.axis === 'meridian' ? at.x : window.width,
        line.axis === 'meridian' ? window.height : at.y,
      );
    }
    this.context.stroke();
  }
}
