// The start of the page: look and language first, then the frame; everything else is loaded when it is opened.
import 'virtual:tokens.css';
import './shared/styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followChanges, newQueryClient } from './backend/index.ts';
import { App } from './app/App.tsx';
import { askFirst } from './app/queries.ts';
import { firstScreen, screenOf } from './app/screens.ts';
import { appearance, followSystemTheme } from './shared/appearance.ts';
import { keepBrowserOut } from './app/no-browser.ts';
import { startLanguage } from './i18n/index.ts';
import { listenForKeys } from './shared/hooks/keys.ts';
import { rememberTyped } from './shared/typed-early.ts';
import { here, settle } from './shared/router.tsx';

followSystemTheme();
// The program's own keys are asked before the browser's are refused.
listenForKeys();
keepBrowserOut();

// The book is asked and the first screen fetched while the words are on their way.
const client = newQueryClient();
followChanges(client);
void askFirst(client);
if (!screenOf(here())) settle(firstScreen.path);
void screenOf(here())?.View.ahead();

void begin();

async function begin(): Promise<void> {
  await startLanguage(appearance().language);
  await rememberTyped();
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
}
