// From where on somebody counts as price-sensitive: a share of discounted orders, and orders enough for it to say something.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '@/shared/parts/Field.tsx';
import { FormDialog } from '@/shared/parts/FormDialog.tsx';
import { useSavePromotionRule, type Insights } from './queries.ts';

export function PromotionRuleDialog({ rule, onClose }: { rule: Insights['promotion_rule']; onClose: () => void }) {
  const { t } = useTranslation('segmentation');
  const [share, setShare] = useState(String(rule.from_bp / 100));
  const [orders, setOrders] = useState(String(rule.orders));
  const save = useSavePromotionRule();
  // Digits that fit go to the backend, which says beside the field what no rule can mean.
  const whole = (text: string) => /^\d{1,6}$/.test(text.trim());
  const keep = () => save.mutate({ rule: { from_bp: Number(share) * 100, orders: Number(orders) } }, { onSuccess: onClose });
  return (
    <FormDialog
      title={t('promotion.rule_title')}
      problem={save.error?.whole}
      busy={save.isPending}
      disabled={!whole(share) || !whole(orders)}
      onClose={onClose}
      onSave={keep}
    >
      <TextField label={t('promotion.from')} error={save.error?.of('from_bp')} inputMode="numeric" value={share} onChange={(event) => setShare(event.target.value)} />
      <TextField label={t('promotion.orders')} error={save.error?.of('orders')} inputMode="numeric" value={orders} onChange={(event) => setOrders(event.target.value)} />
      <p className="quiet small">{t('promotion.rule_help')}</p>
    </FormDialog>
  );
}
