// What the sale at the till would be, asked while it is typed: its offers, what is to be paid, and why points are refused.
import { useQuiet } from '@/shared/hooks/quiet.ts';
import { useQuote } from '@/shared/offers/quote.ts';
import type { Unread } from './form.ts';
import type { NewSale } from './queries.ts';

/** Nobody who types notices it; a scan is over by then. */
const AMOUNT_QUIET_MS = 100;

export function useTillQuote(sale: NewSale, unread: Unread, isReady: boolean, unreadPoints: string) {
  const hasLines = (sale.lines ?? []).length > 0;
  // An amount alone may get an offer or the discount of the tier. It is asked about once it stands still: a scan passes
  // through this field digit by digit.
  const amountAsked = useQuiet(sale.amount_minor, AMOUNT_QUIET_MS);
  const hasSomethingToQuote = hasLines || amountAsked !== null;
  const asked = hasLines ? sale : { ...sale, amount_minor: amountAsked };
  const canQuote = isReady && hasSomethingToQuote && [...unread].every((field) => field === 'redeem_points');
  const quote = useQuote(asked, canQuote && unread.size === 0);
  // Points that are refused leave everything else of the sale as it is: offers, what is to be paid, what points could pay.
  const pointsRefused = unread.has('redeem_points') ? unreadPoints : quote.error?.of('redeem_points');
  const plain = useQuote({ ...asked, redeem_points: null }, canQuote && pointsRefused !== undefined);
  const answer = pointsRefused === undefined ? quote : plain;
  const isAnswered = !answer.isPlaceholderData && (hasLines || amountAsked === sale.amount_minor);
  // An answer about another amount is none.
  const isOfThis = hasLines || answer.data?.gross_minor === sale.amount_minor;
  const quoted = answer.data && !answer.error && hasSomethingToQuote && isOfThis ? answer.data : undefined;
  // What the button says is what is paid; while the answer is still on its way the receipt says it.
  const shownNet = quoted && isAnswered ? quoted.net_minor : null;
  return { quote, quoted, shownNet, pointsRefused };
}
