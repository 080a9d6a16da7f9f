/** `window.marsad`: what the page holds and shows, for tests and for the curious. Reading only, but for select(). */
import type { Stage } from '../map/stage';
import type { Transport } from '../picture/transport';
import { emergencyOf, nameOf } from '../tracks/symbols';
import type { Model } from './model';

export function installDebugHook(model: Model, stage: Stage, transport: Transport, drawn: () => number): void {
  const hook = {
    renderer: () => stage.map.kind,
    ready: () => stage.map.ready(),
    frames: () => transport.framesRead,
    damaged: () => transport.damagedFrames,
    link: () => model.link.kind,
    mode: () => model.store.mode,
    stale: () => model.stale(),
    time: () => model.time(),
    drawn,
    drawings: () => stage.drawings,
    selected: () => model.selected?.toString(),
    tracks: () =>
      [...model.store.tracks.values()].map((track) => ({
        id: track.id.toString(),
        name: nameOf(track),
        state: track.state,
        identity: track.identity,
        emergency: emergencyOf(track),
        dots: track.history.length,
        lat: track.lat,
        lon: track.lon,
      })),
    onScreen: () => stage.seen.map(({ track, x, y }) => ({ id: track.id.toString(), name: nameOf(track), x, y })),
    labels: () =>
      [...stage.overlay.shown].map(([id, { placed, text }]) => {
        const at = stage.seen.find((seen) => seen.track.id === id);
        return {
          id: id.toString(),
          level: placed.level,
          ...text,
          x: (at?.x ?? Number.NaN) + placed.dx,
          y: (at?.y ?? Number.NaN) + placed.dy,
          width: placed.width,
          height: placed.height,
        };
      }),
    view: () => ({ ...stage.map.centre(), zoom: stage.map.zoom() }),
    goTo: (lat: number, lon: number, zoom: number) => stage.map.goTo({ lat, lon }, { zoom, animate: false }),
    select: (id: string) => model.select(BigInt(id)),
  };
  (globalThis as { marsad?: typeof hook }).marsad = hook;
}
