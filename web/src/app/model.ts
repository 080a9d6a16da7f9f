/** What the parts of the page share: the picture, the operator's choices, and what is selected. */
import { PictureClock } from '../picture/clock';
import { PictureStore } from '../picture/store';
import type { LinkState } from '../picture/transport';
import type { Track, TrackId } from '../picture/types';
import { Settings } from './settings';

export type Topic = 'picture' | 'selection' | 'link' | 'rings';

export class Model {
  readonly settings = new Settings();
  readonly store = new PictureStore();
  readonly clock = new PictureClock();
  readonly ringed = new Set<number>();
  link: LinkState = { kind: 'connecting' };
  damagedFrames = 0;
  selected: TrackId | undefined;
  hovered: TrackId | undefined;
  following = false;
  /** The selected track as last seen, so that the panel can say what it was when it has ended. */
  lastSeen: Track | undefined;
  private readonly listeners = new Map<Topic, (() => void)[]>();

  on(topic: Topic, listener: () => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  tell(topic: Topic): void {
    for (const listener of this.listeners.get(topic) ?? []) listener();
  }

  /** Wall time, seconds, from a clock that never jumps. */
  wall(): number {
    return performance.now() / 1000;
  }

  /** Picture time that the screen shows. */
  time(): number {
    return this.clock.at(this.wall());
  }

  stale(): boolean {
    return this.clock.stale(this.wall());
  }

  select(id: TrackId | undefined): void {
    if (id === this.selected) return;
    this.selected = id;
    this.following = false;
    this.lastSeen = id === undefined ? undefined : this.store.tracks.get(id);
    this.tell('selection');
  }

  follow(following: boolean): void {
    this.following = following && this.selected !== undefined;
    this.tell('selection');
  }

  selectedTrack(): Track | undefined {
    return this.selected === undefined ? undefined : this.store.tracks.get(this.selected);
  }

  toggleRings(sensor: number): void {
    if (!this.ringed.delete(sensor)) this.ringed.add(sensor);
    this.tell('rings');
  }
}
