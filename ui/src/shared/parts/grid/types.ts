// What a grid of cells needs to know of its columns.
import type { ReactNode } from 'react';

export interface CellOption {
  value: string;
  word: string;
}

export interface GridColumn<Row> {
  key: string;
  word: string;
  /** Pixels at letters of 100 %. */
  width: number;
  /** Figures stand at the end of their column. */
  figures?: boolean;
  cell: (row: Row) => ReactNode;
  /** How the cell is typed over; a column that is computed has none. */
  edit?: {
    /** As it is typed: what the editor begins with and what the backend compares. */
    text: (row: Row) => string;
    /** A choice is offered below the cell. */
    options?: readonly CellOption[];
  };
}

/** A cell that is being typed over. */
export interface Editing {
  row: number;
  column: number;
  was: string;
}

export const MIN_WIDTH = 60;
export const MAX_WIDTH = 640;

/** Where the frozen columns stand, from the text in which they are handed on. */
export const placesOf = (stuck: string): number[] => (stuck === '' ? [] : stuck.split(' ').map(Number));
