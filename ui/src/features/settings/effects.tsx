/// From which size on an effect is called small, medium and large: a setting of the workspace, for everyone who opens it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { SectionHead } from "@/components/section_head";
import { asFault, call, type EffectBounds } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import css from "./settings.module.css";

const NAMES = ["none", "small", "medium"] as const;
const DEFAULT: EffectBounds = { none: 0.02, small: 0.05, medium: 0.15 };

/** What is wrong with bounds as they are typed, if anything. */
export function boundsProblem(typed: readonly string[]): string | undefined {
  const numbers = typed.map((text) => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN));
  if (numbers.some(Number.isNaN)) return "write numbers, such as 0.02";
  return 0 < numbers[0]! && numbers[0]! < numbers[1]! && numbers[1]! < numbers[2]! ? undefined : "each must be above the one before";
}

export function Effects() {
  const client = useQueryClient();
  const known = useQuery({ queryKey: ["effect_sizes"], queryFn: () => call("effect_sizes") });
  const [typed, setTyped] = useState<readonly string[] | null>(null);
  const shown = typed ?? (known.data ? NAMES.map((name) => String(known.data[name])) : ["", "", ""]);
  const saving = useMutation({
    mutationFn: (bounds: EffectBounds) => call("effect_sizes_set", bounds),
    onSuccess: (bounds) => {
      client.setQueryData(["effect_sizes"], bounds);
      // The words of every change follow.
      for (const key of ["compare", "trends"]) client.removeQueries({ queryKey: [key] });
      setTyped(null);
    },
  });
  const problem = typed === null ? undefined : boundsProblem(typed);
  const save = () => {
    if (typed === null || problem) return;
    const [none, small, medium] = typed.map(Number) as [number, number, number];
    saving.mutate({ none, small, medium });
  };
  const standard = known.data && NAMES.every((name) => known.data[name] === DEFAULT[name]);
  return (
    <section>
      <SectionHead title="Effects" gloss="in comparisons and trends" />
      <p className="small t2">An effect below the first bound is called none, below the second small, below the third medium, and large above it: Cohen’s h for shares, the logarithm of the ratio for other figures.</p>
      <div className={css.bounds}>
        {NAMES.map((name, at) => <Field key={name} label={`Below this ${name}`} value={shown[at]!} onChange={(next) => setTyped(shown.map((text, place) => (place === at ? next : text)))} onSubmit={save} />)}
        <Button onPress={save} unavailable={typed === null ? "nothing was changed" : (problem ?? (saving.isPending ? "being saved" : undefined))}>Save</Button>
        {known.data && !standard && <Button kind="plain" onPress={() => saving.mutate(DEFAULT)}>Defaults</Button>}
      </div>
      {saving.isError && <p className="small" role="alert">Not saved: {faultWords(asFault(saving.error, "Saving the bounds"))}</p>}
      {known.isError && <p className="small" role="alert">{faultWords(asFault(known.error, "Reading the bounds"))}</p>}
    </section>
  );
}
