// One customer: exactly three panels, 基础属性 · 交易行为 · 需求偏好, and one timeline of everything.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSentence } from '@/shared/book.tsx';
import { useKey } from '@/shared/hooks/keys.ts';
import { OffersCard } from '@/shared/offers/OffersCard.tsx';
import { Button } from '@/shared/parts/Button.tsx';
import { ClockWords } from '@/shared/parts/Clock.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { SegmentTag } from '@/shared/parts/SegmentTag.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { Go, go } from '@/shared/router.tsx';
import { useSegmentCard } from '@/shared/segment/card.ts';
import { PriceMark } from '@/shared/segment/PriceSensitive.tsx';
import { SegmentCard } from '@/shared/segment/SegmentCard.tsx';
import { BasicPanel } from './BasicPanel.tsx';
import { ProfileMore } from './ProfileMore.tsx';
import { PreferencePanel } from './PreferencePanel.tsx';
import { PrintCustomer, type SheetKind } from './PrintCustomer.tsx';
import { useProfile, type Profile } from './queries.ts';
import { Timeline } from './Timeline.tsx';
import { TradePanel } from './TradePanel.tsx';
import styles from './customers.module.css';

export function ProfilePage({ id }: { id: number }) {
  const { t } = useTranslation('customers');
  const { data, error } = useProfile(id);
  useKey('F4', () => go(`/complaints/new?customer=${id}`));
  useKey('F6', () => go(`/counter?customer=${id}`));
  useKey('F8', () => go(`/customers/${id}/edit`));
  const [printing, setPrinting] = useState<SheetKind>();
  // Who was here a moment ago stays until the one who erased him has read what became of it.
  if (error && !data)
    return (
      <Screen title={t('profile.title')}>
        <ErrorState message={error.message} />
      </Screen>
    );
  if (!data)
    return (
      <Screen title={t('profile.title')}>
        <LoadingState lines={9} />
      </Screen>
    );
  return (
    <Screen
      title={data.row.name}
      note={<Marks profile={data} />}
      actions={
        <>
          <Menu<SheetKind> label={t('print.menu')} shortcut="Ctrl+P" actions={(['card', 'portrait', 'statement', 'labels', 'greeting'] as const).map((value) => ({ value, word: t(`print.${value}`) }))} onChoose={setPrinting} />
          <ProfileMore profile={data} />
          <Button icon="edit" hint="F8" onClick={() => go(`/customers/${id}/edit`)}>
            {t('profile.edit')}
          </Button>
          <Button icon="complaints" hint="F4" onClick={() => go(`/complaints/new?customer=${id}`)}>
            {t('profile.complain')}
          </Button>
          <Button kind="main" icon="counter" hint="F6" onClick={() => go(`/counter?customer=${id}`)}>
            {t('profile.sell')}
          </Button>
        </>
      }
    >
      {error && <Notice tone="late">{error.message}</Notice>}
      <Warnings profile={data} />
      <div className={styles.panels}>
        <BasicPanel profile={data} />
        <TradePanel profile={data} />
        <PreferencePanel profile={data} />
      </div>
      <OffersCard customer={data.row.id} name={data.row.name} />
      <SegmentCard customer={id} />
      <Timeline profile={data} />
      {printing && <PrintCustomer profile={data} kind={printing} onClose={() => setPrinting(undefined)} />}
    </Screen>
  );
}

function Marks({ profile }: { profile: Profile }) {
  const say = useSentence();
  const { row, segment } = profile;
  const { data: card } = useSegmentCard(row.id);
  return (
    <span className={styles.marks}>
      {row.salutation && <span>{row.salutation}</span>}
      <TierMark name={row.tier.name} step={row.tier.rank} of={row.tier.of} />
      {row.segment && <SegmentTag name={row.segment.name} reason={segment ? say(segment.reason) : undefined} />}
      <PriceMark view={card?.price_sensitive} />
      <span className="figures">{row.phone}</span>
    </span>
  );
}

function Warnings({ profile }: { profile: Profile }) {
  const { t } = useTranslation('customers');
  const { t: p } = useTranslation('people');
  const same = profile.customer.same_phone;
  const { reach } = profile.details;
  return (
    <>
      {profile.complaints.map((complaint) => (
        <Notice key={complaint.id} tone="late" action={complaint.clock && <ClockWords clock={complaint.clock} />}>
          <Go to={`/complaints/${complaint.id}`}>{complaint.case_no}</Go> {complaint.description}
        </Notice>
      ))}
      {profile.do_not_disturb && <Notice>{t('profile.do_not_disturb')}</Notice>}
      {reach.do_not_contact && <Notice tone="soon">{[p('reach.never'), reach.do_not_contact_why].filter(Boolean).join(' · ')}</Notice>}
      {same.length > 0 && (
        <Notice tone="soon">
          {t('profile.same_phone')}{' '}
          {same.map((other) => (
            <Go key={other.id} to={`/customers/${other.id}`} className={styles.other}>
              {other.name}
            </Go>
          ))}
        </Notice>
      )}
    </>
  );
}
