/** The column of buttons on the map. */
import type { Commands } from '../app/commands';
import type { Model } from '../app/model';
import { say, t } from '../i18n/i18n';
import type { Key } from '../i18n/i18n';
import { h, icon } from './dom';
import { icons } from './icons';

export class MapTools {
  readonly root: HTMLElement;
  private readonly vectorCount = h('span', { class: 'tool-count', 'aria-hidden': 'true' });
  private readonly vector: HTMLButtonElement;
  private readonly toggles: [HTMLButtonElement, 'history' | 'labels' | 'allRings' | 'graticule'][];

  constructor(
    private readonly model: Model,
    commands: Commands,
  ) {
    const button = (key: Key, path: string, action: () => void): HTMLButtonElement =>
      say(h('button', { class: 'tool', type: 'button', onclick: action }, icon(path)), key, 'title', 'aria-label');
    this.vector = h(
      'button',
      { class: 'tool', type: 'button', 'data-part': 'vector', onclick: () => commands.cycleVector() },
      icon(icons.vector),
      this.vectorCount,
    );
    this.toggles = [
      [button('tool.history', icons.history, () => commands.toggle('history')), 'history'],
      [button('tool.labels', icons.label, () => commands.toggle('labels')), 'labels'],
      [button('tool.rings', icons.rings, () => commands.toggle('allRings')), 'allRings'],
      [button('tool.graticule', icons.grid, () => commands.toggle('graticule')), 'graticule'],
    ];
    this.root = say(
      h(
        'div',
        { class: 'map-tools', role: 'toolbar', 'aria-orientation': 'vertical' },
        h(
          'div',
          { class: 'tool-group' },
          button('tool.zoomin', icons.plus, () => commands.zoom(1)),
          button('tool.zoomout', icons.minus, () => commands.zoom(-1)),
          button('tool.fit', icons.fit, () => commands.fitAll()),
        ),
        h('div', { class: 'tool-group' }, this.vector, ...this.toggles.map(([toggle]) => toggle)),
      ),
      'tool.group',
      'aria-label',
    );
    this.settingsChanged();
  }

  settingsChanged(): void {
    const choices = this.model.settings.now;
    const text = choices.vector === 0 ? t('tool.vector.off') : t('tool.vector', { minutes: choices.vector });
    this.vector.title = text;
    this.vector.setAttribute('aria-label', text);
    this.vector.setAttribute('aria-pressed', String(choices.vector > 0));
    this.vectorCount.textContent = choices.vector === 0 ? '' : String(choices.vector);
    for (const [toggle, name] of this.toggles) toggle.setAttribute('aria-pressed', String(choices[name]));
  }
}
