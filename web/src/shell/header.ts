/** The line that is always there: is this live, what time is it, is it complete, is it recorded, are we connected. */
import type { Model } from '../app/model';
import { say, t, timeUnits } from '../i18n/i18n';
import type { Key } from '../i18n/i18n';
import { duration, shortLatency, utcDate, utcTime, whole } from '../units/format';
import { h, icon, setAttribute, setText } from './dom';
import { icons } from './icons';

interface Pill {
  root: HTMLElement;
  value: HTMLElement;
}

function pill(key: Key, part: string): Pill {
  const value = h('bdi', { class: 'pill-value', dir: 'auto' });
  const root = h('div', { class: 'pill', 'data-part': part }, say(h('span', { class: 'pill-name' }), key), value);
  return { root, value };
}

/** Above this the operator should know: the picture is older than it looks. */
const highLatency = 2;

export class Header {
  readonly root: HTMLElement;
  private readonly badge = h('div', { class: 'badge', 'data-part': 'mode' });
  private readonly clock = h('bdi', { class: 'clock-time', dir: 'ltr' });
  private readonly date = h('bdi', { class: 'clock-date', dir: 'ltr' });
  private readonly sensors = pill('head.sensors', 'sensors');
  private readonly tracks = pill('head.tracks', 'tracks');
  private readonly latency = pill('head.latency', 'latency');
  private readonly recording = pill('head.recording', 'recording');
  private readonly link = pill('head.link', 'link');
  private readonly themeButton = h('button', { class: 'tool', type: 'button', onclick: () => this.switchTheme() });
  private readonly languageButton = h('button', {
    class: 'tool tool-text',
    type: 'button',
    onclick: () => this.switchLanguage(),
  });

  constructor(
    private readonly model: Model,
    actions: { help(): void; about(): void },
  ) {
    const time = h('div', { class: 'clock', 'data-part': 'clock' }, this.clock, this.date);
    const pills = [this.sensors, this.tracks, this.latency, this.recording, this.link].map((one) => one.root);
    const help = say(
      h('button', { class: 'tool', type: 'button', onclick: actions.help }, icon(icons.help)),
      'tool.help',
      'title',
      'aria-label',
    );
    const about = say(
      h('button', { class: 'tool', type: 'button', onclick: actions.about }, icon(icons.info)),
      'tool.about',
      'title',
      'aria-label',
    );
    this.root = h(
      'header',
      { class: 'header' },
      h('div', { class: 'brand' }, mark(), say(h('h1', {}), 'brand')),
      this.badge,
      time,
      h('div', { class: 'pills' }, ...pills),
      h('div', { class: 'header-tools' }, this.languageButton, this.themeButton, about, help),
    );
    this.settingsChanged();
  }

  settingsChanged(): void {
    const { theme, language } = this.model.settings.now;
    this.themeButton.replaceChildren(icon(theme === 'day' ? icons.moon : icons.sun));
    const key = theme === 'day' ? 'tool.theme.night' : 'tool.theme.day';
    this.themeButton.title = t(key);
    this.themeButton.setAttribute('aria-label', t(key));
    this.languageButton.textContent = language === 'ar' ? 'EN' : 'ع';
    this.languageButton.lang = language === 'ar' ? 'en' : 'ar';
    this.languageButton.setAttribute('aria-label', t('language.other'));
    this.languageButton.title = t('language.other');
    this.update();
  }

  update(): void {
    const { store } = this.model;
    const time = this.model.time();
    this.updateBadge();
    setText(this.clock, utcTime(Math.floor(time)));
    setText(this.date, utcDate(time));
    const known = store.status.sensors;
    const heard = known.filter((sensor) => sensor.state === 'ok' || sensor.state === 'late').length;
    setText(this.sensors.value, known.length === 0 ? '–' : `${heard}/${known.length}`);
    setAttribute(this.sensors.root, 'data-level', known.length > 0 && heard < known.length ? 'warn' : 'ok');
    setText(this.tracks.value, whole(store.tracks.size));
    this.updateLatency();
    setText(this.recording.value, store.status.recording ? t('rec.on') : t('rec.off'));
    setAttribute(this.recording.root, 'data-level', store.status.recording ? 'rec' : 'dim');
    this.updateLink();
  }

  private updateBadge(): void {
    const { mode } = this.model.store;
    const stale = this.model.stale();
    const shown = stale ? 'stale' : (mode ?? 'none');
    const speed = this.model.store.status.speed;
    const factor = mode === 'replay' && !stale && speed !== 1 ? ` ×${speed}` : '';
    setText(this.badge, t(`mode.${shown}`) + factor);
    setAttribute(this.badge, 'data-mode', shown);
    setAttribute(document.documentElement, 'data-mode', shown);
  }

  private updateLatency(): void {
    const { latency } = this.model.store.status;
    setText(this.latency.value, latency === undefined ? '–' : shortLatency(latency, timeUnits()));
    setAttribute(this.latency.root, 'data-level', latency !== undefined && latency > highLatency ? 'bad' : 'ok');
  }

  private updateLink(): void {
    const { link, damagedFrames } = this.model;
    const seconds = 'retryAt' in link ? Math.max(0, Math.ceil(link.retryAt - this.model.wall())) : 0;
    setText(this.link.value, t(`link.${link.kind}`, { seconds }));
    setAttribute(
      this.link.root,
      'data-level',
      link.kind === 'open' ? 'ok' : link.kind === 'connecting' ? 'dim' : 'bad',
    );
    this.link.root.title = damagedFrames > 0 ? t('link.damaged', { count: damagedFrames }) : '';
  }

  /** What the strip below the header says, if anything. */
  warning(): string {
    if (this.model.link.kind === 'incompatible')
      return t('link.incompatible.detail', { detail: this.model.link.detail });
    if (!this.model.stale()) return '';
    return t('mode.stale.for', { age: duration(this.model.clock.silence(this.model.wall()), timeUnits()) });
  }

  private switchTheme(): void {
    this.model.settings.change({ theme: this.model.settings.now.theme === 'day' ? 'night' : 'day' });
  }

  private switchLanguage(): void {
    this.model.settings.change({ language: this.model.settings.now.language === 'ar' ? 'en' : 'ar' });
  }
}

/** The sign of the house: an observer's eye and the sweep around it. */
function mark(): SVGSVGElement {
  const svg = icon('M10 2.5a7.5 7.5 0 1 1-7.5 7.5M10 6.2a3.8 3.8 0 1 1-3.8 3.8M10 10 4.4 4.4');
  svg.classList.add('mark');
  return svg;
}
