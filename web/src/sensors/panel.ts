/** How each sensor is doing; a sensor that is not configured says what is missing. */
import type { Commands } from '../app/commands';
import type { Model } from '../app/model';
import { say, t, timeUnits } from '../i18n/i18n';
import type { Key } from '../i18n/i18n';
import type { Sensor } from '../picture/types';
import { kindName } from './kind';
import { h, icon, ltr, setText } from '../shell/dom';
import { icons } from '../shell/icons';
import { duration, shortLatency, whole } from '../units/format';

const inputCounters = ['datagrams', 'records', 'target_reports', 'faults', 'skipped_octets'] as const;

interface Card {
  root: HTMLElement;
  state: HTMLElement;
  facts: HTMLElement;
  missing: HTMLElement;
  rings: HTMLButtonElement;
  show: HTMLButtonElement;
  name: HTMLElement;
  code: HTMLElement;
}

export class SensorsPanel {
  readonly root: HTMLElement;
  private readonly list = h('ul', { class: 'sensors' });
  private readonly empty = say(h('p', { class: 'empty' }), 'sensor.none');
  private readonly input = h('dl', { class: 'input-counters' });
  private readonly cards = new Map<number, Card>();

  constructor(
    private readonly model: Model,
    private readonly commands: Commands,
  ) {
    this.root = h(
      'section',
      { class: 'panel sensors-panel', 'data-part': 'sensors-panel' },
      h(
        'div',
        { class: 'sensors-scroll', tabindex: 0, 'data-arrows': true },
        this.empty,
        this.list,
        say(h('h3', {}), 'input.title'),
        this.input,
      ),
    );
  }

  update(): void {
    if (!this.root.isConnected || this.root.hidden) return;
    const { sensors, input } = this.model.store.status;
    this.empty.hidden = sensors.length > 0;
    const known = new Set(sensors.map((sensor) => sensor.id));
    for (const [id, card] of this.cards) {
      if (known.has(id)) continue;
      card.root.remove();
      this.cards.delete(id);
    }
    for (const sensor of sensors) this.fill(this.cards.get(sensor.id) ?? this.makeCard(sensor.id), sensor);
    this.input.replaceChildren(
      ...inputCounters.flatMap((name) => {
        const count = input[name];
        return count === undefined
          ? []
          : [h('div', {}, h('dt', {}, t(`input.${name}` as Key)), h('dd', {}, ltr(whole(count))))];
      }),
    );
  }

  private makeCard(id: number): Card {
    const rings = h(
      'button',
      { class: 'tool', type: 'button', onclick: () => this.model.toggleRings(id) },
      icon(icons.rings),
    );
    const show = h('button', { class: 'tool', type: 'button', onclick: () => this.showOnMap(id) }, icon(icons.centre));
    say(rings, 'sensor.rings', 'title', 'aria-label');
    say(show, 'sensor.show', 'title', 'aria-label');
    const card = {
      state: h('span', { class: 'sensor-state' }),
      facts: h('div', { class: 'sensor-facts' }),
      missing: h('p', { class: 'sensor-missing' }),
      name: ltr('', 'sensor-name'),
      code: h('span', { class: 'kind', dir: 'ltr' }),
      rings,
      show,
      root: h('li', { class: 'sensor' }),
    };
    card.root.append(
      h(
        'div',
        { class: 'sensor-head' },
        card.state,
        h('div', { class: 'sensor-title' }, card.name, card.code),
        rings,
        show,
      ),
      card.facts,
      card.missing,
    );
    this.cards.set(id, card);
    this.list.append(card.root);
    return card;
  }

  private fill(card: Card, sensor: Sensor): void {
    card.root.dataset['state'] = sensor.state;
    card.root.dataset['configured'] = String(sensor.configured);
    card.root.dataset['sensor'] = String(sensor.id);
    setText(card.state, t(sensor.configured ? `sensor.${sensor.state}` : 'sensor.unconfigured'));
    setText(card.name, sensor.name);
    const code = sensor.sac === undefined ? '' : ` ${sensor.sac}/${sensor.sic ?? 0}`;
    setText(card.code, `${kindName(sensor.kind)}${code}`);
    const sited = sensor.lat !== undefined && sensor.lon !== undefined;
    card.rings.hidden = !sited;
    card.show.hidden = !sited;
    card.rings.setAttribute('aria-pressed', String(this.model.ringed.has(sensor.id)));
    this.fillFacts(card, sensor);
    const missing = missingText(sensor);
    card.missing.hidden = missing === '';
    setText(card.missing, missing);
  }

  private fillFacts(card: Card, sensor: Sensor): void {
    const units = timeUnits();
    const facts: [Key, string][] = [
      ['sensor.age', sensor.age === undefined ? t('sensor.never') : duration(sensor.age, units)],
      ['sensor.reports', whole(sensor.reports)],
    ];
    if (sensor.latency !== undefined) facts.push(['sensor.latency', shortLatency(sensor.latency, units)]);
    if (sensor.period !== undefined && sensor.period > 0)
      facts.push(['sensor.period', `${sensor.period.toFixed(1)} ${units.s}`]);
    card.facts.replaceChildren(
      ...facts.map(([key, value]) => h('div', {}, h('span', {}, t(key)), h('bdi', { dir: 'auto' }, value))),
    );
  }

  private showOnMap(id: number): void {
    const sensor = this.model.store.sensor(id);
    if (sensor?.lat === undefined || sensor.lon === undefined) return;
    this.commands.showSensor({ lat: sensor.lat, lon: sensor.lon });
  }
}

/** What an operator needs to know to mend it; empty if nothing is missing. */
export function missingText(sensor: Sensor): string {
  const parts: string[] = [];
  if (!sensor.configured) parts.push(t('sensor.missing', { sac: sensor.sac ?? '?', sic: sensor.sic ?? '?' }));
  else if (!sensor.hasSite && sensor.kind !== 'adsb') parts.push(t('sensor.nosite'));
  if (sensor.unplaced > 0) parts.push(t('sensor.unplaced', { count: whole(sensor.unplaced) }));
  return parts.join(' ');
}
