// Which rows are chosen: some by their ids, or everything that matches but some. The second needs no ids of a hundred
// thousand rows in the page.

export type Selection = { all: false; ids: ReadonlySet<number> } | { all: true; except: ReadonlySet<number> };

export const nothing: Selection = { all: false, ids: new Set() };
export const everything: Selection = { all: true, except: new Set() };

export const isSelected = (selection: Selection, id: number): boolean => (selection.all ? !selection.except.has(id) : selection.ids.has(id));

export const countSelected = (selection: Selection, total: number): number => (selection.all ? Math.max(0, total - selection.except.size) : selection.ids.size);

/** With one row turned around. */
export function toggled(selection: Selection, id: number): Selection {
  const marked = new Set(selection.all ? selection.except : selection.ids);
  if (!marked.delete(id)) marked.add(id);
  return selection.all ? { all: true, except: marked } : { all: false, ids: marked };
}

/** With some rows chosen in addition. */
export function withRows(selection: Selection, ids: readonly number[]): Selection {
  if (!selection.all) return { all: false, ids: new Set([...selection.ids, ...ids]) };
  const except = new Set(selection.except);
  for (const id of ids) except.delete(id);
  return { all: true, except };
}
