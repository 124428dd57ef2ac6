// What was known last, until it is known anew: while a far page of a list is on its way, the list is as long as before.
import { useState } from 'react';

/** The value, or the last one that belonged to the same key. */
export function useKept<T>(key: string, value: T | undefined): T | undefined {
  const [kept, keep] = useState<{ key: string; value: T }>();
  if (value !== undefined && (kept?.key !== key || kept.value !== value)) keep({ key, value });
  return value ?? (kept?.key === key ? kept.value : undefined);
}
