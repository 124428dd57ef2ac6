// The ladder as steps that rise: how many stand on each, what it takes to stand there, who is nearly at the next.
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '@/shared/book.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { TierMark } from '@/shared/parts/TierMark.tsx';
import { go } from '@/shared/router.tsx';
import type { Ladder, Step } from './queries.ts';
import { useThresholds } from './thresholds.ts';
import styles from './ladder.module.css';

export function Steps({ ladder }: { ladder: Ladder }) {
  const all = ladder.steps.reduce((sum, step) => sum + step.people, 0);
  return (
    <ol className={styles.stairs}>
      {ladder.steps.map((step, n) => (
        <StepBlock key={step.tier.rank} step={step} joint={ladder.combine === 'all' ? 'and' : 'or'} share={all === 0 ? 0 : Math.round((step.people / all) * 100)} height={(n + 1) / ladder.steps.length} />
      ))}
    </ol>
  );
}

function StepBlock({ step, joint, share, height }: { step: Step; joint: 'and' | 'or'; share: number; height: number }) {
  const { t } = useTranslation('ladder');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  const enter = useThresholds(step.enter_spend_minor, step.enter_visits, step.enter_points, money);
  const keep = useThresholds(step.keep_spend_minor, step.keep_visits, step.keep_points, money);
  return (
    <li className={styles.step} style={{ '--height': height } as CSSProperties}>
      <button type="button" className={styles.block} onClick={() => go(`/customers?tier=${step.tier.rank}`)} title={t('open', { tier: step.tier.name })}>
        <span className={styles.people}>
          <span className={`${styles.count} figures`}>{formatCount(step.people)}</span>
          <span className="quiet small figures">{share}%</span>
        </span>
        <span className={styles.riser}>
          <TierMark name={step.tier.name} step={step.tier.rank} of={step.tier.of} large />
          <span className={`${styles.enter} figures`}>{enter.length > 0 ? enter.join(t(joint)) : t('start')}</span>
          {keep.length > 0 && <span className="quiet small figures">{t('keep', { what: keep.join(t(joint)) })}</span>}
          {step.benefits.map((benefit) => (
            <span key={benefit.key} className={styles.gives}>
              {benefit.words}
            </span>
          ))}
          {step.near_next > 0 && <span className={`${styles.near} figures`}>{t('near', { people: word('people', { n: formatCount(step.near_next) }) })}</span>}
        </span>
      </button>
    </li>
  );
}
