/// Slices that have a name: asked once, changed by what an act answers with.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type NamedSlice, type SliceRequest } from "@/ipc";
import { useSession } from "@/lib/session";

export function useSlices() {
  return useQuery({ queryKey: ["slices"], queryFn: () => call("slices"), staleTime: 0 });
}

/** Names, changes or removes a slice; `onSaved` hears once it is on disk. */
export function useSliceAct(command: "slice_define" | "slice_remove", onSaved: () => void) {
  const client = useQueryClient();
  const { refresh } = useSession();
  return useMutation({
    mutationFn: (request: SliceRequest) => call(command, request),
    onSuccess: (slices: NamedSlice[]) => {
      client.setQueryData(["slices"], slices);
      void Promise.all([client.invalidateQueries({ queryKey: ["queue_preview"] }), client.invalidateQueries({ queryKey: ["activity_page"] })]);
      void refresh();
      onSaved();
    },
  });
}

/** Why a person may not name slices. */
export function namingUnavailable(role: string | undefined): string | undefined {
  if (role === undefined) return "choose who you are first";
  return role === "expert" ? "only curators and leads name slices" : undefined;
}

/** `high stakes, blurred` */
export function tierWords(slice: Pick<NamedSlice, "tier" | "blurred">): string {
  return [slice.tier === "high_stakes" ? "high stakes" : "standard", slice.blurred && "blurred"].filter(Boolean).join(", ");
}
