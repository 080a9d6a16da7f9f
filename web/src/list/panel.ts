/** The track list: sortable, searchable, and drawn only where it is seen, so that thousands of tracks cost nothing. */
import type { Commands } from '../app/commands';
import type { Model } from '../app/model';
import { say, t } from '../i18n/i18n';
import type { Key } from '../i18n/i18n';
import { arrow, levelText } from '../labels/text';
import type { Track } from '../picture/types';
import { h, ltr, setAttribute, setText } from '../shell/dom';
import { drawSymbol, symbolElement } from '../tracks/legend';
import { emergencyOf, nameOf } from '../tracks/symbols';
import { bearingText, knots, octal, speedOf, trackAngleOf, whole } from '../units/format';
import { listedTracks } from './rows';
import type { Column, Order } from './rows';

const rowHeight = 34;
const spare = 6;
const columns: readonly (readonly [Column, Key])[] = [
  ['callsign', 'list.callsign'],
  ['level', 'list.level'],
  ['speed', 'list.speed'],
  ['track', 'list.track'],
  ['code', 'list.code'],
];

interface Row {
  root: HTMLTableRowElement;
  symbol: SVGSVGElement;
  cells: HTMLElement[];
  id: bigint | undefined;
}

export class ListPanel {
  readonly root: HTMLElement;
  readonly search: HTMLInputElement;
  private readonly count = h('bdi', { class: 'list-count', 'aria-live': 'polite' });
  private readonly scroller = say(
    h('div', { class: 'list-scroll', tabindex: 0, 'data-arrows': true }),
    'dock.tracks',
    'aria-label',
  );
  private readonly above = h('tr', { class: 'list-space', 'aria-hidden': 'true' });
  private readonly below = h('tr', { class: 'list-space', 'aria-hidden': 'true' });
  private readonly body = h('tbody', {}, this.above, this.below);
  private readonly empty = h('p', { class: 'empty' });
  private readonly heads: HTMLTableCellElement[] = [];
  private readonly table: HTMLTableElement;
  private readonly rows: Row[] = [];
  private order: Order = { column: 'callsign', descending: false };
  private listed: Track[] = [];

  constructor(
    private readonly model: Model,
    private readonly commands: Commands,
  ) {
    this.search = say(
      h('input', { class: 'search', type: 'search', dir: 'auto', spellcheck: 'false', autocomplete: 'off' }),
      'list.search',
      'placeholder',
      'aria-label',
    );
    this.search.addEventListener('input', () => this.refresh());
    this.search.addEventListener('keydown', (event) => this.searchKey(event));
    this.table = h(
      'table',
      { class: 'list', role: 'grid' },
      h('thead', {}, h('tr', {}, ...columns.map((column) => this.head(column)))),
      this.body,
    );
    this.scroller.append(this.table, this.empty);
    this.scroller.addEventListener('scroll', () => this.draw());
    this.scroller.addEventListener('keydown', (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.scroller);
    this.root = h(
      'section',
      { class: 'panel list-panel', 'data-part': 'list' },
      h('div', { class: 'list-top' }, this.search, this.count),
      this.scroller,
    );
    this.showOrder();
  }

  refresh(): void {
    if (!this.root.isConnected || this.root.hidden) return;
    this.listed = listedTracks(this.model.store.tracks.values(), this.search.value, this.order);
    const total = this.model.store.tracks.size;
    setText(
      this.count,
      this.search.value === '' ? '' : t('list.count', { shown: whole(this.listed.length), total: whole(total) }),
    );
    this.empty.hidden = this.listed.length > 0;
    setText(this.empty, total === 0 ? t('list.empty') : t('list.nomatch', { query: this.search.value }));
    this.draw();
  }

  /** The order must be told in words, too. */
  languageChanged(): void {
    this.refresh();
  }

  /** Brings the selected row into view, if it is listed. */
  reveal(): void {
    const index = this.listed.findIndex((track) => track.id === this.model.selected);
    if (index < 0) return;
    const top = index * rowHeight;
    const view = this.scroller.clientHeight - rowHeight;
    if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > this.scroller.scrollTop + view) this.scroller.scrollTop = top + rowHeight - view;
    this.draw();
  }

  private head([column, key]: readonly [Column, Key]): HTMLTableCellElement {
    const button = say(h('button', { type: 'button', class: 'list-sort', onclick: () => this.sortBy(column) }), key);
    const cell = h('th', { scope: 'col', 'data-column': column }, button);
    this.heads.push(cell);
    return cell;
  }

  private sortBy(column: Column): void {
    this.order = {
      column,
      descending: this.order.column === column ? !this.order.descending : column === 'level' || column === 'speed',
    };
    this.showOrder();
    this.scroller.scrollTop = 0;
    this.refresh();
  }

  private showOrder(): void {
    for (const head of this.heads) {
      const sorted = head.dataset['column'] === this.order.column;
      head.setAttribute('aria-sort', sorted ? (this.order.descending ? 'descending' : 'ascending') : 'none');
    }
  }

  private searchKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && this.listed[0] !== undefined) {
      this.commands.selectAndShow(this.listed[0].id);
      this.scroller.focus();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.scroller.focus();
      this.move(0, 0);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (this.search.value === '') this.search.blur();
      this.search.value = '';
      this.refresh();
    }
  }

  private key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / rowHeight) - 2);
    const moves: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, -1],
      PageDown: [page, 0],
      PageUp: [-page, 0],
      Home: [-1e9, 0],
      End: [1e9, 0],
    };
    const move = moves[event.key];
    if (move !== undefined) {
      event.preventDefault();
      this.move(...move);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.commands.centre();
    }
  }

  /** By `by` rows from the selected one; from the top (0) or the end (-1) if none of the listed is selected. */
  private move(by: number, start: number): void {
    if (this.listed.length === 0) return;
    const current = this.listed.findIndex((track) => track.id === this.model.selected);
    const from = current >= 0 ? current + by : start === 0 ? 0 : this.listed.length - 1;
    const next = this.listed[Math.max(0, Math.min(this.listed.length - 1, from))];
    this.commands.selectAndShow(next?.id);
    this.reveal();
  }

  private draw(): void {
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / rowHeight) - spare);
    const shownRows = Math.ceil(this.scroller.clientHeight / rowHeight) + 2 * spare;
    const last = Math.min(this.listed.length, first + shownRows);
    this.above.style.height = `${first * rowHeight}px`;
    this.below.style.height = `${(this.listed.length - last) * rowHeight}px`;
    setAttribute(this.table, 'aria-rowcount', String(this.listed.length + 1));
    for (let i = 0; i < Math.max(last - first, this.rows.length); ++i) {
      const track = first + i < last ? this.listed[first + i] : undefined;
      const row = this.rows[i] ?? this.makeRow();
      row.root.hidden = track === undefined;
      if (track !== undefined) this.fill(row, track, first + i);
    }
  }

  private makeRow(): Row {
    const symbol = symbolElement();
    const cells = columns.map(() => ltr(''));
    const root = h(
      'tr',
      { class: 'list-row' },
      ...cells.map((cell, index) => h('td', {}, index === 0 ? h('span', { class: 'list-name' }, symbol, cell) : cell)),
    );
    const row: Row = { root, symbol, cells, id: undefined };
    root.addEventListener('click', () => this.commands.selectAndShow(row.id));
    root.addEventListener('dblclick', () => this.commands.centre());
    this.below.before(root);
    this.rows.push(row);
    return row;
  }

  private fill(row: Row, track: Track, index: number): void {
    row.id = track.id;
    drawSymbol(row.symbol, track);
    const texts = [
      nameOf(track),
      `${levelText(track)}${track.onGround ? ' ' : arrow(track.verticalRate)}`,
      String(Math.round(knots(speedOf(track)))),
      speedOf(track) > 1 ? bearingText(trackAngleOf(track)) : '',
      track.modeA === undefined ? '' : octal(track.modeA),
    ];
    texts.forEach((text, i) => setText(row.cells[i] as HTMLElement, text));
    setAttribute(row.root, 'aria-rowindex', String(index + 2));
    setAttribute(row.root, 'aria-selected', String(track.id === this.model.selected));
    setAttribute(row.root, 'data-state', emergencyOf(track) !== undefined ? 'emergency' : track.state);
  }
}
