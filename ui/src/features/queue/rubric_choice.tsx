/// Which questions does the queue ask, and how long does an answer take? The latest version of each rubric.
import { useQuery } from "@tanstack/react-query";
import { Select } from "@/components/select";
import { call, type QueuePreview } from "@/ipc";
import { count, counted, duration } from "@/lib/format";
import css from "./queue.module.css";

/** What a queue asks unless another is chosen. */
const DEFAULT = "general@1";

export interface RubricChoiceProps {
  rubric: string | null;
  onChange(rubric: string | null): void;
  preview: QueuePreview | null;
}

export function RubricChoice({ rubric, onChange, preview }: RubricChoiceProps) {
  const rubrics = useQuery({ queryKey: ["rubrics"], queryFn: () => call("rubrics"), staleTime: 0 });
  const id = rubric ?? DEFAULT;
  const offered = (rubrics.data ?? []).filter((one) => one.latest || one.id === id);
  const chosen = offered.find((one) => one.id === id);
  const asked = chosen && `${counted(chosen.rubric.criteria.length, "question")}, ${counted(chosen.rubric.labels.length, "label")}.`;
  return (
    <>
      <Select
        unlabelled label="Rubric" value={id} onChange={(next) => onChange(next === DEFAULT ? null : next)}
        options={offered.map((one) => ({ value: one.id, label: one.id, note: one.recorded ? "" : "template" }))}
      />
      <p className={css.note}>{[asked, preview && timeWords(preview), "Each answer keeps its version."].filter(Boolean).join(" ")}</p>
    </>
  );
}

/** `26 s median of 412 answers.` */
export function timeWords({ seconds_each, seconds_from }: Pick<QueuePreview, "seconds_each" | "seconds_from">): string {
  if (seconds_each !== null) return `${duration(seconds_each)} median of ${counted(seconds_from, "answer")}.`;
  return `The time of an answer is not known yet: ${seconds_from === 0 ? "none was" : `only ${count(seconds_from)} ${seconds_from === 1 ? "was" : "were"}`} measured.`;
}
