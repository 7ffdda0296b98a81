/// Which questions does the queue ask? The latest version of each rubric; the workspace's default unless another is chosen.
import { useQuery } from "@tanstack/react-query";
import { Select } from "@/components/select";
import { call } from "@/ipc";
import css from "./queue.module.css";

const DEFAULT = "\u0000default";

export function RubricChoice({ rubric, onChange }: { rubric: string | null; onChange(rubric: string | null): void }) {
  const rubrics = useQuery({ queryKey: ["rubrics"], queryFn: () => call("rubrics"), staleTime: 0 });
  const latest = (rubrics.data ?? []).filter((one) => one.latest || one.id === rubric);
  return (
    <>
      <Select
        unlabelled label="Rubric" value={rubric ?? DEFAULT} onChange={(next) => onChange(next === DEFAULT ? null : next)}
        options={[{ value: DEFAULT, label: "The workspace’s current rubric" }, ...latest.map((one) => ({ value: one.id, label: one.id, note: one.recorded ? "" : "template" }))]}
      />
      <p className={css.fixed}><span className="t2">each answer keeps its version</span></p>
    </>
  );
}
