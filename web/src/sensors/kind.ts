/** How the kinds of sensors are written on the screen. */
const names: Record<string, string> = {
  psr: 'PSR',
  ssr: 'SSR',
  mode_s: 'Mode S',
  smr: 'SMR',
  mlat: 'MLAT',
  adsb: 'ADS-B',
  system_tracks: 'Tracks',
};

export function kindName(kind: string): string {
  return names[kind] ?? kind.toUpperCase();
}
