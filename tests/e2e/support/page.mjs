// What the tests share: one browser and one server per file, a page that has its picture, and a look at its pixels.
import { after, before } from 'node:test';
import { dist, startBrowser } from './browser.mjs';
import { Script } from './scene.mjs';
import { PictureServer } from './server.mjs';

/** Starts and ends with the file: `stage.open()` gives a page, `stage.server` is what it talks to. */
export function useStage({ flags = [] } = {}) {
  const stage = { server: undefined, browser: undefined, url: '', script: undefined, second: 0, timer: undefined };
  before(async () => {
    stage.server = new PictureServer(dist);
    stage.url = await stage.server.listen();
    stage.browser = await startBrowser(flags);
  });
  after(async () => {
    clearInterval(stage.timer);
    await stage.browser?.close();
    await stage.server?.close();
  });

  /** A script from its first second; what connects gets a snapshot of now, and then a delta each second. */
  stage.play = (options = {}) => {
    clearInterval(stage.timer);
    stage.script = new Script({ start: Math.floor(Date.now() / 1000), ...options });
    stage.second = 0;
    stage.server.onConnect = (send) => send(stage.script.snapshot(stage.second));
    stage.timer = setInterval(() => stage.tick(), 1000);
  };
  stage.tick = (options) => {
    stage.second += 1;
    stage.server.broadcast(stage.script.delta(stage.second, options));
  };
  stage.pause = () => clearInterval(stage.timer);

  stage.open = async (query = 'lang=en', { width = 1280, height = 800, keepChoices = false } = {}) => {
    const page = await stage.browser.context.newPage();
    page.errors = [];
    page.on('pageerror', (error) => page.errors.push(error.message));
    await page.setViewportSize({ width, height });
    if (!keepChoices)
      await page.addInitScript(() => {
        if (!sessionStorage.getItem('kept')) {
          localStorage.clear();
          sessionStorage.setItem('kept', '1');
        }
      });
    await page.goto(`${stage.url}?${query}`);
    await page.waitForFunction(
      () =>
        window.marsad?.frames() > 0 &&
        window.marsad.ready() &&
        window.marsad.drawn() > 0 &&
        window.marsad.onScreen().length > 0,
    );
    return page;
  };
  return stage;
}

export function idOf(page, name) {
  return page.evaluate((wanted) => window.marsad.tracks().find((track) => track.name === wanted)?.id, name);
}

/** Where a track stands in the window. */
export async function placeOf(page, name) {
  const box = await page.locator('#map').boundingBox();
  const at = await page.evaluate((wanted) => window.marsad.onScreen().find((seen) => seen.name === wanted), name);
  return { x: box.x + at.x, y: box.y + at.y };
}

/** The colours of a square of the screen, as [r, g, b] row by row. */
export async function pixelsAround(page, { x, y }, half) {
  const clip = { x: Math.round(x) - half, y: Math.round(y) - half, width: 2 * half + 1, height: 2 * half + 1 };
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (data) => {
    const octets = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([octets], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data: values } = context.getImageData(0, 0, image.width, image.height);
    return Array.from({ length: values.length / 4 }, (_, i) => [values[4 * i], values[4 * i + 1], values[4 * i + 2]]);
  }, png);
}

export function countNear(pixels, [r, g, b], slack = 40) {
  return pixels.filter((pixel) => Math.hypot(pixel[0] - r, pixel[1] - g, pixel[2] - b) < slack).length;
}

export function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
