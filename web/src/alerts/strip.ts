/** Emergencies, over the map, in words; announced at once to screen readers. A card stays while the emergency lasts. */
import type { Commands } from '../app/commands';
import type { Model } from '../app/model';
import { t } from '../i18n/i18n';
import type { TrackId } from '../picture/types';
import { h, ltr } from '../shell/dom';
import { emergencyOf, nameOf } from '../tracks/symbols';
import { octal } from '../units/format';

const mostCards = 4;

export class AlertStrip {
  readonly root = h('div', { class: 'alerts', role: 'alert', 'data-part': 'alerts' });
  private readonly cards = new Map<TrackId, { root: HTMLElement; text: string }>();

  constructor(
    private readonly model: Model,
    private readonly commands: Commands,
  ) {}

  update(): void {
    const alerted = [...this.model.store.tracks.values()]
      .filter((track) => emergencyOf(track) !== undefined)
      .slice(0, mostCards);
    const ids = new Set(alerted.map((track) => track.id));
    for (const [id, card] of this.cards) {
      if (ids.has(id)) continue;
      card.root.remove();
      this.cards.delete(id);
    }
    for (const track of alerted) {
      const emergency = emergencyOf(track);
      const word = t(`emergency.${emergency ?? 'general'}`, { code: track.emergency });
      const text = `${nameOf(track)} ${word}`;
      const known = this.cards.get(track.id);
      if (known?.text === text) continue;
      const code = track.modeA === undefined ? undefined : ltr(octal(track.modeA), 'alert-code');
      const root = h(
        'button',
        { type: 'button', class: 'alert-card', onclick: () => this.show(track.id) },
        ltr(nameOf(track), 'alert-name'),
        h('span', { class: 'alert-word' }, word),
        code,
      );
      if (known === undefined) this.root.append(root);
      else known.root.replaceWith(root);
      this.cards.set(track.id, { root, text });
    }
  }

  private show(id: TrackId): void {
    this.commands.selectAndShow(id);
    this.commands.centre();
  }
}
