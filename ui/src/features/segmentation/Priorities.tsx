// 优先级 of everybody: how many stand on each of the five, and from which points on something counts.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Meter } from '@/shared/parts/Meter.tsx';
import { PriorityMark } from '@/shared/parts/PriorityMark.tsx';
import { usePriorityRules, useSavePriorityRules, type PriorityRules } from './queries.ts';
import styles from './segmentation.module.css';
import { openPeople } from './who.ts';

export function Priorities() {
  const { t } = useTranslation('segmentation');
  const { t: word } = useTranslation('common');
  const { data } = usePriorityRules();
  const [editing, setEditing] = useState(false);
  if (!data) return null;
  const most = Math.max(1, ...data.levels.map((level) => level.people));
  return (
    <Card
      title={t('priority.title')}
      side={
        <Button kind="plain" icon="edit" onClick={() => setEditing(true)}>
          {t('priority.rule')}
        </Button>
      }
    >
      {data.levels.map(({ level, people }) => (
        <button key={level} type="button" className={styles.level} onClick={() => openPeople({ kind: 'priority', level }, t('priority.level', { n: level }))}>
          <PriorityMark level={level} />
          <Meter share={Math.round((people * 100) / most)} label={t('priority.level', { n: level })} />
          <strong className="figures">{word('people', { n: formatCount(people) })}</strong>
        </button>
      ))}
      <p className="quiet small">{data.by_hand > 0 ? t('priority.help_by_hand', { n: formatCount(data.by_hand) }) : t('priority.help')}</p>
      {editing && <RuleDialog rules={data} onClose={() => setEditing(false)} />}
    </Card>
  );
}

const limits = ['high_contribution', 'low_contribution', 'high_potential'] as const;

function RuleDialog({ rules, onClose }: { rules: PriorityRules; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const [text, setText] = useState(() => Object.fromEntries(limits.map((limit) => [limit, String(rules.rule[limit])])) as Record<(typeof limits)[number], string>);
  const save = useSavePriorityRules();
  const points = (limit: (typeof limits)[number]) => Number(text[limit].trim() || '0');
  // What fits into a byte goes to the backend, which says beside the field what does not fit the rule.
  const unreadable = limits.some((limit) => !Number.isInteger(points(limit)) || points(limit) < 0 || points(limit) > 255);
  const keep = () => save.mutate({ rule: { high_contribution: points('high_contribution'), low_contribution: points('low_contribution'), high_potential: points('high_potential') } }, { onSuccess: onClose });
  return (
    <FormDialog
      title={t('priority.rule_title')}
      problem={save.error?.whole}
      busy={save.isPending}
      disabled={unreadable}
      onClose={onClose}
      onSave={keep}
    >
      {limits.map((limit) => (
        <TextField key={limit} label={t(`priority.${limit}`)} error={save.error?.of(`rule.${limit}`) ?? save.error?.of(limit)} inputMode="numeric" value={text[limit]} onChange={(event) => setText({ ...text, [limit]: event.target.value })} />
      ))}
      <p className="quiet small">{t('priority.rule_help')}</p>
    </FormDialog>
  );
}
