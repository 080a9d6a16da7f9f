/** Places labels so that none covers another or a symbol. Greedy in order of importance, eight places around each symbol,
 *  the last place first (labels do not jump); what does not fit is cut to its first line, then left out. Labels that must
 *  be seen (alerted, selected) are placed first and are never cut or left out. Pure: what comes out depends on what goes
 *  in and nothing else. All in CSS pixels. */

export interface LabelRequest {
  id: bigint;
  /** Centre of the symbol. */
  x: number;
  y: number;
  /** Half the width of the symbol. */
  radius: number;
  full: Size;
  /** First line alone. */
  short: Size;
  must: boolean;
  /** Greater is placed earlier. */
  priority: number;
}

export interface Size {
  width: number;
  height: number;
}

export type Level = 'full' | 'short';

export interface PlacedLabel {
  id: bigint;
  level: Level;
  slot: number;
  /** Top left corner relative to the centre of the symbol. */
  dx: number;
  dy: number;
  width: number;
  height: number;
}

export interface Frame {
  width: number;
  height: number;
}

export const slotCount = 8;
const diagonal = Math.SQRT1_2;
/** Directions of the slots, x right and y down: right above first, then around. */
const directions: readonly (readonly [number, number])[] = [
  [diagonal, -diagonal],
  [1, 0],
  [diagonal, diagonal],
  [-diagonal, -diagonal],
  [-1, 0],
  [-diagonal, diagonal],
  [0, -1],
  [0, 1],
];
const gap = 9;
const cell = 48;
/** A label that was cut must find this much more room before it grows again. */
const regrowMargin = 4;

export interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Box extends Rectangle {
  owner: bigint;
}

const nobody = -1n;

function overlapArea(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Boxes in cells of a grid: what may overlap a box is found without looking at all of them. */
class Grid {
  private readonly cells = new Map<number, Box[]>();

  add(box: Box): void {
    this.visit(box, (key) => {
      const boxes = this.cells.get(key);
      if (boxes === undefined) this.cells.set(key, [box]);
      else boxes.push(box);
    });
  }

  /** Sum of the overlaps with boxes of other owners; stops early once above `limit`. */
  overlap(box: Box, limit: number): number {
    const seen = new Set<Box>();
    let sum = 0;
    this.visit(box, (key) => {
      if (sum > limit) return;
      for (const other of this.cells.get(key) ?? []) {
        if (other.owner === box.owner || seen.has(other)) continue;
        seen.add(other);
        sum += overlapArea(box, other);
      }
    });
    return sum;
  }

  private visit(box: Box, action: (key: number) => void): void {
    for (let row = Math.floor(box.top / cell); row <= Math.floor(box.bottom / cell); ++row) {
      for (let column = Math.floor(box.left / cell); column <= Math.floor(box.right / cell); ++column) {
        action((row + 4096) * 16384 + column + 4096);
      }
    }
  }
}

function boxAt(request: LabelRequest, size: Size, slot: number, margin: number): Box {
  const [ux = 1, uy = 0] = directions[slot] ?? [];
  const reach = request.radius + gap;
  const x = request.x + ux * reach + (ux > 0.1 ? 0 : ux < -0.1 ? -1 : -0.5) * size.width;
  const y = request.y + uy * reach + (uy > 0.1 ? 0 : uy < -0.1 ? -1 : -0.5) * size.height;
  return {
    left: x - margin,
    top: y - margin,
    right: x + size.width + margin,
    bottom: y + size.height + margin,
    owner: request.id,
  };
}

function outside(box: Box, frame: Frame): number {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const seenWidth = Math.max(0, Math.min(box.right, frame.width) - Math.max(box.left, 0));
  const seenHeight = Math.max(0, Math.min(box.bottom, frame.height) - Math.max(box.top, 0));
  return width * height - seenWidth * seenHeight;
}

function slotsFrom(preferred: number): number[] {
  const slots = [preferred];
  for (let slot = 0; slot < slotCount; ++slot) if (slot !== preferred) slots.push(slot);
  return slots;
}

export class LabelPlacer {
  /** Where each label was last time. */
  private memory = new Map<bigint, { slot: number; level: Level | 'dot' }>();

  /** `obstacles`: other things on the map that labels should not cover. */
  place(requests: readonly LabelRequest[], frame: Frame, obstacles: readonly Rectangle[] = []): PlacedLabel[] {
    const ordered = [...requests].sort(
      (a, b) => Number(b.must) - Number(a.must) || b.priority - a.priority || (a.id < b.id ? -1 : 1),
    );
    const grid = new Grid();
    for (const request of requests) grid.add(boxOfSymbol(request));
    for (const { left, top, right, bottom } of obstacles) grid.add({ left, top, right, bottom, owner: nobody });
    const placed: PlacedLabel[] = [];
    const memory = new Map<bigint, { slot: number; level: Level | 'dot' }>();
    for (const request of ordered) {
      const label = this.placeOne(request, grid, frame);
      if (label !== undefined) {
        placed.push(label);
        grid.add(boxAt(request, { width: label.width, height: label.height }, label.slot, 1));
      }
      const before = this.memory.get(request.id);
      memory.set(request.id, { slot: label?.slot ?? before?.slot ?? 0, level: label?.level ?? 'dot' });
    }
    this.memory = memory;
    return placed;
  }

  private placeOne(request: LabelRequest, grid: Grid, frame: Frame): PlacedLabel | undefined {
    const before = this.memory.get(request.id);
    const slots = slotsFrom(before?.slot ?? 0);
    if (request.must) return leastCovered(request, slots, grid, frame);
    const levels: readonly Level[] = ['full', 'short'];
    for (const level of levels) {
      const grows = before !== undefined && (before.level === 'dot' || (before.level === 'short' && level === 'full'));
      const slot = slots.find((candidate) => {
        const box = boxAt(request, request[level], candidate, grows ? regrowMargin : 0);
        return outside(box, frame) === 0 && grid.overlap(box, 0) === 0;
      });
      if (slot !== undefined) return labelAt(request, level, slot);
    }
    return undefined;
  }
}

function boxOfSymbol(request: LabelRequest): Box {
  const r = request.radius;
  return { left: request.x - r, top: request.y - r, right: request.x + r, bottom: request.y + r, owner: request.id };
}

function leastCovered(request: LabelRequest, slots: readonly number[], grid: Grid, frame: Frame): PlacedLabel {
  let best = { slot: slots[0] ?? 0, cost: Number.POSITIVE_INFINITY };
  for (const slot of slots) {
    const box = boxAt(request, request.full, slot, 0);
    const cost = grid.overlap(box, best.cost) + 4 * outside(box, frame);
    if (cost < best.cost) best = { slot, cost };
    if (cost === 0) break;
  }
  return labelAt(request, 'full', best.slot);
}

function labelAt(request: LabelRequest, level: Level, slot: number): PlacedLabel {
  const size = request[level];
  const box = boxAt(request, size, slot, 0);
  return {
    id: request.id,
    level,
    slot,
    dx: box.left - request.x,
    dy: box.top - request.y,
    width: size.width,
    height: size.height,
  };
}
