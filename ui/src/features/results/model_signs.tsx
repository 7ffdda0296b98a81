/// The model-level signs of collapse between two runs: the number first, then the word, then what moved.
import { Charted } from "@/components/charted";
import { Icon } from "@/components/icon";
import { Select } from "@/components/select";
import { Verbatim } from "@/components/verbatim";
import type { ModelSign, RunDifference } from "@/ipc";
import { sentence } from "@/lib/format";
import { useNavigation, usePlaceState } from "@/lib/place";
import { changeWords, type FigureKind } from "./figure_of";
import { pairedFilter } from "./open_group";
import css from "./results.module.css";

const NAMES: Record<string, [name: string, sides: [string, string?], of: FigureKind]> = {
  tail_against_head: ["Tail loss against the head’s", ["tail", "head"], "loss"],
  tail_accuracy_against_head: ["Tail accuracy against the head’s", ["tail", "head"], "accuracy"],
  calibration: ["Calibration error", ["all"], "calibration"],
  human_against_machine: ["Human text’s loss against machine text’s", ["human", "machine"], "loss"],
};

export function signName({ sign }: Pick<ModelSign, "sign">): string {
  return NAMES[sign]?.[0] ?? sentence(sign.replaceAll("_", " "));
}

/** `medium, worse`; empty where there is no number. */
export function effectWords({ size, direction }: Pick<ModelSign, "size" | "direction">): string {
  if (direction === "" || size === null) return "";
  return size === "none" ? "no effect" : `${size}, ${direction}`;
}

const pairName = ({ a, b }: Pick<RunDifference, "a" | "b">) => `${a} to ${b}`;

export function ModelSigns({ differences }: { differences: readonly RunDifference[] }) {
  const [wanted, choose] = usePlaceState("pair");
  const shown = differences.find((one) => pairName(one) === wanted) ?? differences.at(-1);
  if (!shown) {
    return <Charted title="In the model" gloss="from run to run" columns={[{ head: "sign" }]} rows={[]}><p className="small t2">A sign is a change between two runs on the same samples. Bring a second run.</p></Charted>;
  }
  const figure = (value: number | null) => (value === null ? null : value.toFixed(3).replace("-", "−"));
  return (
    <Charted
      title="In the model" gloss="paired texts"
      columns={[{ head: "sign" }, { head: shown.a, numeric: true }, { head: `${shown.b} `, numeric: true }, { head: "change", numeric: true }, { head: "low", numeric: true }, { head: "high", numeric: true }, { head: "effect", numeric: true }, { head: "size" }, { head: "what moved" }]}
      rows={shown.signs.map((sign) => [signName(sign), figure(sign.a), figure(sign.b), figure(sign.change), figure(sign.interval?.[0] ?? null), figure(sign.interval?.[1] ?? null), figure(sign.effect), effectWords(sign), sign.note])}
      numbers={{ heads: ["sign", "a", "b", "change", "low", "high", "effect", "effect_kind", "size", "direction", "found"], rows: shown.signs.map((sign) => [sign.sign, sign.a, sign.b, sign.change, sign.interval?.[0] ?? null, sign.interval?.[1] ?? null, sign.effect, sign.effect_kind, sign.size, sign.direction, String(sign.found)]) }}
      controls={differences.length > 1 && <Select label="Which runs" unlabelled className={css.pairChoice} value={pairName(shown)} options={differences.map((one) => ({ value: pairName(one), label: pairName(one) }))} onChange={choose} />}
    >
      {differences.length === 1 && <p className="small t2"><Verbatim>{shown.a}</Verbatim> to <Verbatim>{shown.b}</Verbatim></p>}
      <ul className={css.signs} aria-label="Model-level signs">{shown.signs.map((sign) => <Sign key={sign.sign} sign={sign} runs={[shown.a, shown.b]} />)}</ul>
    </Charted>
  );
}

function Sign({ sign, runs }: { sign: ModelSign; runs: readonly [string, string] }) {
  const { go } = useNavigation();
  const [, sides, kind] = NAMES[sign.sign] ?? ["", [], "loss" as const];
  return (
    <li className={sign.found ? css.found : undefined}>
      <p className={css.signHead}>
        <b className={css.number}>{sign.change === null ? "–" : changeWords(sign.change)}</b>
        <span className={css.signName} title={sign.about}>{signName(sign)}</span>
        {sign.found && <span className={css.mark}><Icon name="warning" />found</span>}
      </p>
      <p className="small t2">
        {sign.interval && <>{changeWords(sign.interval[0])} to {changeWords(sign.interval[1])}; {effectWords(sign)}. </>}
        {sentence(sign.note)}.
        {sign.change !== null && sides.map((side, index) => (sign.filters[index] === undefined ? null : <span key={side}> <button type="button" className="link" aria-label={`Samples of ${side} in ${runs[0]} and ${runs[1]}`} onClick={() => go("samples", { filter: pairedFilter(runs, sign.filters[index]!, kind) })}>{side}</button></span>))}
      </p>
    </li>
  );
}
