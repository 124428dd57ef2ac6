// A key that is there as long as what it does: one for each of a list whose length changes.
import { useKey } from '@/shared/hooks/keys.ts';

export function Shortcut({ name, run }: { name: string; run: () => void }) {
  useKey(name, run);
  return null;
}
