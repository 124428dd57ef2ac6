import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fetchAhead, together } from './vite/chunks.ts';
import { firstFrame } from './vite/first-frame.ts';
import { frozenPrototypes } from './vite/frozen.ts';
import { styles } from './vite/styles.ts';

const inSource = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  plugins: [react(), styles(), frozenPrototypes(), firstFrame(), fetchAhead([inSource('i18n/zh-Hans/index.ts'), inSource('features/counter/index.tsx')])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    // Chromium 109 is the last web view that old Windows installations get.
    target: ['chrome109', 'safari16'],
    cssTarget: ['chrome109', 'safari16'],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ ...together('first', inSource('main.tsx')), priority: 2 }, { ...together('counter', inSource('features/counter/index.tsx')), priority: 1 }] } },
    },
  },
  json: { stringify: true },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/shared/testing/setup.ts'],
    css: false,
    restoreMocks: true,
  },
});
