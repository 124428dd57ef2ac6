// A sheet of paper on the desk: a card with a title, and figures that stand under each other.
import type { ReactNode } from 'react';
import styles from './Card.module.css';

export function Card({ title, side, children, flush = false }: { title?: ReactNode; side?: ReactNode; children: ReactNode; flush?: boolean }) {
  return (
    <section className={flush ? `${styles.card} ${styles.flush}` : styles.card}>
      {title && (
        <header className={styles.head}>
          <h2>{title}</h2>
          {side && <div className={styles.side}>{side}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

/** A figure with its word above it. */
export function Figure({ word, children, note, large = false }: { word: string; children: ReactNode; note?: ReactNode; large?: boolean }) {
  return (
    <div className={styles.figure}>
      <span className={styles.word}>{word}</span>
      <span className={`${large ? styles.large : styles.value} figures`}>{children}</span>
      {note && <span className={styles.note}>{note}</span>}
    </div>
  );
}

/** Words and values under each other, as in a form that is filled in. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([word, value]) => (
        <div key={word} className={styles.fact}>
          <dt>{word}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
