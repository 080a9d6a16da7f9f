/** Mouse, wheel and fingers on the map without WebGL. */
import type { Point } from './view';

export interface GestureEvents {
  pan(dx: number, dy: number): void;
  zoom(steps: number, about: Point): void;
  click(at: Point): void;
  panStarted(): void;
}

const clickSlack = 4;

function middle(points: readonly Point[]): Point {
  const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function spread(points: readonly Point[]): number {
  const [a, b] = points;
  return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
}

export function installPlainGestures(container: HTMLElement, events: GestureEvents): void {
  const fingers = new Map<number, Point>();
  let travelled = 0;
  const pointOf = (event: MouseEvent): Point => {
    const box = container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  container.addEventListener('pointerdown', (event) => {
    fingers.set(event.pointerId, pointOf(event));
    travelled = 0;
    container.setPointerCapture(event.pointerId);
  });
  container.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = [...fingers.values()];
    fingers.set(event.pointerId, pointOf(event));
    const after = [...fingers.values()];
    const from = middle(before);
    const to = middle(after);
    const still = travelled <= clickSlack;
    travelled += Math.hypot(to.x - from.x, to.y - from.y);
    if (still && travelled > clickSlack) events.panStarted();
    if (travelled > clickSlack) events.pan(to.x - from.x, to.y - from.y);
    if (after.length === 2 && spread(before) > 0) events.zoom(Math.log2(spread(after) / spread(before)), to);
  });
  const lift = (event: PointerEvent): void => {
    const wasDown = fingers.delete(event.pointerId);
    if (wasDown && event.type === 'pointerup' && travelled <= clickSlack) events.click(pointOf(event));
  };
  container.addEventListener('pointerup', lift);
  container.addEventListener('pointercancel', lift);
  container.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const step = event.deltaMode === 1 ? event.deltaY * 0.05 : event.deltaY * 0.002;
      events.zoom(-Math.max(-1, Math.min(1, step)), pointOf(event));
    },
    { passive: false },
  );
}
