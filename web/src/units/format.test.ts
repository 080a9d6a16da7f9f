import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bearingText, duration, flightLevel, hexAddress, knots, octal, positionText, utcTime } from './format';

test('levels, codes and addresses have their usual digits', () => {
  assert.equal(flightLevel(2349), '023');
  assert.equal(flightLevel(-120), '-001');
  assert.equal(octal(0o21), '0021');
  assert.equal(hexAddress(0x71c0a), '071C0A');
});

test('250 m/s is 486 knots', () => assert.equal(Math.round(knots(250)), 486));

test('north is 360', () => {
  assert.equal(bearingText(359.7), '360');
  assert.equal(bearingText(0.2), '360');
  assert.equal(bearingText(4.5), '005');
});

test('positions are degrees, minutes and seconds, and never 60 seconds', () => {
  assert.equal(positionText(33.2625, 44.234694), '33°15′45″N 044°14′04″E');
  assert.equal(positionText(-0.9999999, 190), '01°00′00″S 170°00′00″W');
});

test('times are UTC, and unknown times are dashes', () => {
  assert.equal(utcTime(1_700_000_000), '22:13:20Z');
  assert.equal(utcTime(Number.NaN), '--:--:--Z');
});

test('durations grow from seconds to hours', () => {
  const units = { s: 's', min: 'min', h: 'h' };
  assert.equal(duration(59.4, units), '59 s');
  assert.equal(duration(61, units), '1 min 01 s');
  assert.equal(duration(7500, units), '2 h 05 min');
});
