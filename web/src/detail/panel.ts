/** Everything known of the selected track, and who sees it. */
import type { Commands } from '../app/commands';
import type { Model } from '../app/model';
import { isolated, say, t, timeUnits } from '../i18n/i18n';
import type { Key } from '../i18n/i18n';
import { levelRate } from '../labels/text';
import { moved } from '../picture/motion';
import type { Contribution, Track } from '../picture/types';
import { kindName } from '../sensors/kind';
import { h, icon, ltr, setText } from '../shell/dom';
import { icons } from '../shell/icons';
import { drawSymbol, symbolElement } from '../tracks/legend';
import { emergencyOf, identityLetter, nameOf } from '../tracks/symbols';
import {
  bearingText,
  distanceText,
  duration,
  feet,
  flightLevel,
  hexAddress,
  knots,
  octal,
  positionText,
  speedOf,
  trackAngleOf,
  utcTime,
  whole,
} from '../units/format';

interface Field {
  root: HTMLElement;
  value: HTMLElement;
}

function field(key: Key, wide = false): Field {
  const value = h('span', { class: 'field-value' });
  return {
    root: h('div', { class: wide ? 'field field-wide' : 'field' }, say(h('dt', {}), key), h('dd', {}, value)),
    value,
  };
}

export class DetailPanel {
  readonly root: HTMLElement;
  private readonly symbol = symbolElement();
  private readonly name = h('h2', { class: 'detail-name', dir: 'ltr' });
  private readonly identity = h('p', { class: 'detail-identity' });
  private readonly alert = h('p', { class: 'detail-alert', hidden: true });
  private readonly gone = say(h('p', { class: 'detail-gone', hidden: true }), 'detail.gone');
  private readonly notes = h('ul', { class: 'detail-notes' });
  private readonly sensors = h('ul', { class: 'contributions' });
  private readonly followButton: HTMLButtonElement;
  private readonly followText = h('span', {});
  private readonly fields = {
    level: field('detail.level'),
    speed: field('detail.speed'),
    angle: field('detail.angle'),
    rate: field('detail.rate'),
    code: field('detail.code'),
    address: field('detail.address'),
    number: field('detail.number'),
    height: field('detail.height'),
    existence: field('detail.existence'),
    accuracy: field('detail.accuracy', true),
    position: field('detail.position', true),
    update: field('detail.update', true),
  };

  constructor(
    private readonly model: Model,
    commands: Commands,
  ) {
    const close = say(
      h('button', { class: 'tool', type: 'button', onclick: () => model.select(undefined) }, icon(icons.close)),
      'detail.close',
      'title',
      'aria-label',
    );
    const centre = h(
      'button',
      { class: 'action', type: 'button', onclick: () => commands.centre() },
      icon(icons.centre),
      say(h('span', {}), 'detail.centre'),
    );
    this.followButton = h(
      'button',
      { class: 'action', type: 'button', onclick: () => commands.follow() },
      icon(icons.follow),
      this.followText,
    );
    this.root = h(
      'section',
      { class: 'detail', 'data-part': 'detail', 'aria-labelledby': 'detail-name', hidden: true },
      h(
        'div',
        { class: 'detail-head' },
        this.symbol,
        h('div', { class: 'detail-title' }, this.name, this.identity),
        close,
      ),
      this.alert,
      this.gone,
      this.notes,
      h('dl', { class: 'fields' }, ...Object.values(this.fields).map((one) => one.root)),
      say(h('h3', {}), 'detail.sensors'),
      this.sensors,
      h('div', { class: 'actions' }, centre, this.followButton),
    );
    this.name.id = 'detail-name';
  }

  update(): void {
    const current = this.model.selectedTrack();
    if (current !== undefined) this.model.lastSeen = current;
    const track = current ?? this.model.lastSeen;
    this.root.hidden = this.model.selected === undefined || track === undefined;
    if (track === undefined || this.root.hidden) return;
    this.gone.hidden = current !== undefined;
    this.root.classList.toggle('detail-ended', current === undefined);
    this.followButton.setAttribute('aria-pressed', String(this.model.following));
    setText(this.followText, t(this.model.following ? 'detail.following' : 'detail.follow'));
    this.showWho(track);
    this.showState(track);
    this.showSensors(track);
  }

  private showWho(track: Track): void {
    drawSymbol(this.symbol, track);
    setText(this.name, nameOf(track));
    setText(
      this.identity,
      `${t(`identity.${track.identity}`)} (${identityLetter[track.identity]}) · ${t(`state.${track.state}`)}`,
    );
    const emergency = emergencyOf(track);
    this.alert.hidden = emergency === undefined;
    if (emergency !== undefined) setText(this.alert, t(`emergency.${emergency}`, { code: track.emergency }));
    const notes: Key[] = [];
    if (track.primaryOnly) notes.push('detail.primary');
    if (track.onGround) notes.push('detail.ground');
    if (track.simulated) notes.push('detail.simulated');
    if (track.identPulse) notes.push('detail.spi');
    const texts = notes.map((key) => t(key));
    if (this.notes.textContent !== texts.join(''))
      this.notes.replaceChildren(...texts.map((text) => h('li', {}, text)));
  }

  private showState(track: Track): void {
    const f = this.fields;
    const none = t('detail.notset');
    const at = this.model.time();
    const value = (target: Field, text: string): void => setText(target.value, text);
    value(
      f.level,
      track.pressureAltitude === undefined
        ? t('detail.height.none')
        : isolated(`FL ${flightLevel(track.pressureAltitude)}`),
    );
    value(
      f.height,
      track.geometricHeight && Number.isFinite(track.height)
        ? `${isolated(`${whole(feet(track.height))} ${t('unit.ft')}`)} ${t('detail.height.geometric')}`
        : track.pressureAltitude === undefined
          ? none
          : isolated(`${whole(track.pressureAltitude)} ${t('unit.ft')}`),
    );
    value(f.speed, isolated(`${whole(knots(speedOf(track)))} ${t('unit.kt')}`));
    value(f.angle, speedOf(track) < 1 ? none : isolated(`${bearingText(trackAngleOf(track))}°`));
    value(f.rate, rateText(track, none));
    value(f.code, track.modeA === undefined ? none : octal(track.modeA));
    value(f.address, track.address === undefined ? none : hexAddress(track.address));
    value(f.number, String(track.number).padStart(4, '0'));
    value(
      f.existence,
      Number.isFinite(track.existence) ? isolated(`${(Math.floor(track.existence * 1000) / 10).toFixed(1)} %`) : none,
    );
    value(f.accuracy, accuracyText(track, none));
    const { lat, lon } = moved(track, at - track.time);
    value(f.position, isolated(positionText(lat, lon)));
    const age = duration(Math.max(0, at - track.lastUpdate), timeUnits());
    value(f.update, `${isolated(utcTime(track.lastUpdate))} · ${t('detail.ago', { age })}`);
  }

  private showSensors(track: Track): void {
    const at = this.model.time();
    const ordered = [...track.contributions].sort((a, b) => a.age - b.age);
    const entries = ordered.map((contribution) => this.contribution(contribution, at - track.time));
    this.sensors.replaceChildren(
      ...(entries.length > 0 ? entries : [h('li', { class: 'empty' }, t('detail.nosensors'))]),
    );
  }

  private contribution(contribution: Contribution, since: number): HTMLElement {
    const sensor = this.model.store.sensor(contribution.sensor);
    const age = contribution.age + Math.max(0, since);
    const period = sensor?.period ?? 5;
    const level = age < 1.6 * period ? 'ok' : age < 3 * period ? 'warn' : 'old';
    return h(
      'li',
      { class: 'contribution', 'data-level': level },
      h(
        'span',
        { class: 'contribution-name' },
        ltr(sensor?.name ?? `#${contribution.sensor}`),
        h('span', { class: 'kind', dir: 'ltr' }, sensor === undefined ? '' : kindName(sensor.kind)),
      ),
      h('bdi', { class: 'contribution-count' }, t('detail.reports', { count: whole(contribution.reports) })),
      h('bdi', { class: 'contribution-age', dir: 'auto' }, Number.isFinite(age) ? duration(age, timeUnits()) : '–'),
    );
  }
}

function rateText(track: Track, none: string): string {
  if (track.verticalRate === undefined) return none;
  if (Math.abs(track.verticalRate) < levelRate) return t('rate.level');
  const rounded = Math.round(track.verticalRate / 50) * 50;
  return isolated(`${rounded > 0 ? '↑' : '↓'} ${whole(Math.abs(rounded))} ${t('unit.fpm')}`);
}

function accuracyText(track: Track, none: string): string {
  if (!Number.isFinite(track.sigmaMajor) || !Number.isFinite(track.sigmaMinor)) return none;
  return isolated(
    `${distanceText(track.sigmaMajor)} × ${distanceText(track.sigmaMinor)}, ${bearingText(((track.orientation % 180) + 180) % 180)}°`,
  );
}
