export { LongPrint } from './LongPrint.tsx';
export { PrintDialog } from './PrintDialog.tsx';
export { columnsOn, papers, type Paper } from './paper.ts';
export { Greeting, Label, Labels, Lines, Pair, Part, Photo, Qr, Rule, SheetHead, SheetTable, Sign, Ticket, Tickets } from './Sheet.tsx';
export { columnsOf, cutTo, fitsBeside, wrapTo } from './width.ts';
