// Which other record is the same person: found as anywhere else, by anything.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '@/shared/hooks/keys.ts';
import { Screen } from '@/shared/parts/Screen.tsx';
import { ErrorState } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { settle } from '@/shared/router.tsx';
import { PastMerges } from './PastMerges.tsx';
import { useFind, useProfile } from './queries.ts';
import styles from './merging.module.css';

export function MergePicker({ id }: { id: number }) {
  const { t } = useTranslation('merging');
  const profile = useProfile(id);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const twins = profile.data?.customer.same_phone ?? [];
  const found = useFind(text);
  const hits = (text.trim() === '' ? twins : (found.data?.rows ?? [])).filter((hit) => hit.id !== profile.data?.customer.id);
  const take = (n: number) => {
    const hit = hits[n];
    if (hit) settle(`/customers/${id}/merge?with=${hit.id}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown') setAt((n) => Math.min(hits.length - 1, n + 1));
    else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1));
    else if (event.key === 'Enter') take(at);
    else return;
    event.preventDefault();
  };
  if (profile.error)
    return (
      <Screen title={t('title')}>
        <ErrorState message={profile.error.message} />
      </Screen>
    );
  return (
    <Screen title={t('title_of', { name: profile.data?.row.name ?? '' })}>
      <div className={styles.picker}>
        <input
          ref={input}
          className={styles.find}
          value={text}
          placeholder={t('find')}
          aria-label={t('find')}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <ul className={styles.hits} role="listbox" aria-label={t('find')}>
          {hits.map((hit, n) => (
            <li key={hit.id} role="option" aria-selected={n === at} data-at={n === at || undefined} className={styles.hit} onMouseMove={() => setAt(n)} onClick={() => take(n)}>
              <strong>{hit.name}</strong>
              <span className="quiet">{hit.salutation}</span>
              <TierMark name={hit.tier.name} step={hit.tier.rank} of={hit.tier.of} />
              <span className="quiet figures">{hit.phone}</span>
              <span className="quiet figures">{hit.member_no}</span>
            </li>
          ))}
        </ul>
        {text.trim() !== '' && found.data && hits.length === 0 && <p className="quiet">{t('nobody')}</p>}
      </div>
      <PastMerges customer={id} />
    </Screen>
  );
}
