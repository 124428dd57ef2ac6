export { LongPrint } from './LongPrint.tsx';
export { PrintDialog } from './PrintDialog.tsx';
export { columnsOn, isSheet, papers, type Paper } from './paper.ts';
export { Greeting, Label, Labels, Lines, Pair, Part, Photo, Qr, Rule, SheetHead, SheetTable, Sign, StickerSheets, Ticket, Tickets } from './Sheet.tsx';
export { nextStart, placesOn, problemOf, rememberedStickers, rememberStickers, sheetOf, type Stickers } from './stickers.ts';
export { StickerForm } from './StickerForm.tsx';
export { columnsOf, cutTo, fitsBeside, wrapTo } from './width.ts';
