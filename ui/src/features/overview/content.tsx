/// The overview's regions: origin above, composition and measures below; at the side the gates, then one of four further ones.
import { useState } from "react";
import { Segmented } from "@/components/segmented";
import type { Overview } from "@/ipc";
import { count, counted, duration, short } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { Behind } from "./behind";
import { Composition } from "./composition";
import { Derivation } from "./derivation";
import { Diversity } from "./diversity";
import { Duplication } from "./duplication";
import { GatesRegion } from "./gates_region";
import { Noticed } from "./noticed";
import { Origins } from "./origins";
import css from "./overview.module.css";
import { Sources } from "./sources";
import { TailCoverage } from "./tail_coverage";
import { WarningSigns } from "./warning_signs";

export type Unit = "tokens" | "samples" | "unique";

const UNITS = [{ value: "tokens", label: "Tokens" }, { value: "samples", label: "Samples" }, { value: "unique", label: "Unique samples" }] as const;

/** In the order in which they stand below each other: consequence first. */
const REGIONS = [["origin", "Origin"], ["gates", "Gates"], ["signs", "Warning signs"], ["composition", "Composition"], ["duplication", "Duplication"], ["coverage", "Tail coverage"], ["noticed", "Noticed"], ["diversity", "Diversity"], ["sources", "Sources"]] as const;

const ASIDE = [{ value: "signs", label: "Warning signs" }, { value: "noticed", label: "Noticed" }, { value: "diversity", label: "Diversity" }, { value: "sources", label: "Sources" }] as const;
type Aside = (typeof ASIDE)[number]["value"];

/** Warning signs, what was noticed, diversity, sources: one at a time where there is no room for all. */
function Further({ report, previous }: Pick<Overview, "report" | "previous">) {
  const { place, keep } = useNavigation();
  const { dataset } = useSession();
  // With a single snapshot no sign can have moved: what was noticed says more.
  const first: Aside = (dataset?.snapshots.filter((one) => one.measured).length ?? 0) < 2 ? "noticed" : "signs";
  const shown = ASIDE.find((one) => one.value === place.state.aside)?.value ?? first;
  const of = (name: Aside) => ({ id: `region-${name}`, className: name === shown ? css.shown : css.other });
  return (
    <div className={css.further}>
      <div className={css.choice}><Segmented label="Further measures" size="small" value={shown} options={ASIDE} onChange={(next) => keep({ aside: next })} /></div>
      <section {...of("signs")}><WarningSigns /></section>
      <section {...of("noticed")}><Noticed report={report} />{report.derivation && <Derivation derivation={report.derivation} />}</section>
      <section {...of("diversity")}><Diversity report={report} previous={previous} /></section>
      <section {...of("sources")}><Sources report={report} /></section>
    </div>
  );
}

/** Links to the regions, in narrow windows where they stand one below the other. */
function Jump() {
  const [at, setAt] = useState<string>("origin");
  return (
    <nav className={css.jump} aria-label="Regions">
      {REGIONS.map(([id, name]) => (
        <button key={id} type="button" {...(at === id ? { "aria-current": "true" as const } : {})} onClick={() => {
          setAt(id);
          document.getElementById(`region-${id}`)?.scrollIntoView({ block: "start" });
        }}>{name}</button>
      ))}
    </nav>
  );
}

export function Content({ overview }: { overview: Overview }) {
  const { place, keep, go } = useNavigation();
  const unit = (place.state.unit as Unit | undefined) ?? "tokens";
  const { report, previous } = overview;
  const domains = new Set(report.composition.map((cell) => cell.domain).filter(Boolean)).size;
  const languages = new Set(report.composition.map((cell) => cell.language).filter(Boolean)).size;
  const { quarantined } = report.samples;
  return (
    <div className={`view ${css.view}`}>
      <div className={css.head}>
        <h1>Overview</h1>
        <p className="small t2">
          <button type="button" className="link" onClick={() => go("samples", {})}>{counted(report.samples.indexed, "sample")}</button>, <button type="button" className="link" aria-label={`${short(report.samples.tokens)} tokens: open the samples that hold them`} onClick={() => go("samples", { filter: "" })}>{short(report.samples.tokens)} tokens</button>, <button type="button" className="link" onClick={() => go("coverage", { unit: "domain" })}>{counted(domains, "domain")}</button>, <button type="button" className="link" onClick={() => go("coverage", { unit: "language" })}>{counted(languages, "language")}</button>.{" "}
          {quarantined > 0 ? <button type="button" className="link" onClick={() => go("quarantine", {})}>{count(quarantined)} quarantined</button> : "None quarantined"}. Measured in {duration(report.elapsed_s.index + report.elapsed_s.measure)}.
        </p>
        <Segmented label="Unit" value={unit} options={UNITS} onChange={(next) => keep({ unit: next })} />
      </div>
      <Behind pending={overview.pending} />
      <Jump />
      <div className={css.body}>
        <div className={css.origins} id="region-origin"><Origins report={report} previous={previous} evidence={overview.evidence} unit={unit} /></div>
        <div className={css.columns}>
          <div className={css.left}>
            <div id="region-composition"><Composition report={report} unit={unit} /></div>
            <div className={css.pair}>
              <section id="region-duplication"><Duplication report={report} previous={previous} /></section>
              <section id="region-coverage"><TailCoverage report={report} /></section>
            </div>
          </div>
          <div className={css.right}>
            <section id="region-gates"><GatesRegion /></section>
            <Further report={report} previous={previous} />
          </div>
        </div>
      </div>
    </div>
  );
}
