// Keys. One listener for the whole window; whoever came last is asked first, so a dialog answers Esc
// before the screen below it. A key that belongs to an input method is nobody's shortcut.
import { useEffect, useLayoutEffect, useRef } from 'react';

/** Whether the key belongs to an input method. WebKit ends a composition before its Enter, so both signs count. */
export function isComposing(event: { isComposing?: boolean; keyCode?: number; nativeEvent?: { isComposing?: boolean } }): boolean {
  return event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === 229;
}

export type KeyHandler = (event: KeyboardEvent) => boolean | void;

interface Binding {
  key: string;
  run: { current: KeyHandler };
}

const bindings: Binding[] = [];

/** `Ctrl+K`, `Alt+ArrowLeft`, `F2`, `Escape`: the way a key is written here. Command counts as Ctrl on a Mac. */
export function keyName(event: KeyboardEvent): string {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey && event.key.length > 1) parts.push('Shift');
  parts.push(event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return parts.join('+');
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return;
  const name = keyName(event);
  // A bare letter is a shortcut only while nobody writes.
  if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && isTyping(event.target)) return;
  for (const binding of [...bindings].reverse()) {
    if (binding.key !== name) continue;
    if (binding.run.current(event) === false) continue;
    event.preventDefault();
    return;
  }
}

/** Answers a key while the component is on the screen. The handler passes the key on by returning false. */
export function useKey(key: string, handler: KeyHandler, active = true): void {
  const run = useRef(handler);
  useLayoutEffect(() => {
    run.current = handler;
  });
  useEffect(() => {
    if (!active) return;
    const binding = { key, run };
    bindings.push(binding);
    return () => {
      bindings.splice(bindings.indexOf(binding), 1);
    };
  }, [key, active]);
}

/** Listens for the whole window until the returned function is called. */
export function listenForKeys(): () => void {
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
