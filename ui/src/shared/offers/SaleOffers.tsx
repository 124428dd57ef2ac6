// What the sale gets without anybody asking: offers, the discount of the tier, special terms; each with its reason. What
// little more would bring stands beside it, and what fits and is not given says why. Ctrl+D leaves all of it out, or takes it
// back. The counter shows it, and whatever else sells.
import { useTranslation } from 'react-i18next';
import { useMoney } from '../book.tsx';
import { useKey } from '../hooks/keys.ts';
import { Icon } from '../icons/Icon.tsx';
import { Button } from '../parts/Button.tsx';
import type { Quote } from './quote.ts';
import styles from './sale.module.css';

interface Props {
  quote: Quote;
  declined: readonly string[];
  onChange: (declined: string[]) => void;
}

export function SaleOffers({ quote, declined, onChange }: Props) {
  const { t } = useTranslation('counter');
  const money = useMoney();
  const { offers, hints } = quote;
  const aside = quote.offers_aside;
  const isSomething = offers.length > 0 || declined.length > 0;
  useKey('Ctrl+D', () => onChange(declined.length > 0 ? [] : offers.map((each) => each.key)), isSomething);
  if (!isSomething && hints.length === 0 && aside.length === 0) return null;
  // A draft may name an offer that has gone meanwhile; it is no longer to be had.
  const leftOut = aside.filter((each) => each.is_declined);
  return (
    <section className={styles.offers} aria-label={t('offers.title')}>
      {offers.map((each, n) => (
        <div key={each.key} className={styles.offer}>
          <Icon name="gift" />
          <span className={styles.name}>
            {t(each.key === 'tier' ? 'offers.tier' : each.key === 'term' ? 'offers.term' : 'offers.offer', { name: each.name })}
            <span className="quiet small"> {each.why}</span>
          </span>
          <span className="figures">{money(-each.amount_minor)}</span>
          <Button kind="plain" hint={n === 0 && leftOut.length === 0 ? 'Ctrl+D' : undefined} onClick={() => onChange([...declined, each.key])}>
            {t('offers.decline')}
          </Button>
        </div>
      ))}
      {aside.map((each) => (
        <div key={each.key} className={styles.offer} data-aside>
          <Icon name={each.is_declined ? 'close' : 'minus'} />
          <span className={styles.name}>
            {each.name}
            <span className="small"> {each.why}</span>
          </span>
          <span className="figures">{money(-each.alone_minor)}</span>
          {each.is_declined && (
            <Button kind="plain" hint={each.key === leftOut[0]?.key ? 'Ctrl+D' : undefined} onClick={() => onChange(declined.filter((key) => key !== each.key))}>
              {t('offers.take')}
            </Button>
          )}
        </div>
      ))}
      {hints.map((hint) => (
        <p key={hint.text} className={styles.hint} role="status">
          <Icon name="star" />
          {hint.text}
        </p>
      ))}
    </section>
  );
}
