// The two ways to the backend: the window's own message channel, and the loopback host that the journeys
// of the test suite start. The page cannot tell them apart, so a journey tests the real page.
import { invoke } from '@tauri-apps/api/core';
import { listen as onEvent } from '@tauri-apps/api/event';
import { toApiError } from './error.ts';

/** What a write changed: the operation and the tables it touched. */
export interface BookChange {
  op: string;
  tables: string[];
}

export interface Transport {
  call(name: string, input: unknown): Promise<unknown>;
  /** Hears of every change; answers a function that stops listening. */
  onChange(heard: (change: BookChange) => void): () => void;
  /** Hears that a place is asked for from outside the page: a notice of the system was clicked. */
  onPlace(heard: (place: string) => void): () => void;
  /** Asks the person for a file or folder. The dialog is opened outside the page, which gets a handle only. */
  pick(what: Picked): Promise<string | null>;
}

/** What a dialog asks for. */
export type Picked = 'import_file' | 'export_folder' | 'backup_file' | 'backup_folder' | 'book_folder' | 'book_file' | 'keep_file' | 'picture_file' | 'table_file';

/** The event that the shell emits and the loopback host streams after every write. */
export const CHANGE_EVENT = 'book-changed';

/** The event that asks for a place of the page. */
const PLACE_EVENT = 'place-asked';

function insideShell(): boolean {
  return typeof window !== 'undefined' && '__TAURI_INTERNALS__' in window;
}

function shellTransport(): Transport {
  const listen = (name: string, heard: (payload: never) => void) => {
    let stop: (() => void) | undefined;
    let stopped = false;
    void onEvent(name, (message) => heard(message.payload as never)).then((unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    });
    return () => {
      stopped = true;
      stop?.();
    };
  };
  return {
    call: (name, input) => invoke(name, { input }),
    onChange: (heard) => listen(CHANGE_EVENT, heard),
    onPlace: (heard) => listen(PLACE_EVENT, heard),
    pick: (what) => invoke('pick', { what }),
  };
}

async function post(path: string, input: unknown): Promise<unknown> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input ?? {}),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw toApiError(body);
  return body;
}

function loopbackTransport(): Transport {
  let source: EventSource | undefined;
  const listen = (name: string, heard: (payload: never) => void) => {
    if (typeof EventSource === 'undefined') return () => undefined;
    source ??= new EventSource('/events');
    const onMessage = (message: MessageEvent<string>) => heard(JSON.parse(message.data) as never);
    source.addEventListener(name, onMessage);
    return () => source?.removeEventListener(name, onMessage);
  };
  return {
    call: (name, input) => post(`/call/${name}`, input),
    onChange: (heard) => listen(CHANGE_EVENT, heard),
    onPlace: (heard) => listen(PLACE_EVENT, heard),
    pick: async (what) => (await post(`/pick/${what}`, null)) as string | null,
  };
}

let chosen: Transport | undefined;

/** The transport of this page, chosen at the first use. */
export function transport(): Transport {
  chosen ??= insideShell() ? shellTransport() : loopbackTransport();
  return chosen;
}

/** Puts a stand-in in place; for unit tests only. */
export function standInTransport(standIn: Transport): void {
  chosen = standIn;
}
