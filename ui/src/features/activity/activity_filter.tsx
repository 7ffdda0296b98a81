/// Which entries: of one kind, by one person.
import { type ReactNode, useId } from "react";
import { sentence, words } from "@/lib/format";
import css from "./activity.module.css";

export interface ActivityFilterProps {
  kinds: readonly string[];
  people: readonly string[];
  kind: string;
  actor: string;
  onChange(change: { kind?: string | undefined; actor?: string | undefined }): void;
  children: ReactNode;
}

export function ActivityFilter({ kinds, people, kind, actor, onChange, children }: ActivityFilterProps) {
  const id = useId();
  return (
    <div className={css.filter} role="search" aria-label="Filter entries">
      <label htmlFor={`${id}kind`}>Kind</label>
      <select id={`${id}kind`} value={kind} onChange={(event) => onChange({ kind: event.target.value || undefined })}>
        <option value="">all</option>
        {kinds.map((each) => <option key={each} value={each}>{sentence(words(each))}</option>)}
      </select>
      <label htmlFor={`${id}actor`}>Person</label>
      <select id={`${id}actor`} value={actor} onChange={(event) => onChange({ actor: event.target.value || undefined })}>
        <option value="">all</option>
        {people.map((each) => <option key={each} value={each}>{each}</option>)}
      </select>
      <span className="gap" />
      <span className="small t2">{children}</span>
    </div>
  );
}
