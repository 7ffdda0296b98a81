/// Examples from gold for the rubric of a queue; none while they cannot be read, for an answer needs none.
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { call, type RubricExample } from "@/ipc";
import { report } from "@/lib/trouble";

const NONE: readonly RubricExample[] = [];

export function useExamples(queue: string): readonly RubricExample[] {
  const { data, error } = useQuery({ queryKey: ["rubric_examples", queue], queryFn: () => call("rubric_examples", { queue }), staleTime: Number.POSITIVE_INFINITY });
  useEffect(() => {
    if (error) report("Opening examples from gold")(error);
  }, [error]);
  return data ?? NONE;
}
