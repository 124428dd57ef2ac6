// What the shop promises for complaints and inquiries, what that would mean, who may give away how much, and the words
// that are said again and again.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook, useCurrencySign } from '@/shared/book.tsx';
import { formatInstant, parseAmount, plainAmount } from '@/shared/format/index.ts';
import { AmountInput } from '@/shared/parts/AmountInput.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Field, nextFieldOnEnter } from '@/shared/parts/Field.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { PromisePreview } from './PromisePreview.tsx';
import { PromisesFields } from './PromisesFields.tsx';
import { draftOfPolicy, policyOf } from './promises.ts';
import { asMinor, useChangePolicy, usePolicy, type PolicyView } from './queries.ts';
import { ScriptsCard } from './ScriptsCard.tsx';
import styles from './settings.module.css';

export function PromisesCard() {
  const { data, error } = usePolicy();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState lines={8} />;
  return (
    <div className={styles.form}>
      <PromisesForm key={data.versions[0]?.from} view={data} />
      <Versions view={data} />
      <ScriptsCard mayChange={data.may_change} />
    </div>
  );
}

function PromisesForm({ view }: { view: PolicyView }) {
  const { t } = useTranslation('settings');
  const { t: word } = useTranslation('common');
  const { currency } = useBook();
  const sign = useCurrencySign();
  const words = { h: t('promises.h'), m: t('promises.m') };
  const [draft, setDraft] = useState(() => draftOfPolicy(view.policy ?? view.usual, words));
  const [clerk, setClerk] = useState(() => plainAmount(view.clerk_limit_minor, currency.exponent));
  const [manager, setManager] = useState(() => plainAmount(view.manager_limit_minor, currency.exponent));
  const key = useRef(newClientKey());
  const save = useChangePolicy();
  const policy = policyOf(draft);
  const limits = [parseAmount(clerk, currency.exponent), parseAmount(manager, currency.exponent)] as const;
  const isReadable = policy !== undefined && limits.every((each) => each !== undefined);
  const { error } = save;

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isReadable || save.isPending) return;
    save.mutate(
      { client_key: key.current, policy, clerk_limit_minor: asMinor(limits[0] ?? 0), manager_limit_minor: asMinor(limits[1] ?? 0) },
      {
        onSuccess: () => {
          key.current = newClientKey();
        },
      },
    );
  };
  return (
    <>
      <Card title={t('promises.title')} side={t('promises.note')}>
        {view.policy === null && <Notice tone="soon">{t('promises.none')}</Notice>}
        <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter}>
          <PromisesFields
            draft={draft}
            onChange={(change) => {
              save.reset();
              setDraft((before) => ({ ...before, ...change }));
            }}
            tiers={view.tiers}
            classes={view.classes}
            problem={(field) => error?.of(`policy.${field}`)}
          />
          <h3>{t('promises.limits')}</h3>
          <div className={styles.spans}>
            <Field label={t('promises.clerk')} error={limits[0] === undefined ? t('promises.amount_unread') : error?.of('clerk_limit_minor')}>
              {(ids) => <AmountInput id={ids.id} label={t('promises.clerk')} symbol={sign} value={clerk} onChange={setClerk} invalid={limits[0] === undefined} describedBy={ids['aria-describedby']} placeholder="0.00" />}
            </Field>
            <Field label={t('promises.manager')} error={limits[1] === undefined ? t('promises.amount_unread') : error?.of('manager_limit_minor')}>
              {(ids) => <AmountInput id={ids.id} label={t('promises.manager')} symbol={sign} value={manager} onChange={setManager} invalid={limits[1] === undefined} describedBy={ids['aria-describedby']} placeholder="0.00" />}
            </Field>
          </div>
          {error && <Notice tone="late">{error.first}</Notice>}
          <p className="quiet small">{t('promises.effect')}</p>
          <div className={styles.buttons}>
            <Button kind="main" type="submit" busy={save.isPending} disabled={!isReadable || !view.may_change || undefined}>
              {save.isSuccess ? word('saved') : word('save')}
            </Button>
            <Button onClick={() => setDraft(draftOfPolicy(view.usual, words))}>{t('promises.usual')}</Button>
          </div>
        </form>
      </Card>
      <PromisePreview policy={policy} isChanged={policy !== undefined && JSON.stringify(policy) !== JSON.stringify(policyOf(draftOfPolicy(view.policy ?? view.usual, words)))} tiers={view.tiers} classes={view.classes} />
    </>
  );
}

function Versions({ view }: { view: PolicyView }) {
  const { t } = useTranslation('settings');
  const { zone, today } = useBook();
  if (view.versions.length < 2) return null;
  return (
    <Card title={t('promises.versions')}>
      <ul className={styles.rows}>
        {view.versions.slice(0, 10).map((each) => (
          <li key={each.from} className={`${styles.row} figures`}>
            <span>
              {formatInstant(each.from, zone, today)} · {each.staff}
            </span>
            <span className="quiet">
              {each.response_minutes === null || each.resolution_minutes === null
                ? t('promises.version_none')
                : t('promises.version', { response: each.response_minutes, resolution: Math.round(each.resolution_minutes / 6) / 10, n: each.exceptions })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
