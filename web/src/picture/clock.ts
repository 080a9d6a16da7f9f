/** The time the screen shows tracks at. It runs on from the last frame at the picture's own speed, but only as far as the
 *  next frame is due: when frames stop, the picture stands still and is called stale, instead of flying on by guess. */
const staleAfter = 4;
const usualInterval = 1;

export class PictureClock {
  private pictureTime = Number.NaN;
  private arrival = Number.NaN;
  private speed = 1;
  private interval = usualInterval;

  /** A frame with picture time `time` has arrived at wall time `wall` (both in seconds). */
  frame(time: number, speed: number, wall: number): void {
    const gap = wall - this.arrival;
    if (gap > 0 && gap < 10) this.interval += 0.3 * (Math.max(0.05, gap) - this.interval);
    this.pictureTime = time;
    this.speed = speed;
    this.arrival = wall;
  }

  known(): boolean {
    return Number.isFinite(this.pictureTime);
  }

  /** Picture time to draw at. */
  at(wall: number): number {
    const since = Math.max(0, wall - this.arrival);
    return this.pictureTime + Math.min(since, 1.5 * this.interval, staleAfter) * this.speed;
  }

  /** Seconds of wall time since the last frame. */
  silence(wall: number): number {
    return this.known() ? Math.max(0, wall - this.arrival) : Number.NaN;
  }

  stale(wall: number): boolean {
    return this.known() && this.silence(wall) > Math.max(staleAfter, 3 * this.interval);
  }

  moving(wall: number): boolean {
    return this.known() && this.silence(wall) < Math.min(1.5 * this.interval, staleAfter);
  }
}
