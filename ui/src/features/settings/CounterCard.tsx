// The counter's own rules: how much anybody may give away, below which margin nobody sells, the quick words of a note,
// the last lines of a receipt.
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '@/backend/index.ts';
import { parseAmount } from '@/shared/format/index.ts';
import { Button } from '@/shared/parts/Button.tsx';
import { Card } from '@/shared/parts/Card.tsx';
import { nextFieldOnEnter, TextField } from '@/shared/parts/Field.tsx';
import { ErrorState, LoadingState, Refused } from '@/shared/parts/States.tsx';
import { go } from '@/shared/router.tsx';
import { useChangeCounterRules, useCounterRules, type CounterRules } from './queries.ts';
import styles from './settings.module.css';

export function CounterCard() {
  const { t } = useTranslation('settings');
  const { data, error } = useCounterRules();
  if (error) return <ErrorState message={error.message} />;
  if (!data) return <LoadingState />;
  return (
    <>
      <Card title={t('sections.counter')}>
        <CounterForm rules={data} />
      </Card>
      <Card title={t('counter.products')}>
        <p className="quiet">{t('counter.products_help')}</p>
        <div className={styles.buttons}>
          <Button icon="product" onClick={() => go('/products')}>
            {t('counter.products_open')}
          </Button>
        </div>
      </Card>
    </>
  );
}

function CounterForm({ rules }: { rules: CounterRules }) {
  const { t } = useTranslation('settings');
  const { t: word } = useTranslation('common');
  const [limit, setLimit] = useState(String(rules.discount_limit_bp / 100));
  const [margin, setMargin] = useState(String(rules.margin_minimum_bp / 100));
  const [words, setWords] = useState(rules.quick_tags.join('，'));
  const [footer, setFooter] = useState(rules.receipt_footer ?? '');
  const [unread, setUnread] = useState<'limit' | 'margin'>();
  const key = useRef(newClientKey());
  const change = useChangeCounterRules();
  const { error } = change;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const [limitBp, marginBp] = [parseAmount(limit, 2), parseAmount(margin, 2)];
    setUnread(limitBp === undefined ? 'limit' : marginBp === undefined ? 'margin' : undefined);
    if (limitBp === undefined || marginBp === undefined) return;
    change.mutate(
      { client_key: key.current, discount_limit_bp: limitBp, margin_minimum_bp: marginBp, quick_tags: words.split(/[，,、]\s*/).filter(Boolean), receipt_footer: footer.trim() },
      {
        onSuccess: () => {
          key.current = newClientKey();
        },
      },
    );
  };
  return (
    <form className={styles.form} onSubmit={send} onKeyDown={nextFieldOnEnter} onChange={() => change.reset()}>
      <div className={styles.shop}>
        <TextField label={t('counter.limit')} inputMode="decimal" value={limit} onChange={(event) => setLimit(event.target.value)} help={t('counter.limit_help')} error={unread === 'limit' ? t('counter.unread') : error?.of('discount_limit_bp')} />
        <TextField label={t('counter.margin')} inputMode="decimal" value={margin} onChange={(event) => setMargin(event.target.value)} help={t('counter.margin_help')} error={unread === 'margin' ? t('counter.unread') : error?.of('margin_minimum_bp')} />
        <TextField label={t('counter.words')} value={words} onChange={(event) => setWords(event.target.value)} help={t('counter.words_help')} error={error?.of('quick_tags')} />
        <TextField label={t('counter.footer')} optional value={footer} onChange={(event) => setFooter(event.target.value)} placeholder={t('counter.footer_example')} error={error?.of('receipt_footer')} />
      </div>
      <Refused error={error} />
      <div className={styles.buttons}>
        <Button kind="main" type="submit" busy={change.isPending}>
          {change.isSuccess ? word('saved') : word('save')}
        </Button>
      </div>
    </form>
  );
}
