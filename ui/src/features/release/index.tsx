/// A training set leaves the workspace: the policy, what each of its rules takes, and the folder it is written into.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Empty, Loading } from "@/components/states";
import { Working } from "@/components/working";
import { call, type ReleaseRequest } from "@/ipc";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import { Plan } from "./plan";
import css from "./release.module.css";
import { WriteRelease } from "./write_release";

export function View() {
  const at = useSnapshot();
  const { go } = useNavigation();
  const policy = useQuery({ queryKey: ["release_policy"], queryFn: () => call("release_policy"), staleTime: Number.POSITIVE_INFINITY });
  if (!at) return <Empty view="Release" title="Nothing to release yet" action={<Button onPress={() => go("overview")}>Overview</Button>}>A release is drawn from an indexed and measured dataset.</Empty>;
  if (!policy.data) return <Loading what="Reading the policy…" />;
  return <Release key={`${at.dataset}@${at.snapshot}`} at={at} standard={policy.data.text} />;
}

/** `0, 0.25, 0.5` as numbers; none of them where one is not between 0 and 1. */
export function ratiosOf(text: string): number[] | null {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const ratios = words.map(Number);
  return ratios.every((ratio) => Number.isFinite(ratio) && ratio >= 0 && ratio <= 1) ? ratios : null;
}

function Release({ at, standard }: { at: { dataset: string; snapshot: number }; standard: string }) {
  const [text, setText] = useState(standard);
  const [seed, setSeed] = useState("");
  const [ratios, setRatios] = useState("");
  const [asked, setAsked] = useState<ReleaseRequest | null>(null);
  // Pressed again, it is planned again: something may have been decided meanwhile.
  const [turn, setTurn] = useState(0);
  const ablations = ratiosOf(ratios);
  const seedWrong = seed.trim() !== "" && !/^\d{1,15}$/.test(seed.trim());
  const request: ReleaseRequest = { dataset: at.dataset, snapshot: at.snapshot, policy: text, seed: seed.trim() === "" ? null : Number(seed.trim()), ablations: ablations ?? [] };
  const preview = () => { setAsked(request); setTurn(turn + 1); };
  const stale = asked !== null && JSON.stringify(asked) !== JSON.stringify(request);
  const plan = useAnswer({ key: ["release_preview", asked, turn], ask: () => call("release_preview", asked!), enabled: asked !== null });
  const unavailable = ablations === null ? "the shares lie between 0 and 1" : seedWrong ? "the seed is a whole number" : plan.job ? "being planned" : undefined;
  return (
    <div className={`view ${css.release}`}>
      <header className={css.head}>
        <h1>Release</h1>
        <p className="small t2">What leaves the workspace to be trained on: each rule, what it takes, and the lineage of every sample.</p>
      </header>
      <form className={css.policy} aria-label="The policy" onSubmit={(event) => { event.preventDefault(); if (!unavailable) preview(); }}>
        <Field label="Policy" lines={16} code value={text} onChange={setText} hint="TOML: include, exclude, duplicates, gold, caps, tail, weights. docs/formats.md lists every key." onSubmit={() => { if (!unavailable) preview(); }} />
        <div className={css.numbers}>
          <Field label="Seed" value={seed} onChange={setSeed} placeholder="of the policy" problem={seedWrong ? "a whole number" : undefined} />
          <Field label="Ablation sets, as shares of machine samples" value={ratios} onChange={setRatios} placeholder="none; 0, 0.25, 0.5" problem={ablations === null ? "shares between 0 and 1" : undefined} />
        </div>
        <div className={css.acts}>
          <Button type="submit" kind={asked === null || stale ? "ink" : "outlined"} unavailable={unavailable}>Preview</Button>
          {text !== standard && <Button kind="plain" onPress={() => setText(standard)}>Back to the standard policy</Button>}
        </div>
      </form>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <div className={css.plan} tabIndex={0} role="region" aria-label="What the release would be">
        {asked === null ? <p className="t2">Nothing is written before you have seen what each rule takes. Press Preview.</p> : !plan.answer ? <Working of={plan} what="Planning the release…" doing="Planning the release" /> : (
          <>
            {stale && <p className={css.wrong} role="status">The policy has changed since this preview.</p>}
            <Plan plan={plan.answer} />
            <WriteRelease key={turn} request={asked} plan={plan.answer} stale={stale} />
          </>
        )}
      </div>
    </div>
  );
}
