import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";

function open() {
  const seen: Place[] = [];
  render(<TestWindow start={{ view: "overview", state: { aside: "noticed" } }} scope="overview" onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen };
}

test.each([
  [/^[\d,]+ samples$/, { view: "samples", state: {} }],
  [/ tokens: open the samples that hold them$/, { view: "samples", state: { filter: "" } }],
  [/ classes seen once or twice: open/, { view: "samples", state: { filter: "class_seen = '1-2 of intent'" } }],
  [/^\d+ domains$/, { view: "coverage", state: { unit: "domain" } }],
  [/^\d+ quarantined$/, { view: "quarantine", state: {} }],
  [/^Exact: .* redundant/, { view: "samples", state: { filter: "redundant = 'exact'" } }],
  [/^Exact: .* of the samples, open/, { view: "samples", state: { filter: "redundant = 'exact'" } }],
  [/^Coverage 0\.\d+: open/, { view: "samples", state: { filter: "class_seen = '1-2 of intent'" } }],
  [/ tokens of depth 1: open/, { view: "samples", state: { filter: "derivation_depth = 1" } }],
  [/ of human texts are called machine-like: open/, { view: "samples", state: { filter: "origin = 'human' and redundant is null and style_score >= 0.5" } }],
  [/^Same after normalising: .* redundant/, { view: "samples", state: { filter: "redundant in ('exact', 'normalised')" } }],
  [/^Near, Jaccard .* redundant/, { view: "samples", state: { filter: "redundant is not null" } }],
  [/^[\d,]+ clusters?$/, { view: "duplicates", state: {} }],
  [/^Human .*: open these samples$/, { view: "samples", state: { filter: "part_origin = 'human'" } }],
])("the number %s opens what it counts", async (name, place) => {
  const { user, seen } = open();
  await user.click((await screen.findAllByRole("button", { name }))[0]!);
  expect(seen.at(-1)).toEqual(place);
});
