// A hand scanner types like a very fast person and ends with Enter, Tab or nothing, perhaps while a Chinese
// input method is on. So a burst is known by its pace and read from the keys themselves, not from the letters
// that an input method makes of them. Leading zeros stay.
import { useEffect, useRef } from 'react';

/** Two keys of one scan are never further apart; nobody types like this. */
const PACE_MS = 40;
/** A burst without an end key counts after this silence. */
const SILENCE_MS = 90;
/** Shorter bursts are people. */
const SHORTEST = 6;

/** The character of a key by its place on the keyboard; undefined for keys that no code contains. */
export function characterOf(code: string, shift: boolean): string | undefined {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  if (code === 'Minus' || code === 'NumpadSubtract') return '-';
  return undefined;
}

export interface ScanReader {
  /** Takes a key; answers the scanned code when this key ended a burst. */
  key(code: string, shift: boolean, at: number): string | undefined;
  /** Nothing more came; answers the code if what came was a burst. */
  silence(): string | undefined;
}

export function scanReader(): ScanReader {
  let text = '';
  let last = -Infinity;
  const finish = (): string | undefined => {
    const code = text;
    text = '';
    return code.length >= SHORTEST && /\d/.test(code) ? code : undefined;
  };
  return {
    key(code, shift, at) {
      const isQuick = at - last <= PACE_MS;
      last = at;
      if (code === 'Enter' || code === 'NumpadEnter' || code === 'Tab') return isQuick ? finish() : void (text = '');
      const character = characterOf(code, shift);
      if (character === undefined) {
        // Shift comes along with capital letters and ends nothing.
        if (!code.startsWith('Shift')) text = '';
        return undefined;
      }
      text = isQuick ? text + character : character;
      return undefined;
    },
    silence: finish,
  };
}

/** A field hears scans when it says so: the search box, and the fields of the till. */
function isOtherField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(target.tagName) && !('searchBox' in target.dataset) && !('scanField' in target.dataset);
}

/** Whoever knows what a code may be besides a customer; answers whether it was taken. */
export type ScanTaker = (code: string, isSure: boolean) => Promise<boolean>;

const takers: ScanTaker[] = [];

/** Offers a code to whoever is on the screen, the last one first. */
export async function offerScan(code: string, isSure: boolean): Promise<boolean> {
  for (const taker of [...takers].reverse()) if (await taker(code, isSure)) return true;
  return false;
}

/** Takes scans while the component is on the screen. */
export function useScanTaker(take: ScanTaker): void {
  const run = useRef(take);
  useEffect(() => {
    run.current = take;
  });
  useEffect(() => {
    const taker: ScanTaker = (code, isSure) => run.current(code, isSure);
    takers.push(taker);
    return () => {
      takers.splice(takers.indexOf(taker), 1);
    };
  }, []);
}

/**
 * Hears scans outside of text fields and in the search box itself. `isSure` is false for a burst without an end key
 * inside the search box: that may be pasted or automated typing, so it is shown and not yet taken.
 */
export function useScanner(onScan: (code: string, isSure: boolean) => void): void {
  const run = useRef(onScan);
  useEffect(() => {
    run.current = onScan;
  });
  useEffect(() => {
    const reader = scanReader();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isOtherField(event.target)) return;
      clearTimeout(timer);
      const code = reader.key(event.code, event.shiftKey, event.timeStamp);
      if (code !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        run.current(code, true);
        return;
      }
      timer = setTimeout(() => {
        const scanned = reader.silence();
        if (scanned !== undefined) run.current(scanned, !(event.target instanceof HTMLInputElement));
      }, SILENCE_MS);
    };
    // Before everybody else, so that the end key of a scan presses nothing.
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, []);
}
