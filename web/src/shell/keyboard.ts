/** The keyboard. Letters go by their place on the keyboard, so they also work while the Arabic layout is on. */
import type { Commands } from '../app/commands';
import type { Model } from '../app/model';

export interface KeyActions {
  search(): void;
  help(): void;
  panel(which: 'tracks' | 'sensors'): void;
  escape(): void;
}

const panStep = 90;

function typing(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}

/** Inside lists and dialogs the arrows belong to them. */
function arrowsTaken(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest('[data-arrows], dialog') !== null;
}

export function installKeyboard(model: Model, commands: Commands, actions: KeyActions): void {
  const letters: Record<string, () => void> = {
    KeyE: () => commands.nextEmergency(),
    KeyC: () => commands.centre(),
    KeyF: () => commands.follow(),
    Digit0: () => commands.fitAll(),
    Numpad0: () => commands.fitAll(),
    KeyV: () => commands.cycleVector(),
    KeyH: () => commands.toggle('history'),
    KeyB: () => commands.toggle('labels'),
    KeyR: () => commands.toggle('allRings'),
    KeyG: () => commands.toggle('graticule'),
    KeyT: () => actions.panel('tracks'),
    KeyS: () => actions.panel('sensors'),
    KeyD: () => model.settings.change({ theme: model.settings.now.theme === 'day' ? 'night' : 'day' }),
    KeyL: () => model.settings.change({ language: model.settings.now.language === 'ar' ? 'en' : 'ar' }),
    BracketLeft: () => commands.step(-1),
    BracketRight: () => commands.step(1),
    Equal: () => commands.zoom(1),
    NumpadAdd: () => commands.zoom(1),
    Minus: () => commands.zoom(-1),
    NumpadSubtract: () => commands.zoom(-1),
  };
  const arrows: Record<string, () => void> = {
    ArrowUp: () => commands.pan(0, -panStep),
    ArrowDown: () => commands.pan(0, panStep),
    ArrowLeft: () => commands.pan(-panStep, 0),
    ArrowRight: () => commands.pan(panStep, 0),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inDialog = document.querySelector('dialog[open]') !== null;
    if (event.key === 'Escape' && !inDialog) {
      actions.escape();
      return;
    }
    if (typing(event) || inDialog) return;
    const action = event.key in arrows ? (arrowsTaken(event) ? undefined : arrows[event.key]) : lettersOrSigns(event);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });

  function lettersOrSigns(event: KeyboardEvent): (() => void) | undefined {
    if (event.key === '?' || event.key === '؟' || (event.code === 'Slash' && event.shiftKey)) return actions.help;
    if (event.key === '/' || event.code === 'Slash') return actions.search;
    if (event.key === '+') return () => commands.zoom(1);
    return event.shiftKey ? undefined : letters[event.code];
  }
}
