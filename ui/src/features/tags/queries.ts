// What the page of the tags asks and does.
import { useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

const tables: Table[] = ['tags', 'tag_groups', 'customer_tags', 'customer_figures'];

export type List = Output<'tag_list'>;
export type Tag = List['tags'][number];
export type Group = List['groups'][number];
export type Color = Group['color'];
export type Done = Output<'tag_merge'>;
export type GroupSave = Input<'tag_group_save'>;

export const colors: readonly Color[] = ['jade', 'moss', 'gold', 'amber', 'blue', 'plum', 'clay', 'ink', 'stone', 'mist'];

export const useTags = () => useAsk('tag_list', {}, { tables });
export const useSaveTag = () => useAct('tag_save');
export const useMergeTags = () => useAct('tag_merge');
export const useDeleteTag = () => useAct('tag_delete');
export const useSaveGroup = () => useAct('tag_group_save');
export const useDeleteGroup = () => useAct('tag_group_delete');
export const useUndoTags = () => useAct('customer_bulk_tag_undo');
