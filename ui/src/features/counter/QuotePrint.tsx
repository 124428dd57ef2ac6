// A quote on paper: every product with its price by quantity, how long it holds, who made it.
import { useTranslation } from 'react-i18next';
import { useBook } from '@/shared/book.tsx';
import { formatDay, formatMoney } from '@/shared/format/index.ts';
import { Lines, Pair, PrintDialog, Rule, SheetHead, SheetTable, type Paper } from '@/shared/print/index.ts';
import type { PriceQuote } from './queries.ts';

export function QuotePrint({ quote, onClose }: { quote: PriceQuote; onClose: () => void }) {
  const { t } = useTranslation('counter');
  return (
    <PrintDialog title={t('quote.print_title', { no: quote.quote_no ?? '' })} kind="quote" papers={['A4', 'A5', '80', '58']} isReady onClose={onClose}>
      {(paper) => <QuoteSheet quote={quote} paper={paper} />}
    </PrintDialog>
  );
}

function QuoteSheet({ quote, paper }: { quote: PriceQuote; paper: Paper }) {
  const { t } = useTranslation('counter');
  const { currency } = useBook();
  const money = (minor: number) => formatMoney(minor, currency);
  return (
    <>
      <SheetHead title={t('quote.sheet')} note={formatDay(quote.made_on)} />
      <Pair paper={paper} left={t('print.no')} right={quote.quote_no ?? ''} />
      {quote.customer_name && <Pair paper={paper} left={t('print.customer')} right={quote.customer_name} />}
      <Pair paper={paper} left={t('quote.until')} right={formatDay(quote.until_on)} strong />
      <Rule />
      {quote.products.map((product) => (
        <div key={product.product_id}>
          <Lines>{product.name}</Lines>
          <SheetTable heads={[t('quote.from'), t('quote.each'), t('quote.sum')]} figures={[1, 2]} rows={product.steps.map((step) => [step.quantity, money(step.unit_price_minor), money(step.amount_minor)])} />
        </div>
      ))}
      <Rule />
      {quote.note && <Lines>{quote.note}</Lines>}
      <Lines small>{t('quote.foot', { who: quote.staff, day: formatDay(quote.until_on) })}</Lines>
    </>
  );
}
