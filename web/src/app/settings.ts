/** What the operator chose, kept by the browser between visits. The address may override it: ?lang=ar&theme=day. */
import type { Language } from '../i18n/i18n';

export type Theme = 'night' | 'day';
export type VectorMinutes = 0 | 1 | 2 | 5;

export interface Choices {
  language: Language;
  theme: Theme;
  vector: VectorMinutes;
  history: boolean;
  labels: boolean;
  graticule: boolean;
  allRings: boolean;
  dock: 'tracks' | 'sensors' | 'closed';
}

const storageKey = 'marsad.settings';
export const vectorSteps: readonly VectorMinutes[] = [0, 1, 2, 5];

function preferredLanguage(): Language {
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('ar')) ? 'ar' : 'en';
}

function defaults(): Choices {
  return {
    language: preferredLanguage(),
    theme: 'night',
    vector: 1,
    history: true,
    labels: true,
    graticule: true,
    allRings: false,
    dock: window.innerWidth >= 900 ? 'tracks' : 'closed',
  };
}

function stored(): Partial<Choices> {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return typeof read === 'object' && read !== null ? (read as Partial<Choices>) : {};
  } catch {
    return {};
  }
}

function fromAddress(): Partial<Choices> {
  const query = new URLSearchParams(location.search);
  const chosen: Partial<Choices> = {};
  const lang = query.get('lang');
  if (lang === 'ar' || lang === 'en') chosen.language = lang;
  const theme = query.get('theme');
  if (theme === 'day' || theme === 'night') chosen.theme = theme;
  return chosen;
}

/** Only what has a meaning is taken over: stored text may be of another version, or damaged. */
function sound(read: Partial<Choices>, base: Choices): Choices {
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  const pick = <T>(values: readonly T[], value: unknown, otherwise: T): T =>
    values.includes(value as T) ? (value as T) : otherwise;
  return {
    language: pick(['ar', 'en'] as const, read.language, base.language),
    theme: pick(['night', 'day'] as const, read.theme, base.theme),
    vector: pick(vectorSteps, read.vector, base.vector),
    history: flag(read.history, base.history),
    labels: flag(read.labels, base.labels),
    graticule: flag(read.graticule, base.graticule),
    allRings: flag(read.allRings, base.allRings),
    dock: pick(['tracks', 'sensors', 'closed'] as const, read.dock, base.dock),
  };
}

export class Settings {
  private choices: Choices = sound({ ...stored(), ...fromAddress() }, defaults());
  private readonly listeners: (() => void)[] = [];

  get now(): Readonly<Choices> {
    return this.choices;
  }

  change(changes: Partial<Choices>): void {
    this.choices = { ...this.choices, ...changes };
    try {
      localStorage.setItem(storageKey, JSON.stringify(this.choices));
    } catch {
      // A browser that keeps nothing still shows the picture.
    }
    for (const listener of this.listeners) listener();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }
}
