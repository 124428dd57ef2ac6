// The classes: a line for the share of people and a line for the share of money, one under the other, so that
// the eye compares them.
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import type { SegmentClass, Segmentation } from './queries.ts';
import styles from './segmentation.module.css';
import { openPeople } from './who.ts';

export function Classes({ view }: { view: Segmentation }) {
  const { t } = useTranslation('segmentation');
  const people = view.classes.reduce((sum, c) => sum + c.people, 0);
  const money = view.classes.reduce((sum, c) => sum + Math.max(0, c.net_minor), 0);
  return (
    <Card title={t('classes')} side={<Legend />} flush>
      <ul>
        {view.classes.map((c) => (
          <ClassRow key={c.tag.key} scheme={view.row.key} view={c} people={share(c.people, people)} money={share(c.net_minor, money)} />
        ))}
      </ul>
    </Card>
  );
}

const share = (part: number, all: number): number => (all <= 0 ? 0 : Math.round((Math.max(0, part) / all) * 1000) / 10);

function Legend() {
  const { t } = useTranslation('segmentation');
  return (
    <span className={styles.legend}>
      <span data-line="people">{t('share_people')}</span>
      <span data-line="money">{t('share_money')}</span>
    </span>
  );
}

function ClassRow({ scheme, view, people, money }: { scheme: string; view: SegmentClass; people: number; money: number }) {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const format = useMoney();
  return (
    <li>
      <button type="button" className={styles.row} onClick={() => openPeople({ kind: 'class', scheme, class: view.tag.key }, view.tag.name)} title={t('open', { name: view.tag.name })}>
        <span className={styles.class}>
          <strong className={styles.face} data-color={view.tag.color}>
            {view.tag.name}
          </strong>
          <span className="quiet small">{view.rule}</span>
          {view.by_hand > 0 && <span className="small">{t('by_hand', { n: formatCount(view.by_hand) })}</span>}
        </span>
        <span className={styles.bars}>
          <svg viewBox="0 0 100 12" preserveAspectRatio="none" className={styles.lines} aria-hidden>
            <rect className={styles.track} width="100" height="4" />
            <rect className={styles.people} width={people} height="4" />
            <rect className={styles.track} y="8" width="100" height="4" />
            <rect className={styles.money} y="8" width={money} height="4" />
          </svg>
        </span>
        <span className={`${styles.figures} figures`}>
          <span>{word('people', { n: formatCount(view.people) })}</span>
          <span className="quiet small">{people}%</span>
        </span>
        <span className={`${styles.figures} figures`}>
          <span>{format(view.net_minor)}</span>
          <span className="quiet small">{money}%</span>
        </span>
      </button>
    </li>
  );
}
