// 标签: name, phone and address of those who are chosen, or of everybody who is listed, to be cut out or stuck on.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSelected, type Selection } from '@/shared/parts/grid/selection.ts';
import { Label, Labels, LongPrint, nextStart, placesOn, problemOf, rememberedStickers, rememberStickers, sheetOf, StickerForm, StickerSheets, type Paper } from '@/shared/print/index.ts';
import { loadLabels, type Filter, type LabelRow } from './queries.ts';

interface Props {
  filter: Filter;
  selection: Selection;
  /** Everybody who is listed. */
  total: number;
  /** Those who are chosen; none means all. */
  chosen: number;
  onClose: () => void;
}

const PAGE = 200;

export function LabelsPrint({ filter, selection, total, chosen, onClose }: Props) {
  const { t } = useTranslation('customers');
  const load = chosen > 0 ? loadChosen(filter, selection, total) : (offset: number, limit: number) => loadLabels(filter, offset, limit);
  const [stickers, setStickers] = useState(rememberedStickers);
  const isWrong = problemOf(stickers) !== undefined;
  const printed = (paper: Paper, count: number) => {
    if (paper !== 'stickers') return;
    // What is left of the last sheet is printed next time; what lies before the printer now stays as it is.
    rememberStickers({ ...stickers, start: nextStart(count, placesOn(sheetOf(stickers)), stickers.start) });
  };
  return (
    <LongPrint
      title={t('print.labels')}
      kind="labels"
      papers={['A4', 'stickers', '80', '58']}
      total={chosen > 0 ? chosen : total}
      page={PAGE}
      load={load}
      forms={{ stickers: <StickerForm stickers={stickers} onChange={setStickers} /> }}
      unready={isWrong ? 'stickers' : undefined}
      onPrinted={printed}
      onClose={onClose}
    >
      {(paper, rows, from) => {
        const labels = rows.map((row) => <Label key={row.id} name={labelName(row)} line={row.phone} text={row.address} />);
        if (paper !== 'stickers') return <Labels paper={paper}>{labels}</Labels>;
        // A later part begins on a sheet of its own.
        return isWrong ? null : <StickerSheets sheet={sheetOf(stickers)} start={from === 0 ? stickers.start : 1} labels={labels} />;
      }}
    </LongPrint>
  );
}

/** How an envelope calls somebody: the name, and in brackets what the shop calls them where that says more. */
export const labelName = ({ name, salutation }: Pick<LabelRow, 'name' | 'salutation'>): string => (salutation && salutation !== name ? `${name}（${salutation}）` : name);

/** Those who are chosen stand somewhere in the list: it is walked once, page by page, and kept. */
function loadChosen(filter: Filter, selection: Selection, total: number) {
  const found: LabelRow[] = [];
  let walked = 0;
  return async (offset: number, limit: number): Promise<readonly LabelRow[]> => {
    while (found.length < offset + limit && walked < total) {
      // Pages follow each other, so that whoever is at the counter is served in between.
      // oxlint-disable-next-line no-await-in-loop
      const rows = await loadLabels(filter, walked, PAGE);
      if (rows.length === 0) break;
      found.push(...rows.filter((row) => isSelected(selection, row.id)));
      walked += rows.length;
    }
    return found.slice(offset, offset + limit);
  };
}
