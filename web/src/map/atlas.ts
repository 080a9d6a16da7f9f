/** The base map's shapes, from the atlas that the page carries: land, coastline, borders, and where country names stand. */
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Feature, FeatureCollection, Geometry, MultiLineString, Polygon, Position as LonLat } from 'geojson';
import atlasUrl from 'world-atlas/countries-10m.json?url';

export interface Place {
  /** ISO 3166 numeric code. */
  country: string;
  lat: number;
  lon: number;
  /** Square root of the area in square degrees: how early the name appears when zooming in. */
  extent: number;
}

export interface Atlas {
  land: FeatureCollection<Geometry>;
  coast: Feature<MultiLineString>;
  borders: Feature<MultiLineString>;
  places: Place[];
}

type Countries = GeometryCollection<{ name: string }>;

function line(geometry: MultiLineString): Feature<MultiLineString> {
  return { type: 'Feature', properties: {}, geometry };
}

/** Twice the signed area and the centroid of a ring, in degrees. */
function centroid(ring: readonly LonLat[]): { area: number; lon: number; lat: number } {
  let area = 0;
  let lon = 0;
  let lat = 0;
  for (let i = 0; i + 1 < ring.length; ++i) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    lon += (x0 + x1) * cross;
    lat += (y0 + y1) * cross;
  }
  return area === 0
    ? { area: 0, lon: 0, lat: 0 }
    : { area: Math.abs(area) / 2, lon: lon / (3 * area), lat: lat / (3 * area) };
}

function outerRings(geometry: Geometry): Polygon['coordinates'][number][] {
  if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1);
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1));
  return [];
}

function placeOf(country: Feature<Geometry>): Place | undefined {
  const largest = outerRings(country.geometry)
    .map(centroid)
    .sort((a, b) => b.area - a.area)[0];
  if (largest === undefined || largest.area === 0) return undefined;
  return { country: String(country.id ?? ''), lat: largest.lat, lon: largest.lon, extent: Math.sqrt(largest.area) };
}

export async function loadAtlas(): Promise<Atlas> {
  const response = await fetch(atlasUrl);
  if (!response.ok) throw new Error(`atlas: ${response.status}`);
  const topology = (await response.json()) as Topology<{ countries: Countries; land: GeometryCollection }>;
  const countries = topology.objects.countries;
  const collection = feature(topology, countries) as FeatureCollection<Geometry>;
  return {
    land: feature(topology, topology.objects.land) as FeatureCollection<Geometry>,
    coast: line(mesh(topology, countries, (a, b) => a === b)),
    borders: line(mesh(topology, countries, (a, b) => a !== b)),
    places: collection.features.map(placeOf).filter((place): place is Place => place !== undefined),
  };
}
