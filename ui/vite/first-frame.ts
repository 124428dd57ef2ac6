// Writes the frame into the page while it is built, in every language, so that it is painted before the program runs.
import { JSDOM } from 'jsdom';
import { createServer, type Plugin } from 'vite';

const quiet = () => undefined;
const noQuery = () => ({ matches: false, addEventListener: quiet, removeEventListener: quiet });

/** Gives the parts of the page a document to draw on. */
function withDocument(): void {
  const { window } = new JSDOM('<!doctype html><html><body></body></html>', { url: 'http://localhost/' });
  Object.assign(window, { matchMedia: noQuery });
  const names = ['window', 'document', 'navigator', 'localStorage', 'history', 'matchMedia', 'HTMLElement', 'HTMLInputElement'] as const;
  const all = window as unknown as Record<string, unknown>;
  for (const name of names) Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: name === 'window' ? window : all[name] });
}

async function drawn(): Promise<[string, string][]> {
  withDocument();
  const server = await createServer({ server: { middlewareMode: true, watch: null, ws: false }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
  try {
    const { drawFrames } = (await server.ssrLoadModule('/src/app/first-frame.tsx')) as typeof import('../src/app/first-frame.tsx');
    return (await drawFrames()).map(([language, frame]) => [language, frame.innerHTML]);
  } finally {
    await server.close();
  }
}

export function firstFrame(): Plugin {
  return {
    name: 'shukebu-first-frame',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: async () => [
        ...(await drawn()).map(([language, html]) => ({ tag: 'template', attrs: { 'data-language': language }, children: html, injectTo: 'body' as const })),
        { tag: 'script', attrs: { src: '/first.js' }, injectTo: 'body' as const },
      ],
    },
  };
}
