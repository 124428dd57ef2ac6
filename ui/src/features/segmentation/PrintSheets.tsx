// Sheets of the segmentation on A4: everybody of a list, what the shop lives on, and the page of strengths and
// weaknesses. A list prints all of its rows, not only those on the screen.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatBasisPoints, formatCount, formatDay, formatShortDay } from '@/shared/format/index.ts';
import { Notice } from '@/shared/parts/States.tsx';
import { Lines, Pair, Part, PrintDialog, Rule, SheetHead, SheetTable, type Paper } from '@/shared/print/index.ts';
import { readPeople, type Insights, type Person, type Swot, type Who } from './queries.ts';

const papers: readonly Paper[] = ['A4'];
const PAGE = 200;

/** Everybody of a selection, page after page; how many are here so far. */
function useEverybody(who: Who, total: number) {
  const [people, setPeople] = useState<Person[]>([]);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let gone = false;
    const read = async () => {
      let found: Person[] = [];
      while (found.length < total) {
        const page = await readPeople(who, found.length, PAGE);
        if (gone || page.rows.length === 0) return;
        found = [...found, ...page.rows];
        setPeople(found);
      }
    };
    read().catch((error: Error) => setProblem(error.message));
    return () => {
      gone = true;
    };
  }, [who, total]);
  return { people, problem, isReady: people.length >= total };
}

export function PrintPeople({ who, name, total, netMinor, onClose }: { who: Who; name: string; total: number; netMinor: number; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const { today } = useBook();
  const { people, problem, isReady } = useEverybody(who, total);
  const withGap = people.some((person) => person.gap_minor != null);
  const heads = [t('people.name'), t('people.phone'), t('people.reason'), t('people.last'), t('people.orders'), t('people.net'), ...(withGap ? [t('people.gap')] : [])];
  const row = (person: Person) => [
    person.customer.salutation ? `${person.customer.name} (${person.customer.salutation})` : person.customer.name,
    person.customer.phone ?? '–',
    person.by_hand ? `${t('people.by_hand')}: ${person.reason}` : person.reason,
    person.customer.last_on ? formatShortDay(person.customer.last_on, today) : '–',
    formatCount(person.orders),
    money(person.net_minor),
    ...(withGap ? [money(person.gap_minor ?? 0)] : []),
  ];
  return (
    <PrintDialog title={t('people.print')} kind="segment" papers={papers} isReady={isReady} onClose={onClose}>
      {(paper) => (
        <>
          {problem && <Notice tone="late">{problem}</Notice>}
          <SheetHead title={name} note={formatDay(today)} />
          <Rule />
          <Pair paper={paper} left={t('people.title')} right={isReady ? word('people', { n: formatCount(total) }) : t('people.reading', { n: formatCount(people.length), of: formatCount(total) })} />
          <Pair paper={paper} left={t('people.net_12')} right={money(netMinor)} />
          <SheetTable heads={heads} rows={people.map(row)} figures={[3, 4, 5, 6]} />
        </>
      )}
    </PrintDialog>
  );
}

export function PrintValue({ view, onClose }: { view: Insights; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { today } = useBook();
  const points = view.curve.filter((_, n) => n % Math.max(1, Math.ceil(view.curve.length / 20)) === 0 || n === view.curve.length - 1);
  return (
    <PrintDialog title={t('value.title')} kind="segment" papers={papers} onClose={onClose}>
      {(paper) => (
        <>
          <SheetHead title={t('value.title')} note={formatDay(today)} />
          <Rule />
          <Lines>{view.sentence}</Lines>
          <Pair paper={paper} left={t('value.latent')} right={word('people', { n: formatCount(view.latent) })} />
          <Pair paper={paper} left={t('value.promotion')} right={word('people', { n: formatCount(view.promotion_only) })} />
          <Part title={t('value.few')}>
            <SheetTable heads={[t('value.customers'), t('value.share_money')]} rows={view.concentration.map((few) => [t('value.first_people', { n: few.first }), formatBasisPoints(few.share_bp)])} figures={[1]} />
          </Part>
          <Part title={t('value.differs')}>
            <SheetTable
              heads={[t('value.trait'), t('value.kind'), t('value.of_top'), t('value.of_rest')]}
              rows={view.top.map((trait) => [trait.word, t(`value.field.${trait.field as 'source'}`), formatBasisPoints(trait.top_bp), formatBasisPoints(trait.rest_bp)])}
              figures={[2, 3]}
            />
          </Part>
          <Part title={t('value.curve')}>
            <SheetTable heads={[t('value.customers'), t('value.share_money')]} rows={points.map((point) => [t('value.first', { n: formatCount(point.rank), share: formatBasisPoints(point.people_bp) }), formatBasisPoints(point.money_bp)])} figures={[1]} />
          </Part>
        </>
      )}
    </PrintDialog>
  );
}

export function PrintSwot({ page, onClose }: { page: Swot; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  return (
    <PrintDialog title={t('swot.title')} kind="segment" papers={papers} onClose={onClose}>
      {() => (
        <>
          <SheetHead title={t('swot.title')} note={t('swot.last', { day: formatDay(page.on), by: page.by })} />
          <Rule />
          {(['strengths', 'weaknesses', 'opportunities', 'threats', 'actions'] as const).map((field) => (
            <Part key={field} title={t(`swot.${field}`)}>
              <Lines>{page[field] || '–'}</Lines>
            </Part>
          ))}
        </>
      )}
    </PrintDialog>
  );
}
