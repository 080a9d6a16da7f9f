import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LabelPlacer } from './placer';
import type { LabelRequest, PlacedLabel } from './placer';

const frame = { width: 1000, height: 700 };

function request(id: number, x: number, y: number, more: Partial<LabelRequest> = {}): LabelRequest {
  return {
    id: BigInt(id),
    x,
    y,
    radius: 6,
    full: { width: 60, height: 28 },
    short: { width: 50, height: 14 },
    must: false,
    priority: 1,
    ...more,
  };
}

/** The same sequence in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function boxOf(label: PlacedLabel, requests: readonly LabelRequest[]) {
  const at = requests.find((one) => one.id === label.id);
  assert.ok(at);
  return {
    left: at.x + label.dx,
    top: at.y + label.dy,
    right: at.x + label.dx + label.width,
    bottom: at.y + label.dy + label.height,
  };
}

function overlap(a: ReturnType<typeof boxOf>, b: ReturnType<typeof boxOf>): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function assertNoOverlap(labels: readonly PlacedLabel[], requests: readonly LabelRequest[]): void {
  const boxes = labels.map((label) => ({ label, box: boxOf(label, requests) }));
  boxes.forEach(({ label, box }, i) => {
    for (const other of boxes.slice(i + 1))
      assert.ok(!overlap(box, other.box), `labels ${label.id} and ${other.label.id} overlap`);
    for (const { id, x, y, radius } of requests) {
      if (id === label.id) continue;
      assert.ok(
        !overlap(box, { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }),
        `label ${label.id} covers symbol ${id}`,
      );
    }
    assert.ok(
      box.left >= 0 && box.top >= 0 && box.right <= frame.width && box.bottom <= frame.height,
      `label ${label.id} leaves the window`,
    );
  });
}

test('a lone label is placed in full, right above its symbol', () => {
  const [label] = new LabelPlacer().place([request(1, 500, 300)], frame);
  assert.equal(label?.level, 'full');
  assert.ok((label?.dx ?? 0) > 0 && (label?.dy ?? 0) < 0);
});

test('300 random labels neither cover each other nor any symbol, and most are shown', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const random = numbers(seed);
    const requests = Array.from({ length: 300 }, (_, i) => request(i, random() * 1000, random() * 700));
    const labels = new LabelPlacer().place(requests, frame);
    assertNoOverlap(labels, requests);
    assert.ok(labels.length > 90, `only ${labels.length} placed`);
  }
});

test('a label that must be seen is shown in full in the densest crowd, even over symbols', () => {
  const crowd = Array.from({ length: 400 }, (_, i) =>
    request(i, 480 + (i % 20) * 4, 280 + Math.floor(i / 20) * 4, { must: i === 210 }),
  );
  const label = new LabelPlacer().place(crowd, frame).find((one) => one.id === 210n);
  assert.equal(label?.level, 'full');
});

test('two labels that must be seen do not cover each other when there is room', () => {
  const requests = [request(1, 500, 300, { must: true }), request(2, 504, 302, { must: true })];
  const labels = new LabelPlacer().place(requests, frame);
  assert.equal(labels.length, 2);
  assert.ok(!overlap(boxOf(labels[0] as PlacedLabel, requests), boxOf(labels[1] as PlacedLabel, requests)));
});

test('the more important label gets the place', () => {
  const box = { width: 110, height: 40 };
  const tight = { width: 125, height: 80 };
  const requests = [
    request(1, 62, 40, { priority: 1, full: box, short: box }),
    request(2, 63, 41, { priority: 5, full: box, short: box }),
  ];
  const labels = new LabelPlacer().place(requests, tight);
  assert.ok(labels.length <= 1);
  const wide = new LabelPlacer().place(requests, { width: 190, height: 80 });
  assert.equal(wide[0]?.id, 2n);
});

test('labels do not jump: the slot of the last placement is kept while it is free', () => {
  const placer = new LabelPlacer();
  const blocker = request(2, 520, 280);
  const first = placer.place([request(1, 500, 300), blocker], frame).find((one) => one.id === 1n);
  const second = placer.place([request(1, 501, 300)], frame).find((one) => one.id === 1n);
  assert.ok(first !== undefined);
  assert.equal(second?.slot, first.slot);
});

test('a crowded label is cut to its first line before it is left out', () => {
  const walls = [
    { left: 0, top: 0, right: 1000, bottom: 290 },
    { left: 0, top: 310, right: 1000, bottom: 700 },
  ];
  const labels = new LabelPlacer().place([request(1, 500, 300)], frame, walls);
  assert.equal(labels.find((one) => one.id === 1n)?.level, 'short');
});

test('labels leave free what else lies over the map', () => {
  const obstacle = { left: 505, top: 0, right: 1000, bottom: 700 };
  const [label] = new LabelPlacer().place([request(1, 500, 300)], frame, [obstacle]);
  assert.ok(label !== undefined && 500 + label.dx + label.width <= 505);
});

test('the outcome depends on what is asked and not on the order it is asked in', () => {
  const random = numbers(9);
  const requests = Array.from({ length: 120 }, (_, i) => request(i, random() * 400, random() * 300));
  const there = new LabelPlacer().place(requests, frame);
  const back = new LabelPlacer().place([...requests].reverse(), frame);
  assert.deepEqual(there, back);
});
