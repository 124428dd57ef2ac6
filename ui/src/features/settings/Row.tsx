// A line of the settings: the word and what it means on the left, the control on the right.
import type { ReactNode } from 'react';
import styles from './settings.module.css';

export function Row({ word, help, children }: { word: string; help?: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.word}>
        <div>{word}</div>
        {help && <div className="quiet small">{help}</div>}
      </div>
      {children}
    </div>
  );
}
