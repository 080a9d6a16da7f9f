/** The whole page, put together: read it from top to bottom. */
import { AlertStrip } from '../alerts/strip';
import { DetailPanel } from '../detail/panel';
import { say, t, useLanguage } from '../i18n/i18n';
import { ListPanel } from '../list/panel';
import { loadAtlas } from '../map/atlas';
import { GlMap, webglAvailable } from '../map/gl_map';
import { PlainMap } from '../map/plain_map';
import { ScaleBar } from '../map/scale';
import { Stage } from '../map/stage';
import type { MapView } from '../map/view';
import { Transport } from '../picture/transport';
import { SensorsPanel } from '../sensors/panel';
import { Announcer } from '../shell/announcer';
import { Dialogs } from '../shell/dialogs';
import { Dock } from '../shell/dock';
import { h, setText } from '../shell/dom';
import { Header } from '../shell/header';
import { installKeyboard } from '../shell/keyboard';
import { MapTools } from '../shell/tools';
import { CanvasTrackPainter } from '../tracks/canvas_painter';
import { GlTrackLayer } from '../tracks/gl_layer';
import { nameOf } from '../tracks/symbols';
import { Commands } from './commands';
import { installDebugHook } from './debug';
import { Model } from './model';

/** Where the map begins until the first picture says where the tracks are. */
const beginning = { centre: { lat: 31, lon: 40 }, zoom: 3.2 };

function pictureAddress(): string {
  const address = new URL('ws/picture', document.baseURI);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = '';
  address.hash = '';
  return address.href;
}

function makeMap(model: Model, container: HTMLElement): MapView {
  const { theme } = model.settings.now;
  const wanted = new URLSearchParams(location.search).get('renderer');
  if (wanted !== 'plain' && webglAvailable()) {
    try {
      return new GlMap(container, theme, beginning);
    } catch (error) {
      console.warn('WebGL map not possible:', error);
      container.replaceChildren();
    }
  }
  return new PlainMap(container, theme, beginning);
}

export class App {
  private readonly model = new Model();
  private readonly map: MapView;
  private readonly stage: Stage;
  private readonly commands: Commands;
  private readonly header: Header;
  private readonly tools: MapTools;
  private readonly list: ListPanel;
  private readonly detail: DetailPanel;
  private readonly sensors: SensorsPanel;
  private readonly dock: Dock;
  private readonly dialogs: Dialogs;
  private readonly alerts: AlertStrip;
  private readonly scale: ScaleBar;
  private readonly announcer: Announcer;
  private readonly transport: Transport;
  private readonly strip = h('div', { class: 'strip', role: 'status', hidden: true, 'data-part': 'strip' });
  private painted: () => number = () => 0;
  private fitted = false;
  private wasStale = false;
  private language = this.model.settings.now.language;
  private readonly sensorStates = new Map<number, string>();

  constructor(root: HTMLElement) {
    useLanguage(this.language);
    document.documentElement.dataset['theme'] = this.model.settings.now.theme;
    const container = say(
      h('div', { class: 'map', role: 'application', tabindex: 0, id: 'map' }),
      'map.label',
      'aria-label',
    );
    const canvas = h('canvas', { class: 'overlay', 'aria-hidden': 'true' });
    const mapBox = h('main', { class: 'stage' }, container, canvas);
    root.append(mapBox);
    this.map = makeMap(this.model, container);
    this.stage = new Stage(this.model, this.map, canvas);
    this.commands = new Commands(this.model, this.map);
    this.announcer = new Announcer(root);
    this.dialogs = new Dialogs(root);
    this.header = new Header(this.model, {
      help: () => this.dialogs.showHelp(),
      about: () => this.dialogs.showAbout(),
    });
    this.tools = new MapTools(this.model, this.commands);
    this.list = new ListPanel(this.model, this.commands);
    this.detail = new DetailPanel(this.model, this.commands);
    this.sensors = new SensorsPanel(this.model, this.commands);
    this.alerts = new AlertStrip(this.model, this.commands);
    this.scale = new ScaleBar(this.map);
    this.dock = new Dock(this.model, { tracks: this.list.root, sensors: this.sensors.root }, this.detail.root);
    mapBox.append(
      this.strip,
      this.alerts.root,
      this.tools.root,
      this.dock.openButton,
      this.scale.root,
      h('div', { class: 'mode-frame', 'aria-hidden': 'true' }),
    );
    root.prepend(say(h('a', { class: 'skip', href: '#map' }), 'skip.map'), this.header.root);
    root.append(this.dock.root);
    this.transport = this.makeTransport();
    this.connectPainter();
    this.listen();
    installDebugHook(this.model, this.stage, this.transport, () => this.painted());
  }

  start(): void {
    this.transport.start();
    window.setInterval(() => this.eachQuarter(), 250);
    loadAtlas().then(
      (atlas) => {
        if (this.map instanceof GlMap || this.map instanceof PlainMap) this.map.setAtlas(atlas);
        this.stage.setAtlas(atlas);
      },
      (error: unknown) => this.announcer.say(t('map.fault', { reason: String(error) })),
    );
    document.fonts.ready.then(() => this.stage.overlay.fontsChanged()).catch(() => undefined);
  }

  private connectPainter(): void {
    if (this.map instanceof GlMap) {
      const layer = new GlTrackLayer({
        window: () => this.map.window(),
        time: () => this.model.time(),
        halo: () => this.stage.halo(),
      });
      this.map.addTracks(layer);
      this.stage.setPainter(layer);
      this.painted = () => layer.drawnSymbols;
    } else if (this.map instanceof PlainMap) {
      const painter = new CanvasTrackPainter(() => this.model.time());
      this.map.setTracks(painter);
      this.stage.setPainter(painter);
      this.painted = () => painter.drawnSymbols;
      this.announcer.say(t('map.plain'));
    }
    this.map.setGraticule(this.model.settings.now.graticule);
  }

  private makeTransport(): Transport {
    return new Transport(pictureAddress(), {
      frame: (frame) => {
        if (this.model.store.apply(frame) === 'gap') return false;
        this.model.clock.frame(frame.time, frame.status.speed, this.model.wall());
        this.model.tell('picture');
        return true;
      },
      damaged: (error, total) => {
        console.warn('refused a frame:', error.message);
        this.model.damagedFrames = total;
        this.announcer.say(t('announce.damaged'));
      },
      state: (state) => {
        const before = this.model.link.kind;
        this.model.link = state;
        if (before === 'open' && state.kind !== 'open') this.announcer.say(t('announce.lost'));
        if (before === 'connecting' && state.kind === 'open' && this.model.clock.known())
          this.announcer.say(t('announce.back'));
        this.model.tell('link');
      },
    });
  }

  private listen(): void {
    this.model.on('picture', () => this.pictureChanged());
    this.model.on('selection', () => this.selectionChanged());
    this.model.on('rings', () => {
      this.sensors.update();
      this.stage.redraw();
    });
    this.model.on('link', () => this.header.update());
    this.model.settings.onChange(() => this.settingsChanged());
    this.map.onMove(() => this.scale.update());
    installKeyboard(this.model, this.commands, {
      search: () => {
        this.dock.show('tracks');
        this.list.search.focus();
        this.list.search.select();
      },
      help: () => this.dialogs.showHelp(),
      panel: (which) => this.dock.show(this.model.settings.now.dock === which ? 'closed' : which),
      escape: () => this.escape(),
    });
  }

  private pictureChanged(): void {
    if (
      !this.fitted &&
      (this.model.store.tracks.size > 0 || this.model.store.status.sensors.some((s) => s.lat !== undefined))
    ) {
      this.fitted = this.model.store.tracks.size > 0;
      this.commands.fitAll(false);
    }
    this.stage.pictureChanged();
    this.alerts.update();
    this.list.refresh();
    this.detail.update();
    this.sensors.update();
    this.announceSensors();
    this.eachQuarter();
  }

  private selectionChanged(): void {
    this.detail.update();
    this.list.refresh();
    this.list.reveal();
    this.stage.relabel();
    const track = this.model.selectedTrack();
    this.announcer.say(track === undefined ? t('announce.none') : t('announce.selected', { label: nameOf(track) }));
  }

  private settingsChanged(): void {
    const { language, theme, graticule } = this.model.settings.now;
    document.documentElement.dataset['theme'] = theme;
    if (language !== this.language) {
      this.language = language;
      useLanguage(language);
      this.dialogs.languageChanged();
    }
    this.map.setTheme(theme);
    this.map.setGraticule(graticule);
    this.header.settingsChanged();
    this.tools.settingsChanged();
    this.dock.settingsChanged();
    this.list.languageChanged();
    this.alerts.update();
    this.sensors.update();
    this.detail.update();
    this.stage.pictureChanged();
  }

  private eachQuarter(): void {
    this.header.update();
    const warning = this.header.warning();
    this.strip.hidden = warning === '';
    setText(this.strip, warning);
    const stale = this.model.stale();
    if (stale && !this.wasStale) this.announcer.say(t('announce.stale'));
    this.wasStale = stale;
    if (!stale) this.detail.update();
  }

  /** Only changes are told, and not those of the first frame. */
  private announceSensors(): void {
    for (const sensor of this.model.store.status.sensors) {
      const before = this.sensorStates.get(sensor.id);
      if (before !== undefined && before !== sensor.state) {
        this.announcer.say(t('announce.sensor', { name: sensor.name, state: t(`sensor.${sensor.state}`) }));
      }
      this.sensorStates.set(sensor.id, sensor.state);
    }
  }

  private escape(): void {
    if (document.activeElement instanceof HTMLElement && document.activeElement.closest('.dock') !== null)
      document.getElementById('map')?.focus();
    this.model.select(undefined);
  }
}
