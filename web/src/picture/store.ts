/** The page's copy of the air picture: snapshots replace it, deltas change it, and a delta that does not follow on what is
 *  held is refused, so that the page never shows a picture that never was. */
import type { Frame, HistoryDot, Mode, Sensor, SystemStatus, Track, TrackId, TrackReport } from './types';
import { moved } from './motion';

const historyLength = 8;

export type Applied = 'applied' | 'gap';

const nothingKnown: SystemStatus = {
  latency: undefined,
  recording: false,
  speed: 1,
  title: '',
  input: {},
  sensors: [],
};

export class PictureStore {
  readonly tracks = new Map<TrackId, Track>();
  mode: Mode | undefined;
  time = Number.NaN;
  sequence: bigint | undefined;
  status: SystemStatus = nothingKnown;
  private sensorsById = new Map<number, Sensor>();

  apply(frame: Frame): Applied {
    if (frame.kind === 'delta' && frame.fromSequence !== this.sequence) return 'gap';
    const restarted = frame.time < this.time || (this.mode !== undefined && frame.mode !== this.mode);
    if (restarted) this.tracks.clear();
    if (frame.kind === 'snapshot') this.forgetAllBut(frame.tracks);
    for (const report of frame.tracks) this.take(report);
    for (const id of frame.removed) this.tracks.delete(id);
    this.mode = frame.mode;
    this.time = frame.time;
    this.sequence = frame.toSequence;
    this.status = frame.status;
    this.sensorsById = new Map(frame.status.sensors.map((sensor) => [sensor.id, sensor]));
    return 'applied';
  }

  sensor(id: number): Sensor | undefined {
    return this.sensorsById.get(id);
  }

  private forgetAllBut(reports: readonly TrackReport[]): void {
    const kept = new Set(reports.map((report) => report.id));
    for (const id of this.tracks.keys()) if (!kept.has(id)) this.tracks.delete(id);
  }

  private take(report: TrackReport): void {
    if (report.state === 'terminated') {
      this.tracks.delete(report.id);
      return;
    }
    const known = this.tracks.get(report.id);
    this.tracks.set(report.id, { ...report, history: extended(known?.history ?? [], report) });
  }
}

/** One dot per update, placed where the track was at the update and not where it is now: gaps stay visible. */
function extended(history: HistoryDot[], report: TrackReport): HistoryDot[] {
  const newest = history[history.length - 1];
  if (newest !== undefined && report.lastUpdate <= newest.time + 0.25) return history;
  const dot = { ...moved(report, report.lastUpdate - report.time), time: report.lastUpdate };
  return [...history.slice(-(historyLength - 1)), dot];
}
