/** How a track looks: shape and letter tell its identity, filling whether a sensor sees it now, colour repeats it. */
import type { Palette } from '../map/palette';
import type { Identity, Track } from '../picture/types';

/** Numbers as the shader knows them. */
export const shapes = {
  star: 0,
  diamond: 1,
  circle: 2,
  square: 3,
  cross: 4,
  dottedDiamond: 5,
  spikedDiamond: 6,
  dottedCircle: 7,
  dot: 8,
} as const;
export type Shape = (typeof shapes)[keyof typeof shapes];

const shapeOfIdentity: Record<Identity, Shape> = {
  pending: shapes.star,
  unknown: shapes.diamond,
  assumed_friend: shapes.dottedCircle,
  friend: shapes.circle,
  neutral: shapes.square,
  suspect: shapes.dottedDiamond,
  hostile: shapes.spikedDiamond,
};

export const identityLetter: Record<Identity, string> = {
  pending: 'P',
  unknown: 'U',
  assumed_friend: 'A',
  friend: 'F',
  neutral: 'N',
  suspect: 'S',
  hostile: 'H',
};

export interface Look {
  shape: Shape;
  colour: string;
  hollow: boolean;
  /** Half the width of the symbol, CSS pixels. */
  radius: number;
}

const emergencyCodes: Record<number, 'general' | 'radio' | 'unlawful'> = {
  0o7700: 'general',
  0o7600: 'radio',
  0o7500: 'unlawful',
};
/** Emergency states as transponders report them (ADS-B and I062/380 STAT): 1 general ... 6 downed. */
const emergencyStates = ['general', 'medical', 'fuel', 'radio', 'unlawful', 'downed'] as const;

export type Emergency = (typeof emergencyStates)[number] | 'other';

export function emergencyOf(track: Track): Emergency | undefined {
  if (track.modeA !== undefined && emergencyCodes[track.modeA] !== undefined) return emergencyCodes[track.modeA];
  if (track.emergency === 0) return undefined;
  return emergencyStates[track.emergency - 1] ?? 'other';
}

export function lookOf(track: Track, colours: Palette): Look {
  const hollow = track.state === 'coasting';
  const colour = emergencyOf(track) !== undefined ? colours.alert : colourOf(track, colours);
  if (track.state === 'tentative') return { shape: shapes.dot, colour, hollow, radius: 3 };
  const shape = unidentifiedPrimary(track) ? shapes.cross : shapeOfIdentity[track.identity];
  return { shape, colour, hollow, radius: track.onGround ? 4.5 : 6.5 };
}

/** Whether somebody has decided what this track is. */
export function isIdentified(track: Track): boolean {
  return track.identity !== 'pending' && track.identity !== 'unknown';
}

function unidentifiedPrimary(track: Track): boolean {
  return track.primaryOnly && !isIdentified(track);
}

function colourOf(track: Track, colours: Palette): string {
  if (unidentifiedPrimary(track)) return colours.primary;
  return colours.identity[track.identity];
}

/** What stands in for a name: the callsign, else the track number. */
export function nameOf(track: Track): string {
  return track.callsign !== '' ? track.callsign : `#${String(track.number).padStart(4, '0')}`;
}
