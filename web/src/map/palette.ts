/** The colours of the map and of the tracks, by day and by night. Identity is never told by colour alone: each has its own
 *  shape and letter (tracks/symbols.ts). Those that nobody has identified yet are calm: most tracks are, and a screen full
 *  of warning yellow warns of nothing. Every track colour has a contrast of at least 4.5 : 1 on land and sea. */
import type { Identity } from '../picture/types';
import type { Theme } from '../app/settings';

export interface Palette {
  sea: string;
  land: string;
  coast: string;
  border: string;
  graticule: string;
  ring: string;
  place: string;
  placeHalo: string;
  identity: Record<Identity, string>;
  primary: string;
  alert: string;
  alertInk: string;
  label: string;
  labelDim: string;
  halo: string;
  leader: string;
  selection: string;
}

const night: Palette = {
  sea: '#090e13',
  land: '#141b21',
  coast: '#3b4a55',
  border: '#485662',
  graticule: '#1c262e',
  ring: '#5f8f8a',
  place: '#66757f',
  placeHalo: '#10161b',
  identity: {
    pending: '#a9bac4',
    unknown: '#d5dfe4',
    assumed_friend: '#8fd3e8',
    friend: '#58bdf5',
    neutral: '#84d694',
    suspect: '#ffae5c',
    hostile: '#ff6b60',
  },
  primary: '#f0d79a',
  alert: '#ff5c52',
  alertInk: '#180403',
  label: '#d9e2e7',
  labelDim: '#9aabb5',
  halo: 'rgba(9,14,19,0.86)',
  leader: 'rgba(170,188,198,0.5)',
  selection: '#ffffff',
};

const day: Palette = {
  sea: '#dde6ea',
  land: '#f5f3ee',
  coast: '#8fa2ad',
  border: '#a39c90',
  graticule: '#d3dade',
  ring: '#2d7a74',
  place: '#7d7768',
  placeHalo: '#f5f3ee',
  identity: {
    pending: '#4a5c68',
    unknown: '#22313b',
    assumed_friend: '#0b6a86',
    friend: '#005ea6',
    neutral: '#1b6b34',
    suspect: '#a64500',
    hostile: '#bf151b',
  },
  primary: '#6b4a00',
  alert: '#c40f16',
  alertInk: '#ffffff',
  label: '#16222b',
  labelDim: '#4d5f6b',
  halo: 'rgba(250,249,246,0.88)',
  leader: 'rgba(50,66,77,0.5)',
  selection: '#000000',
};

export function palette(theme: Theme): Palette {
  return theme === 'day' ? day : night;
}

export type Rgb = [number, number, number];

export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
