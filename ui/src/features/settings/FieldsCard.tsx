// The shop's own fields: presets of a trade, what each holds, where it stands, in which order.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Menu } from '@/shared/parts/Menu.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { FieldDialog } from './FieldDialog.tsx';
import { useAddPreset, useOrderFields, useOwnFields, type OwnField } from './queries.ts';
import styles from './settings.module.css';

const trades = ['bakery', 'print', 'design', 'beauty', 'yoga', 'trade'] as const;

export function FieldsCard() {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const { data, error } = useOwnFields();
  const preset = useAddPreset();
  const order = useOrderFields();
  const [open, setOpen] = useState<OwnField | 'new'>();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  const offered = [...trades].sort((a, b) => Number(b === data.trade) - Number(a === data.trade));
  const up = (at: number) => {
    const ids = data.fields.map((field) => field.id);
    const [moved] = ids.splice(at, 1);
    if (moved !== undefined) ids.splice(at - 1, 0, moved);
    order.mutate({ ids });
  };
  const failed = preset.error ?? order.error;
  return (
    <Card
      title={t('fields.title')}
      side={
        <>
          <Menu label={t('fields.preset')} actions={offered.map((value) => ({ value, word: t(`trade.${value}`) }))} onChoose={(trade) => preset.mutate({ trade })} />
          <Button kind="main" icon="plus" onClick={() => setOpen('new')}>
            {t('fields.add')}
          </Button>
        </>
      }
    >
      <p className="quiet">{data.fields.length === 0 ? t('fields.none') : t('fields.help')}</p>
      {failed && <Notice tone="late">{failed.message}</Notice>}
      <div className={styles.rows}>
        {data.fields.map((field, n) => (
          <div key={field.id} className={styles.row}>
            <div className={styles.word}>
              <strong className={field.is_active ? undefined : 'quiet'}>{field.name}</strong>
              <p className="quiet small">{[t(`kind.${field.kind}`), field.unit, field.options.join('、'), t(field.is_preference ? 'fields.preference' : 'fields.basic'), !field.is_active && t('fields.off'), field.filled > 0 && t('fields.filled', { n: formatCount(field.filled) })].filter(Boolean).join(' · ')}</p>
            </div>
            <div className={styles.buttons}>
              {n > 0 && field.is_active && <Button kind="plain" icon="up" busy={order.isPending} aria-label={t('fields.up')} title={t('fields.up')} onClick={() => up(n)} />}
              <Button icon="edit" onClick={() => setOpen(field)}>
                {word('edit')}
              </Button>
            </div>
          </div>
        ))}
      </div>
      {open && <FieldDialog field={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}
