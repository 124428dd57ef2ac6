// The frame as it is painted before the program runs: drawn while the page is built, by the frame itself, so that it
// cannot differ from what takes its place. Whoever begins to type meanwhile types into the search box that stands there.
import { QueryClientProvider } from '@tanstack/react-query';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from '@/backend/index.ts';
import { languages, startLanguage, type Language } from '@/i18n/index.ts';
import { settle } from '@/shared/router.tsx';
import { Frame } from './Frame.tsx';
import { firstScreen } from './screens.ts';

/** Draws the frame in every language; needs a document. */
export async function drawFrames(): Promise<[Language, Element][]> {
  settle(firstScreen.path);
  const drawn: [Language, Element][] = [];
  for (const language of languages) {
    await startLanguage(language);
    drawn.push([language, draw()]);
  }
  return drawn;
}

function draw(): Element {
  const paper = document.createElement('div');
  const root = createRoot(paper);
  const client = newQueryClient();
  flushSync(() =>
    root.render(
      <QueryClientProvider client={client}>
        <Frame frame={undefined} />
      </QueryClientProvider>,
    ),
  );
  const drawn = paper.cloneNode(true) as Element;
  root.unmount();
  // It would wait for minutes before it forgets what nobody asked.
  client.clear();
  return drawn;
}
