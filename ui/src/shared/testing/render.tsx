// Renders a part of the window for a test: words, questions, keys, and a backend that answers from a table.
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { newQueryClient } from '@/backend/index.ts';
import { standInTransport } from '@/backend/transport.ts';
import { startLanguage } from '@/i18n/index.ts';
import { BookProvider, type Book } from '../book.tsx';
import { listenForKeys } from '../hooks/keys.ts';

export const testBook: Book = { shopName: '小满面包房', currency: { code: 'CNY', exponent: 2 }, zone: 'Asia/Shanghai', today: '2026-03-05', hideAmounts: false };

export interface Call {
  name: string;
  input: Record<string, unknown>;
}

/** Answers by command name; an answer that is an object with a `code` is a refusal. Every call is written down. */
export function answerWith(answers: Record<string, (input: Record<string, unknown>) => unknown>): Call[] {
  const calls: Call[] = [];
  standInTransport({
    call: (name, input) => {
      const asked = input as Record<string, unknown>;
      calls.push({ name, input: asked });
      const answer = answers[name]?.(asked);
      const isRefusal = answer === undefined || (typeof answer === 'object' && answer !== null && 'code' in answer);
      return isRefusal ? Promise.reject(answer ?? { code: 'not_found', message: name }) : Promise.resolve(answer);
    },
    onChange: () => () => undefined,
    onPlace: () => () => undefined,
    pick: () => Promise.resolve(null),
  });
  return calls;
}

function Keys({ children }: { children: ReactNode }) {
  useEffect(listenForKeys, []);
  return children;
}

export async function show(part: ReactElement, path = '/') {
  await startLanguage('zh-Hans');
  history.replaceState(null, '', `#${path}`);
  const client = newQueryClient();
  return render(
    <QueryClientProvider client={client}>
      <BookProvider book={testBook}>
        <Keys>{part}</Keys>
      </BookProvider>
    </QueryClientProvider>,
  );
}

/** A customer as lists and hits show it. */
export const customerRow = (id: number, name: string) => ({
  id,
  member_no: String(100000 + id),
  name,
  salutation: null,
  kind: 'person',
  phone: '138 1234 5678',
  tier: { name: '普通', rank: 0, of: 4 },
  segment: null,
  last_on: '2026-03-02',
  orders: 3,
  net_minor: 30000,
  open_complaints: 0,
  do_not_disturb: null,
  joined_on: '2025-01-01',
  tags: [],
});
