/// Which entries: of one kind, by one person.
import type { ReactNode } from "react";
import { Select } from "@/components/select";
import { sentence, words } from "@/lib/format";
import css from "./activity.module.css";

/** A list has no empty key; no kind and no person is called so. */
const ALL = " all";

export interface ActivityFilterProps {
  kinds: readonly string[];
  people: readonly string[];
  kind: string;
  actor: string;
  onChange(change: { kind?: string | undefined; actor?: string | undefined }): void;
  children: ReactNode;
}

export function ActivityFilter({ kinds, people, kind, actor, onChange, children }: ActivityFilterProps) {
  const all = { value: ALL, label: "all" };
  const picked = (value: string) => (value === ALL ? undefined : value);
  return (
    <div className={css.filter} role="search" aria-label="Filter entries">
      <span className={css.filterName} aria-hidden="true">Kind</span>
      <Select label="Kind" unlabelled className={css.pick} value={kind || ALL} options={[all, ...kinds.map((each) => ({ value: each, label: sentence(words(each)) }))]} onChange={(value) => onChange({ kind: picked(value) })} />
      <span className={css.filterName} aria-hidden="true">Person</span>
      <Select label="Person" unlabelled className={css.pick} value={actor || ALL} options={[all, ...people.map((each) => ({ value: each, label: each }))]} onChange={(value) => onChange({ actor: picked(value) })} />
      <span className="gap" />
      <span className="small t2">{children}</span>
    </div>
  );
}
