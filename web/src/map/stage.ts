/** The map with everything drawn on it: base, tracks, labels. Decides when to draw: at every movement of the map, when a
 *  frame arrives, and in between as often as the fastest track moves half a pixel, no more. */
import type { Model } from '../app/model';
import { drawAnnotations } from './annotations';
import type { Atlas, Place } from './atlas';
import { palette, rgb } from './palette';
import { mercator } from './view';
import type { MapView, Point, TrackPainter } from './view';
import { LabelOverlay } from '../labels/overlay';
import type { Rectangle } from '../labels/placer';
import type { Track } from '../picture/types';
import { buildScene } from '../tracks/scene';
import { trackNear, tracksOnScreen } from '../tracks/screen';
import type { OnScreen } from '../tracks/screen';

const reach = 18;
const fastest = 320;
const shortestPause = 33;
const longestPause = 1000;

/** In a crowd symbols are drawn smaller, down to half. */
function sizeFor(tracksOnScreen: number): number {
  return Math.max(0.5, Math.min(1, Math.sqrt(500 / Math.max(1, tracksOnScreen))));
}

export class Stage {
  readonly overlay = new LabelOverlay();
  seen: OnScreen[] = [];
  drawings = 0;
  private readonly context: CanvasRenderingContext2D;
  private places: readonly Place[] = [];
  private drawnAt = 0;
  private painter: TrackPainter | undefined;

  constructor(
    private readonly model: Model,
    readonly map: MapView,
    private readonly canvas: HTMLCanvasElement,
  ) {
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    this.context = context;
    map.onMove(() => this.drawOverlay());
    map.onClick((at) => this.model.select(this.trackAt(at)?.id));
    map.onUserPan(() => this.model.follow(false));
    map.container.addEventListener('pointermove', (event) => this.hover(event));
    map.container.addEventListener('pointerleave', () => this.setHovered(undefined));
    const tick = (): void => {
      this.animate();
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  setPainter(painter: TrackPainter): void {
    this.painter = painter;
    this.pictureChanged();
  }

  setAtlas(atlas: Atlas): void {
    this.places = atlas.places;
    this.redraw();
  }

  /** A frame has arrived, or how tracks are to be drawn has changed. */
  pictureChanged(): void {
    const { vector, history, theme } = this.model.settings.now;
    const { store } = this.model;
    this.painter?.update(
      buildScene(store.tracks.values(), {
        palette: palette(theme),
        vector,
        history,
        reference: mercator(this.map.centre()),
        epoch: Number.isFinite(store.time) ? store.time : 0,
        size: sizeFor(this.seen.length),
      }),
    );
    this.overlay.invalidate();
    this.follow();
    this.redraw();
  }

  redraw(): void {
    this.map.repaint();
  }

  /** Labels are placed anew at the next drawing. */
  relabel(): void {
    this.overlay.invalidate();
    this.redraw();
  }

  halo(): [number, number, number, number] {
    const [r, g, b] = rgb(palette(this.model.settings.now.theme).sea);
    return [r / 255, g / 255, b / 255, 0.85];
  }

  trackAt(at: Point): Track | undefined {
    return trackNear(this.seen, at, reach) ?? this.overlay.hit(at, this.seen);
  }

  private animate(): void {
    const now = performance.now();
    if (now - this.drawnAt < this.pause() || !this.model.clock.moving(now / 1000) || document.hidden) return;
    this.drawnAt = now;
    this.redraw();
  }

  /** Time in which the fastest aircraft moves half a pixel, in milliseconds. */
  private pause(): number {
    const { worldSize } = this.map.window();
    const pixelsPerSecond = (fastest * this.model.store.status.speed * worldSize) / 4.0e7;
    return Math.max(shortestPause, Math.min(longestPause, 500 / Math.max(pixelsPerSecond, 0.01)));
  }

  private follow(): void {
    const track = this.model.selectedTrack();
    if (this.model.following && track !== undefined) this.map.goTo(track, { animate: false });
  }

  private drawOverlay(): void {
    this.drawnAt = performance.now();
    this.drawings += 1;
    const window = this.map.window();
    const ratio = devicePixelRatio;
    const width = Math.round(window.width * ratio);
    const height = Math.round(window.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.direction = 'ltr';
    this.context.clearRect(0, 0, window.width, window.height);
    const { theme, graticule, allRings, labels } = this.model.settings.now;
    const colours = palette(theme);
    const { store } = this.model;
    const sites = drawAnnotations(this.context, {
      places: this.places,
      sensors: store.status.sensors,
      ringed: this.model.ringed,
      allRings,
      graticule,
      palette: colours,
      window,
    });
    const time = this.model.time();
    this.seen = tracksOnScreen(store.tracks.values(), time, window, 20);
    this.overlay.draw(
      this.context,
      {
        seen: this.seen,
        time,
        selected: this.model.selected,
        hovered: this.model.hovered,
        labels,
        palette: colours,
        window,
        obstacles: [...sites, ...this.furniture()],
      },
      this.drawnAt,
    );
  }

  /** Buttons and cards that lie over the map. */
  private furniture(): Rectangle[] {
    const box = this.canvas.getBoundingClientRect();
    const over =
      this.canvas.parentElement?.querySelectorAll('.tool-group, .alert-card, .scale, .dock-open:not([hidden])') ?? [];
    return [...over].map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { left: left - box.left, right: right - box.left, top: top - box.top, bottom: bottom - box.top };
    });
  }

  private hover(event: PointerEvent): void {
    if (event.pointerType !== 'mouse' || event.buttons !== 0) return;
    const box = this.map.container.getBoundingClientRect();
    this.setHovered(this.trackAt({ x: event.clientX - box.left, y: event.clientY - box.top }));
  }

  private setHovered(track: Track | undefined): void {
    if (track?.id === this.model.hovered) return;
    this.model.hovered = track?.id;
    this.map.container.classList.toggle('over-track', track !== undefined);
    this.relabel();
  }
}
