/// Composition: domain by language, how much of each cell is machine, unknown or human.
import { Charted } from "@/components/charted";
import { HeatMap } from "@/components/heat_map";
import { Segmented } from "@/components/segmented";
import type { Report } from "@/ipc";
import { ofOriginIn } from "@/lib/behind";
import { both, equals } from "@/lib/expression";
import { counted, languageName, percent, sentence, words } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import type { Unit } from "./content";
import { cellRows, type Shown, matrix } from "./matrix";
import css from "./overview.module.css";

const SHOWN = [{ value: "machine", label: "Machine" }, { value: "unknown", label: "Unknown" }, { value: "human", label: "Human tokens" }] as const;

export function Composition({ report, unit }: { report: Report; unit: Unit }) {
  const { place, keep, go } = useNavigation();
  const shown = (place.state.composition as Shown | undefined) ?? "machine";
  const weight = unit === "tokens" ? "tokens" : "samples";
  const of = matrix(report.composition, shown, weight);
  const gloss = shown === "human" ? `human ${weight}` : `${shown} share of ${weight}, %`;
  const open = (row: number | null, column: number | null, origin: Shown) => {
    const domain = row === null ? "" : equals("domain", of.domains[row]!);
    const language = column === null ? "" : equals("language", of.languages[column]!);
    go("samples", { filter: both(domain, language, ofOriginIn(weight, origin)) });
  };
  return (
    <Charted
      title="Composition" gloss={unit === "unique" ? `${gloss}, duplicates included` : gloss}
      columns={[{ head: "domain" }, { head: "language" }, { head: weight, numeric: true }, ...["human", "mixed", "machine", "unknown"].map((origin) => ({ head: origin, numeric: true, format: percent }))]}
      rows={cellRows(report.composition, weight)}
      controls={<Segmented label="Composition by" size="small" value={shown} options={weight === "tokens" ? SHOWN : SHOWN.map((one) => (one.value === "human" ? { ...one, label: "Human samples" } : one))} onChange={(next) => keep({ composition: next })} />}
    >
      <HeatMap
        label={`${sentence(gloss)} by domain and language`} tone={shown}
        rows={of.domains.map((domain) => (domain ? sentence(words(domain)) : "No domain"))} columns={of.languages.map((code) => (code ? languageName(code) : "No language"))} briefColumns={of.languages.map((code) => code || "none")}
        cells={of.cells} rowMargins={of.rowMargins} columnMargins={of.columnMargins} whole={of.whole} legend={of.legend} onOpen={(row, column) => open(row, column, shown)} onUnknown={(row, column) => open(row, column, "unknown")}
      />
      {report.cells.empty_count + report.cells.below_count > 0 && (
        <p className={`label t2 ${css.cells}`}>
          <button type="button" className="link" onClick={() => go("coverage", { list: "cells" })}>{counted(report.cells.empty_count, "cell is", "cells are")} empty, {report.cells.below_count} below {report.cells.floor} samples</button>
        </p>
      )}
      {(of.hiddenDomains > 0 || of.hiddenLanguages > 0) && (
        <p className="label t3">Largest first; {of.hiddenDomains > 0 && `${of.hiddenDomains} more domains`}{of.hiddenDomains > 0 && of.hiddenLanguages > 0 && " and "}{of.hiddenLanguages > 0 && `${of.hiddenLanguages} more languages`} are counted in the margins.</p>
      )}
    </Charted>
  );
}
