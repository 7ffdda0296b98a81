import { expect, test } from "vitest";
import figures from "../../../tests/fixtures/figures.json";
import { CONTRADICTORY, inBin, ofOriginIn, ofSlice, said } from "./behind";
import { behindMeasure } from "./changes";
import { ORIGINS } from "./origin";

test("figures open by the filters that the engine was held to", () => {
  const shown = [
    { figure: "/samples/indexed", filter: behindMeasure("samples", "")?.state.filter },
    ...ORIGINS.flatMap((origin) => [
      { figure: `/origin/${origin}/samples`, filter: ofOriginIn("samples", origin) },
      { figure: `/unique/${origin}/samples`, filter: ofOriginIn("unique", origin) },
      { figure: `/origin/${origin}/tokens`, filter: ofOriginIn("tokens", origin) },
    ]),
    { figure: "/conflicting_samples", filter: CONTRADICTORY },
  ];
  expect(shown).toEqual(figures);
});

test("a measure of wording opens the slice it is about, a share of tokens the samples whose parts hold them", () => {
  expect(behindMeasure("heaps_beta", "domain = 'health'")).toEqual({ view: "samples", state: { filter: "domain = 'health'" } });
  expect(behindMeasure("compression_ratio", "")).toEqual({ view: "samples", state: { filter: "" } });
  expect(behindMeasure("machine_share", "")?.state.filter).toBe("part_origin = 'machine'");
  expect(behindMeasure("conflict_share", "")?.state.filter).toBe("contradictory = 'true'");
  expect(behindMeasure("paragraph_share", "")).toEqual({ view: "duplicates", state: { show: "passages", unit: "paragraph" } });
  expect(ofSlice("all")).toBe("");
});

test("a bin opens what lies between its ends and was judged, whatever the run is called", () => {
  expect(inBin("gen1", { from: 0.25, to: 1 })).toBe("gen1:correct is not null and gen1:confidence >= 0.25 and gen1:confidence <= 1");
  expect(said("a run", ["loss"])).toBe('"a run:loss" is not null');
});
