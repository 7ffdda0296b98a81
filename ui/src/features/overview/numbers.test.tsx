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
  [/^Same after normalising: .* redundant/, { view: "samples", state: { filter: "redundant in ('exact', 'normalised')" } }],
  [/^Near, Jaccard .* redundant/, { view: "samples", state: { filter: "redundant is not null" } }],
  [/^[\d,]+ clusters?$/, { view: "duplicates", state: {} }],
  [/^Human .*: open these samples$/, { view: "samples", state: { filter: "part_origin = 'human'" } }],
])("the number %s opens what it counts", async (name, place) => {
  const { user, seen } = open();
  await user.click((await screen.findAllByRole("button", { name }))[0]!);
  expect(seen.at(-1)).toEqual(place);
});
