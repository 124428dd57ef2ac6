// 设置: what the shop and this computer decide once. The section stands in the place, so that other screens
// can point at it.
import { useTranslation } from 'react-i18next';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Screen } from '@/shared/parts/Screen.tsx';
import { settle, usePlace } from '@/shared/router.tsx';
import { BookCard } from './BookCard.tsx';
import { CounterCard } from './CounterCard.tsx';
import { FieldsCard } from './FieldsCard.tsx';
import { HoursCard } from './HoursCard.tsx';
import { Look } from './Look.tsx';
import { PeopleCard } from './PeopleCard.tsx';
import { PromisesCard } from './PromisesCard.tsx';
import { RequiredCard } from './RequiredCard.tsx';
import { ShopCard } from './ShopCard.tsx';

const sections = ['shop', 'people', 'counter', 'hours', 'fields', 'promises', 'look', 'book'] as const;
type Section = (typeof sections)[number];

export default function SettingsScreen() {
  const { t } = useTranslation('settings');
  const asked = usePlace().query.get('section');
  const section: Section = sections.find((each) => each === asked) ?? 'shop';
  return (
    <Screen title={t('title')} tools={<Choice label={t('title')} value={section} onChange={(next) => settle(`/settings?section=${next}`)} options={sections.map((each) => ({ value: each, word: t(`sections.${each}`) }))} />}>
      {section === 'shop' && <ShopCard />}
      {section === 'people' && <PeopleCard />}
      {section === 'counter' && <CounterCard />}
      {section === 'hours' && <HoursCard />}
      {section === 'promises' && <PromisesCard />}
      {section === 'fields' && (
        <>
          <RequiredCard />
          <FieldsCard />
        </>
      )}
      {section === 'look' && <Look />}
      {section === 'book' && <BookCard />}
    </Screen>
  );
}
