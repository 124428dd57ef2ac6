// Long work: asked for its progress a few times a second while it runs, and no longer.
import { useQuery } from '@tanstack/react-query';
import { call, type Output } from './call.ts';
import type { ApiError } from './error.ts';

export type Job = Output<'job_get'>;

const LOOK_EVERY_MS = 200;

export function useJob(job: number | undefined) {
  return useQuery<Job, ApiError>({
    queryKey: ['job_get', job],
    queryFn: () => call('job_get', { job: job ?? 0 }),
    enabled: job !== undefined,
    gcTime: 0,
    refetchInterval: (query) => (query.state.data?.state === 'running' || !query.state.data ? LOOK_EVERY_MS : false),
  });
}
