// Ties: the company above, who brought the customer, the guardian of a child; and the trees with their sums.
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { useMoney } from '@/shared/book.tsx';
import { CustomerPick, type Chosen } from '@/shared/customer/CustomerPick.tsx';
import { formatCount } from '@/shared/format/index.ts';
import { TextField } from '@/shared/parts/Field.tsx';
import { Go } from '@/shared/router.tsx';
import { PeopleDialog } from './PeopleDialog.tsx';
import { useSetTies, useTrees, type Profile } from './queries.ts';
import styles from './people.module.css';

type Tree = NonNullable<ReturnType<typeof useTrees>['data']>['group'];

export function TiesDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  const { t } = useTranslation('people');
  const { details, row } = profile;
  const [parent, setParent] = useState<Chosen | null>(details.parent);
  const [referrer, setReferrer] = useState<Chosen | null>(details.referrer);
  const [guardian, setGuardian] = useState(details.guardian ?? '');
  const trees = useTrees(row.id);
  const key = useRef(newClientKey());
  const set = useSetTies();
  const save = () => set.mutate({ client_key: key.current, id: row.id, parent_id: parent?.id ?? null, referrer_id: referrer?.id ?? null, guardian }, { onSuccess: onClose });
  const isChild = details.age != null && details.age < 14;
  return (
    <PeopleDialog wide title={t('more.ties')} onClose={onClose} onSave={save} busy={set.isPending} error={set.error}>
      <div className={styles.pair}>
        <CustomerPick label={t('ties.referrer')} value={referrer} onChange={setReferrer} not={row.id} error={set.error?.of('referrer_id')} />
        {row.kind === 'company' && <CustomerPick label={t('ties.parent')} value={parent} onChange={setParent} not={row.id} companies error={set.error?.of('parent_id')} help={t('ties.parent_help')} />}
        {row.kind === 'person' && <TextField label={t('ties.guardian')} optional={!isChild} value={guardian} placeholder={t('ties.guardian_example')} help={isChild ? t('ties.child') : undefined} onChange={(event) => setGuardian(event.target.value)} error={set.error?.of('guardian')} />}
      </div>
      <TreeList title={t('ties.group')} rows={trees.data?.group ?? []} here={row.id} />
      <TreeList title={t('ties.referrals')} rows={trees.data?.referrals ?? []} here={row.id} />
    </PeopleDialog>
  );
}

function TreeList({ title, rows, here }: { title: string; rows: Tree; here: number }) {
  const { t } = useTranslation('people');
  const { t: word } = useTranslation('common');
  const money = useMoney();
  if (rows.length === 0) return null;
  return (
    <section className={styles.form}>
      <h3>{title}</h3>
      <div className={styles.tree} role="tree">
        {rows.map((row) => (
          <div key={row.id} className={styles.branch} data-depth={Math.min(row.depth, 4)} data-here={row.id === here || undefined} role="treeitem" aria-level={row.depth + 1} aria-selected={row.id === here}>
            <Go to={`/customers/${row.id}`}>{row.name}</Go>
            <span className="quiet figures">{word('orders', { n: formatCount(row.orders) })}</span>
            <span className="figures">{money(row.net_minor)}</span>
            <span className="quiet figures">{row.total_minor !== row.net_minor ? t('ties.together', { amount: money(row.total_minor) }) : ''}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
