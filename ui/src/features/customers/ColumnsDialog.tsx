// Which columns the table shows, in which order, how many of them stay while the others are scrolled. Alt with an arrow
// moves the line where the focus is.
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { useColumnWords } from './columns.tsx';
import { moved } from './layout.ts';
import type { Column, Layout } from './queries.ts';
import styles from './table.module.css';

interface Props {
  layout: Layout;
  onApply: (next: Partial<Layout>) => void;
  onReset: () => void;
  onClose: () => void;
}

export function ColumnsDialog({ layout, onApply, onReset, onClose }: Props) {
  const { t } = useTranslation('table');
  const { t: word } = useTranslation('common');
  const all = useColumnWords();
  const [columns, setColumns] = useState<Column[]>(() => layout.columns.filter((key) => all.some((it) => it.key === key)));
  const [frozen, setFrozen] = useState(layout.frozen ?? 0);
  const [at, setAt] = useState<Column>();
  const rest = all.filter((it) => !columns.includes(it.key));
  const wordOf = (key: Column) => all.find((it) => it.key === key)?.word ?? key;
  const apply = () => {
    onApply({ columns, frozen: Math.min(frozen, columns.length) });
    onClose();
  };
  useKey('Ctrl+Enter', apply);
  const move = (key: Column, step: number) => {
    setAt(key);
    setColumns((before) => moved(before, before.indexOf(key), before.indexOf(key) + step));
  };
  const onKeyDown = (event: KeyboardEvent, key: Column) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(key, event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <Dialog
      title={t('columns')}
      onClose={onClose}
      footer={
        <>
          <Button
            kind="plain"
            onClick={() => {
              onReset();
              onClose();
            }}
          >
            {t('columns_reset')}
          </Button>
          <Button onClick={onClose}>{word('cancel')}</Button>
          <Button kind="main" hint="Ctrl+Enter" disabled={columns.length === 0} onClick={apply}>
            {t('columns_apply')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <div className={styles.freeze}>
          <span>{t('frozen')}</span>
          <Pick label={t('frozen')} field value={String(Math.min(frozen, columns.length))} options={columns.slice(0, 4).reduce<{ value: string; word: string }[]>((options, key, n) => [...options, { value: String(n + 1), word: t('frozen_to', { column: wordOf(key) }) }], [{ value: '0', word: word('none') }])} onChange={(value) => setFrozen(Number(value))} />
        </div>
        <ul className={styles.columns} aria-label={t('columns_shown')}>
          {columns.map((key, n) => (
            <li key={key} onKeyDown={(event) => onKeyDown(event, key)}>
              <label>
                <input type="checkbox" checked autoFocus={at === key} onChange={() => setColumns(columns.filter((it) => it !== key))} />
                {wordOf(key)}
              </label>
              <Button kind="plain" icon="up" aria-label={t('move_up', { column: wordOf(key) })} disabled={n === 0} onClick={() => move(key, -1)} />
              <Button kind="plain" icon="down" aria-label={t('move_down', { column: wordOf(key) })} disabled={n === columns.length - 1} onClick={() => move(key, 1)} />
            </li>
          ))}
        </ul>
        {rest.length > 0 && (
          <ul className={`${styles.columns} ${styles.rest}`} aria-label={t('columns_rest')}>
            {rest.map(({ key, word: name }) => (
              <li key={key}>
                <label>
                  <input type="checkbox" checked={false} onChange={() => setColumns([...columns, key])} />
                  {name}
                </label>
              </li>
            ))}
          </ul>
        )}
        <p className="quiet small">{t('columns_help')}</p>
      </div>
    </Dialog>
  );
}
