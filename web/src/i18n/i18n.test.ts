import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ar } from './ar';
import { en } from './en';
import type { Key } from './en';

const keys = Object.keys(en) as Key[];

test('Arabic has every word that English has, with the same parameters', () => {
  assert.deepEqual(Object.keys(ar).sort(), [...keys].sort());
  const parameters = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
  for (const key of keys) assert.deepEqual(parameters(ar[key]), parameters(en[key]), key);
});

test('Arabic words are Arabic, but for units and abbreviations that are Latin by rule', () => {
  const latin = keys.filter((key) => !/[\u0600-\u06ff]/.test(ar[key]));
  assert.deepEqual(
    latin.sort(),
    [
      'emergency.alert',
      'announce.sensor',
      'head.time',
      'language.other',
      'list.level',
      'list.speed',
      'unit.fpm',
      'unit.ft',
      'unit.kt',
      'unit.nm',
    ].sort(),
  );
});
