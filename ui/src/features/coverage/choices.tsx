/// The choices at the head of the view: the class to count, the reference, and what is taken away.
import { useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Icon } from "@/components/icon";
import { Menu } from "@/components/menu";
import { Verbatim } from "@/components/verbatim";
import type { Coverage, References } from "@/ipc";
import { count, counted } from "@/lib/format";
import { AT_LEAST, type Asked, referenceWords } from "./asked";
import css from "./coverage.module.css";

export interface ChoicesProps {
  units: readonly Coverage[];
  unit: Coverage;
  asked: Asked;
  references: References | undefined;
  onChange(changes: Record<string, string | undefined>): void;
}

const REMOVED: Record<Asked["removal"], string> = { nothing: "nothing", duplicates: "duplicates", excluded: "excluded", filter: "a filter" };

export function Choices({ units, unit, asked, references, onChange }: ChoicesProps) {
  return (
    <>
      <span className="small t2">Class</span>
      <Menu
        label="Class to count" align="end" onChoose={(id) => onChange({ unit: id })}
        trigger={<Button label={`Class: ${unit.unit}`}><Verbatim>{unit.unit}</Verbatim><Icon name="down" /></Button>}
        items={units.map((each) => ({ id: each.unit, title: each.unit, chosen: each.unit === unit.unit, note: counted(each.classes, "class", "classes") }))}
      />
      <span className="small t2">against</span>
      <Menu
        label="Reference" align="end" onChoose={(id) => onChange({ against: id === "human" ? undefined : id })}
        trigger={<Button label={`Against: ${referenceWords(asked.reference)}`}><Verbatim>{referenceWords(asked.reference)}</Verbatim><Icon name="down" /></Button>}
        items={[
          { id: "human", title: "human part", chosen: asked.reference === "human", note: "the rest of this snapshot is held against it" },
          { id: "gold", title: "gold", chosen: asked.reference === "gold", note: counted(references?.gold ?? 0, "sample"), unavailable: references?.gold === 0 ? "the gold set is empty" : undefined },
          ...(references?.snapshots ?? []).map((name, i) => ({ id: name, title: name, chosen: asked.reference === name, ...(i === 0 ? { section: "Other snapshots" } : {}) })),
        ]}
      />
      <Menu
        label="Observations from which a class counts as present" align="end" onChoose={(id) => onChange({ least: id === "1" ? undefined : id })}
        trigger={<Button label={`Present from ${asked.atLeast} on`}>≥ {count(asked.atLeast)}<Icon name="down" /></Button>}
        items={AT_LEAST.map((each) => ({ id: String(each), title: each === 1 ? "present once" : `present ${count(each)} times or more`, chosen: each === asked.atLeast }))}
      />
      <span className="small t2">after removing</span>
      <Menu
        label="What is taken away" align="end" onChoose={(id) => onChange({ removal: id === "nothing" ? undefined : id })}
        trigger={<Button label={`After removing: ${REMOVED[asked.removal]}`}>{REMOVED[asked.removal]}<Icon name="down" /></Button>}
        items={[
          { id: "nothing", title: "nothing", chosen: asked.removal === "nothing" },
          { id: "duplicates", title: "duplicates", chosen: asked.removal === "duplicates", note: "the representative of each cluster stays" },
          { id: "excluded", title: "excluded", chosen: asked.removal === "excluded", note: "samples that reviewers excluded" },
          { id: "filter", title: "a filter", chosen: asked.removal === "filter", note: "whatever it finds" },
        ]}
      />
    </>
  );
}

/** The field for the filter whose samples go. It is asked when it is finished, not at every key. */
export function FilterField({ filter, problem, onChange }: { filter: string; problem: string | undefined; onChange(filter: string): void }) {
  const [text, setText] = useState(filter);
  return (
    <div className={css.filter}>
      <Field label="Take away the samples for which this holds" value={text} onChange={setText} problem={problem} placeholder="source = 'vendor-b' and tokens < 20" code onSubmit={() => onChange(text.trim())} />
      <Button onPress={() => onChange(text.trim())} unavailable={text.trim() === "" ? "the filter is empty" : undefined}>Take away</Button>
    </div>
  );
}
