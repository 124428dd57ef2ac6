// The promises as they stand in the form: every span is text until it can be read.
import { readMinutes, writeMinutes } from './minutes.ts';
import type { Policy } from './queries.ts';

export const severities = ['normal', 'high', 'red'] as const;
export type SeverityName = (typeof severities)[number];
type BySeverity = Record<SeverityName, string>;

export interface ExceptionDraft {
  key: number;
  severity: SeverityName | '';
  category: string;
  tier: string;
  class: string;
  response: string;
  resolution: string;
}

export interface PromisesDraft {
  response: BySeverity;
  resolution: BySeverity;
  responseMeasure: Policy['response_measure'];
  resolutionMeasure: Policy['resolution_measure'];
  updateMeasure: Policy['update_measure'];
  update: string;
  isUpdated: boolean;
  followUp: string;
  isFollowedUp: boolean;
  notBefore: string;
  pause: string;
  percents: string;
  beforeClosing: string;
  inquiryResponse: string;
  inquiryResolution: string;
  exceptions: ExceptionDraft[];
}

interface Words {
  h: string;
  m: string;
}

export function draftOfPolicy(policy: Policy, words: Words): PromisesDraft {
  const text = (minutes: number) => writeMinutes(minutes, words);
  const bySeverity = (of: Policy['response_minutes']): BySeverity => ({ normal: text(of.normal), high: text(of.high), red: text(of.red) });
  return {
    response: bySeverity(policy.response_minutes),
    resolution: bySeverity(policy.resolution_minutes),
    responseMeasure: policy.response_measure,
    resolutionMeasure: policy.resolution_measure,
    updateMeasure: policy.update_measure,
    update: text(policy.update_minutes ?? 120),
    isUpdated: policy.update_minutes !== null,
    followUp: text((policy.follow_up_hours ?? 72) * 60),
    isFollowedUp: policy.follow_up_hours !== null,
    notBefore: text(policy.follow_up_not_before_hours * 60),
    pause: text(policy.pause_limit_hours * 60),
    percents: policy.warn_percent.join('，'),
    beforeClosing: text(policy.warn_before_closing_minutes),
    inquiryResponse: text(policy.inquiry.response),
    inquiryResolution: text(policy.inquiry.resolution),
    exceptions: policy.shorter.map((each, key) => ({
      key,
      severity: each.severity ?? '',
      category: each.category ?? '',
      tier: each.tier ?? '',
      class: each.class ?? '',
      response: each.response_minutes === null ? '' : text(each.response_minutes),
      resolution: each.resolution_minutes === null ? '' : text(each.resolution_minutes),
    })),
  };
}

/** The form as promises, or undefined while a span cannot be read. */
export function policyOf(draft: PromisesDraft): Policy | undefined {
  let isUnread = false;
  const minutes = (text: string): number => {
    const found = readMinutes(text);
    if (found === undefined) isUnread = true;
    return found ?? 0;
  };
  const hours = (text: string): number => {
    const found = minutes(text);
    if (found % 60 !== 0) isUnread = true;
    return Math.floor(found / 60);
  };
  const bySeverity = (of: BySeverity) => ({ normal: minutes(of.normal), high: minutes(of.high), red: minutes(of.red) });
  const percents = draft.percents.split(/[,，、\s%]+/).filter(Boolean).map(Number);
  if (percents.some((each) => !Number.isInteger(each) || each < 0 || each > 255)) isUnread = true;
  const policy: Policy = {
    response_minutes: bySeverity(draft.response),
    response_measure: draft.responseMeasure,
    resolution_minutes: bySeverity(draft.resolution),
    resolution_measure: draft.resolutionMeasure,
    update_minutes: draft.isUpdated ? minutes(draft.update) : null,
    update_measure: draft.updateMeasure,
    follow_up_hours: draft.isFollowedUp ? hours(draft.followUp) : null,
    follow_up_not_before_hours: hours(draft.notBefore),
    pause_limit_hours: hours(draft.pause),
    warn_percent: percents,
    warn_before_closing_minutes: minutes(draft.beforeClosing),
    inquiry: { response: minutes(draft.inquiryResponse), resolution: minutes(draft.inquiryResolution) },
    shorter: draft.exceptions.map((each) => ({
      severity: each.severity || null,
      category: each.category || null,
      tier: each.tier || null,
      class: each.class || null,
      response_minutes: each.response.trim() === '' ? null : minutes(each.response),
      resolution_minutes: each.resolution.trim() === '' ? null : minutes(each.resolution),
    })),
  };
  return isUnread ? undefined : policy;
}
