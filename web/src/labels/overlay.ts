/** The labels and what belongs to single tracks: leader lines, selection, emergency rings, the accuracy ellipse.
 *  A Canvas2D over the map. Placement is computed at most a few times a second; in between labels ride with their track. */
import type { Palette } from '../map/palette';
import { pixelsPerMetre } from '../map/view';
import type { Point, Window } from '../map/view';
import type { Track } from '../picture/types';
import { emergencyOf, lookOf } from '../tracks/symbols';
import type { OnScreen } from '../tracks/screen';
import { t } from '../i18n/i18n';
import { LabelPlacer } from './placer';
import type { LabelRequest, PlacedLabel, Rectangle } from './placer';
import { labelText } from './text';
import type { LabelText } from './text';

export const labelFont = "11.5px 'B612 Mono', 'IBM Plex Sans Arabic', monospace";
const alertFont = "700 11px 'IBM Plex Sans', 'IBM Plex Sans Arabic', sans-serif";
const lineHeight = 14;
const markRadius = 13;
const placementInterval = 220;
/** With more tracks than this on the screen only the most important are tried: the rest could not be read anyway. */
const mostCandidates = 1500;

export interface OverlayState {
  seen: readonly OnScreen[];
  time: number;
  selected: bigint | undefined;
  hovered: bigint | undefined;
  labels: boolean;
  palette: Palette;
  window: Window;
  obstacles: readonly Rectangle[];
}

interface Shown {
  placed: PlacedLabel;
  text: LabelText;
}

export class LabelOverlay {
  /** What is on the screen now, by track. */
  readonly shown = new Map<bigint, Shown>();
  placements = 0;
  private readonly placer = new LabelPlacer();
  private placedAt = Number.NEGATIVE_INFINITY;
  private charWidth = 0;

  /** The next drawing places anew: a frame has arrived, or something was selected. */
  invalidate(): void {
    this.placedAt = Number.NEGATIVE_INFINITY;
  }

  fontsChanged(): void {
    this.charWidth = 0;
    this.invalidate();
  }

  draw(context: CanvasRenderingContext2D, state: OverlayState, now: number): void {
    if (now - this.placedAt >= placementInterval) {
      this.placedAt = now;
      this.place(context, state);
    }
    const at = new Map<bigint, OnScreen>(state.seen.map((seen) => [seen.track.id, seen]));
    for (const seen of state.seen) this.drawMarks(context, seen, state);
    for (const [id, shown] of this.shown) {
      const seen = at.get(id);
      if (seen !== undefined) drawLabel(context, seen, shown, state);
    }
  }

  /** The track whose label lies under a point. */
  hit(at: Point, seen: readonly OnScreen[]): Track | undefined {
    return seen.find(({ track, x, y }) => {
      const placed = this.shown.get(track.id)?.placed;
      if (placed === undefined) return false;
      const dx = at.x - x - placed.dx;
      const dy = at.y - y - placed.dy;
      return dx >= -2 && dy >= -2 && dx <= placed.width + 2 && dy <= placed.height + 2;
    })?.track;
  }

  private place(context: CanvasRenderingContext2D, state: OverlayState): void {
    this.placements += 1;
    if (this.charWidth === 0) {
      context.font = labelFont;
      this.charWidth = context.measureText('0000000000').width / 10;
    }
    const texts = new Map<bigint, LabelText>();
    const requests = this.candidates(state).map((seen) => {
      const text = labelText(seen.track, state.time, t);
      texts.set(seen.track.id, text);
      return this.request(context, seen, text, state);
    });
    this.shown.clear();
    for (const placed of this.placer.place(requests, state.window, state.obstacles)) {
      const text = texts.get(placed.id);
      if (text !== undefined) this.shown.set(placed.id, { placed, text });
    }
  }

  private candidates(state: OverlayState): OnScreen[] {
    const wanted = state.seen.filter(({ track }) => state.labels || mustShow(track, state));
    if (wanted.length <= mostCandidates) return wanted;
    return wanted.sort((a, b) => priorityOf(b.track, state) - priorityOf(a.track, state)).slice(0, mostCandidates);
  }

  private request(
    context: CanvasRenderingContext2D,
    seen: OnScreen,
    text: LabelText,
    state: OverlayState,
  ): LabelRequest {
    const nameWidth = Math.ceil(text.name.length * this.charWidth);
    const dataWidth = Math.ceil(text.data.length * this.charWidth);
    let alertWidth = 0;
    if (text.alert !== '') {
      context.font = alertFont;
      alertWidth = Math.ceil(context.measureText(text.alert).width) + 8;
    }
    const lines = text.alert === '' ? 2 : 3;
    return {
      id: seen.track.id,
      x: seen.x,
      y: seen.y,
      radius: this.reach(seen.track, state),
      full: { width: Math.max(nameWidth, dataWidth, alertWidth), height: lines * lineHeight + (lines === 3 ? 2 : 0) },
      short: { width: nameWidth, height: lineHeight },
      must: mustShow(seen.track, state),
      priority: priorityOf(seen.track, state),
    };
  }

  /** Symbol with what is drawn around it. */
  private reach(track: Track, state: OverlayState): number {
    const marked = track.id === state.selected || emergencyOf(track) !== undefined;
    return marked ? markRadius + 1 : lookOf(track, state.palette).radius + 1;
  }

  private drawMarks(context: CanvasRenderingContext2D, seen: OnScreen, state: OverlayState): void {
    if (emergencyOf(seen.track) !== undefined) {
      context.strokeStyle = state.palette.alert;
      context.lineWidth = 1.75;
      context.beginPath();
      context.arc(seen.x, seen.y, markRadius, 0, 2 * Math.PI);
      context.stroke();
    }
    if (seen.track.id === state.selected) {
      drawEllipse(context, seen, state);
      drawBrackets(context, seen, markRadius, 2, state.palette);
    } else if (seen.track.id === state.hovered) {
      drawBrackets(context, seen, markRadius - 1, 1, state.palette);
    }
  }
}

function mustShow(track: Track, state: OverlayState): boolean {
  return track.id === state.selected || track.id === state.hovered || emergencyOf(track) !== undefined;
}

function priorityOf(track: Track, state: OverlayState): number {
  if (track.id === state.selected) return 100;
  if (emergencyOf(track) !== undefined) return 90;
  if (track.identity === 'hostile' || track.identity === 'suspect') return 60;
  if (track.state === 'tentative') return 0;
  if (track.state === 'coasting') return 20;
  if (track.onGround) return 5;
  return track.primaryOnly ? 50 : 30;
}

function drawBrackets(
  context: CanvasRenderingContext2D,
  at: Point,
  half: number,
  width: number,
  colours: Palette,
): void {
  const arm = 5;
  context.strokeStyle = colours.selection;
  context.lineWidth = width;
  context.beginPath();
  for (const [sx, sy] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const) {
    context.moveTo(at.x + sx * half, at.y + sy * (half - arm));
    context.lineTo(at.x + sx * half, at.y + sy * half);
    context.lineTo(at.x + sx * (half - arm), at.y + sy * half);
  }
  context.stroke();
}

function drawEllipse(context: CanvasRenderingContext2D, seen: OnScreen, state: OverlayState): void {
  const scale = pixelsPerMetre(state.window, seen.track.lat);
  const major = seen.track.sigmaMajor * scale;
  const minor = seen.track.sigmaMinor * scale;
  if (!(major > 2 && major < 4000 && minor >= 0)) return;
  context.strokeStyle = state.palette.selection;
  context.globalAlpha = 0.7;
  context.lineWidth = 1;
  context.beginPath();
  context.ellipse(seen.x, seen.y, major, minor, ((seen.track.orientation - 90) * Math.PI) / 180, 0, 2 * Math.PI);
  context.stroke();
  context.globalAlpha = 1;
}

function drawLeader(context: CanvasRenderingContext2D, at: Point, placed: PlacedLabel, colours: Palette): void {
  const endX = Math.max(placed.dx, Math.min(0, placed.dx + placed.width));
  const endY = Math.max(placed.dy + 2, Math.min(0, placed.dy + placed.height - 2));
  const length = Math.hypot(endX, endY);
  if (length < 9) return;
  const start = 8 / length;
  const stop = Math.max(start, 1 - 2 / length);
  context.strokeStyle = colours.leader;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(at.x + endX * start, at.y + endY * start);
  context.lineTo(at.x + endX * stop, at.y + endY * stop);
  context.stroke();
}

function haloText(context: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string): void {
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function drawLabel(context: CanvasRenderingContext2D, seen: OnScreen, shown: Shown, state: OverlayState): void {
  const { placed, text } = shown;
  const colours = state.palette;
  drawLeader(context, seen, placed, colours);
  const x = Math.round(seen.x + placed.dx);
  let y = Math.round(seen.y + placed.dy);
  if (placed.level === 'full' && text.alert !== '') {
    drawAlert(context, text.alert, x, y, colours);
    y += lineHeight + 2;
  }
  const look = lookOf(seen.track, colours);
  context.font = labelFont;
  context.textBaseline = 'middle';
  context.strokeStyle = colours.halo;
  context.lineWidth = 3;
  context.lineJoin = 'round';
  haloText(context, text.name, x, y + lineHeight / 2, look.colour);
  if (placed.level === 'full') {
    haloText(context, text.data, x, y + lineHeight * 1.5, text.alert === '' ? colours.labelDim : look.colour);
  }
}

function drawAlert(context: CanvasRenderingContext2D, text: string, x: number, y: number, colours: Palette): void {
  context.font = alertFont;
  context.textBaseline = 'middle';
  const width = Math.ceil(context.measureText(text).width) + 8;
  context.fillStyle = colours.alert;
  context.beginPath();
  context.roundRect(x, y, width, lineHeight + 1, 2);
  context.fill();
  context.fillStyle = colours.alertInk;
  context.fillText(text, x + 4, y + lineHeight / 2 + 1);
}
