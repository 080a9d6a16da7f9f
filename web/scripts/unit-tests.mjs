// Bundles every src/**/*.test.ts with the page's own tool chain and runs them with node's test runner.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..');

function testsUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? testsUnder(path) : entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

const tests = testsUnder(join(root, 'src'));
const out = mkdtempSync(join(tmpdir(), 'marsad-web-unit-'));
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    ssr: true,
    outDir: out,
    emptyOutDir: false,
    rollupOptions: { input: tests, output: { entryFileNames: '[name].mjs', chunkFileNames: 'part-[hash].mjs' } },
  },
});
const bundles = tests.map((path) => join(out, `${basename(path, '.ts')}.mjs`));
const run = spawnSync(process.execPath, ['--test', ...bundles], { stdio: 'inherit' });
rmSync(out, { recursive: true, force: true });
process.exit(run.status ?? 1);
