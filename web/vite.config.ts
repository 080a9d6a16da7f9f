import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** The licences of what the page carries, as their authors ask for it, in one file beside the page. */
function thirdPartyNotices(): Plugin {
  const root = new URL('.', import.meta.url).pathname;
  const text = (folder: string): string => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const words = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${words}\n`;
  };
  return {
    name: 'third-party-notices',
    generateBundle() {
      const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
        dependencies: Record<string, string>;
      };
      const notices = Object.keys(dependencies).map((name) => text(join(root, 'node_modules', name)));
      this.emitFile({ type: 'asset', fileName: 'third-party.txt', source: notices.join(`\n${'-'.repeat(78)}\n\n`) });
    },
  };
}

// Relative addresses, so that the page also works below a path of a reverse proxy. The map library's worker is a file of
// its own (its "csp" build), so the page needs no blob: workers and can be served under a strict content security policy.
export default defineConfig({
  base: './',
  plugins: [thirdPartyNotices()],
  resolve: { alias: [{ find: /^maplibre-gl$/, replacement: 'maplibre-gl/dist/maplibre-gl-csp.js' }] },
  build: { target: 'es2021', chunkSizeWarningLimit: 1600, assetsInlineLimit: 0, sourcemap: false },
  server: { proxy: { '/ws': { target: 'ws://127.0.0.1:8042', ws: true }, '/api': 'http://127.0.0.1:8042' } },
});
