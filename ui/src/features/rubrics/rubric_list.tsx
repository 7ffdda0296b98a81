/// The rubrics by name, the latest version first; older ones stand under it, quieter.
import { Verbatim } from "@/components/verbatim";
import type { RubricInfo } from "@/ipc";
import { counted } from "@/lib/format";
import css from "./rubrics.module.css";

export interface RubricListProps {
  all: readonly RubricInfo[];
  chosen: string;
  onChoose(id: string): void;
}

export function RubricList({ all, chosen, onChoose }: RubricListProps) {
  return (
    <nav className={css.list} aria-label="Rubrics and their versions">
      <ul>
        {all.map((info) => (
          <li key={info.id} className={info.latest ? css.latest : css.older}>
            <button type="button" aria-current={info.id === chosen ? "true" : undefined} onClick={() => onChoose(info.id)}>
              <span className={css.name}>{info.latest ? <Verbatim>{info.rubric.name}</Verbatim> : <><span className="unseen"><Verbatim>{info.rubric.name}</Verbatim>, </span>version {info.rubric.version}</>}</span>{" "}
              {info.latest && <span className={css.version}>version {info.rubric.version}</span>}{" "}
              <span className={css.standing}>{standing(info)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What it is used for now. */
export function standing(info: RubricInfo): string {
  if (info.queues.length > 0) return `asked by ${counted(info.queues.length, "queue")}`;
  return info.recorded ? "asked by no queue" : "template";
}
