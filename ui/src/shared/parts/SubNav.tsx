// The pages of one part of the program, above the sheet. The arrow keys walk along them.
import { useRef, type KeyboardEvent } from 'react';
import { startAt, usePlace } from '../router.tsx';
import styles from './SubNav.module.css';

export interface SubPage {
  path: string;
  word: string;
}

export function SubNav({ label, pages, here }: { label: string; pages: readonly SubPage[]; here: string }) {
  const list = useRef<HTMLElement>(null);
  const { path } = usePlace();
  const walk = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || event.altKey) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const next = buttons[(at + by + buttons.length) % buttons.length];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <nav ref={list} className={styles.nav} aria-label={label} onKeyDown={walk}>
      {pages.map((page) => (
        <button key={page.path} type="button" className={styles.page} aria-current={page.path === here ? 'page' : undefined} onClick={() => page.path !== path && startAt(page.path)}>
          {page.word}
        </button>
      ))}
    </nav>
  );
}
