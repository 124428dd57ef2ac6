// What the page of agreements asks and does.
import { useTerms } from '@/shared/offers/held.ts';

export type { Term } from '@/shared/offers/held.ts';
export { useEndTerm } from '@/shared/offers/held.ts';
/** Everybody's, those that end first at the front. */
export const useAllTerms = () => useTerms(null);
