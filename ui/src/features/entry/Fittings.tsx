// 对症推荐: which product a tag of a customer calls for, as a gift or to be tried, with the reason that is said at the counter.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { formatCount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { Choice } from '@/shared/parts/Choice.tsx';
import { Field, TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { Pick } from '@/shared/parts/Pick.tsx';
import { Notice } from '@/shared/parts/States.tsx';
import type { Named } from './draft.ts';
import styles from './entry.module.css';
import { ProductPick } from './ProductPick.tsx';
import { useDeleteFitting, useFittings, useSaveFitting, type FittingRule } from './queries.ts';

export function Fittings() {
  const { t } = useTranslation('entry');
  const { data } = useFittings();
  const [editing, setEditing] = useState<FittingRule | 'new'>();
  if (!data) return null;
  return (
    <Card
      title={t('fitting.title')}
      side={
        <Button icon="plus" onClick={() => setEditing('new')}>
          {t('fitting.new')}
        </Button>
      }
    >
      {data.rows.length === 0 && <p className="quiet">{t('fitting.none')}</p>}
      <ul className={styles.rules}>
        {data.rows.map((rule) => (
          <RuleLine key={rule.id} rule={rule} onChange={() => setEditing(rule)} />
        ))}
      </ul>
      {editing && <FittingDialog rule={editing === 'new' ? undefined : editing} tags={data.tags} onClose={() => setEditing(undefined)} />}
    </Card>
  );
}

function RuleLine({ rule, onChange }: { rule: FittingRule; onChange: () => void }) {
  const { t } = useTranslation('entry');
  const { t: word } = useTranslation('common');
  const remove = useDeleteFitting();
  const key = useRef(newClientKey());
  return (
    <li className={styles.rule}>
      <div>
        <div>
          {rule.tag} → <strong>{rule.product}</strong> <span className={styles.state}>{t(`fitting.gives.${rule.gives}`)}</span>
        </div>
        <div className="quiet small">{[rule.reason, word('people', { n: formatCount(rule.people) }), rule.is_out ? t('fitting.out') : ''].filter(Boolean).join(' · ')}</div>
        {remove.error && <Notice tone="late">{remove.error.message}</Notice>}
      </div>
      <div className={styles.acts}>
        <Button onClick={onChange}>{t('edit')}</Button>
        <Button kind="plain" icon="close" busy={remove.isPending} aria-label={t('remove', { what: rule.product })} title={t('remove', { what: rule.product })} onClick={() => remove.mutate({ client_key: key.current, id: rule.id })} />
      </div>
    </li>
  );
}

function FittingDialog({ rule, tags, onClose }: { rule: FittingRule | undefined; tags: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation('entry');
  const [tag, setTag] = useState(rule?.tag ?? '');
  const [products, setProducts] = useState<Named[]>(rule ? [{ id: rule.product_id, name: rule.product, pieces: '1' }] : []);
  const [gives, setGives] = useState<FittingRule['gives']>(rule?.gives ?? 'trial');
  const [reason, setReason] = useState(rule?.reason ?? '');
  const key = useRef(newClientKey());
  const save = useSaveFitting();
  const { error } = save;
  const product = products[0];
  const send = () => product && save.mutate({ client_key: key.current, id: rule?.id ?? null, tag, product_id: product.id, gives, reason }, { onSuccess: onClose });
  const known = rule && !tags.includes(rule.tag) ? [rule.tag, ...tags] : tags;
  return (
    <FormDialog title={t(rule ? 'fitting.change' : 'fitting.new')} problem={error?.whole} busy={save.isPending} disabled={product === undefined || tag === ''} onClose={onClose} onSave={() => void send()}>
      <Field label={t('fitting.tag')} error={error?.of('tag')} help={known.length === 0 ? t('fitting.no_tags') : undefined}>
        {(ids) => <Pick id={ids.id} field label={t('fitting.tag')} value={tag} onChange={setTag} options={known.map((value) => ({ value, word: value }))} />}
      </Field>
      <ProductPick products={products} hasPieces={false} error={error?.of('product_id')} onChange={(chosen) => setProducts(chosen.slice(-1))} />
      <Choice label={t('fitting.as')} value={gives} onChange={setGives} options={(['trial', 'gift'] as const).map((value) => ({ value, word: t(`fitting.gives.${value}`) }))} />
      <TextField label={t('fitting.reason')} optional value={reason} placeholder={t('fitting.reason_example')} onChange={(event) => setReason(event.target.value)} error={error?.of('reason')} />
    </FormDialog>
  );
}
