// The one search box. F2 comes back to it from anywhere; arrows choose, Enter takes. At the counter a hit
// is the customer to serve; elsewhere it opens the profile.
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing, useKey } from '@/shared/hooks/keys.ts';
import { offerScan, useScanner } from '@/shared/hooks/scanner.ts';
import { serveAgain } from '@/shared/hooks/served.ts';
import { Icon } from '@/shared/icons/Icon.tsx';
import { KeyHint } from '@/shared/parts/KeyHint.tsx';
import { go, settle, startAt, usePlace } from '@/shared/router.tsx';
import { takeTyped } from '@/shared/typed-early.ts';
import { HitRow } from './HitRow.tsx';
import { useSearch, type CustomerHit } from './queries.ts';
import styles from './SearchBox.module.css';

const SHOWN = 8;

export function SearchBox() {
  const { t } = useTranslation('frame');
  const [text, setText] = useState(takeTyped);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  // Enter pressed before the hits of this very text were there: the first of them is taken when they come.
  const [pending, setPending] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const { path, query } = usePlace();
  const served = query.get('customer');
  const atCounter = path === '/counter' || path === '/';
  const search = useSearch(text, SHOWN);
  const asked = text.trim();
  const isFresh = search.data?.text === asked && !search.isPlaceholderData;
  const rows = asked === '' ? [] : (search.data?.rows ?? []);

  useKey('F2', () => {
    if (!atCounter) startAt('/counter');
    input.current?.focus();
    input.current?.select();
  });
  // Before it is painted: whoever sees the box can type.
  useLayoutEffect(() => {
    if (atCounter) input.current?.focus();
  }, [atCounter]);

  const find = (code: string, isSure: boolean) => {
    setText(code);
    setOpen(true);
    setAt(0);
    setPending(isSure);
    input.current?.focus();
  };
  useScanner((code, isSure) => {
    // A product at the till, or else a customer.
    void offerScan(code, isSure).then((isTaken) => {
      if (isTaken) setText('');
      else find(code, isSure);
    });
  });

  const take = useCallback(
    (hit: CustomerHit | undefined) => {
      setPending(false);
      if (!hit) return;
      setText('');
      setOpen(false);
      if (atCounter) settle(`/counter?customer=${hit.id}`);
      if (atCounter && served === String(hit.id)) serveAgain();
      if (!atCounter) go(`/customers/${hit.id}`);
    },
    [atCounter, served],
  );
  const create = () => {
    setOpen(false);
    setText('');
    go(`/customers/new?name=${encodeURIComponent(asked)}${atCounter ? '&then=counter' : ''}`);
  };

  useEffect(() => {
    // A scan or a quick Enter takes the first hit; without one the box stays as it is and says so.
    if (pending && isFresh) take(search.data?.rows[0]);
  }, [pending, isFresh, search.data, take]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((n) => Math.max(0, Math.min(rows.length - 1, n + step)));
    } else if (event.key === 'Enter' && asked !== '') {
      event.preventDefault();
      if (!isFresh) setPending(true);
      else if (rows.length > 0) take(rows[at]);
      else create();
    } else if (event.key === 'Escape' && (text !== '' || open)) {
      event.preventDefault();
      setText('');
      setOpen(false);
    }
  };

  const isShown = open && asked !== '';
  return (
    <div className={styles.box} onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <Icon name="search" />
      <input
        ref={input}
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isShown && rows[at] ? `${listId}-${at}` : undefined}
        placeholder={t('search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        data-search-box
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
          setPending(false);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <KeyHint keys="F2" />
      {isShown && (
        <div className={styles.hits}>
          <ul id={listId} role="listbox" aria-label={t('search.label')}>
            {rows.map((hit, n) => (
              <li key={hit.id} id={`${listId}-${n}`} role="option" aria-selected={n === at} className={styles.hit} onMouseDown={(event) => event.preventDefault()} onClick={() => take(hit)} onMouseEnter={() => setAt(n)}>
                <HitRow hit={hit} />
              </li>
            ))}
          </ul>
          {rows.length === 0 && isFresh && (
            <button type="button" className={styles.create} onMouseDown={(event) => event.preventDefault()} onClick={create}>
              <span className="quiet">{t('search.none', { text: asked })}</span>
              <span className={styles.createWord}>
                <Icon name="plus" />
                {t('search.create', { text: asked })}
                <KeyHint keys="Enter" />
              </span>
            </button>
          )}
          {search.error && <p className={styles.problem}>{search.error.message}</p>}
          {isFresh && (search.data?.total ?? 0) > rows.length && <p className={`${styles.more} figures`}>{t('search.more', { n: (search.data?.total ?? 0) - rows.length })}</p>}
        </div>
      )}
    </div>
  );
}
