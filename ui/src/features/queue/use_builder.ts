/// The form, what it would draw, and the act that draws it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asFault, call, type Fault } from "@/ipc";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { effective, opened, previewOf, type QueueForm, requestOf } from "./form";
import { firstProblem } from "./problems";
import { useLast } from "./use_last";
import { useSettled } from "./use_settled";
import { useSlices } from "./use_slices";

/** Codes by which a filter is refused. */
const OF_FILTER: readonly string[] = ["invalid_expression", "unknown_field"];

export function useBuilder(at: { dataset: string; snapshot: number }) {
  const { place, go } = useNavigation();
  const { refresh, person } = useSession();
  const client = useQueryClient();
  const slices = useSlices();
  const [form, setForm] = useState<QueueForm>(() => opened(place.state, new Date()));
  const slice = slices.data?.find((one) => one.name === form.slice) ?? null;
  const now = effective(form, slice);
  const settled = useSettled(form, 200);
  const request = requestOf(effective(settled, slice), at.dataset, at.snapshot);
  const asked = request && (form.slice === null || slice !== null) ? previewOf(request) : null;
  const preview = useQuery({ queryKey: ["queue_preview", asked], queryFn: () => call("queue_preview", asked!), enabled: asked !== null, retry: false });
  const shown = useLast(preview.data);
  const fault = preview.isError ? asFault(preview.error, "trying the draw") : null;
  const create = useMutation({
    mutationFn: async () => call("queue_create", requestOf(now, at.dataset, at.snapshot)!),
    onSuccess: async (queue) => {
      await client.invalidateQueries({ queryKey: ["queues"] });
      void refresh();
      go("review", { queue: queue.queue });
    },
  });
  const current = preview.data ?? null;
  const unavailable =
    (person ? undefined : "choose who you are first") ??
    (form.slice !== null && slice === null ? "the slice is not there any more" : undefined) ??
    (fault ? "it cannot be drawn so" : undefined) ??
    firstProblem(now, current) ??
    (create.isPending ? "drawing…" : current === null || form !== settled ? "trying the draw…" : undefined);
  return {
    form, now, slice, change: (part: Partial<QueueForm>) => setForm((before) => ({ ...before, ...part })),
    preview: shown, stale: shown !== null && current === null, ...faultOf(fault, form), create, unavailable,
  };
}

/** Whether what was refused is the filter, which says so itself, or the draw as a whole. */
export function faultOf(fault: Fault | null, form: Pick<QueueForm, "slice" | "strataBy">): { filterFault: Fault | null; refused: Fault | null } {
  const filter = fault !== null && form.slice === null && OF_FILTER.includes(fault.code) && (fault.column !== null || form.strataBy === null);
  return { filterFault: filter ? fault : null, refused: filter ? null : fault };
}
