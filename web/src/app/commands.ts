/** What the operator can do to the view; buttons and keys both come here. */
import { mercator, fromMercator } from '../map/view';
import type { Bounds, MapView } from '../map/view';
import type { Position } from '../picture/motion';
import type { Track, TrackId } from '../picture/types';
import { emergencyOf, nameOf } from '../tracks/symbols';
import { mercatorAt, pixelAt } from '../tracks/screen';
import { vectorSteps } from './settings';
import type { Model } from './model';

const fitMargin = 70;

export class Commands {
  constructor(
    private readonly model: Model,
    private readonly map: MapView,
  ) {}

  zoom(steps: number): void {
    this.map.zoomBy(steps);
  }

  pan(dx: number, dy: number): void {
    this.model.follow(false);
    this.map.panBy(dx, dy);
  }

  cycleVector(): void {
    const { vector } = this.model.settings.now;
    const next = vectorSteps[(vectorSteps.indexOf(vector) + 1) % vectorSteps.length] ?? 0;
    this.model.settings.change({ vector: next });
  }

  toggle(name: 'history' | 'labels' | 'graticule' | 'allRings'): void {
    this.model.settings.change({ [name]: !this.model.settings.now[name] });
  }

  positionOf(track: Track): Position {
    return fromMercator(mercatorAt(track, this.model.time()));
  }

  /** Selects, and moves the map if the track would not be seen well. */
  selectAndShow(id: TrackId | undefined): void {
    this.model.select(id);
    const track = this.model.selectedTrack();
    if (track === undefined) return;
    const window = this.map.window();
    const at = pixelAt(track, this.model.time(), window);
    const inside =
      at.x > fitMargin && at.y > fitMargin && at.x < window.width - fitMargin && at.y < window.height - fitMargin;
    if (!inside) this.map.goTo(this.positionOf(track));
  }

  centre(): void {
    const track = this.model.selectedTrack();
    if (track !== undefined) this.map.goTo(this.positionOf(track), { zoom: Math.max(this.map.zoom(), 7) });
  }

  follow(): void {
    this.model.follow(!this.model.following);
    if (this.model.following) this.centre();
  }

  /** The next (+1) or previous (-1) track by name; begins with the one nearest to the middle of the map. */
  step(direction: 1 | -1): void {
    const ordered = [...this.model.store.tracks.values()].sort(
      (a, b) => nameOf(a).localeCompare(nameOf(b), 'en') || (a.id < b.id ? -1 : 1),
    );
    if (ordered.length === 0) return;
    const current = ordered.findIndex((track) => track.id === this.model.selected);
    const next =
      current < 0 ? this.nearestToCentre(ordered) : ordered[(current + direction + ordered.length) % ordered.length];
    this.selectAndShow(next?.id);
  }

  private nearestToCentre(tracks: readonly Track[]): Track | undefined {
    const window = this.map.window();
    const time = this.model.time();
    const distance = (track: Track): number => {
      const at = pixelAt(track, time, window);
      return Math.hypot(at.x - window.width / 2, at.y - window.height / 2);
    };
    return tracks.reduce<Track | undefined>(
      (best, track) => (best === undefined || distance(track) < distance(best) ? track : best),
      undefined,
    );
  }

  nextEmergency(): void {
    const alerted = [...this.model.store.tracks.values()].filter((track) => emergencyOf(track) !== undefined);
    const current = alerted.findIndex((track) => track.id === this.model.selected);
    this.selectAndShow(alerted[(current + 1) % alerted.length]?.id ?? this.model.selected);
  }

  fitAll(animate = true): void {
    const bounds = boundsOf([...this.model.store.tracks.values()], this.model.store.status.sensors);
    if (bounds === undefined) return;
    const { width, height } = this.map.window();
    const side = Math.min(fitMargin, width / 6);
    const end = Math.min(fitMargin, height / 6);
    if (animate) this.model.follow(false);
    this.map.fit(bounds, { top: end + 24, bottom: end, left: side, right: side });
  }

  showSensor(site: Position): void {
    this.model.follow(false);
    this.map.goTo(site, { zoom: Math.max(6, Math.min(this.map.zoom(), 8)) });
  }
}

/** The window that shows nearly all: far-off strays (2 % on each side, when there are many) do not set the scale. */
function boundsOf(
  tracks: readonly Track[],
  sensors: readonly { lat: number | undefined; lon: number | undefined }[],
): Bounds | undefined {
  const points = tracks.filter((track) => track.state !== 'tentative').map((track) => mercator(track));
  if (points.length === 0) {
    for (const { lat, lon } of sensors) if (lat !== undefined && lon !== undefined) points.push(mercator({ lat, lon }));
  }
  if (points.length === 0) return undefined;
  const skip = points.length >= 50 ? Math.floor(points.length * 0.02) : 0;
  const xs = points.map((point) => point.x).sort((a, b) => a - b);
  const ys = points.map((point) => point.y).sort((a, b) => a - b);
  const at = (values: number[], index: number): number => values[index] ?? 0;
  const least = 0.0015;
  const grow = (low: number, high: number): [number, number] =>
    high - low < least ? [(low + high - least) / 2, (low + high + least) / 2] : [low, high];
  const [left, right] = grow(at(xs, skip), at(xs, xs.length - 1 - skip));
  const [top, bottom] = grow(at(ys, skip), at(ys, ys.length - 1 - skip));
  const northWest = fromMercator({ x: left, y: top });
  const southEast = fromMercator({ x: right, y: bottom });
  return { west: northWest.lon, north: northWest.lat, east: southEast.lon, south: southEast.lat };
}
