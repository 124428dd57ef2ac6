// Whoever comes often and is no member is asked at the counter: once, with the number that says so. Alt+M writes down that the
// customer agreed; who does not want to is not asked again.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useBook } from '@/shared/book.tsx';
import { useKey } from '@/shared/hooks/keys.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { useConsent, useEnrol, type Profile } from './queries.ts';

export function MemberHint({ profile }: { profile: Profile }) {
  const { t } = useTranslation('counter');
  const { today } = useBook();
  const { membership, row, trade } = profile;
  const enrol = useEnrol();
  const refuse = useConsent();
  const key = useRef(newClientKey());
  const [answer, setAnswer] = useState<'yes' | 'no'>();
  const isAsked = membership.is_to_ask && answer === undefined;
  const isBusy = enrol.isPending || refuse.isPending;
  const yes = () => {
    if (!isBusy) enrol.mutate({ client_key: key.current, customer_ids: [row.id], way: 'spoken' }, { onSuccess: () => setAnswer('yes') });
  };
  const no = () => {
    if (!isBusy) refuse.mutate({ client_key: key.current, customer_id: row.id, purpose: 'service', is_given: false, way: 'spoken' }, { onSuccess: () => setAnswer('no') });
  };
  useKey('Alt+M', yes, isAsked);
  const error = enrol.error ?? refuse.error;
  if (answer) return <Notice tone="done">{t(answer === 'yes' ? 'member.enrolled' : 'member.declined')}</Notice>;
  if (!isAsked) return null;
  // Today's visit is the next one, unless something was bought today already.
  const nth = trade.last_on === today ? membership.visits : membership.visits + 1;
  return (
    <>
      <Notice
        tone="info"
        action={
          <>
            <Button hint="Alt+M" busy={enrol.isPending} onClick={yes}>
              {t('member.enrol')}
            </Button>
            <Button kind="plain" busy={refuse.isPending} onClick={no}>
              {t('member.not_again')}
            </Button>
          </>
        }
      >
        {t('member.nth', { n: nth })}
      </Notice>
      {error && <Notice tone="late">{error.first}</Notice>}
    </>
  );
}
