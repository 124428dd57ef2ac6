// Who is promising, and every so many days somebody gets in touch with them.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { useSavePromisingRule, type Insights } from './queries.ts';

const limits = ['most_orders', 'potential_from', 'interactions_from', 'interval_days'] as const;
type Limit = (typeof limits)[number];

export function PromisingRuleDialog({ rule, onClose }: { rule: Insights['promising_rule']; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const [text, setText] = useState(() => Object.fromEntries(limits.map((limit) => [limit, String(rule[limit])])) as Record<Limit, string>);
  const save = useSavePromisingRule();
  const number = (limit: Limit) => Number(text[limit].trim() || '0');
  // What fits into a byte goes to the backend, which says beside the field what no rule can mean.
  const unreadable = limits.some((limit) => !/^\d{1,6}$/.test(text[limit].trim())) || number('potential_from') > 255;
  const keep = () => save.mutate({ rule: { most_orders: number('most_orders'), potential_from: number('potential_from'), interactions_from: number('interactions_from'), interval_days: number('interval_days') } }, { onSuccess: onClose });
  return (
    <FormDialog
      title={t('promising.rule_title')}
      problem={save.error?.whole}
      busy={save.isPending}
      disabled={unreadable}
      onClose={onClose}
      onSave={keep}
    >
      {limits.map((limit) => (
        <TextField key={limit} label={t(`promising.${limit}`)} error={save.error?.of(limit)} inputMode="numeric" value={text[limit]} onChange={(event) => setText({ ...text, [limit]: event.target.value })} />
      ))}
      <p className="quiet small">{t('promising.rule_help')}</p>
    </FormDialog>
  );
}
