/// An answer that may take a job: there at once where it is known, else watched, stopped, asked for again.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { call, type Job } from "@/ipc";
import { isUnderWay } from "./job_words";
import { useSession } from "./session";
import { report } from "./trouble";

/** What every such command answers with: the answer, or the job that finds it. */
export interface Answered<T> {
  job: Job | null;
  answer: T | null;
}

export interface Answer<T> {
  answer: T | null;
  /** The job that is under way. */
  job: Job | null;
  /** Whether it was stopped on request. */
  stopped: boolean;
  /** Why there is no answer. */
  cause: unknown;
  asking: boolean;
  stop(): void;
  again(): void;
}

export interface Asked<T> {
  /** Says what is asked for: another one, another answer. */
  key: readonly unknown[];
  ask(): Promise<Answered<T>>;
  enabled?: boolean;
  /** An answer that was found before stays while it is asked for again. */
  keep?: boolean;
}

export function useAnswer<T>({ key, ask, enabled = true, keep = false }: Asked<T>): Answer<T> {
  const { jobs } = useSession();
  const query = useQuery({ queryKey: key, queryFn: ask, enabled, staleTime: 0, ...(keep ? { placeholderData: (before: Answered<T> | undefined) => before } : {}) });
  const asked = query.data?.job ?? null;
  const job = asked && (jobs.find((one) => one.id === asked.id) ?? asked);
  const { refetch } = query;
  // The job itself: one that had ended before its answer was read here is another one that is done, and asks again too.
  const done = job?.state === "succeeded" && query.data?.answer === null ? job.id : null;
  useEffect(() => {
    if (done !== null) void refetch();
  }, [done, refetch]);
  return {
    answer: query.data?.answer ?? null,
    job: job && isUnderWay(job) ? job : null,
    stopped: job?.state === "canceled",
    cause: query.error ?? (job?.state === "failed" ? job.fault : null),
    asking: query.isFetching,
    stop: () => job && void call("job_cancel", { id: job.id }).catch(report("Stopping the job")),
    again: () => void refetch(),
  };
}
