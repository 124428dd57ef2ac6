// Consents per purpose: given and taken back with one key each, and the notice that the customer reads.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Dialog } from '@/shared/parts/Dialog.tsx';
import { Field } from '@/shared/parts/Field.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { ConsentNotice } from './ConsentNotice.tsx';
import { useConsent, type Consent, type Profile, type Purpose } from './queries.ts';
import styles from './people.module.css';

export const purposes: readonly Purpose[] = ['service', 'marketing', 'sharing'];
const ways: readonly Consent['way'][] = ['paper', 'spoken', 'wechat', 'message', 'online'];

export function ConsentDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const [way, setWay] = useState<Consent['way']>('paper');
  const [reading, setReading] = useState(false);
  const consent = useConsent();
  const say = (purpose: Purpose, given: boolean) => consent.mutate({ client_key: newClientKey(), customer_id: profile.row.id, purpose, is_given: given, way });
  return (
    <Dialog
      wide
      title={t('more.consent')}
      onClose={onClose}
      footer={
        <>
          <Button icon="file" onClick={() => setReading(true)}>
            {t('consent.notice')}
          </Button>
          <Button kind="main" hint="Escape" onClick={onClose}>
            {word('done')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {consent.error && <Notice tone="late">{consent.error.message}</Notice>}
        <Field label={t('consent.how')}>{() => <Choice label={t('consent.how')} value={way} onChange={setWay} options={ways.map((value) => ({ value, word: t(`way.${value}`) }))} />}</Field>
        <ul className={styles.list}>
          {purposes.map((purpose) => {
            const now = profile.details.consents.find((found) => found.purpose === purpose);
            return (
              <li key={purpose} className={styles.item}>
                <span>
                  <strong>{t(`purpose.${purpose}`)}</strong>
                  <span className={`${styles.said} quiet small`}>{now ? t(now.is_given ? 'consent.given' : 'consent.taken', { day: formatShortDay(now.given_on, today), way: t(`way.${now.way}`), staff: now.staff }) : t('consent.never')}</span>
                </span>
                {now?.is_given ? (
                  <Button busy={consent.isPending} onClick={() => say(purpose, false)}>
                    {t('consent.take_back')}
                  </Button>
                ) : (
                  <Button icon="check" busy={consent.isPending} onClick={() => say(purpose, true)}>
                    {t('consent.give')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      </div>
      {reading && <ConsentNotice onClose={() => setReading(false)} />}
    </Dialog>
  );
}
