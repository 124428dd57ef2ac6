// What the screens of points ask and do.
import { asMinor, transport, useAct, useAsk, type Input, type Output, type Table } from '@/backend/index.ts';

export { asMinor };
export type Overview = Output<'points_overview'>;
export type RulesView = Output<'points_rules_get'>;
export type Rules = RulesView['rules'];
export type EarnRule = Rules['earn'][number];
export type Expiry = Rules['expiry'];
export type Gift = Output<'gift_list'>['gifts'][number];
export type Statement = Output<'points_statement'>;
export type Points = Statement['opening'];
export type CustomerId = Input<'points_statement'>['customer_id'];

/** Points that were parsed from a field. */
export const asPoints = (points: number): Points => points as Points;

const tables: Table[] = ['points_events', 'points_lots', 'points_ledger', 'points_debts', 'points_rules', 'customers'];

export const useOverview = () => useAsk('points_overview', {}, { tables, keep: true });
export const useRules = () => useAsk('points_rules_get', {}, { tables: ['points_rules', 'points_events'], keep: true });
export const useGifts = () => useAsk('gift_list', {}, { tables: ['gifts', 'gift_moves', 'points_events', 'giveaway_people'], keep: true });
export const useStatement = (id: number, from: string, to: string) =>
  useAsk('points_statement', { customer_id: id as CustomerId, from_on: from || null, to_on: to || null }, { tables: [...tables, 'gifts', 'sales'], keep: true });

/** Where a member stands on the ladder, with the ledger of benefits: part of the printed statement. */
export const useStanding = (id: number) => useAsk('ladder_standing', { id: id as CustomerId }, { tables: ['ladder_versions', 'tier_changes', 'customer_figures', 'benefit_entries', 'sales', 'customers'] });

export type Giveaway = Output<'giveaway_list'>['rows'][number];
export type GiveawayNew = Input<'giveaway_save'>;
const giveawayTables: Table[] = ['giveaways', 'giveaway_people', 'giveaway_returns', 'gifts', 'gift_moves', 'customers'];
/** So many people of a list stand on a page. */
export const GIVEAWAY_PAGE = 50;
export const useGiveaways = () => useAsk('giveaway_list', {}, { tables: giveawayTables, keep: true });
/** Who it would be and whether the stock reaches. Undefined while something is still to be chosen. */
export const useGiveawayPreview = (input: GiveawayNew | undefined) => useAsk('giveaway_preview', input as GiveawayNew, { tables: [...giveawayTables, 'customer_figures', 'ladder_versions', 'consents', 'complaints'], enabled: input !== undefined, keep: true });
export const useGiveawayPeople = (id: Giveaway['id'], isGiven: boolean, offset: number) => useAsk('giveaway_people', { id, is_given: isGiven, offset, limit: GIVEAWAY_PAGE }, { tables: giveawayTables, keep: true });
export const useSaveGiveaway = () => useAct('giveaway_save');
export const useHandOut = () => useAct('giveaway_hand_out');
export type GiveawayPerson = Output<'giveaway_people'>['rows'][number];
export const useTakeBackGift = () => useAct('giveaway_take_back');
export const useEndGiveaway = () => useAct('giveaway_end');
export const useTiers = () => useAsk('ladder_get', {}, { tables: ['ladder_versions'] });
export const useClasses = () => useAsk('segment_get', {}, { tables: ['segment_runs', 'segment_assignments', 'schemes'] });

export const useExportStatement = () => useAct('points_statement_export');
export const pickFolder = () => transport().pick('export_folder');

export const useChangeRules = () => useAct('points_rules_change');
export const useSaveGift = () => useAct('gift_save');
export const useRedeemGift = () => useAct('gift_redeem');
export const useAdjust = () => useAct('points_adjust');

/** What the shop gives for bringing a customer. */
export const useReferral = () => useAsk('settings_get', {}, { tables: ['settings'] });
export const useChangeReferral = () => useAct('settings_change');
