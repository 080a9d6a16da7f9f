// A headless Chromium of its own for the tests, with a fresh profile that is removed afterwards.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = new URL('.', import.meta.url).pathname;
/** The folder with node_modules: of the build, or of web/ when developing. */
export const modules = process.env.MARSAD_WEB_MODULES ?? join(here, '../../../web');
export const dist = process.env.MARSAD_WEB_DIST ?? join(here, '../../../web/dist');
export const chromium =
  process.env.MARSAD_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-accelerated-2d-canvas',
];

export async function startBrowser(extra = []) {
  const { chromium: playwright } = createRequire(join(modules, 'package.json'))('playwright-core');
  const profile = mkdtempSync(join(tmpdir(), 'marsad-e2e-'));
  const context = await playwright.launchPersistentContext(profile, {
    executablePath: chromium,
    headless: true,
    args: [...flags, ...extra],
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
