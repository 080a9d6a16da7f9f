/** The two dialogs: keys and symbols, and what the map is made of. */
import { t } from '../i18n/i18n';
import type { Key } from '../i18n/i18n';
import { identities } from '../picture/types';
import { identityLetter } from '../tracks/symbols';
import { legendSymbol } from '../tracks/legend';
import { h, icon } from './dom';
import { icons } from './icons';

const keys: readonly (readonly [string[], Key])[] = [
  [['/'], 'help.search'],
  [['[', ']'], 'help.step'],
  [['E'], 'help.emergency'],
  [['C'], 'help.centre'],
  [['F'], 'help.follow'],
  [['0'], 'help.fit'],
  [['←', '↑', '→', '↓'], 'help.move'],
  [['+', '−'], 'help.zoom'],
  [['V'], 'help.vector'],
  [['H'], 'help.history'],
  [['B'], 'help.labels'],
  [['R'], 'help.rings'],
  [['G'], 'help.graticule'],
  [['T'], 'help.tracks'],
  [['S'], 'help.sensors'],
  [['D'], 'help.theme'],
  [['L'], 'help.language'],
  [['?'], 'help.help'],
  [['Esc'], 'help.escape'],
];

function keyRow([caps, key]: readonly [string[], Key]): HTMLElement {
  const shown = caps.map((cap) => h('kbd', {}, cap));
  return h('div', { class: 'key-row' }, h('dt', { dir: 'ltr' }, ...shown), h('dd', {}, t(key)));
}

function symbolRows(): HTMLElement[] {
  const row = (symbol: Element, letter: string, text: string): HTMLElement =>
    h(
      'div',
      { class: 'symbol-row' },
      symbol,
      h('span', { class: 'symbol-letter', dir: 'ltr' }, letter),
      h('span', {}, text),
    );
  return [
    ...identities.map((identity) =>
      row(legendSymbol({ identity }), identityLetter[identity], t(`identity.${identity}`)),
    ),
    row(legendSymbol({ identity: 'pending', primaryOnly: true }), '', t('help.primary')),
    row(legendSymbol({ identity: 'friend', state: 'coasting' }), 'C', t('help.hollow')),
    row(legendSymbol({ identity: 'pending', state: 'tentative' }), '', t('help.small')),
    row(legendSymbol({ identity: 'pending', modeA: 0o7700 }), '', t('help.ring')),
  ];
}

export class Dialogs {
  readonly help = h('dialog', { class: 'dialog dialog-wide', 'aria-labelledby': 'help-title' });
  readonly about = h('dialog', { class: 'dialog', 'aria-labelledby': 'about-title' });

  constructor(parent: HTMLElement) {
    parent.append(this.help, this.about);
    for (const dialog of [this.help, this.about]) {
      dialog.addEventListener('click', (event) => {
        if (event.target === dialog) dialog.close();
      });
    }
  }

  showHelp(): void {
    this.open(
      this.help,
      'help-title',
      t('help.title'),
      h(
        'div',
        { class: 'help-columns' },
        h('section', {}, h('h3', {}, t('help.keys')), h('dl', { class: 'keys' }, ...keys.map(keyRow))),
        h('section', {}, h('h3', {}, t('help.symbols')), h('div', { class: 'symbols' }, ...symbolRows())),
      ),
    );
  }

  showAbout(): void {
    const paragraphs = (['about.borders', 'about.names', 'about.offline', 'about.fonts', 'about.licence'] as const).map(
      (key) => h('p', {}, t(key)),
    );
    const notices = h(
      'p',
      {},
      h('a', { href: './third-party.txt', target: '_blank', rel: 'noopener' }, t('about.notices')),
    );
    this.open(this.about, 'about-title', t('about.title'), ...paragraphs, notices);
  }

  /** An open dialog changes its language with the page. */
  languageChanged(): void {
    if (this.help.open) this.showHelp();
    if (this.about.open) this.showAbout();
  }

  private open(dialog: HTMLDialogElement, id: string, title: string, ...content: HTMLElement[]): void {
    const close = h(
      'button',
      { class: 'tool', type: 'button', 'aria-label': t('detail.close'), onclick: () => dialog.close() },
      icon(icons.close),
    );
    dialog.replaceChildren(
      h('div', { class: 'dialog-head' }, h('h2', { id }, title), close),
      h('div', { class: 'dialog-body' }, ...content),
    );
    if (!dialog.open) dialog.showModal();
  }
}
