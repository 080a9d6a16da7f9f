/** The map with WebGL: MapLibre draws land and borders, our own layer (tracks/gl_layer.ts) the tracks. */
import { Map as LibreMap, setWorkerUrl } from 'maplibre-gl';
import type { GeoJSONSource, LngLatLike, StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';
import type { FeatureCollection } from 'geojson';
import type { Atlas } from './atlas';
import { graticule, graticuleStep } from './graticule';
import { palette } from './palette';
import type { Palette } from './palette';
import type { Theme } from '../app/settings';
import type { Position } from '../picture/motion';
import { mercator } from './view';
import type { Bounds, MapView, Padding, Point, Window } from './view';
import type { GlTrackLayer } from '../tracks/gl_layer';

const none: FeatureCollection = { type: 'FeatureCollection', features: [] };

function style(colours: Palette): StyleSpecification {
  const empty = { type: 'geojson', data: none, tolerance: 0.3, buffer: 8 } as const;
  return {
    version: 8,
    sources: { land: empty, coast: empty, borders: empty, graticule: { ...empty, tolerance: 0 } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land, 'fill-antialias': false } },
      {
        id: 'graticule',
        type: 'line',
        source: 'graticule',
        paint: { 'line-color': colours.graticule, 'line-width': 1 },
      },
      {
        id: 'borders',
        type: 'line',
        source: 'borders',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': colours.border, 'line-width': 1.1, 'line-dasharray': [5, 2.5] },
      },
      {
        id: 'coast',
        type: 'line',
        source: 'coast',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': colours.coast, 'line-width': 1.1 },
      },
    ],
  };
}

function calm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export function webglAvailable(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}

export class GlMap implements MapView {
  readonly kind = 'webgl';
  private readonly map: LibreMap;
  private loaded = false;
  private gridStep = 0;
  private gridShown = true;

  constructor(
    readonly container: HTMLElement,
    theme: Theme,
    start: { centre: Position; zoom: number },
  ) {
    setWorkerUrl(new URL(workerUrl, document.baseURI).href);
    this.map = new LibreMap({
      container,
      style: style(palette(theme)),
      center: [start.centre.lon, start.centre.lat],
      zoom: start.zoom,
      minZoom: 1.5,
      maxZoom: 14,
      attributionControl: false,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      rollEnabled: false,
      keyboard: false,
      fadeDuration: 0,
      maxPitch: 0,
      trackResize: false,
      canvasContextAttributes: { antialias: false, powerPreference: 'high-performance' },
    });
    this.map.touchZoomRotate.disableRotation();
    // The library ignores the first change of size it is told of, which here is the one that matters (the side panel).
    new ResizeObserver(() => this.map.resize()).observe(container);
    this.map.on('load', () => {
      this.loaded = true;
      this.updateGraticule();
    });
    this.map.on('moveend', () => this.updateGraticule());
    this.map.getCanvas().setAttribute('tabindex', '-1');
    this.map.getCanvas().setAttribute('aria-hidden', 'true');
  }

  setAtlas(atlas: Atlas): void {
    this.whenLoaded(() => {
      this.source('land').setData(atlas.land);
      this.source('coast').setData(atlas.coast);
      this.source('borders').setData(atlas.borders);
    });
  }

  addTracks(layer: GlTrackLayer): void {
    this.whenLoaded(() => this.map.addLayer(layer));
    // After a reset of the graphics driver the library loads its style anew, but drops layers that are not its own.
    this.map.on('webglcontextrestored', () => this.map.once('style.load', () => this.map.addLayer(layer)));
  }

  ready(): boolean {
    return this.loaded;
  }

  window(): Window {
    const centre = this.map.getCenter();
    const canvas = this.map.getCanvas();
    return {
      centre: mercator({ lat: centre.lat, lon: centre.lng }),
      worldSize: 512 * 2 ** this.map.getZoom(),
      width: canvas.clientWidth,
      height: canvas.clientHeight,
    };
  }

  zoom(): number {
    return this.map.getZoom();
  }

  centre(): Position {
    const centre = this.map.getCenter();
    return { lat: centre.lat, lon: centre.lng };
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: calm() ? 0 : 180 });
  }

  panBy(dx: number, dy: number): void {
    this.map.panBy([dx, dy], { duration: calm() ? 0 : 140 });
  }

  goTo(position: Position, options: { zoom?: number; animate?: boolean } = {}): void {
    const target = { center: [position.lon, position.lat] as LngLatLike, zoom: options.zoom ?? this.map.getZoom() };
    if (options.animate === false || calm()) this.map.jumpTo(target);
    else this.map.easeTo({ ...target, duration: 350 });
  }

  fit(bounds: Bounds, padding: Padding): void {
    this.map.fitBounds([bounds.west, bounds.south, bounds.east, bounds.north], {
      padding,
      maxZoom: 10,
      duration: calm() ? 0 : 400,
    });
  }

  repaint(): void {
    this.map.triggerRepaint();
  }

  setTheme(theme: Theme): void {
    const colours = palette(theme);
    this.whenLoaded(() => {
      this.map.setPaintProperty('sea', 'background-color', colours.sea);
      this.map.setPaintProperty('land', 'fill-color', colours.land);
      for (const [layer, colour] of [
        ['graticule', colours.graticule],
        ['borders', colours.border],
        ['coast', colours.coast],
      ]) {
        this.map.setPaintProperty(layer as string, 'line-color', colour);
      }
    });
  }

  setGraticule(shown: boolean): void {
    this.gridShown = shown;
    this.whenLoaded(() => this.map.setLayoutProperty('graticule', 'visibility', shown ? 'visible' : 'none'));
    if (shown) this.updateGraticule();
  }

  onMove(listener: () => void): void {
    this.map.on('render', listener);
    this.map.on('resize', listener);
  }

  onClick(listener: (at: Point) => void): void {
    this.map.on('click', (event) => listener(event.point));
  }

  onUserPan(listener: () => void): void {
    this.map.on('dragstart', listener);
  }

  private source(id: string): GeoJSONSource {
    return this.map.getSource(id) as GeoJSONSource;
  }

  private whenLoaded(action: () => void): void {
    if (this.loaded) action();
    else this.map.once('load', action);
  }

  private updateGraticule(): void {
    if (!this.loaded || !this.gridShown) return;
    const step = graticuleStep(this.window());
    if (step === this.gridStep) return;
    this.gridStep = step;
    this.source('graticule').setData(graticule(step));
  }
}
