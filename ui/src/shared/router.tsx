// Where the window is: a path behind the hash, such as `#/customers/12?tab=sales`. Every step forward
// remembers the title it came from, so that the way back (Esc, Alt+←) can be named on the screen.
import { useMemo, useSyncExternalStore, type MouseEvent, type ReactNode } from 'react';

export interface Place {
  path: string;
  query: URLSearchParams;
}

interface Step {
  depth: number;
  /** Title of the screen this step came from. */
  from?: string;
}

const listeners = new Set<() => void>();
let title = '';

function notify(): void {
  for (const heard of listeners) heard();
}

if (typeof window !== 'undefined') {
  window.addEventListener('popstate', notify);
  window.addEventListener('hashchange', notify);
}

const hash = (): string => window.location.hash.slice(1) || '/';
const step = (): Step => (history.state as Step | null) ?? { depth: 0 };

/** Goes to a path; the screen's current title becomes the name of the way back. */
export function go(to: string): void {
  if (to === hash()) return;
  history.pushState({ depth: step().depth + 1, from: title } satisfies Step, '', `#${to}`);
  notify();
}

/** Replaces the place without a step, for filters and tabs. */
export function settle(to: string): void {
  history.replaceState(step(), '', `#${to}`);
  notify();
}

/** Replaces the place and begins the way anew: whoever went aside from here and is done has nothing to go back to. */
export function restart(to: string): void {
  history.replaceState({ depth: 0 } satisfies Step, '', `#${to}`);
  notify();
}

/** Whether there was a way back; it is taken if so. */
export function goBack(): boolean {
  if (step().depth === 0) return false;
  history.back();
  return true;
}

/** Starts the way anew at a screen of the rail, so that Esc does not walk through a whole day. */
export function startAt(to: string): void {
  if (to === hash()) return;
  history.pushState({ depth: 0 } satisfies Step, '', `#${to}`);
  notify();
}

/** The path of the place, without its query. */
export const here = (): string => hash().split('?')[0] ?? '/';

export const wayBack = (): string | undefined => (step().depth > 0 ? step().from : undefined);

/** The screen says what it is called; the way back of the next step uses it. */
export function nameScreen(name: string): void {
  title = name;
}

function subscribe(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

export function usePlace(): Place {
  const at = useSyncExternalStore(subscribe, hash);
  return useMemo(() => {
    const [path = '/', query = ''] = at.split('?');
    return { path, query: new URLSearchParams(query) };
  }, [at]);
}

/** A link inside the window. */
export function Go({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    go(to);
  };
  return (
    <a href={`#${to}`} className={className} onClick={onClick} draggable={false}>
      {children}
    </a>
  );
}
