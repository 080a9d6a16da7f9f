import { defineConfig } from 'vite';

// Relative addresses, so that the page also works below a path of a reverse proxy. The map library's worker is a file of
// its own (its "csp" build), so the page needs no blob: workers and can be served under a strict content security policy.
export default defineConfig({
  base: './',
  resolve: { alias: [{ find: /^maplibre-gl$/, replacement: 'maplibre-gl/dist/maplibre-gl-csp.js' }] },
  build: { target: 'es2021', chunkSizeWarningLimit: 1600, assetsInlineLimit: 0, sourcemap: false },
  server: { proxy: { '/ws': { target: 'ws://127.0.0.1:8042', ws: true }, '/api': 'http://127.0.0.1:8042' } },
});
