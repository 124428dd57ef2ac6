// A value once it has stood still for a while: what is asked about while somebody types, or a scanner does.
import { useEffect, useState } from 'react';

export function useQuiet<T>(value: T, ms: number): T {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    if (Object.is(quiet, value)) return;
    const timer = setTimeout(() => setQuiet(() => value), ms);
    return () => clearTimeout(timer);
  }, [value, quiet, ms]);
  return quiet;
}
