// The command palette: every screen, every action and every customer behind one key (Ctrl+K).
import { useId, useState, type KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { isComposing, useKey } from '@/shared/hooks/keys.ts';
import { Icon, type IconName } from '@/shared/icons/Icon.tsx';
import { KeyHint } from '@/shared/parts/KeyHint.tsx';
import { go, startAt } from '@/shared/router.tsx';
import { actions } from './actions.ts';
import { HitRow } from './HitRow.tsx';
import { useSearch, type CustomerHit } from './queries.ts';
import { screens } from './screens.ts';
import styles from './Palette.module.css';

type Group = 'screens' | 'actions' | 'customers';

interface Entry {
  id: string;
  group: Group;
  word: string;
  icon?: IconName;
  hint?: string;
  hit?: CustomerHit;
  run: () => void;
}

function useEntries(text: string): Entry[] {
  const { t } = useTranslation('frame');
  const search = useSearch(text, 6);
  const asked = text.trim().toLowerCase();
  const fixed: Entry[] = [
    ...screens.map((s) => ({ id: s.id, group: 'screens' as const, word: t(`screens.${s.id}`), icon: s.icon, hint: s.key, run: () => startAt(s.path) })),
    ...actions().map((a) => ({ id: a.id, group: 'actions' as const, word: t(`actions.${a.id}`), icon: a.icon, hint: a.hint, run: a.run })),
  ];
  if (asked === '') return fixed;
  const hits = search.data?.rows ?? [];
  return [
    ...hits.map((hit) => ({ id: `customer-${hit.id}`, group: 'customers' as const, word: hit.name, hit, run: () => go(`/customers/${hit.id}`) })),
    ...fixed.filter((entry) => entry.word.toLowerCase().includes(asked)),
  ];
}

export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('frame');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const entries = useEntries(text);
  const listId = useId();
  useKey('Escape', onClose);

  const take = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown') setAt((n) => Math.min(entries.length - 1, n + 1));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1));
    else if (event.key === 'Enter') take(entries[at]);
    else return;
    event.preventDefault();
  };

  return createPortal(
    <div className={styles.veil} role="presentation" onMouseDown={(event) => event.target === event.currentTarget && onClose()}>
      <div className={styles.sheet} role="dialog" aria-modal aria-label={t('palette.label')}>
        <div className={styles.head}>
          <Icon name="search" />
          <input
            // The palette is opened by a key in order to type into it.
            autoFocus
            className={styles.input}
            role="combobox"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={entries[at] ? `${listId}-${at}` : undefined}
            aria-label={t('palette.label')}
            placeholder={t('palette.placeholder')}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <KeyHint keys="Escape" />
        </div>
        <ul id={listId} className={styles.list} role="listbox" aria-label={t('palette.label')}>
          {entries.map((entry, n) => (
            <li key={entry.id} id={`${listId}-${n}`} role="option" aria-selected={n === at} className={styles.entry} ref={n === at ? (el) => el?.scrollIntoView({ block: 'nearest' }) : undefined} onMouseMove={() => setAt(n)} onClick={() => take(entry)}>
              {entries[n - 1]?.group !== entry.group && <span className={styles.group}>{t(`palette.${entry.group}`)}</span>}
              <span className={styles.line}>
                {entry.hit ? (
                  <HitRow hit={entry.hit} />
                ) : (
                  <>
                    {entry.icon && <Icon name={entry.icon} />}
                    {entry.word}
                    {entry.hint && (
                      <span className={styles.hint}>
                        <KeyHint keys={entry.hint} />
                      </span>
                    )}
                  </>
                )}
              </span>
            </li>
          ))}
          {entries.length === 0 && <li className={styles.empty}>{t('palette.empty')}</li>}
        </ul>
      </div>
    </div>,
    document.body,
  );
}
