/** The language of the page: which it is, its words, and the elements that change with it. */
import { ar } from './ar';
import { en } from './en';
import type { Key } from './en';

export type Language = 'ar' | 'en';
export type { Key };

const tables = { ar, en };
let current: Language = 'en';

export function language(): Language {
  return current;
}

/** Sets the language and the direction of the document. Who shows words listens to the settings and draws anew. */
export function useLanguage(chosen: Language): void {
  current = chosen;
  document.documentElement.lang = chosen;
  document.documentElement.dir = chosen === 'ar' ? 'rtl' : 'ltr';
  document.title = t('title');
  for (const [element, bound] of bindings) apply(element, bound);
}

/** The word for `key`; `{name}` in it is replaced by the parameter. Values keep their own direction in Arabic sentences:
 *  they are wrapped in the invisible Unicode isolates that <bdi> stands for. */
export function t(key: Key, parameters: Record<string, string | number> = {}): string {
  return tables[current][key].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    return current === 'ar' ? `\u2068${value}\u2069` : String(value);
  });
}

/** A value whose characters keep their left-to-right order in a sentence of either language. */
export function isolated(text: string): string {
  return `\u2066${text}\u2069`;
}

interface Binding {
  key: Key;
  attributes: readonly string[];
}

const bindings = new Map<Element, Binding>();

function apply(element: Element, bound: Binding): void {
  if (bound.attributes.length === 0) element.textContent = t(bound.key);
  for (const attribute of bound.attributes) element.setAttribute(attribute, t(bound.key));
}

/** Gives a lasting element its word (or, with names of attributes, those), now and at each change of language. */
export function say<E extends Element>(element: E, key: Key, ...attributes: string[]): E {
  const bound = { key, attributes };
  bindings.set(element, bound);
  apply(element, bound);
  return element;
}

export function timeUnits(): { s: string; ms: string; min: string; h: string } {
  return { s: t('unit.s'), ms: t('unit.ms'), min: t('unit.min'), h: t('unit.h') };
}

/** Country name for an ISO 3166 numeric code, from the browser's own tables; empty if it knows none. */
export function countryName(numeric: string): string {
  try {
    const name = new Intl.DisplayNames([current], { type: 'region', fallback: 'none' });
    const region = new Intl.Locale(`und-${numeric.padStart(3, '0')}`).region;
    return (region !== undefined && name.of(region)) || '';
  } catch {
    return '';
  }
}
