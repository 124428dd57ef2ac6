// The start of the page: look and language first, then the frame; everything else is loaded when it is opened.
import 'virtual:tokens.css';
import './shared/styles/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { appearance, followSystemTheme } from './shared/appearance.ts';
import { keepBrowserOut } from './app/no-browser.ts';
import { startLanguage } from './i18n/index.ts';
import { listenForKeys } from './shared/hooks/keys.ts';

followSystemTheme();
// The program's own keys are asked before the browser's are refused.
listenForKeys();
keepBrowserOut();

void startLanguage(appearance().language).then(() => {
  const root = document.getElementById('root');
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  }
});
