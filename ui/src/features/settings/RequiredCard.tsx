// Which fields a new customer must have beside the name. Each box is kept at once.
import { useTranslation } from 'react-i18next';
import { Card } from '@/shared/parts/Card.tsx';
import { ErrorState, LoadingState, Notice } from '@/shared/parts/States.tsx';
import { useChangeSettings, useSettings, type Settings } from './queries.ts';
import styles from './settings.module.css';

type RequiredField = Settings['required_fields'][number];
const fields: readonly RequiredField[] = ['salutation', 'phone', 'wechat', 'email', 'gender', 'birthday', 'company', 'address', 'source'];

export function RequiredCard() {
  const { t } = useTranslation('settings');
  const { data, error } = useSettings();
  const change = useChangeSettings();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  const chosen = data.required_fields;
  const toggle = (field: RequiredField) => change.mutate({ required_fields: chosen.includes(field) ? chosen.filter((other) => other !== field) : [...chosen, field] });
  return (
    <Card title={t('required.title')}>
      <p className="quiet">{t('required.help')}</p>
      {change.error && <Notice tone="late">{change.error.message}</Notice>}
      <div className={styles.ticks} role="group" aria-label={t('required.title')}>
        <label className={styles.tick}>
          <input type="checkbox" checked disabled />
          {t('required.name')}
        </label>
        {fields.map((field) => (
          <label key={field} className={styles.tick}>
            <input type="checkbox" checked={chosen.includes(field)} disabled={change.isPending} onChange={() => toggle(field)} />
            {t(`required.${field}`)}
          </label>
        ))}
      </div>
      <p className="quiet small">{t('required.counter')}</p>
    </Card>
  );
}
