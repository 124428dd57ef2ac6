// The window is a program, not a page: what a browser does with these keys and gestures stays out of it.

const browserKeys = new Set(['F5', 'Shift+F5', 'F12', 'F3', 'F7', 'Ctrl+R', 'Ctrl+P', 'Ctrl+S', 'Ctrl+U', 'Ctrl+J', 'Ctrl+G', 'Ctrl+F', 'Ctrl+O', 'Ctrl+N', 'Ctrl+T', 'Ctrl+H', 'Ctrl+D', 'Ctrl+=', 'Ctrl+-', 'Ctrl++', 'Ctrl+0', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home']);

function nameOf(event: KeyboardEvent): string {
  const modifiers = [event.ctrlKey || event.metaKey ? 'Ctrl+' : '', event.altKey ? 'Alt+' : '', event.shiftKey && event.key.length > 1 ? 'Shift+' : ''];
  return modifiers.join('') + (event.key.length === 1 ? event.key.toUpperCase() : event.key);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target.tagName));
}

/** Refuses the browser's habits; the program's own shortcuts still hear the keys. */
export function keepBrowserOut(): void {
  window.addEventListener('keydown', (event) => {
    if (browserKeys.has(nameOf(event)) || (event.ctrlKey && event.shiftKey && /^[IJC]$/i.test(event.key))) event.preventDefault();
    if (event.key === 'Backspace' && !isField(event.target)) event.preventDefault();
  });
  window.addEventListener('contextmenu', (event) => {
    if (!isField(event.target)) event.preventDefault();
  });
  window.addEventListener('dragover', (event) => event.preventDefault());
  window.addEventListener('drop', (event) => event.preventDefault());
  window.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false });
  // The side buttons of a mouse and the gesture of a touch pad walk back through the program's own way only.
  window.addEventListener('auxclick', (event) => event.button > 2 && event.preventDefault());
}
