// Which column is what. What was found by the columns' names can be put right by hand.
import { useTranslation } from 'react-i18next';
import type { Words } from '@/i18n/index.ts';
import { Card } from '@/shared/parts/Card.tsx';
import { Icon } from '@/shared/icons/Icon.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import type { Look, Preview } from './queries.ts';
import styles from './imports.module.css';

interface Props {
  look: Look;
  preview: Preview;
  onLook: (look: Look) => void;
}

type FieldName = keyof Words['imports']['field'];

/** No column of the file: the field is left empty. */
const NONE = '';

export function useFieldName(): (field: string) => string {
  const { t, i18n } = useTranslation('imports');
  return (field) => (i18n.exists(`field.${field}`, { ns: 'imports' }) ? t(`field.${field as FieldName}`) : field);
}

export function Mapping({ look, preview, onLook }: Props) {
  const { t } = useTranslation('imports');
  const nameOf = useFieldName();
  const found = preview.fields.filter((field) => field.column !== null).length;
  const set = (field: string, column: string) => onLook({ ...look, kind: preview.kind, map: { ...look.map, [field]: column } });
  return (
    <Card title={t('map.title')} side={<span className="figures">{t('map.found', { n: found, all: preview.fields.length })}</span>}>
      <div className={styles.map}>
        {preview.fields.map((field) => (
          <div key={field.field} className={styles.field} data-missing={(field.is_required && !field.column) || undefined}>
            <span className={styles.name}>
              {nameOf(field.field)}
              {field.is_required && <span className={styles.required}>{t('map.required')}</span>}
            </span>
            <Icon name="back" />
            <Pick field label={nameOf(field.field)} value={field.column ?? NONE} onChange={(column) => set(field.field, column)} options={[{ value: NONE, word: t('map.none') }, ...preview.columns.map((column) => ({ value: column, word: column }))]} />
          </div>
        ))}
      </div>
    </Card>
  );
}
