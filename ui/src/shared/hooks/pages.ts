// A long list of which one page is there at a time: the one around what is on the screen.
import { useCallback, useState } from 'react';

export function usePages(size: number) {
  const [page, setPage] = useState(0);
  const onShow = useCallback((first: number, last: number) => setPage(Math.floor((first + last) / 2 / size)), [size]);
  return {
    /** From which row on the page is asked for. */
    offset: page * size,
    /** What the table tells of the rows that it shows. */
    onShow,
    /** A row of the list, where its page is there. */
    rowOf: <Row>(rows: readonly Row[] | undefined, index: number): Row | undefined => (Math.floor(index / size) === page ? rows?.[index % size] : undefined),
  };
}
