/** The connection to the server: opens, watches, reopens with growing pauses, and always says how it stands. */
import { FrameError, decodeFrame } from './frame';
import type { Frame } from './types';

export type LinkState =
  | { kind: 'connecting' }
  | { kind: 'open' }
  | { kind: 'waiting'; retryAt: number }
  | { kind: 'incompatible'; detail: string; retryAt: number };

export interface TransportEvents {
  /** Returns false if the frame does not follow on what is held: the connection is then opened anew for a snapshot. */
  frame(frame: Frame): boolean;
  damaged(error: FrameError, total: number): void;
  state(state: LinkState): void;
}

const firstPause = 0.5;
const longestPause = 15;
const silenceLimit = 20;
const incompatiblePause = 30;

export class Transport {
  damagedFrames = 0;
  framesRead = 0;
  state: LinkState = { kind: 'connecting' };
  private socket: WebSocket | undefined;
  private pause = firstPause;
  private timer: number | undefined;
  private lastHeard = 0;

  constructor(
    private readonly url: string,
    private readonly events: TransportEvents,
  ) {}

  start(): void {
    this.open();
    window.setInterval(() => this.watch(), 1000);
    window.addEventListener('online', () => this.retryNow());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.retryNow();
    });
  }

  retryNow(): void {
    if (this.state.kind === 'waiting' || this.state.kind === 'incompatible') this.open();
  }

  private open(): void {
    window.clearTimeout(this.timer);
    this.lastHeard = performance.now();
    this.change({ kind: 'connecting' });
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.socket === socket && this.change({ kind: 'open' });
    socket.onmessage = (event) => this.socket === socket && this.take(event.data);
    socket.onclose = () => this.socket === socket && this.closed();
  }

  private take(data: unknown): void {
    this.lastHeard = performance.now();
    if (!(data instanceof ArrayBuffer)) return;
    try {
      const frame = decodeFrame(data);
      this.framesRead += 1;
      if (this.events.frame(frame)) this.pause = firstPause;
      else this.reopen();
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.refuse(error);
    }
  }

  private refuse(error: FrameError): void {
    this.damagedFrames += 1;
    this.events.damaged(error, this.damagedFrames);
    if (error.fault === 'unknown-version') {
      this.drop();
      this.schedule(incompatiblePause, (retryAt) => ({ kind: 'incompatible', detail: error.message, retryAt }));
    } else {
      this.reopen();
    }
  }

  /** What is held can no longer be trusted to be whole: ask again from the start. */
  private reopen(): void {
    this.drop();
    this.closed();
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }

  private closed(): void {
    this.socket = undefined;
    this.schedule(this.pause * (0.8 + 0.4 * Math.random()), (retryAt) => ({ kind: 'waiting', retryAt }));
    this.pause = Math.min(longestPause, this.pause * 1.7);
  }

  private schedule(seconds: number, state: (retryAt: number) => LinkState): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.open(), seconds * 1000);
    this.change(state(performance.now() / 1000 + seconds));
  }

  /** A connection that is open but says nothing for long is not trusted either (cable pulled, machine asleep). */
  private watch(): void {
    const silent = (performance.now() - this.lastHeard) / 1000 > silenceLimit;
    if (silent && (this.state.kind === 'open' || this.state.kind === 'connecting')) this.reopen();
  }

  private change(state: LinkState): void {
    this.state = state;
    this.events.state(state);
  }
}
