// A part of the page that is loaded when it is first shown, or before. React's own `lazy` keeps what stands in for
// it for a third of a second once that was painted; here the part is there in the moment it has come.
import { useEffect, useState, type ComponentType, type ReactNode } from 'react';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

/** A component that fetches itself. */
export type Later<P extends object = object> = ComponentType<P & { meanwhile?: ReactNode }> & {
  /** Fetches it without showing it. */
  ahead: () => Promise<void>;
};

export function later<P extends object = object>(load: Load<P>): Later<P> {
  let loaded: ComponentType<P> | undefined;
  const ahead = async () => {
    loaded ??= (await load()).default;
  };
  function Part({ meanwhile = null, ...rest }: P & { meanwhile?: ReactNode }) {
    // What stood there first stays for as long as this place is shown, so that it is never begun anew.
    const [View, show] = useState(() => loaded);
    useEffect(() => {
      if (View) return;
      const fail = (thrown: unknown) => show(() => { throw thrown; });
      ahead().then(() => show(() => loaded), fail);
    }, [View]);
    return View ? <View {...(rest as unknown as P)} /> : meanwhile;
  }
  return Object.assign(Part, { ahead });
}
