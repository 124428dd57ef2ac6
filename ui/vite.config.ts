import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { frozenPrototypes } from './vite/frozen.ts';
import { styles } from './vite/styles.ts';

export default defineConfig({
  plugins: [react(), styles(), frozenPrototypes()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    // Chromium 109 is the last web view that old Windows installations get.
    target: ['chrome109', 'safari16'],
    cssTarget: ['chrome109', 'safari16'],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  json: { stringify: true },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/shared/testing/setup.ts'],
    css: false,
    restoreMocks: true,
  },
});
