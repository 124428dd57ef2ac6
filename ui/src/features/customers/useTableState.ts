// What the table shows. The filter stands in the place, so that the way back from a profile returns to the same view; the
// columns are the person's own and stand in the book.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { settle, usePlace } from '@/shared/router.tsx';
import { cleaned, countOf, noConditions, readTree, type Tree } from './conditions.ts';
import { useLayout } from './layout.ts';
import { keepLayout, useViews, withLayout, type Filter, type Layout } from './queries.ts';

const KEEP_AFTER_MS = 500;
const narrowing = ['text', 'segment', 'tier', 'tag', 'conditions', 'view'] as const;

export function useTableState() {
  const { query } = usePlace();
  const client = useQueryClient();
  const views = useViews();
  const asked = query.get('view');
  const isUntouched = narrowing.every((key) => !query.get(key));
  const shownView = useMemo(() => {
    const rows = views.data?.rows ?? [];
    return isUntouched ? rows.find((view) => view.is_default) : rows.find((view) => String(view.id) === asked);
  }, [views.data, isUntouched, asked]);
  const layout = useLayout(views.data, shownView?.id);

  const tree: Tree = useMemo(() => {
    const written = query.get('conditions');
    return written === null ? (shownView?.definition.conditions ?? noConditions) : readTree(written);
  }, [query, shownView]);
  const text = query.get('text') ?? '';
  const filter = useMemo<Filter>(
    () => ({
      text,
      segment: query.get('segment') || null,
      tier: query.get('tier') ? Number(query.get('tier')) : null,
      tag: query.get('tag') || null,
      conditions: countOf(tree) > 0 ? tree : null,
      // What was typed finds the best hit first; any other order is asked for by a heading.
      sort: text !== '' && query.get('by') !== 'column' ? null : (layout.sort ?? null),
      descending: layout.descending ?? false,
    }),
    [query, text, tree, layout],
  );

  const change = useCallback(
    (next: Record<string, string>) => {
      const all = new URLSearchParams(query);
      // The view that the table opened with is left by name, so that its conditions can be taken off.
      if (shownView && !('view' in next)) all.set('view', String(shownView.id));
      for (const [key, value] of Object.entries(next)) {
        if (value === '') all.delete(key);
        else all.set(key, value);
      }
      settle(all.size > 0 ? `/customers?${all.toString()}` : '/customers');
    },
    [query, shownView],
  );

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lay = useCallback(
    (next: Partial<Layout>) => {
      const view = shownView?.id ?? null;
      const whole: Layout = { ...layout, ...next, conditions: null };
      withLayout(client, view, whole);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keepLayout(view, whole), KEEP_AFTER_MS);
    },
    [client, layout, shownView],
  );
  const layAsSaved = useCallback(() => {
    const view = shownView?.id ?? null;
    clearTimeout(timer.current);
    withLayout(client, view, undefined);
    void keepLayout(view, undefined);
  }, [client, shownView]);

  return {
    filter,
    change,
    tree,
    views: views.data,
    shownView,
    layout,
    lay,
    layAsSaved,
    isFiltered: filter.text !== '' || filter.segment != null || filter.tier != null || filter.tag != null || filter.conditions != null,
    setTree: (next: Tree) => change({ conditions: JSON.stringify(cleaned(next)) }),
    /** Everybody, in the table without a view. */
    clear: () => change({ text: '', segment: '', tier: '', tag: '', conditions: '', by: '', view: '0' }),
  };
}

export type TableState = ReturnType<typeof useTableState>;
