/** The side panel: track list and sensors as tabs. On narrow screens it is a sheet at the bottom. */
import type { Model } from '../app/model';
import { say } from '../i18n/i18n';
import { h, icon } from './dom';
import { icons } from './icons';

type Tab = 'tracks' | 'sensors';

export class Dock {
  readonly root: HTMLElement;
  readonly openButton: HTMLButtonElement;
  private readonly tabs: Record<Tab, HTMLButtonElement>;

  constructor(
    private readonly model: Model,
    private readonly panels: Record<Tab, HTMLElement>,
    detail: HTMLElement,
  ) {
    this.tabs = { tracks: this.tab('tracks'), sensors: this.tab('sensors') };
    const close = say(
      h('button', { class: 'tool', type: 'button', onclick: () => this.show('closed') }, icon(icons.close)),
      'dock.close',
      'title',
      'aria-label',
    );
    this.openButton = say(
      h('button', { class: 'tool dock-open', type: 'button', onclick: () => this.show('tracks') }, icon(icons.panel)),
      'dock.open',
      'title',
      'aria-label',
    );
    for (const [name, panel] of Object.entries(panels)) {
      panel.id = `panel-${name}`;
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', `tab-${name}`);
    }
    const tablist = h(
      'div',
      { class: 'tabs', role: 'tablist', 'data-arrows': true },
      this.tabs.tracks,
      this.tabs.sensors,
    );
    tablist.addEventListener('keydown', (event) => this.key(event));
    this.root = h(
      'aside',
      { class: 'dock', 'data-part': 'dock' },
      detail,
      h('div', { class: 'dock-body' }, h('div', { class: 'dock-head' }, tablist, close), panels.tracks, panels.sensors),
    );
    this.settingsChanged();
  }

  show(which: Tab | 'closed'): void {
    this.model.settings.change({ dock: which });
  }

  settingsChanged(): void {
    const { dock } = this.model.settings.now;
    this.root.classList.toggle('dock-closed', dock === 'closed');
    this.openButton.hidden = dock !== 'closed';
    for (const name of ['tracks', 'sensors'] as const) {
      const chosen = dock === name;
      this.panels[name].hidden = !chosen;
      this.tabs[name].setAttribute('aria-selected', String(chosen));
      this.tabs[name].tabIndex = chosen ? 0 : -1;
    }
  }

  private tab(name: Tab): HTMLButtonElement {
    const button = h('button', {
      type: 'button',
      role: 'tab',
      class: 'tab',
      id: `tab-${name}`,
      'aria-controls': `panel-${name}`,
      onclick: () => this.show(name),
    });
    return say(button, `dock.${name}`);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const other: Tab = this.model.settings.now.dock === 'tracks' ? 'sensors' : 'tracks';
    this.show(other);
    this.tabs[other].focus();
  }
}
