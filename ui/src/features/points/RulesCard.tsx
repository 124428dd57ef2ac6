// The rules for points as sentences, and the form that changes them from a day on.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBook, useMoney } from '@/shared/book.tsx';
import { formatShortDay } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import { RulesForm } from './RulesForm.tsx';
import { useRules, type Rules } from './queries.ts';
import styles from './points.module.css';

export function RulesCard() {
  const { t } = useTranslation('points');
  const { today } = useBook();
  const { data, error } = useRules();
  const [editing, setEditing] = useState(false);
  if (error) return <Notice tone="late">{error.message}</Notice>;
  if (!data) return null;
  return (
    <Card
      title={t('rules.title')}
      side={
        !editing && (
          <Button icon="edit" onClick={() => setEditing(true)}>
            {t('rules.edit')}
          </Button>
        )
      }
    >
      {editing ? (
        <RulesForm view={data} onClose={() => setEditing(false)} />
      ) : (
        <>
          <Sentences rules={data.rules} />
          {data.upcoming.map((version) => (
            <Notice key={version.effective_on}>{t('rules.upcoming', { day: formatShortDay(version.effective_on, today) })}</Notice>
          ))}
        </>
      )}
    </Card>
  );
}

function Sentences({ rules }: { rules: Rules }) {
  const { t } = useTranslation('points');
  const money = useMoney();
  const expiry = 'n' in rules.expiry ? t(`rules.expiry.${rules.expiry.kind}_n`, { n: rules.expiry.n }) : t(`rules.expiry.${rules.expiry.kind}`);
  return (
    <ul className={styles.sentences}>
      {rules.earn.map((rule) => {
        const what = rule.category ?? (rule.item ? t('rules.item') : t('rules.anything'));
        const words = rule.kind === 'per_amount' ? t('rules.per_amount', { what, amount: money(rule.per_minor), points: rule.points }) : t('rules.bonus', { what, points: rule.points });
        return <li key={JSON.stringify(rule)}>{words}</li>;
      })}
      <li>{expiry}</li>
      {rules.pending_days > 0 && <li>{t('rules.pending', { n: rules.pending_days })}</li>}
      <li>
        {rules.redeem
          ? t('rules.redeem', { points: rules.redeem.points, worth: money(rules.redeem.worth_minor), step: rules.redeem.step, share: rules.redeem.max_share_bp / 100 })
          : t('rules.gifts_only')}
      </li>
      <li>{t('rules.revive', { n: rules.revive_days })}</li>
    </ul>
  );
}
