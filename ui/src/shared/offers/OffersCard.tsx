// What a customer holds: what was agreed, coupons that can be used, packs with a button that uses one session.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey, useAct, useAsk, type Input } from '@/backend/index.ts';
import { useBook } from '../book.tsx';
import { formatShortDay } from '../format/index.ts';
import { Button } from '../parts/Button.tsx';
import { Card, Facts } from '../parts/Card.tsx';
import { Notice } from '../parts/States.tsx';

type Id = Input<'pack_list'>['customer_id'];

export function OffersCard({ customer }: { customer: number }) {
  const { t } = useTranslation('offers');
  const { today } = useBook();
  const id = customer as Id;
  const key = useRef(newClientKey());
  const terms = useAsk('term_list', { customer_id: id }, { tables: ['special_terms', 'customers'] });
  const coupons = useAsk('coupon_list', { customer_id: id, only_unused: true, offset: 0 }, { tables: ['coupons', 'coupon_batches', 'customers', 'sales'] });
  const packs = useAsk('pack_list', { customer_id: id }, { tables: ['packs', 'pack_entries', 'customers', 'sales'] });
  const spend = useAct('pack_use');
  const held = terms.data?.rows.filter((row) => row.holds) ?? [];
  const unused = coupons.data?.rows ?? [];
  const open = packs.data?.rows.filter((row) => row.standing.left > 0 && !row.standing.is_expired) ?? [];
  if (held.length + unused.length + open.length === 0) return null;
  const day = (value: string | null) => (value ? t('until', { day: formatShortDay(value, today) }) : t('no_end'));
  const spendOne = (pack: (typeof open)[number]['id']) =>
    spend.mutate(
      { client_key: key.current, id: pack },
      {
        onSuccess: () => {
          key.current = newClientKey();
        },
      },
    );
  return (
    <Card title={t('title')}>
      {held.map((term) => (
        <Notice key={term.id} tone={term.is_due ? 'soon' : 'info'}>
          {term.discount_bp == null ? term.text : t('term', { text: term.text, percent: term.discount_bp / 100 })} · {day(term.until_on)}
        </Notice>
      ))}
      {spend.error && <Notice tone="late">{spend.error.message}</Notice>}
      <Facts
        rows={[
          ...open.map(
            (pack) =>
              [
                `${pack.name} #${pack.id}`,
                <span key={pack.id} className="figures">
                  {t('left', { n: pack.standing.left, of: pack.sessions })} · {pack.standing.frozen_on ? t('rests') : day(pack.standing.until_on)}{' '}
                  <Button kind="plain" busy={spend.isPending} disabled={pack.standing.frozen_on !== null || undefined} onClick={() => spendOne(pack.id)}>
                    {t('use_one')}
                  </Button>
                </span>,
              ] as const,
          ),
          ...unused.map((coupon) => [coupon.code, `${coupon.text} · ${day(coupon.until_on)}`] as const),
        ]}
      />
    </Card>
  );
}
