import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useKept } from './kept.ts';

test('a list stays as long as it was while another page of it is on its way, and no other list is', () => {
  const { result, rerender } = renderHook(({ key, total }: { key: string; total?: number }) => useKept(key, total), { initialProps: { key: 'all', total: 300 as number | undefined } });
  expect(result.current).toBe(300);
  rerender({ key: 'all', total: undefined });
  expect(result.current).toBe(300);
  rerender({ key: 'gold', total: undefined });
  expect(result.current).toBeUndefined();
  rerender({ key: 'gold', total: 0 });
  expect(result.current).toBe(0);
});
