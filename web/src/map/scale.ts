/** The scale bar, in nautical miles, and the position under the pointer. */
import { h, setText } from '../shell/dom';
import { metresPerNauticalMile, positionText } from '../units/format';
import { fromMercator, pixelsPerMetre, toMercator } from './view';
import type { MapView, Point } from './view';

const steps = [500, 200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];
const widest = 120;

export class ScaleBar {
  readonly root: HTMLElement;
  private readonly bar = h('div', { class: 'scale-bar' });
  private readonly text = h('span', {});
  private readonly position = h('span', { class: 'pointer-position' });

  constructor(private readonly map: MapView) {
    this.root = h('div', { class: 'scale', dir: 'ltr', 'aria-hidden': 'true' }, this.bar, this.text, this.position);
    map.container.addEventListener('pointermove', (event) => this.pointer(event));
    map.container.addEventListener('pointerleave', () => setText(this.position, ''));
  }

  update(): void {
    const perMile = pixelsPerMetre(this.map.window(), this.map.centre().lat) * metresPerNauticalMile;
    const miles = steps.find((step) => step * perMile <= widest) ?? 0.1;
    const width = `${Math.round(miles * perMile)}px`;
    if (this.bar.style.width !== width) this.bar.style.width = width;
    setText(this.text, `${miles} NM`);
  }

  private pointer(event: PointerEvent): void {
    const box = this.map.container.getBoundingClientRect();
    const at: Point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const { lat, lon } = fromMercator(toMercator(this.map.window(), at));
    setText(this.position, positionText(lat, lon));
  }
}
